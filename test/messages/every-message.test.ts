import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION, FIELD } from '../../messages/action-ids.ts';
import { approvalForm } from '../../messages/approval-form.ts';
import { delegationForm } from '../../messages/delegation-form.ts';
import { denialForm } from '../../messages/denial-form.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { editForm } from '../../messages/edit-form.ts';
import type { RestoreFormModel } from '../../messages/form-model.ts';
import { homeView } from '../../messages/home.ts';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { putOffNotice } from '../../messages/put-off-notice.ts';
import { refusalText } from '../../messages/refusal.ts';
import { helpReply, listReply, snapshotsReply, statusReply, unknownCommandReply } from '../../messages/replies.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { restoreForm } from '../../messages/restore-form.ts';
import { escaped, truncate } from '../../messages/slack-text.ts';
import { snapshotOptions } from '../../messages/snapshot-options.ts';
import { isJson, validateMessage, validateOptionGroups, validateView } from '../../playground/slack/block-kit-rules.ts';
import type { Vote } from '../../src/restore/agreement.ts';
import { WEEKDAYS } from '../../src/restore/calendar-times.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { LANGUAGES, type Reader } from '../../src/restore/language.ts';
import type { DirectKind, OwedMessage } from '../../src/restore/owed-message.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { NamesLoss } from '../../src/restore/receipt/access.ts';
import { known, sampled } from '../../src/restore/receipt/amount.ts';
import { type LossReceipt, pointId } from '../../src/restore/receipt/receipt.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import type { Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from '../support/example-events.ts';
import { makeReceipt } from '../support/make-receipt.ts';
import { afterEvents, EVENTS_TO, followedBy, makePolicy, makeRestore, NOW, STATUSES } from '../support/make-restore.ts';
import { APPROVER, makePerson, REQUESTER } from '../support/people.ts';

const HOSTILE = '<!channel> <@U1> <https://evil.example|click> & *_~` > 🧨 ‮evil ';
const HIDDEN = 'a\u200bb\u2066c\u202ed\ufeffe\u0007f';
const IN_TOKYO = { language: 'en', zone: 'Asia/Tokyo' } as const;
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const LONGEST_POLICY = {
  overrideApprovers: {
    users: many(60, (index) => `U${index}`).concat(APPROVER.id),
    groups: many(20, (index) => `S${index}`),
  },
  noticeChannels: many(20, (index) => `C${index}CHANNEL`),
  dependants: many(30, (index) => ({ name: `${HOSTILE}${index}`, owner: HOSTILE.repeat(4) })),
  checkNames: many(40, (index) => `check_${index}_${'x'.repeat(50)}`),
  contact: 'the owners '.repeat(20),
  receipt: { refreshMinutes: 5 },
  approval: oneApprover({
    users: many(60, (index) => `U${index}`).concat(APPROVER.id),
    groups: many(20, (index) => `S${index}`),
  }),
};
const LONGEST_DRAFT = {
  reason: { kind: 'security-incident', text: HIDDEN + HOSTILE.repeat(80) },
  ticket: HOSTILE.repeat(20),
  expectedImpact: HOSTILE.repeat(60),
  freezeOverride: { freezes: [HOSTILE.repeat(10), HOSTILE], reason: HOSTILE.repeat(20) },
} as const;

/** Each of these as somebody reads it in each language. */
function inEveryLanguage(restores: readonly Restore[]): readonly (readonly [Restore, Reader])[] {
  return restores.flatMap((restore) => LANGUAGES.map((language) => [restore, { language }] as const));
}

