import { peopleOnCall } from '../on-call/directory-with-on-call.ts';
import { createOnCallFrom } from '../on-call/from-config.ts';
import { type Candidates, createCandidates } from '../slack/candidates.ts';
import { createEmailAccounts } from '../slack/email-accounts.ts';
import { identityNow } from '../slack/identity.ts';
import type { SharedParts } from './shared-parts.ts';

/** Nobody waits for it: Slack may take its time to say who is asked. */
const LOOK_DEADLINE_MS = 10_000;

/** Undefined while Slack does not say which workspace the bot is in. */
export type CandidatesNow = () => Promise<Candidates | undefined>;

/** Who is asked, for work that no person waits for: built once Slack has answered. */
export function createCandidatesNow({ config, slack, log }: SharedParts): CandidatesNow {
  const onCallNow = peopleOnCall(createOnCallFrom(config.onCall, { accountOf: createEmailAccounts(slack), log }));
  let candidates: Candidates | undefined;
  return async () => {
    const home = candidates ? undefined : await identityNow(slack).catch(() => undefined);
    if (home) candidates = createCandidates({ client: slack, home, onCallNow, deadlineMs: LOOK_DEADLINE_MS });
    return candidates;
  };
}
