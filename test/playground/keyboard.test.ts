import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPage } from '../../playground/page/server.ts';
import { createSidePanel } from '../../playground/page/side-panel.ts';
import { PEOPLE } from '../../playground/people.ts';
import { cardAt, cards, restorePointOn } from '../../playground/story.ts';
import { accessibilityProblems, hasBrowser, launchBrowser, listenForTrouble } from '../support/chromium.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const MOST_TABS = 80;
const AWAY_FROM_START = 5;
const PATIENTLY = { timeout: 20_000 };

let browser: Browser;
let journey: Journey;
let site: Awaited<ReturnType<typeof startPage>>;

/** What has the focus: its name as a screen reader says it, its id, and whether a sighted person can see where it is. */
function focused(page: Page) {
  return page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { activeElement: HTMLElementLike; body: HTMLElementLike };
      getComputedStyle(element: HTMLElementLike): { outlineStyle: string; outlineWidth: string };
    };
    interface HTMLElementLike {
      readonly id: string;
      readonly ariaLabel: string | null;
      readonly labels?: ArrayLike<{ readonly textContent: string }>;
      readonly textContent: string;
      readonly tagName: string;
      closest(selector: string): HTMLElementLike | null;
    }
    const element = document.activeElement;
    const label = Array.from(element.labels ?? [])
      .map(({ textContent }) => textContent)
      .join(' ');
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      id: element.id,
      name: element.ariaLabel ?? (label || element.textContent.slice(0, 120)),
      isBody: element === document.body,
      isInForm: element.closest('dialog') !== null,
      isVisible: outlineStyle !== 'none' && outlineWidth !== '0px',
    };
  });
}

/** Presses Tab until what has the focus is called so. Every stop on the way must be seen. */
async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < MOST_TABS; presses++) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    if (!stop.isBody && !stop.isVisible) throw new Error(`the focus cannot be seen on "${stop.name}"`);
    if (name.test(stop.name)) return;
    passed.push(stop.name.slice(0, 30));
  }
  throw new Error(`${name} was not reached; passed ${passed.join(' | ')}`);
}

const isFormOpen = (page: Page) => page.locator('dialog[open]').count();

describe.skipIf(!hasBrowser)('the keyboard alone (skipped without Chromium)', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await site.close();
    await journey.end();
  });

  async function open(): Promise<{ page: Page; trouble: readonly string[] }> {
    journey = await startJourney({ pace: { restoreMs: 1500 } });
    site = await startPage(journey.slack, createSidePanel(journey), journey.slack.onChange);
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    page.setDefaultTimeout(20_000);
    const trouble = listenForTrouble(page);
    await page.goto(site.url);
    await page.getByRole('button', { name: /Rita Osei/ }).waitFor();
    return { page, trouble };
  }

  async function askForApproval(page: Page): Promise<void> {
    await tabTo(page, /Skip to the message field/);
    await page.keyboard.press('Enter');
    await page.keyboard.type('/restore orders-prod');
    await page.keyboard.press('Enter');
    await page.getByText(/restore points in 31 of 31 days/).waitFor();
    expect((await focused(page)).isInForm, 'the focus goes into the form').toBe(true);
    await tabTo(page, /^Restore point/);
    await page.locator('#conversation, dialog').getByRole('option').nth(5).waitFor({ state: 'attached' });
    for (let down = 0; down < 3; down++) await page.keyboard.press('ArrowDown');
    await page.getByText('Data loss:').waitFor();
    expect((await focused(page)).name, 'the focus stays on the menu that redrew the form').toMatch(/^Restore point/);
    await tabTo(page, /^Reason/);
    for (let down = 0; down < AWAY_FROM_START; down++) {
      await page.keyboard.press('ArrowDown');
      if ((await page.getByLabel('Reason', { exact: true }).inputValue()) === 'corrupted-data') break;
    }
    await page.getByText('Keep in mind').waitFor();
    await tabTo(page, /^What happened/);
    await page.keyboard.type('A bad import set every price to zero.');
    expect(await accessibilityProblems(page)).toEqual([]);
    await tabTo(page, /^Ask for approval/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Approve…' }).waitFor();
  }

  it('asks for a restore and approves it; focus goes in, comes back, and is always seen', async () => {
    const { page, trouble } = await open();
    await askForApproval(page);
    await expect.poll(() => isFormOpen(page), PATIENTLY).toBe(0);
    expect((await focused(page)).id, 'the focus is back where the form was opened').toBe('composer');
    await expect
      .poll(() => page.locator('#said').innerText(), PATIENTLY)
      .toMatch(/New from Restore Bot in #restore-approvals: R-1/);

    await tabTo(page, /^Anton Berg/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.persona[aria-pressed=true]', { hasText: 'Anton' }).waitFor();
    expect((await focused(page)).name).toMatch(/^Anton Berg/);

    await tabTo(page, /^Approve…/);
    const approve = (await focused(page)).id;
    await page.keyboard.press('Space');
    await page.getByLabel('Type RESTORE').waitFor();
    expect((await focused(page)).isInForm).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => isFormOpen(page), PATIENTLY).toBe(0);
    expect((await focused(page)).id, 'Escape leads back to the button').toBe(approve);

    await page.keyboard.press('Enter');
    await page.getByLabel('Type RESTORE').waitFor();
    await tabTo(page, /^Type RESTORE/);
    await page.keyboard.type('RESTORE');
    await tabTo(page, /^Type the name of the instance/);
    await page.keyboard.type('orders-prod');
    const [card] = cards(journey);
    if (!card) throw new Error('there is no card');
    const time = restorePointOn(journey, card);
    await tabTo(page, /UTC/);
    await page.keyboard.press('Space');
    for (let down = 0; !(await focused(page)).name.includes(time); down++) {
      if (down > AWAY_FROM_START) throw new Error(`the arrows do not reach ${time}`);
      await page.keyboard.press('ArrowDown');
    }
    expect(await accessibilityProblems(page)).toEqual([]);
    await tabTo(page, /^Restore$/);
    await page.keyboard.press('Enter');
    await page.getByText(/^Restored to/).waitFor();
    await expect.poll(() => isFormOpen(page), PATIENTLY).toBe(0);
    const after = await focused(page);
    expect(after.isBody, 'the button is gone, and the focus is not').toBe(false);
    expect(after.id, 'it is on the card').toContain(`-${card.ts}`);
    expect(cardAt(journey, card).text).toContain('complete');
    expect(journey.aura.calls('restore')).toHaveLength(1);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('leaves a form open to act as another, and finds it as it was', async () => {
    const { page } = await open();
    await askForApproval(page);
    await tabTo(page, /^Anton Berg/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, /^Approve…/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Type RESTORE/);
    await page.keyboard.type('RESTORE');
    await tabTo(page, /^Leave open/);
    await page.keyboard.press('Enter');
    expect((await focused(page)).name).toMatch(/^Anton Berg/);
    await tabTo(page, /^Ayumi Sato/);
    await page.keyboard.press('Enter');
    await page.locator('.persona[aria-pressed=true]', { hasText: 'Ayumi' }).waitFor();
    expect(await isFormOpen(page)).toBe(0);
    await tabTo(page, /^Anton Berg/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => isFormOpen(page), PATIENTLY).toBe(1);
    expect(await page.getByLabel('Type RESTORE').inputValue()).toBe('RESTORE');
    expect(journey.slack.as(PEOPLE.secondApprover.id).modal()).toBeUndefined();
    await page.close();
  });
});