/** As long as it can get: every text at its fullest, and a history of hundreds of entries. */
function longest(status: Status): Restore {
  const asked: Restore = makeRestore('awaiting-approval', {
    policy: LONGEST_POLICY,
    draft: { ...LONGEST_DRAFT, isDryRun: status === 'rehearsed' },
  });
  // A start in a freeze needs two people.
  const first = { ...exampleEvent('approved', asked), person: makePerson('U1') };
  const isApproved = EVENTS_TO[status].includes('approved');
  let restore: Restore = afterEvents(isApproved ? followedBy(asked, first) : asked, EVENTS_TO[status]);
  expect(restore.state.status).toBe(status);
  const events: RestoreEvent[] = many(200, (index) => ({
    type: 'attempt-refused',
    at: NOW,
    by: `U${index}`,
    attempt: 'approve',
    reason: HOSTILE.repeat(3),
  }));
  if (status !== 'awaiting-approval') events.push({ type: 'step-observed', at: NOW, words: HOSTILE.repeat(60) });
  for (const event of events) {
    const outcome = transition(restore, event);
    if (outcome.kind === 'changed') restore = outcome.restore;
  }
  const results = many(40, (index) => ({
    name: HOSTILE.repeat(3) + index,
    severity: 'error' as const,
    status: 'fail' as const,
    words: HOSTILE.repeat(10),
    owner: HOSTILE,
  }));
  if ('results' in restore.validation)
    restore = { ...restore, validation: { ...restore.validation, words: HOSTILE.repeat(20), results } };
  restore = { ...restore, lossReceipt: longestReceipt(pointId(restore.plan.restorePoint)) };
  const { state } = restore;
  if ('why' in state) restore = { ...restore, state: { ...state, why: HOSTILE.repeat(60) } };
  return restore;
}

/** Every name as long as it can get, and of each kind of line more than are shown. */
function longestReceipt(point: string): LossReceipt {
  const name = HOSTILE.repeat(10);
  const change: NamesLoss = {
    kind: 'compared',
    back: many(15, (index) => name + index),
    gone: many(15, (index) => name + index),
    changed: many(15, (index) => ({ name: name + index, now: name, before: name })),
    unnamed: 1000,
  };
  return makeReceipt({
    lookedAt: NOW,
    point,
    counts: {
      kind: 'compared',
      totals: [],
      lines: many(12, (index) => ({ of: 'type', name: name + index, now: known(1e12), before: known(index) })),
      unnamed: 1000,
      same: 1000,
      isSchemaChanged: 'unknown',
    },
    lastWrite: { kind: 'seen', at: NOW, label: name, property: name },
    questions: many(10, (index) => ({ name: `${name.slice(0, 58)}${index}`, answer: sampled(1, 100_000, 1e12) })),
    access: { users: change, roles: change },
  });
}

/** All mrkdwn of a payload: where Slack would obey markup. */
function mrkdwnIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (!isJson(value)) return [];
  const own = value.type === 'mrkdwn' && typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
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
      kind === 'confirmed' || kind === 'denied' || kind === 'ended' ? [directMessage(kind, long, undefined)] : [],
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
          expect(validateMessage(directMessage(kind, restore, 'https://example.slack.com/x', 1, reader))).toEqual([]);
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
  'start-moved',
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

/** Every third yes waits for the requester, every third was accepted, and every other voter stands in for somebody. */
function depending(restore: Restore): Restore {
  const { state } = restore;
  if (state.status !== 'awaiting-approval') return restore;
  const proviso = { condition: HOSTILE.repeat(10), notBefore: NOW };
  const votes = state.votes.map((vote, index): Vote => {
    const standing = index % 2 === 0 ? vote : { ...vote, standingInFor: `U0AWAY${index}` };
    if (vote.kind === 'deny' || index % 3 === 0) return standing;
    return { ...standing, proviso: index % 3 === 1 ? proviso : { ...proviso, acceptedAt: NOW } };
  });
  const delegates = many(40, (index) => ({ to: `U0TO${index}`, from: `U0FROM${index}`, until: NOW }));
  return { ...restore, request: { ...restore.request, delegates }, state: { ...state, votes } };
}

const HANDED_OVER = {
  schemaVersion: 1,
  version: 1,
  from: 'U1',
  to: 'U2',
  startsAt: NOW,
  endsAt: NOW,
  history: [],
} as const;

