import type { Instant } from './names.ts';

/** What the monitoring of an instance is asked: to be silent while it is restored, and to resume. */
export const MONITORING_ACTS = ['silence', 'resume'] as const;
export type MonitoringAct = (typeof MONITORING_ACTS)[number];

/** `reference` is what the monitoring calls the silence, by which it is ended. */
interface Done {
  readonly kind: 'done';
  readonly reference?: string;
}

interface GivenUp {
  readonly kind: 'given-up';
  readonly why: string;
}

/** What became of a call. */
export type MonitoringAnswer = Done | GivenUp;

/** What one call came to: `failed` ones may be repeated. */
export type MonitoringReply = Done | { readonly kind: 'failed'; readonly why: string };

/** The latest call to the monitoring. */
export interface MonitoringCall {
  readonly act: MonitoringAct;
  /** Saved before anything was sent: from then on it may have had its effect. */
  readonly calledAt: Instant;
  readonly answer?: (Pick<Done, 'kind'> | GivenUp) & { readonly at: Instant };
  /** What the monitoring calls the silence; kept for the call that ends it. */
  readonly reference?: string;
  /** Of the end of a silence: the call for it had no answer yet, and may arrive after this one. */
  readonly silenceMayFollow?: true;
}
