import { type RunStep, report } from './step.ts';

/** Silence is never consent: a request nobody decided about in time ends. */
export const expireRequest: RunStep<'awaiting-approval'> = async () => report({ type: 'request-expired' });
