import type { App, BlockButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { ACTION } from '../messages/action-ids.ts';
import { refusalText } from '../messages/refusal.ts';
import { trouble } from '../messages/trouble.ts';
import { wordsFor } from '../messages/words/words.ts';
import { instanceByName } from '../src/restore/policy.ts';
import { lateUndo, wayBackFrom } from '../src/restore/undo.ts';
import type { FormFiller } from './form-filler.ts';
import { openRestoreForm } from './opening-restore-form.ts';
import { interactionOf, restoreIdOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/** The button that asks for a way back. */
export function registerUndo(app: App, filler: FormFiller): void {
  const { desk } = filler;
  app.action<BlockButtonAction>(ACTION.undo, async ({ ack, body, action, client }) => {
    await ack();
    const tell = (say: Say) => whisper(desk, { client, person: body.user.id, channel: body.channel?.id }, say);
    const asked = { client, triggerId: body.trigger_id, person: body.user.id, id: restoreIdOf(action) ?? '', tell };
    await openUndoForm(filler, asked).catch((error: unknown) => {
      desk.log.error({ err: error, restoreId: asked.id }, 'undo could not be asked for');
      return tell((reader) => troubleWords(error, reader));
    });
  });
}

/** Opens the request form with the safety snapshot of a restore chosen; says why when there is no way back. */
export async function openUndoForm(
  filler: FormFiller,
  {
    client,
    triggerId,
    person,
    id,
    tell,
  }: {
    readonly client: WebClient;
    readonly triggerId: string;
    readonly person: string;
    readonly id: string;
    readonly tell: (say: Say) => Promise<void>;
  },
): Promise<void> {
  const { desk } = filler;
  const loaded = await desk.coordinator.find(id);
  if (!loaded) return tell((reader) => trouble('unknown-restore', reader));
  const wayBack = wayBackFrom(loaded.restore);
  if (!wayBack) return tell((reader) => ({ text: wordsFor(reader).undo.nothingToUndo(id) }));
  const late = lateUndo(loaded.restore, wayBack, loaded.now);
  if (late) {
    const tried = { by: person, attempt: 'undo', ...interactionOf({ trigger_id: triggerId }) } as const;
    await desk.coordinator.recordRefusal(id, tried, late);
    return tell((reader) => refusalText(late, { reader }));
  }
  const policy = instanceByName(desk.policy, loaded.restore.plan.instance.auraId);
  if (!policy) return tell((reader) => ({ text: wordsFor(reader).undo.unknownInstance(id) }));
  await openRestoreForm(
    filler,
    client,
    triggerId,
    person,
    { policy, undoes: id, snapshotId: wayBack.safetySnapshot.snapshotId },
    tell,
  );
}
