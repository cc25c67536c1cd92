import type { Calendar } from '../../src/restore/calendar.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { createPreflight, unlessLapsed } from '../../src/steps/preflight.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore } from '../support/make-restore.ts';
import { type AuraAnswers, makeFakeAura } from './fake-aura.ts';
import { POLL_MS, runStep } from './step-run.ts';

export const TIMING = { pollMs: POLL_MS, lateStartMs: 5 * 60_000, startWatchMs: 60_000 };
/** Agreed to, and nobody of the stakeholders was told yet. */
export const untold = makeRestore('approved');
/** They were. */
export const told = inStatus(
  followedBy(
    untold,
    ...untold.plan.noticeChannels.map((channel) => ({
      ...exampleEvent('message-settled', untold),
      key: plannedKey(channel),
    })),
  ),
  'approved',
);
export const { startAt, lapsesAt, approval } = told.state;
/** Its start was missed. */
export const late = inStatus(followedBy(told, exampleEvent('start-late', told)), 'approved');
/** And that was said. */
export const saidLate = inStatus(
  followedBy(late, { ...exampleEvent('message-settled', late), key: `starting-late:${late.request.requestedBy}` }),
  'approved',
);

/** What one look of the preflight comes to, and what it asked Aura. */
export function look(answers: Partial<AuraAnswers> = {}, now = startAt, restore = told, calendar?: Calendar) {
  const { aura, calls } = makeFakeAura(answers);
  const preflight = unlessLapsed(
    createPreflight({
      methods: createMethods({ aura, timing: TIMING }),
      calendarOf: () => calendar,
      timing: TIMING,
    }),
  );
  return runStep(preflight, restore, now).then((run) => ({ ...run, calls }));
}
