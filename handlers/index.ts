import type { App } from '@slack/bolt';
import { trouble } from '../messages/trouble.ts';
import { registerAdvice } from './advice.ts';
import { registerCommands } from './commands.ts';
import { registerDecisions } from './decisions.ts';
import { registerDelegations } from './delegations.ts';
import type { Desk } from './desk.ts';
import { registerEdits } from './edits.ts';
import { registerExports } from './exports.ts';
import { createFormFiller } from './form-filler.ts';
import { registerHome } from './home.ts';
import { registerNudges } from './nudges.ts';
import { registerObjections } from './objections.ts';
import { registerPolicyAnswers } from './policy-answers.ts';
import { registerPreview } from './preview.ts';
import { registerProvisos } from './provisos.ts';
import { registerRestoreForm } from './restore-form.ts';
import { registerShadowRestores } from './shadow-restores.ts';
import { registerStops } from './stops.ts';
import { registerUndo } from './undo.ts';
import { whisper } from './whisper.ts';
import { registerWorkspaceGuard } from './workspace-guard.ts';

/** The whole Slack surface of the bot on one screen. */
export function registerHandlers(app: App, desk: Desk): void {
  registerWorkspaceGuard(app, desk);
  const filler = createFormFiller(desk);
  registerCommands(app, desk, filler);
  registerRestoreForm(app, desk, filler);
  registerDecisions(app, desk);
  registerProvisos(app, desk);
  registerEdits(app, desk, filler);
  registerObjections(app, desk);
  registerStops(app, desk);
  registerUndo(app, filler);
  registerPreview(app, filler);
  registerAdvice(app, filler);
  registerDelegations(app, desk);
  registerPolicyAnswers(app, desk);
  registerNudges(app, desk);
  registerShadowRestores(app, desk);
  registerExports(app, desk);
  registerHome(app, desk);
  registerTheRest(app, desk);
}

/** What no other handler knows: answered kindly, never left hanging until Slack shows an error. */
function registerTheRest(app: App, desk: Desk): void {
  app.action(/^(?!rb_)/, async ({ ack, body, client }) => {
    await ack();
    await whisper(desk, { client, person: body.user.id, channel: body.channel?.id }, (reader) =>
      trouble('old-button', reader),
    );
  });
  app.error(async (error) => {
    desk.log.error({ err: error }, 'a handler failed');
  });
}
