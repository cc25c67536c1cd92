import type { WebClient } from '@slack/web-api';
import type { FormPurpose } from '../messages/form-purpose.ts';
import { refusalText } from '../messages/refusal.ts';
import { formTrouble, openingForm } from '../messages/restore-form.ts';
import { methodsOf } from '../src/restore/chosen-method.ts';
import { requesterRefusal } from '../src/restore/person.ts';
import type { Method } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import type { ReasonKind } from '../src/restore/request.ts';
import type { FormFiller } from './form-filler.ts';
import { asPreview } from './method-chosen.ts';
import { openForm, redrawForm } from './shown-form.ts';
import { interactionOf } from './slack-input.ts';
import { troubleWords } from './trouble-words.ts';
import { type Say, whisper } from './whisper.ts';

/**
 * Opens the form for a person, with an instance chosen already or not. Somebody who may not ask for that instance hears
 * why before they have filled in anything.
 */
export async function openRestoreForm(
  filler: FormFiller,
  client: WebClient,
  triggerId: string,
  personId: string,
  preset: {
    readonly policy?: InstancePolicy;
    readonly snapshotId?: string;
    readonly method?: Method;
    readonly reasonKind?: ReasonKind;
  } & FormPurpose = {},
  tell: (say: Say) => Promise<void> = (say) => whisper(filler.desk, { client, person: personId }, say),
): Promise<void> {
  const { desk } = filler;
  const { policy, undoes, snapshotId, preview, reasonKind } = preset;
  const method = undoes ? 'restore-snapshot' : (preset.method ?? methodOf(policy));
  const choice = { method, isLive: false };
  let viewId: string | undefined;
  try {
    // The trigger is good for three seconds: open something first, then look.
    viewId = await openForm(client, triggerId, openingForm(await desk.directory.readerOf(personId)));
  } catch (error) {
    desk.log.error({ err: error }, 'form could not be opened');
    return tell((reader) => troubleWords(error, reader));
  }
  if (!viewId) return;
  try {
    if (policy) {
      // With the store away the form says so at once, not after each part that needs it has waited for it.
      const [person] = await Promise.all([
        desk.directory.readForDecision(personId, policy.requesters ?? { groups: [] }),
        desk.now(),
      ]);
      const refusal = requesterRefusal(person, policy.requesters, policy.alias);
      if (refusal) {
        const act = interactionOf({ trigger_id: triggerId });
        await desk.coordinator.recordRefusedRequest(
          { by: personId, attempt: 'open-form', instance: policy, ...act },
          refusal,
        );
        await tell((reader) => refusalText(refusal, { reader })).catch((error: unknown) =>
          desk.log.warn({ err: error, person: personId }, 'a refusal could not be told'),
        );
      }
    }
    await filler.fill(client, {
      viewId,
      personId,
      choices: {
        start: { kind: 'when-confirmed' },
        policy,
        ...(snapshotId ? { snapshotId } : {}),
        ...(undoes ? { undoes, reasonKind: 'undo' } : {}),
        ...(reasonKind ? { reasonKind } : {}),
        ...(preview ? { preview } : {}),
        choice: asPreview(choice, preview, snapshotId),
      },
    });
  } catch (error) {
    desk.log.error({ err: error }, 'form could not be filled');
    const reader = await desk.directory.readerOf(personId);
    const said = troubleWords(error, reader);
    await redrawForm(client, viewId, formTrouble(said.text, reader)).catch(() => tell(() => said));
  }
}

function methodOf(policy: InstancePolicy | undefined): Method {
  return (policy && methodsOf(policy)[0]) ?? 'restore-snapshot';
}