describe('a request that needs very many people', () => {
  const users = many(200, (index) => `U0VOTER${index}`);
  const rules = many(10, (index) => ({
    name: `${HOSTILE}${index}`.slice(0, 60),
    users: users.slice(index * 20, index * 20 + 20),
    groups: many(20, (group) => `S0GROUP${group}`),
    needed: 20,
  }));
  const policy = { ...LONGEST_POLICY, approval: { rules, denialsNeeded: 20 } };
  const asked: Restore = makeRestore('awaiting-approval', { policy, draft: LONGEST_DRAFT });
  const votes = users.slice(0, 180).map(
    (by, index): Vote => ({
      by,
      at: NOW,
      kind: index % 10 === 0 ? 'deny' : 'approve',
      planHash: asked.planHash,
      countsFor: [rules[Math.floor(index / 20)]?.name ?? ''],
      ...(index % 10 === 0 ? { why: HOSTILE.repeat(20) } : {}),
    }),
  );
  const voted: Restore = { ...asked, state: { ...makeRestore('awaiting-approval').state, votes } };

  it.each([
    ['nobody', asked],
    ['almost everybody', voted],
    ['almost everybody on a condition, half of them for somebody else,', depending(voted)],
  ])('says within the limits what is missing when %s has voted', (_, restore) => {
    const card = restoreCard(restore, NOW);
    expect(validateMessage(card)).toEqual([]);
    expect(JSON.stringify(card.blocks)).toContain('Still missing:');
    const voter = makePerson('U0VOTER199');
    expect(validateView({ ...approvalForm(restore, NOW, voter) })).toEqual([]);
    for (const text of [...mrkdwnIn([card.blocks, approvalForm(restore, NOW, voter).blocks]), card.text])
      expect(text).not.toContain('<!channel>');
  });
});

describe('a restore about which people were asked anew', () => {
  const edited = followedBy(longest('awaiting-approval'), exampleEvent('edited', longest('awaiting-approval')));
  const agreed = longest('approved');
  const drifted = followedBy(
    agreed,
    { ...exampleEvent('message-settled', agreed), key: 'planned:C0CHANNEL' },
    { ...exampleEvent('drifted', agreed), why: HOSTILE.repeat(60) },
  );

  it.each([
    ['edited', edited, 'changed the plan'],
    ['drifted', drifted, 'is no longer so'],
  ])('because it was %s says so within the limits, on the card and privately', (_, restore, words) => {
    const card = restoreCard(restore, NOW);
    expect(validateMessage(card)).toEqual([]);
    expect(JSON.stringify(card.blocks)).toContain(words);
    const message = directMessage('asked-anew', restore, undefined, 1);
    expect(validateMessage(message)).toEqual([]);
    expect(message.text).toContain(words);
    for (const text of [...mrkdwnIn([card.blocks, message.blocks]), message.text]) {
      expect(text).not.toContain('<!channel>');
      expect(text).not.toContain('<https://evil');
    }
    expect(validateView({ ...editForm(restore, restore.plan, NOW) })).toEqual([]);
    const freezes = [{ name: HOSTILE, from: addMinutes(NOW, -60), to: addMinutes(NOW, 600) }];
    const policy = makePolicy({ calendar: { windows: [], freezes }, overrideApprovers: { users: ['U9'], groups: [] } });
    const chosen = { start: { kind: 'when-confirmed' }, wantsOverride: true } as const;
    const form = editForm(restore, { ...restore.plan, policy, chosen }, NOW);
    expect(validateView({ ...form })).toEqual([]);
    expect(JSON.stringify(form)).toContain(FIELD.overrideReason);
    for (const text of mrkdwnIn([form.blocks])) expect(text).not.toContain('<!channel>');
  });

  it('is told to the channels that heard of the start', () => {
    const owed = owedMessages(drifted).filter(({ kind }) => kind === 'put-off');
    expect(owed).toMatchObject([{ key: 'put-off:C0CHANNEL:1', to: 'C0CHANNEL', round: 1 }]);
    const notice = putOffNotice(drifted, 1);
    expect(notice.kind === 'message' && validateMessage(notice)).toEqual([]);
  });
});

