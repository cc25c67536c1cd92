import type { AuraClient } from '../aura/client.ts';
import type { Clocks } from '../restore/clock-difference.ts';
import type { Fingerprints } from '../restore/receipt/kept-fingerprint.ts';
import type { SentBefore } from '../restore/sending.ts';
import type { Status } from '../restore/state.ts';
import { expireRequest } from './expire-request.ts';
import { createLookAtAgreement } from './look-at-agreement.ts';
import { type MadeElsewhere, unlessMadeElsewhere } from './made-elsewhere.ts';
import { type ForbiddenNow, unlessForbidden } from './method-allowed.ts';
import { createMethods, type NewInstances } from './methods/all-methods.ts';
import type { UploadHost } from './methods/upload-host.ts';
import { createPreflight, unlessLapsed } from './preflight.ts';
import { createRemind, type LookAtAsked } from './remind.ts';
import { createRequestSafetySnapshot, createWatchSafetySnapshot } from './safety-snapshot.ts';
import { createSendRestore } from './send-restore.ts';
import type { SilenceMonitoring } from './silence-monitoring.ts';
import type { CalendarOf, RunStep, Steps, Timing } from './step.ts';
import { createTakeBaseline, type TakeFingerprint } from './take-baseline.ts';
import { createVerify, type LookAtData } from './verify.ts';
import { createWatchCreated, createWatchNewInstance } from './watch-new-instance.ts';
import { createWatchRestore, type Looks } from './watch-restore.ts';
import { createWatchStart } from './watch-start.ts';

/** Every step with what it needs, in the order a restore goes through them. */
export function createSteps(parts: {
  readonly aura: AuraClient;
  readonly data: { readonly takeFingerprint: TakeFingerprint; readonly lookAtData: LookAtData };
  readonly calendarOf: CalendarOf;
  readonly timing: Timing;
  readonly clocks?: Clocks;
  readonly looks?: Looks;
  readonly fingerprints?: Pick<Fingerprints, 'keep'>;
  readonly lookAtAsked: LookAtAsked;
  /** Absent: this process uploads no files. */
  readonly uploads?: UploadHost | undefined;
  readonly madeElsewhere: MadeElsewhere;
  readonly forbiddenNow: ForbiddenNow;
  /** Absent: only the records say what was sent. */
  readonly sentBefore?: SentBefore;
  /** Absent: no instances are made. */
  readonly newInstances?: NewInstances;
  /** Asks the monitoring to be silent before the restore call. Absent: there is none to ask. */
  readonly silence?: SilenceMonitoring;
}): Steps {
  const { aura, data, calendarOf, timing, newInstances } = parts;
  const ofNew = newInstances && { aura, timing, maker: newInstances.maker };
  const methods = createMethods({ aura, timing, host: parts.uploads, ...(newInstances ? { newInstances } : {}) });
  const looks = parts.looks ? { looks: parts.looks } : {};
  const fingerprints = parts.fingerprints ? { fingerprints: parts.fingerprints } : {};
  const sentBefore = parts.sentBefore ? { sentBefore: parts.sentBefore } : {};
  const clocks = parts.clocks ? { clocks: parts.clocks } : {};
  const silence = parts.silence ? { silence: parts.silence } : {};
  const remind = createRemind({ lookAtAsked: parts.lookAtAsked, calendarOf });
  const whileAsked = createLookAtAgreement({ methods, remind, calendarOf, forbiddenNow: parts.forbiddenNow });
  return {
    'expire-request': expireRequest,
    remind: whileAsked,
    'look-at-agreement': whileAsked,
    preflight: unlessLapsed(
      unlessForbidden(
        'preflight',
        parts.forbiddenNow,
        unlessMadeElsewhere(
          'preflight',
          parts.madeElsewhere,
          createPreflight({ methods, timing, calendarOf, ...clocks }),
        ),
      ),
    ),
    'take-baseline': createTakeBaseline(data.takeFingerprint),
    'request-safety-snapshot': createRequestSafetySnapshot({ aura, methods, timing, ...clocks }),
    'watch-safety-snapshot': createWatchSafetySnapshot({ aura, timing, ...looks, ...fingerprints }),
    'send-restore': unlessForbidden(
      'send-restore',
      parts.forbiddenNow,
      unlessMadeElsewhere(
        'send-restore',
        parts.madeElsewhere,
        createSendRestore({ methods, timing, calendarOf, ...silence, ...clocks, ...sentBefore }),
      ),
    ),
    'watch-start': unlessNew(createWatchStart({ aura, methods, timing }), ofNew && createWatchCreated(ofNew)),
    'watch-restore': unlessNew(
      createWatchRestore({ aura, timing, methods, ...looks }),
      ofNew && createWatchNewInstance({ ...ofNew, ...looks }),
    ),
    verify: createVerify({ lookAtData: data.lookAtData, timing }),
  };
}

/** A new instance is watched, and not the one whose snapshot it is. */
function unlessNew<S extends Status>(usual: RunStep<S>, ofNew: RunStep<S> | undefined): RunStep<S> {
  return (context) => (ofNew && context.restore.plan.method === 'new-instance' ? ofNew(context) : usual(context));
}
