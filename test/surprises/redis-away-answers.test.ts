import { describe, expect, it, type TestContext } from 'vitest';
import { ACTION, FIELD, NEED } from '../../messages/action-ids.ts';
import { CHANNELS, PEOPLE } from '../../playground/people.ts';
import { requestRestore } from '../../playground/story.ts';
import { PRODUCTION, STAGING } from '../../playground/world.ts';
import { type Site, startSite } from '../support/site.ts';
import { until } from '../support/until.ts';

const ANSWERED_WITHIN_MS = 3_000;
const WORDS = 'Nothing was recorded';

const RITA = PEOPLE.requester.id;
const ANTON = PEOPLE.approver.id;
const AYUMI = PEOPLE.secondApprover.id;
const ADVISED = PEOPLE.stakeholder.id;

/** What a person was told privately so far, in the channel or in a direct message. */
const told = ({ slack }: Site, person: string) =>
  slack.workspace.messages
    .filter(({ onlyFor, channel }) => onlyFor === person || channel === `D${person.slice(1)}`)
    .map(({ text }) => text);

/** A bot with a request that waits, one person's approval and another's denial typed in, a request ready to be sent, and open advice. */
async function openCase({ onTestFinished }: TestContext) {
  const site = await startSite();
  onTestFinished(() => site.end());
  await site.start();
  const card = await requestRestore(site);
  const [rita, anton, ayumi, advised] = [RITA, ANTON, AYUMI, ADVISED].map((id) => site.slack.as(id));
  if (!rita || !anton || !ayumi || !advised) throw new Error('somebody is missing');
  await anton.click(card, ACTION.approve);
  await until('the approval form', () => anton.modal() !== undefined);
  anton.type(FIELD.restoreWord, 'RESTORE');
  anton.type(FIELD.instanceName, PRODUCTION.alias);
  await ayumi.click(card, ACTION.deny);
  await until('the denial form', () => ayumi.modal() !== undefined);
  ayumi.type(FIELD.denialReason, 'The import can be repaired instead.');
  await rita.slash('/restore', STAGING.alias, CHANNELS.approvals.id);
  const form = () => JSON.stringify(rita.modal()?.view ?? {});
  await until('the form', () => form().includes('restore points in') && !form().includes('older ones are being read'));
  const [group] = await rita.suggestions(ACTION.chooseSnapshot, '');
  const [point] = (group?.options ?? []) as { value: string }[];
  await rita.choose(ACTION.chooseSnapshot, point?.value ?? '');
  await rita.choose(ACTION.chooseReason, 'corrupted-data');
  await until('what it means', () => form().includes('Keep in mind'));
  rita.type(FIELD.reasonText, 'A bad import.');
  await advised.slash('/restore', `advise ${PRODUCTION.alias}`, CHANNELS.approvals.id);
  await until('the advice', () => JSON.stringify(advised.modal()?.view ?? {}).includes('Restore one of its snapshots'));
  return { site, card, rita, anton, ayumi, advised };
}

async function timed(what: string, answer: () => Promise<unknown>): Promise<readonly [what: string, tookMs: number]> {
  const askedAt = performance.now();
  await answer();
  return [what, Math.round(performance.now() - askedAt)];
}

describe.each<readonly [string, (site: Site) => Promise<void>, (site: Site) => Promise<void>]>([
  ['because it was killed', ({ redis }) => redis.kill(), ({ redis }) => redis.restart()],
  ['because it does not answer', async ({ redis }) => redis.freeze(), async ({ redis }) => redis.thaw()],
])('Redis away, %s', (_, leave, comeBack) => {
  it('every command, click and form is answered at once that nothing was recorded, and nothing was', {
    timeout: 150_000,
  }, async (context) => {
    const { site, card, rita, anton, ayumi, advised } = await openCase(context);
    const before = await site.record('R-1');
    await leave(site);
    const taken: (readonly [string, number])[] = [];

    taken.push(
      await timed('a choice in the advice', async () => {
        await advised.choose(ACTION.adviceNeeds, NEED.keepsPresent);
        await until('an answer to the choice', () => told(site, ADVISED).length > 0, ANSWERED_WITHIN_MS);
      }),
    );
    expect(told(site, ADVISED).at(-1), 'a choice in the advice').toContain(WORDS);
    for (const [person, form, field] of [
      [advised, 'the advice', FIELD.adviceNeeds],
      [anton, 'the approval', FIELD.restoreWord],
      [ayumi, 'the denial', FIELD.denialReason],
      [rita, 'the request', `${FIELD.snapshot}:${STAGING.alias}`],
    ] as const) {
      taken.push(
        await timed(form, async () => {
          expect(await person.submit()).toMatchObject({ isAcknowledged: true });
          expect(person.modal()?.errors, form).toMatchObject({ [field]: expect.stringContaining(WORDS) });
        }),
      );
      person.closeModal();
    }
    for (const text of [
      'list',
      'status',
      'status 1',
      'cancel 1',
      `snapshots ${PRODUCTION.alias}`,
      `snapshot ${STAGING.alias}`,
      `advise ${PRODUCTION.alias}`,
      'undo 1',
      'delegate',
      'exports',
      `exports ${PRODUCTION.alias}`,
      `export ${STAGING.alias}`,
    ]) {
      const heard = told(site, RITA).length;
      taken.push(
        await timed(`/restore ${text}`, async () => {
          expect(await rita.slash('/restore', text, CHANNELS.approvals.id)).toMatchObject({ isAcknowledged: true });
          await until(`an answer to ${text}`, () => told(site, RITA).length > heard, ANSWERED_WITHIN_MS);
        }),
      );
      expect(told(site, RITA).at(-1), text).toContain(WORDS);
    }
    for (const [person, action] of [
      [RITA, ACTION.withdraw],
      [ANTON, ACTION.approve],
      [AYUMI, ACTION.deny],
    ] as const) {
      const heard = told(site, person).length;
      taken.push(
        await timed(action, async () => {
          expect(await site.slack.as(person).click(card, action)).toMatchObject({ isAcknowledged: true });
          await until(`an answer to ${action}`, () => told(site, person).length > heard, ANSWERED_WITHIN_MS);
        }),
      );
      expect(told(site, person).at(-1), action).toContain(WORDS);
      expect(site.slack.as(person).modal()).toBeUndefined();
    }
    taken.push(
      await timed('/restore', async () => {
        await rita.slash('/restore', STAGING.alias, CHANNELS.approvals.id);
        await until('the form to say so', () => JSON.stringify(rita.modal()?.view ?? {}).includes(WORDS));
      }),
    );
    const home = () => JSON.stringify(site.slack.workspace.homes.get(ANTON)?.view ?? {});
    taken.push(
      await timed('the home', async () => {
        await anton.openHome();
        await until('the home to say so', () => home().includes(WORDS));
      }),
    );
    process.stdout.write(`${taken.map(([what, tookMs]) => `${what} ${tookMs} ms`).join(', ')}\n`);
    for (const [what, tookMs] of taken) expect([what, tookMs < ANSWERED_WITHIN_MS]).toEqual([what, true]);

    await comeBack(site);
    await until('the record', async () => (await site.record('R-1').catch(() => undefined)) !== undefined, 20_000);
    expect((await site.record('R-1')).history).toEqual(before.history);
    expect(site.aura.calls('take-snapshot')).toEqual([]);
  });
});