describe('the notices', () => {
  const body = (notice: ReturnType<typeof plannedNotice>) =>
    notice.kind === 'message' ? notice.text : `incomplete: ${notice.missing}`;
  const plain = (text: string) => text.replace(/<!date\^\d+\^[^|]*\|([^>]*)> \([^)]*\)/g, '$1');

  it('before are the operations guide’s template, word for word', () => {
    const restore = makeRestore('approved', { policy: { contact: 'the database owners' } });
    expect(plain(body(plannedNotice(restore)))).toMatchInlineSnapshot(`
      "PLANNED MAINTENANCE: Database Restore Operation

      When: 2026-11-21 03:20 UTC
      Duration: Estimated 0.1 to 0.5 hours
      Impact: Database unavailable, 3.3 hours of data will be rolled back
      Reason: Corrupted data. An import set every price to zero.
      Last Data Point: 2026-11-21 00:04 UTC
      Data Loss: All changes after 2026-11-21 00:04 UTC will be lost

      Please:
      - Save work before 2026-11-21 03:20 UTC
      - Plan for service interruption
      - Contact the database owners with concerns

      Database orders (Orders), PRODUCTION 🔴 · restore R-17"
    `);
  });

  it('after are the operations guide’s template, word for word', () => {
    expect(
      plain(body(outcomeNotice(makeRestore('completed', { policy: { contact: 'the database owners' } })))),
    ).toMatchInlineSnapshot(`
      "MAINTENANCE COMPLETE: Database Restore Finished

      Completion Time: 2026-11-21 03:16 UTC
      Status: Service restored
      Data State: Restored to 2026-11-21 00:04 UTC
      Action Required: Log in again.

      Please verify your data and report any issues to the database owners

      Database orders (Orders), PRODUCTION 🔴 · restore R-17"
    `);
  });

  it('after a restore that failed tell what became of the data', () => {
    expect(
      plain(body(outcomeNotice(makeRestore('failed', { policy: { contact: 'the database owners' } })))),
    ).toMatchInlineSnapshot(`
      "MAINTENANCE ENDED: Database Restore Not Completed

      End Time: 2026-11-21 03:13 UTC
      Status: The restore did not complete: Aura refused the request.
      Data State: Unchanged: nothing was rolled back
      Action Required: None because of this maintenance

      Please contact the database owners with concerns

      Database orders (Orders), PRODUCTION 🔴 · restore R-17"
    `);
  });

  it('are not sent with a field missing', () => {
    const restore = makeRestore('approved', { policy: { contact: ' ' } });
    expect(plannedNotice(restore)).toEqual({ kind: 'incomplete', missing: ['contact'] });
  });
});

