import { describe, expect, it } from 'vitest';
import { ACTION } from '../../messages/action-ids.ts';
import { approvalForm } from '../../messages/approval-form.ts';
import { denialForm } from '../../messages/denial-form.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { homeView } from '../../messages/home.ts';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { listReply, statusReply } from '../../messages/replies.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { isJson, validateMessage, validateView } from '../../playground/slack/block-kit-rules.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { LANGUAGES, type Reader } from '../../src/restore/language.ts';
import type { DirectKind, OwedMessage } from '../../src/restore/owed-message.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { HANDED_OVER, longest, many, mrkdwnIn } from '../support/longest.ts';
import { makeRestore, NOW, STATUSES } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

/** Each of these as somebody reads it in each language. */
function inEveryLanguage(restores: readonly Restore[]): readonly (readonly [Restore, Reader])[] {
  return restores.flatMap((restore) => LANGUAGES.map((language) => [restore, { language }] as const));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJson(value) ? Object.values(value).flatMap(textsIn) : [];
}

function buttonsIn(value: unknown): readonly string[] {
  return [...JSON.stringify(value).matchAll(/"type":"button","action_id":"(\w+)"/g)].map(([, id = '']) => id);
}

describe.each(STATUSES)('a restore that is %s', (status) => {
  const short: Restore = makeRestore(status);
  const long = longest(status);

  it('has a card within Slack’s limits at its longest', () => {
    for (const [restore, reader] of inEveryLanguage([short, long])) {
      const card = restoreCard(restore, NOW, reader);
      expect(validateMessage(card)).toEqual([]);
      expect(JSON.stringify(card.blocks).length).toBeLessThan(20_000);
    }
  });

  it('never lets what somebody wrote be obeyed as markup', () => {
    const card = restoreCard(long, NOW);
    for (const text of [...mrkdwnIn(card.blocks), card.text]) {
      expect(text).not.toContain('<!channel>');
      expect(text).not.toContain('<https://evil');
    }
  });

  it('shows nothing that cannot be seen or turns the direction of writing', () => {
    const shown = [restoreCard(long, NOW), approvalForm(long, NOW, APPROVER), denialForm(long)];
    const owed = owedMessages(long).flatMap(({ kind }) =>
      kind === 'confirmed' || kind === 'denied' || kind === 'ended'
        ? [directMessage(kind, long, undefined, { now: NOW })]
        : [],
    );
    const notices = [plannedNotice(long), outcomeNotice(long)];
    for (const text of textsIn([shown, owed, notices])) expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}]/u);
  });

  it('names the instance and the restore point’s time, in words too', () => {
    const { text, blocks } = restoreCard(short, NOW);
    expect(text).toContain(short.plan.instance.alias);
    expect(text).toContain('2026-11-21 00:04 UTC');
    expect(JSON.stringify(blocks)).toContain('00:04 UTC');
    expect(JSON.stringify(blocks)).toMatch(/PRODUCTION|staging|development/);
  });

  it('shows only buttons that the rules accept', () => {
    const at = NOW;
    const events: Readonly<Record<string, RestoreEvent>> = {
      [ACTION.approve]: { type: 'approved', at, person: APPROVER, planHash: short.planHash },
      [ACTION.deny]: { type: 'denied', at, person: APPROVER, why: 'no' },
      [ACTION.look]: { type: 'looking', at, person: APPROVER },
      [ACTION.edit]: exampleEvent('edited', short, at),
      [ACTION.takeBack]: { type: 'vote-taken-back', at, person: APPROVER },
      [ACTION.nudge]: exampleEvent('nudged', short, at),
      [ACTION.withdraw]: { type: 'withdrawn', at, person: REQUESTER },
      [ACTION.cancel]: { type: 'cancelled', at, person: REQUESTER },
      [ACTION.judgeRan]: { type: 'start-judged', at, person: APPROVER, ran: true },
      [ACTION.judgeDidNotRun]: { type: 'start-judged', at, person: REQUESTER, ran: false },
    };
    const shown = new Set(buttonsIn(restoreCard(short, NOW).blocks));
    for (const [id, event] of Object.entries(events)) {
      // Offered exactly when it would be accepted: nothing missing, nothing that only ever refuses.
      expect([id, shown.has(id)]).toEqual([id, isOffered(status, id) && transition(short, event).kind === 'changed']);
    }
  });

  it('says what it owes within the limits', () => {
    for (const [restore, reader] of inEveryLanguage([short, long])) {
      for (const { kind } of owedMessages(restore)) {
        if (isDirect(kind))
          expect(
            validateMessage(directMessage(kind, restore, 'https://example.slack.com/x', { now: NOW }, reader)),
          ).toEqual([]);
      }
      for (const notice of [plannedNotice(restore, NOW, reader), outcomeNotice(restore, undefined, reader)]) {
        if (notice.kind === 'message') expect(validateMessage(notice)).toEqual([]);
      }
      expect(validateMessage(statusReply({ restore }, NOW, reader))).toEqual([]);
      expect(
        validateMessage(
          listReply(
            many(40, () => ({ restore })),
            NOW,
            [],
            reader,
          ),
        ),
      ).toEqual([]);
      const listed = many(40, () => ({ restore, link: 'https://example.slack.com/x' }));
      expect(
        validateView({
          ...homeView(
            {
              person: 'U1',
              now: NOW,
              waitingForMe: listed,
              mine: listed,
              underWay: listed,
              endedLately: listed,
              places: many(40, (index) => ({ ...HANDED_OVER, id: `D-${index}` })),
            },
            reader,
          ),
        }),
      ).toEqual([]);
      expect(validateView({ ...approvalForm(restore, NOW, APPROVER, reader) })).toEqual([]);
      expect(validateView({ ...denialForm(restore, reader) })).toEqual([]);
    }
  });
});

const NOT_DIRECT: ReadonlySet<OwedMessage['kind']> = new Set([
  'planned',
  'late',
  'put-off',
  'outcome',
  'anchor',
  'newly-asked',
  'start-moved',
  'file-awaited',
  'unclear',
  'started',
  'verifying',
  'update',
  'objection',
  'objection-answered',
]);

function isDirect(kind: OwedMessage['kind']): kind is DirectKind {
  return !NOT_DIRECT.has(kind);
}

/** A request that waits is withdrawn rather than stopped: two buttons for one thing would only confuse. */
function isOffered(status: Status, id: string): boolean {
  return !(status === 'awaiting-approval' && id === ACTION.cancel);
}
