import type { AllMiddlewareArgs, App, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { ACTION } from '../messages/action-ids.ts';
import { policyRefusalText } from '../messages/policy/refusal.ts';
import { type PolicyVote, peopleBound } from '../src/restore/policy/proposal.ts';
import type { Desk } from './desk.ts';
import { interactionOf, proposalHashOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { whisper } from './whisper.ts';

/** Those who are bound by a rule agree to a looser one, or refuse it. */
export function registerPolicyAnswers(app: App, desk: Desk): void {
  app.action<BlockButtonAction>(ACTION.agreeToPolicy, answering(desk, 'agree'));
  app.action<BlockButtonAction>(ACTION.refusePolicy, answering(desk, 'refuse'));
}

function answering(desk: Desk, kind: PolicyVote['kind']) {
  return async ({ ack, body, action, client }: SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs) => {
    const whispering = { client, person: body.user.id, channel: body.channel?.id };
    const hash = proposalHashOf(action) ?? '';
    try {
      await ack();
      const { proposals } = await desk.rules.record();
      const proposal = proposals.findLast((one) => one.hash === hash);
      const earlier = proposal?.votes.flatMap((vote) => (vote.kind === 'agree' ? [vote.by] : [])) ?? [];
      const people = proposal ? peopleBound(proposal) : { groups: [] };
      const [own, ...others] = await desk.directory.readEachForDecision([body.user.id, ...earlier], people);
      const person = own ?? { kind: 'unreadable', id: body.user.id };
      const answered = await desk.rules.answer({ kind, hash, person, others, ...interactionOf(body) });
      if (answered.kind !== 'refused') return;
      const { refusal } = answered;
      await whisper(desk, whispering, (reader) => policyRefusalText(refusal, reader));
    } catch (error) {
      desk.log.error({ err: error }, 'answer to a looser rule could not be recorded');
      await whisper(desk, whispering, (reader) => troubleWords(error, reader));
    }
  };
}