describe('the form', () => {
  const policy = makePolicy(LONGEST_POLICY);
  const snapshots = many(900, (index) => ({
    snapshotId: `snapshot-${index}`,
    takenAt: new Date(Date.parse(NOW) - index * 3_600_000).toISOString(),
    profile: 'Scheduled',
    status: index === 0 ? 'InProgress' : 'Completed',
    exportable: index % 24 === 0,
  }));

  it('fits at its longest and with nothing chosen', () => {
    const base = {
      now: NOW,
      instances: many(150, (index) => ({ ...policy, alias: `instance-${index}` })),
    };
    const start = { kind: 'at', at: NOW } as const;
    expect(validateView({ ...restoreForm({ ...base, start: { kind: 'when-confirmed' } }) })).toEqual([]);
    for (const look of [
      { kind: 'looking' },
      { kind: 'trouble', words: HOSTILE.repeat(50) },
      { kind: 'seen', status: HOSTILE, memory: '8GB', snapshotCount: 900, daysRead: 3, daysKept: 61 },
    ] as const) {
      const view = restoreForm({
        ...base,
        start,
        chosen: { policy, look, claimedBy: { id: 'R-1', link: 'https://x.example' } },
        snapshot: snapshots[1],
        reasonKind: 'security-incident',
      });
      expect(validateView({ ...view })).toEqual([]);
      for (const text of mrkdwnIn(view.blocks)) expect(text).not.toContain('<!channel>');
    }
  });

  it('offers the next possible starts, an override where one is configured, and says what closes too early', () => {
    const look = { kind: 'seen', status: 'running', snapshotCount: 1, daysRead: 1, daysKept: 1 } as const;
    const nights = { days: WEEKDAYS, from: '22:00', to: '22:20', zone: 'UTC' };
    const christmas = {
      name: `Christmas ${HOSTILE}`,
      from: '2026-12-01T00:00:00.000Z',
      to: '2027-01-01T00:00:00.000Z',
    };
    const approvers = { users: ['U9'], groups: [] };
    const draw = (facts: Partial<InstancePolicy>, model: Partial<RestoreFormModel>) => {
      const { overrideApprovers: _, ...longest } = LONGEST_POLICY;
      const chosen = { policy: makePolicy({ ...longest, ...facts }), look };
      const start = { kind: 'when-confirmed' } as const;
      const view = restoreForm({ now: NOW, instances: [chosen.policy], chosen, start, ...model }, IN_TOKYO);
      expect(validateView({ ...view })).toEqual([]);
      for (const text of mrkdwnIn(view.blocks)) expect(text).not.toContain('<!channel>');
      return JSON.stringify(view);
    };
    const windows = { calendar: { windows: [nights], freezes: [] } };
    const offered = draw(windows, {});
    expect(offered).toContain('Cannot start then');
    expect(offered).toContain('At the next possible start: 22 Nov 07:00 (22:00 UTC)');
    expect(offered).toContain('"value":"at:2026-11-23T22:00:00.000Z"');
    const late = draw(windows, { start: { kind: 'at', at: '2026-11-21T22:00:00.000Z', isOffered: true } });
    expect(late).toContain('"initial_option":{"text":{"type":"plain_text","text":"At the next possible start');
    expect(late).toContain('may last longer');
    expect(late).not.toContain('Cannot start then');

    const frozen = { calendar: { windows: [], freezes: [christmas] } };
    const start = { kind: 'at', at: '2026-12-24T12:00:00.000Z' } as const;
    expect(draw(frozen, { start })).not.toContain('with an override');
    const overridable = { ...frozen, overrideApprovers: approvers };
    expect(draw(overridable, { start })).toContain('Start in the freeze, with an override');
    expect(draw(overridable, { start })).not.toContain(FIELD.overrideReason);
    expect(draw(overridable, { start, wantsOverride: true })).toContain(FIELD.overrideReason);
  });

  it('offers restore points newest first, says which cannot be used, and finds older ones by date', () => {
    const all = snapshotOptions(snapshots, { now: NOW, query: '' }, IN_TOKYO);
    expect(validateOptionGroups(all.option_groups)).toEqual([]);
    expect(all.option_groups.flatMap(({ options }) => options)).toHaveLength(100);
    expect(all.option_groups[0]?.options[0]?.text.text).toContain('CANNOT BE USED');
    const found = snapshotOptions(snapshots, { now: NOW, query: '2026-10-20' }, { language: 'en' });
    expect(found.option_groups.map(({ label }) => label.text)).toEqual(['2026-10-20 (UTC)']);
  });

  it('shows the data loss growing as time passes', () => {
    const chosen = {
      policy: makePolicy(),
      look: { kind: 'seen', status: 'running', snapshotCount: 1, daysRead: 1, daysKept: 1 },
    } as const;
    const at = (now: string) =>
      JSON.stringify(
        restoreForm({
          now,
          instances: [makePolicy()],
          chosen,
          snapshot: snapshots[3],
          start: { kind: 'when-confirmed' },
        }),
      );
    expect(at(NOW)).toContain('3 h if it were now');
    expect(at('2026-11-21T05:04:05.000Z')).toContain('5 h if it were now');
  });
});

