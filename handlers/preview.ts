import type { App, BlockButtonAction } from '@slack/bolt';
import { ACTION } from '../messages/action-ids.ts';
import { trouble } from '../messages/trouble.ts';
import { wordsFor } from '../messages/words/words.ts';
import { snapshotIdOf } from '../src/restore/plan.ts';
import { instanceByName } from '../src/restore/policy.ts';
import type { FormFiller } from './form-filler.ts';
import { openRestoreForm } from './opening-restore-form.ts';
import { restoreIdOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/** The button on an open request that asks for a new instance of its restore point: the form opens with both chosen. */
export function registerPreview(app: App, filler: FormFiller): void {
  const { desk } = filler;
  app.action<BlockButtonAction>(ACTION.preview, async ({ ack, body, action, client }) => {
    await ack();
    const person = body.user.id;
    const tell = (say: Say) => whisper(desk, { client, person, channel: body.channel?.id }, say);
    const id = restoreIdOf(action) ?? '';
    try {
      const loaded = await desk.coordinator.find(id);
      if (!loaded) return await tell((reader) => trouble('unknown-restore', reader));
      const { plan, terms, request } = loaded.restore;
      const { kind } = request.reason;
      const policy = instanceByName(desk.policy, plan.instance.auraId);
      const snapshotId = snapshotIdOf(plan);
      if (!policy?.newInstance || !terms.previews || !snapshotId)
        return await tell((reader) => ({ text: wordsFor(reader).newInstance.problem.notConfigured }));
      const preset = {
        policy,
        snapshotId,
        method: 'new-instance',
        preview: { of: id, snapshotId },
        // Going back to a safety snapshot is a reason of its own, which a preview is not.
        ...(kind === 'undo' ? {} : { reasonKind: kind }),
      } as const;
      await openRestoreForm(filler, client, body.trigger_id, person, preset, tell);
    } catch (error) {
      desk.log.error({ err: error, restoreId: id }, 'preview could not be asked for');
      await tell((reader) => troubleWords(error, reader));
    }
  });
}
