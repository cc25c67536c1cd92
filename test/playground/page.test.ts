import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDemoFiles } from '../../playground/demo-files.ts';
import { startPage } from '../../playground/page/server.ts';
import { createSidePanel } from '../../playground/page/side-panel.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { STAGING } from '../../playground/world.ts';
import { accessibilityProblems, hasBrowser, launchBrowser, listenForTrouble } from '../support/chromium.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const SCREENSHOTS = 'test-results';

let browser: Browser;
let journey: Journey;
let site: Awaited<ReturnType<typeof startPage>>;

describe.skipIf(!hasBrowser)('the page in a browser (skipped without Chromium)', () => {
  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await site.close();
    await journey.end();
  });

  async function open(
    width: number,
    height: number,
    hasGuide = false,
  ): Promise<{ page: Page; trouble: readonly string[] }> {
    journey = await startJourney({ pace: { restoreMs: 1500 } });
    const world = journey;
    const files = createDemoFiles(mkdtempSync(join(world.directory, 'files-')));
    const prices = [{ size: 'professional-db, 8GB', price: '0.72 USD an hour' }];
    site = await startPage(world.slack, createSidePanel(world, { hasGuide, files, prices }), (listener) => {
      const stops = [world.slack.onChange(listener), world.aura.onChange(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    });
    const page = await browser.newPage({ viewport: { width, height } });
    page.setDefaultTimeout(15_000);
    const trouble = listenForTrouble(page);
    await page.goto(site.url);
    await page.getByRole('button', { name: /Rita Osei/ }).waitFor();
    return { page, trouble };
  }

  async function shoot(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
  }

  for (const [device, width, height] of [
    ['desktop', 1360, 860],
    ['phone', 360, 740],
  ] as const) {
    it(`plays the whole story at ${device} width, accessibly and without an error`, async () => {
      const { page, trouble } = await open(width, height);
      const isPhone = device === 'phone';
      if (isPhone) await page.getByRole('button', { name: 'Aura', exact: true }).click();
      await page.getByRole('button', { name: 'Set every price to 0' }).click();
      await page.getByText('damaged').waitFor();
      await shoot(page, `${device}-damaged`);
      if (isPhone) await page.getByRole('button', { name: 'Chat', exact: true }).click();

      await page.getByLabel('Message or command').fill('/restore orders-prod');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText(/restore points in 31 of 31 days/).waitFor();
      const menu = page.getByLabel('Restore point', { exact: true });
      await menu.locator('option').nth(2).waitFor({ state: 'attached' });
      await menu.selectOption({ index: 2 });
      await page.getByText('Data loss:').waitFor();
      await page.getByLabel('Reason', { exact: true }).selectOption('corrupted-data');
      await page.getByText('Keep in mind: ').waitFor();
      await page.getByLabel('What happened?').fill('Prices are 0 <img src=x onerror=alert(1)> <!channel>');
      expect(await accessibilityProblems(page)).toEqual([]);
      await shoot(page, `${device}-form`);
      await page.getByRole('button', { name: 'Ask for approval' }).click();
      await page.getByRole('button', { name: 'Approve…' }).waitFor();
      expect(await page.locator('#conversation img').count()).toBe(0);
      await shoot(page, `${device}-card`);
      expect(await accessibilityProblems(page)).toEqual([]);

      await page.getByRole('button', { name: 'Approve…' }).click();
      await page.locator('#conversation').getByText('this is your own request').waitFor();
      await page.getByRole('button', { name: /Anton Berg/ }).click();
      await page.getByRole('button', { name: 'Approve…' }).click();
      await page.getByLabel('Type RESTORE').fill('restore');
      await page.getByLabel(/Type the name of the instance/).fill('orders-prod');
      await page.getByRole('button', { name: 'Restore', exact: true }).click();
      await page.getByText('in capital letters').waitFor();
      await page.getByLabel('Type RESTORE').fill('RESTORE');
      const card = await page.locator('#conversation').innerText();
      const [, time = ''] = /written after [^\n]*\((\d{4}-\d{2}-\d{2} \d{2}:\d{2}) UTC\)/.exec(card) ?? [];
      await page.getByLabel(`${time} UTC`).check();
      expect(await accessibilityProblems(page)).toEqual([]);
      await shoot(page, `${device}-confirm`);
      await page.getByRole('button', { name: 'Restore', exact: true }).click();
      await page.getByText('Aura is restoring the instance', { exact: true }).waitFor();
      await shoot(page, `${device}-restoring`);
      await page.getByText(/^Restored to/).waitFor();
      await shoot(page, `${device}-done`);
      expect(await accessibilityProblems(page)).toEqual([]);

      await page.getByText('Thread', { exact: true }).first().click();
      await page.getByLabel('Reply in the thread').first().fill('Thank you');
      await page.getByRole('button', { name: 'Reply' }).first().click();
      await page.getByText('Thread: 1 reply').waitFor();

      await page.getByRole('button', { name: /Sam Porter/ }).click();
      await page.getByRole('button', { name: '# team-orders' }).click();
      await page.getByRole('heading', { name: 'MAINTENANCE COMPLETE: Database Restore Finished' }).waitFor();
      await shoot(page, `${device}-notices`);
      await page.getByRole('button', { name: isPhone ? 'Home' : '⌂ Restore Bot home', exact: true }).click();
      await page.getByRole('heading', { name: 'Ended lately' }).waitFor();
      await shoot(page, `${device}-home`);
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      );
      expect(journey.aura.calls('restore')).toHaveLength(1);
      expect(trouble).toEqual([]);
      await page.close();
    });
  }

  for (const [device, width, height] of [
    ['desktop', 1360, 860],
    ['phone', 390, 844],
  ] as const) {
    it(`shows files, prices and what somebody does in the console at ${device} width, and says what came of it`, async () => {
      const { page, trouble } = await open(width, height, true);
      const isPhone = device === 'phone';
      const look = async () => {
        expect(await accessibilityProblems(page)).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
        ).toBe(true);
      };
      if (isPhone) await page.getByRole('button', { name: 'Try this', exact: true }).click();
      else await page.getByText(/^Try this: \d+ scenes$/).click();
      await page.getByText('A worker uploads a file', { exact: true }).click();
      await page.getByText('by the first digits of its SHA-256').waitFor();
      await look();
      if (isPhone) await page.getByRole('button', { name: 'Aura', exact: true }).click();
      const said = page.locator('#side-said');
      const catalogue = page.locator('#files');
      const checksum = catalogue.locator('li').first().locator('code');
      const before = await checksum.innerText();
      await page.getByRole('button', { name: 'Damage this file: orders-before-migration.dump' }).click();
      await said.getByText('orders-before-migration.dump is damaged now').waitFor();
      await expect.poll(() => checksum.innerText()).not.toBe(before);
      await page.getByRole('button', { name: 'Put another file there' }).click();
      await catalogue.getByText('orders-export-1.dump', { exact: true }).waitFor();
      await page.locator('#prices').getByText('0.72 USD an hour').waitFor();
      const ofStaging = page.locator(`#console-${STAGING.id}`);
      await ofStaging.locator('summary').click();
      await ofStaging.getByRole('button', { name: 'Somebody restores its newest snapshot' }).click();
      await said.getByText('Somebody restores orders-staging in the console now, past the bot.').waitFor();
      await ofStaging.getByRole('button', { name: 'Somebody loads a backup file into it' }).click();
      await said.getByText('Aura does not do that now').waitFor();
      expect(journey.aura.log.filter(({ applied }) => applied)).toEqual([]);
      await look();
      await shoot(page, `${device}-files`);
      expect(trouble).toEqual([]);
      await page.close();
    });
  }

  it('refuses to act for another site', async () => {
    const { page } = await open(800, 600);
    const response = await fetch(`${site.url}/persona`, {
      method: 'POST',
      headers: { origin: 'http://evil.example', 'content-type': 'application/json' },
      body: JSON.stringify({
        as: PEOPLE.approver.id,
        act: { type: 'say', channel: CHANNELS.approvals.id, text: 'hello' },
      }),
    });
    expect(response.status).toBe(403);
    await page.close();
  });
});