describe('a start that is refused', () => {
  const start = {
    reason: 'start-not-allowed',
    words: 'Restores are frozen until 2027-01-01 00:00 UTC: R&D.',
    nextPossible: ['2027-01-01T00:00:00.000Z', '2027-01-02T00:00:00.000Z'],
  } as const;

  it('comes with the next possible ones in the reader’s zone and UTC, and with what else can be done', () => {
    expect(refusalText(start, { reader: { language: 'en', zone: 'Asia/Kathmandu' } }).text).toBe(
      'Restores are frozen until 2027-01-01 00:00 UTC: R&amp;D. Next possible start: 1 Jan 05:45 (00:00 UTC), or 2 Jan 05:45 (00:00 UTC).',
    );
    expect(refusalText(start).text).toContain('2027-01-01 00:00 UTC');
    expect(refusalText({ ...start, overridable: ['R&D'] }).text).toContain('with an override');
    expect(refusalText({ ...start, nextPossible: [] }).text).toContain('No later start is possible');
  });

  it('in a freeze names who must agree as well', () => {
    const restore = makeRestore('awaiting-approval', {
      draft: { freezeOverride: { freezes: [HOSTILE], reason: HOSTILE } },
      policy: { overrideApprovers: { users: ['U9'], groups: [] } },
    });
    const refused = refusalText({ reason: 'not-an-approver' }, { restore }).text;
    expect(refused).toContain('<@U9>');
    expect(refused).not.toContain('<!channel>');
    for (const shown of [restoreCard(restore, NOW).blocks, approvalForm(restore, NOW, APPROVER).blocks]) {
      const text = mrkdwnIn(shown).join('\n');
      expect(text).toContain('Starts in a freeze, with an override');
      expect(text).toContain('<@U9>');
      expect(text).not.toContain('<!channel>');
    }
    expect(refusalText({ reason: 'override-not-possible', alias: 'orders' }).text).toContain('orders');
  });
});

describe('every other answer', () => {
  it('fits', () => {
    const model = {
      alias: HOSTILE,
      snapshots: many(200, () => ({ snapshotId: 's', takenAt: NOW, profile: HOSTILE, status: 'Completed' })),
      daysRead: 1,
      daysKept: 8,
      tier: 'x',
      frequency: 'daily',
      now: NOW,
    };
    for (const message of [helpReply(), unknownCommandReply(HOSTILE.repeat(20), [HOSTILE]), snapshotsReply(model)]) {
      expect(validateMessage(message)).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
    }
  });
});

describe('text that others wrote', () => {
  it('never keeps an angle bracket or a lone ampersand once escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(escaped(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('is cut without splitting a character, and never longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, length) => {
        const cut = truncate(text, length);
        expect(cut.length).toBeLessThanOrEqual(length);
        expect(cut).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      }),
    );
  });
});

describe('a yes that depends on something', () => {
  const proviso = { condition: HOSTILE.repeat(10), notBefore: '2026-11-22T03:00:00.000Z' };
  const asked = longest('awaiting-approval');
  const first = followedBy(asked, { ...exampleEvent('approved', asked), proviso });
  const open = followedBy(first, { ...exampleEvent('approved', first), person: makePerson('U1'), proviso });
  const of = {
    of: APPROVER.id,
    votedAt: open.state.status === 'awaiting-approval' ? (open.state.votes[0]?.at ?? '') : '',
  };

  it('has its buttons on the card, within the limits, and each is one that the rules take', () => {
    const card = restoreCard(open, NOW);
    expect(validateMessage(card)).toEqual([]);
    const value = `${open.id} ${of.of} ${of.votedAt}`;
    expect(JSON.stringify(card.blocks).split(`"value":"${value}"`)).toHaveLength(3);
    for (const type of ['proviso-accepted', 'proviso-declined'] as const)
      expect(transition(open, { ...exampleEvent(type, open), ...of }).kind).toBe('changed');
    for (const text of [...mrkdwnIn(card.blocks), card.text]) expect(text).not.toContain('<!channel>');
  });

  it('is said privately to the requester, and to its giver when it was declined', () => {
    const declined = followedBy(open, { ...exampleEvent('proviso-declined', open), ...of });
    const said = [
      directMessage('proviso-asked', open, undefined),
      directMessage('proviso-declined', declined, undefined, 1),
    ];
    for (const message of said) {
      expect(validateMessage(message)).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
    }
    expect(said[1]?.text).toContain('did not accept');
  });

  it('stands on the card until the end once it was accepted', () => {
    const accepted = followedBy(open, { ...exampleEvent('proviso-accepted', open), ...of });
    expect(validateMessage(restoreCard(accepted, NOW))).toEqual([]);
    expect(JSON.stringify(restoreCard(accepted, NOW).blocks)).toContain('the requester accepted that');
  });
});

it('the form to hand a place over stays within the limits, and names nobody twice', () => {
  const delegations = many(60, (index) => ({ ...HANDED_OVER, id: `D-${index}` }));
  expect(validateView({ ...delegationForm({ person: 'U1', now: NOW, delegations, to: 'U3' }) })).toEqual([]);
});
