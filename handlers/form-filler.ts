import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { AdviceShown, AskedNow, InstanceLook, RestoreFormModel } from '../messages/form-model.ts';
import { restoreForm } from '../messages/restore-form.ts';
import { auraWords } from '../messages/trouble.ts';
import type { SnapshotList } from '../src/aura/snapshot-days.ts';
import { adviceForRequest, hasChoice, snapshotsRead } from '../src/restore/advice-for-request.ts';
import { policyOfMethod } from '../src/restore/deciding-policy.ts';
import type { EarlierRestores } from '../src/restore/estimate.ts';
import type { Instant } from '../src/restore/names.ts';
import { accountsOf, standingRefusal } from '../src/restore/person.ts';
import type { PlannedInstance } from '../src/restore/plan.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { firstAtWork } from '../src/restore/reminders.ts';
import { namedByAny, rulesNeeded } from '../src/restore/rules-needed.ts';
import type { Snapshot } from '../src/restore/snapshot.ts';
import { lookUpAsked } from './asked-people.ts';
import type { Desk, Loss } from './desk.ts';
import { filesShown } from './file-chosen.ts';
import type { Choices } from './form-choices.ts';
import { freezesOf } from './freezes-chosen.ts';
import { lossQueryOf } from './loss-query.ts';
import { pointsOf } from './method-chosen.ts';
import { FormNotShownError, redrawForm } from './shown-form.ts';
import { auraSaid } from './trouble-words.ts';

export interface FormFiller {
  readonly desk: Desk;
  /** Draws the form for the choices, at once with what is known and again as Aura answers. */
  fill(
    client: WebClient,
    form: { readonly viewId: string; readonly personId: string; readonly choices: Choices },
  ): Promise<void>;
  /**
   * What Aura was seen to keep of an instance while its form was filled in, for somebody who waits at most as long as Slack does:
   * as far as it was read until then, or read last. Nothing when it could not be read.
   */
  listSeen(policy: InstancePolicy): Promise<SnapshotList | undefined>;
  /**
   * The restore points of an instance for its menu, which must be answered in three seconds: what another process drew the
   * form with is read anew, as far as there is time.
   */
  snapshotsOf(policy: InstancePolicy): Promise<readonly Snapshot[]>;
}

/** Slack waits three seconds for a menu's choices. */
const MENU_DEADLINE_MS = 2_300;
/** Snapshots come at most every hour; a list this old is not read again for each opening of the menu. */
const LIST_IS_FRESH_MS = 60_000;
/** Each choice in a form reads the list again, so what is older was seen for another form. */
const FORM_IS_FILLED_MS = 15 * 60_000;
/** Of an instance whose snapshots nobody has read: how many days Aura keeps is not known either. */
const NOT_READ: SnapshotList = { snapshots: [], daysRead: 0, daysKept: 0 };

export function createFormFiller(desk: Desk): FormFiller {
  /** Which drawing of each open form is the latest; an earlier one that Aura answered late must not overwrite it. */
  const drawings = new Map<string, number>();
  const lists = new Map<string, { readonly list: SnapshotList; readonly atMs: number }>();
  const reading = new Map<string, Promise<unknown>>();

  function remember({ auraId }: InstancePolicy, list: SnapshotList): void {
    lists.set(auraId, { list, atMs: Date.now() });
  }

  const snapshotsOf = async (policy: InstancePolicy) =>
    (await listNoOlderThan(LIST_IS_FRESH_MS, policy))?.snapshots ?? [];

  function knownList({ auraId }: InstancePolicy, oldestMs: number): SnapshotList | undefined {
    const known = lists.get(auraId);
    return known && Date.now() - known.atMs < oldestMs ? known.list : undefined;
  }

  async function listNoOlderThan(oldestMs: number, policy: InstancePolicy): Promise<SnapshotList | undefined> {
    const { auraId } = policy;
    const known = knownList(policy, oldestMs);
    if (known) return known;
    const read =
      reading.get(auraId) ??
      readList(policy)
        .catch((error: unknown) => desk.log.warn({ err: error, instance: policy.alias }, 'snapshots could not be read'))
        .finally(() => reading.delete(auraId));
    reading.set(auraId, read);
    await Promise.race([read, sleep(MENU_DEADLINE_MS, undefined, { ref: false })]);
    return lists.get(auraId)?.list;
  }

  async function readList(policy: InstancePolicy): Promise<void> {
    const { type } = await desk.aura.instance(policy.auraId);
    remember(policy, await desk.aura.snapshots(policy, type, (soFar) => remember(policy, soFar)));
  }

  async function fill(
    client: WebClient,
    { viewId, personId, choices }: { viewId: string; personId: string; choices: Choices },
  ): Promise<void> {
    const drawing = (drawings.get(viewId) ?? 0) + 1;
    drawings.set(viewId, drawing);
    let isOpen = true;
    const isLatest = () => isOpen && drawings.get(viewId) === drawing;
    const [now, reader] = await Promise.all([desk.now(), desk.directory.readerOf(personId)]);
    const { policy, choice } = choices;
    const shown = policy ? await filesShown(desk, { ...choices, alias: policy.alias, method: choice.method }) : {};
    const points = pointsOf(policy, choice);
    const deciding = policy && policyOfMethod(policy, choice);
    const spending = choice.method === 'new-instance' ? desk.spentOnNewInstances() : Promise.resolve(undefined);
    const asking = deciding ? askedBy(deciding, personId, choices, now) : Promise.resolve(undefined);
    const working = policy ? firstAtWorkOf(policy, personId, now) : Promise.resolve(undefined);

    // The safety snapshot of an undo may be younger than the list that is known.
    const offered =
      policy && choices.undoes && choices.snapshotId
        ? desk.aura.snapshot(policy.auraId, choices.snapshotId).catch(() => undefined)
        : undefined;
    let sized: ReturnType<typeof sizedOf> | undefined;
    let earlier: EarlierRestores | undefined;
    // What was read last of the instance itself: a field that comes and goes with each drawing would lose what was typed.
    let own = policy && lists.get(policy.auraId)?.list;
    // The same as far as this drawing has read it: what stands in the menu, which is not to be called more than it is.
    let ownNow: SnapshotList | undefined;
    let ofPoints: readonly Snapshot[] = [];

    async function adviceNow(snapshot: Snapshot | undefined): Promise<AdviceShown | undefined> {
      if (!policy || !own) return undefined;
      const fileBytes = shown.file?.sizeBytes;
      const about = { ...choices, ...choice, ...shown, fileBytes, given: choices.advised, snapshot, type: sized?.type };
      const advice = adviceForRequest({ ...about, policy, snapshots: snapshotsRead(own) });
      if (!advice) return undefined;
      const took = sized && (await desk.outlook.earlier(sized, advice.method));
      return { ...advice, ...(took ? { earlier: took } : {}) };
    }

    const chosenIn = async (snapshots: readonly Snapshot[]) =>
      snapshots.find(({ snapshotId }) => snapshotId === choices.snapshotId) ?? (await offered);

    function lossOf(snapshot: Snapshot | undefined): Loss {
      const query = lossQueryOf(policy, choice, { snapshot, files: shown, now });
      return query ? desk.outlook.loss(query) : {};
    }

    async function draw(look?: InstanceLook): Promise<void> {
      if (!isLatest()) return;
      const snapshot = await chosenIn(ofPoints);
      const advice = await adviceNow(snapshot);
      const { seen, coming } = lossOf(snapshot);
      const receipt = seen ?? (coming ? 'looking' : undefined);
      const claimedBy = policy && (await holderOf(policy));
      const [asked, atWork] = look?.kind === 'looking' ? [] : await Promise.all([asking, working]);
      const model: RestoreFormModel = {
        now,
        instances: desk.policy.instances,
        reasonKind: choices.reasonKind,
        start: choices.start,
        isUrgent: choices.isUrgent ?? false,
        wantsOverride: choices.wantsOverride ?? false,
        ...choices.choice,
        ...shown,
        undoes: choices.undoes,
        preview: choices.preview,
        advised: choices.advised,
        newInstance: {
          size: choices.choice.size,
          liveForMinutes: choices.choice.liveForMinutes,
          spent: await spending.catch(() => undefined),
        },
        snapshot,
        ...(policy && look
          ? {
              chosen: {
                policy,
                look,
                ...(earlier ? { earlier } : {}),
                ...(advice ? { advice } : {}),
                ...(receipt ? { receipt } : {}),
                ...(asked ? { asked } : {}),
                ...(atWork ? { firstAtWork: atWork } : {}),
                ...(claimedBy ? { claimedBy } : {}),
              },
            }
          : {}),
      };
      if (isLatest()) isOpen = await redrawForm(client, viewId, restoreForm(model, reader));
    }

    if (!policy) return draw();
    try {
      if (!choices.snapshotId) await draw({ kind: 'looking' });
      // Nobody looks at it any more: what Aura may be asked is for others.
      if (!isOpen) return;
      const instance = await desk.aura.instance(policy.auraId);
      sized = sizedOf(policy, instance);
      earlier = await desk.outlook.earlier(sized, choice.method);
      const drawSeen = () => {
        const { status, memory, type } = instance;
        const { snapshots, daysRead, daysKept } = ownNow ?? own ?? NOT_READ;
        return draw({ kind: 'seen', status, memory, type, snapshotCount: snapshots.length, daysRead, daysKept });
      };
      let hasDrawnEarly = false;
      async function readList(of: InstancePolicy, type: string | undefined): Promise<void> {
        const take = (list: SnapshotList) => {
          remember(of, list);
          if (of === policy) ownNow = list;
          if (of === policy && list.daysRead >= (own?.daysRead ?? 0)) own = list;
          if (of === points) ofPoints = list.snapshots;
        };
        take(
          await desk.aura.snapshots(of, type, (soFar) => {
            take(soFar);
            // Sixty days take a while: the first answer is shown at once, the rest when it is complete.
            if (!hasDrawnEarly) void drawSeen().catch(() => undefined);
            hasDrawnEarly = true;
          }),
        );
      }
      if (points)
        await readList(points, points === policy ? instance.type : (await desk.aura.instance(points.auraId)).type);
      await drawSeen();
      const isKnown = knownList(policy, LIST_IS_FRESH_MS) !== undefined && isWhole(own);
      if (points !== policy && !isKnown && hasChoice({ ...choices, ...choice, policy })) {
        // Where the data comes from elsewhere, what Aura keeps of the instance itself only decides what is advised.
        await readList(policy, instance.type).catch((error: unknown) => {
          own ??= NOT_READ;
          desk.log.warn({ err: error, instance: policy.alias }, 'snapshots could not be read');
        });
        await drawSeen();
      }
      const { coming } = lossOf(await chosenIn(ofPoints));
      if (await coming?.catch(() => undefined)) await drawSeen();
    } catch (error) {
      if (error instanceof FormNotShownError) throw error;
      desk.log.warn({ err: error, instance: policy.alias }, 'form could not be filled');
      own ??= NOT_READ;
      await draw({ kind: 'trouble', words: auraWords(auraSaid(error), reader) });
    }
  }

  /** Whom the request would ask, as far as that can be found out. */
  async function askedBy(policy: InstancePolicy, personId: string, choices: Choices, now: Instant): Promise<AskedNow> {
    const freezes = choices.wantsOverride
      ? freezesOf({ start: choices.start, isUrgent: choices.isUrgent ?? false }, policy, now)
      : [];
    const plan = freezes.length > 0 ? { freezeOverride: { freezes, reason: '' } } : {};
    return (await lookUpAsked(desk, policy, rulesNeeded({ plan, terms: policy }), personId)).asked;
  }

  /** When somebody besides the requester is at work, as far as Slack says. */
  async function firstAtWorkOf(policy: InstancePolicy, personId: string, now: Instant): Promise<Instant | undefined> {
    const look = await desk.candidates.look(namedByAny(policy.approval.rules));
    const own = accountsOf(personId, desk.policy.samePeople);
    const others = (look?.people ?? []).filter((person) => !own.has(person.id) && !standingRefusal(person));
    return firstAtWork(others, policy.workingHours, policy.calendar.holidays ?? [], now);
  }

  async function holderOf(policy: InstancePolicy) {
    const id = await desk.lists.holderOf(policy.auraId);
    return id ? { id, link: await desk.lists.linkTo(id) } : undefined;
  }

  return {
    desk,
    fill,
    listSeen: (policy) => listNoOlderThan(FORM_IS_FILLED_MS, policy),
    snapshotsOf,
  };
}

function isWhole(list: SnapshotList | undefined): boolean {
  return list !== undefined && list.daysRead >= list.daysKept;
}

/** What says how long a restore of the instance may take. */
export function sizedOf(
  { auraId }: Pick<InstancePolicy, 'auraId'>,
  { type, memory }: { readonly type?: string; readonly memory?: string },
): Pick<PlannedInstance, 'auraId' | 'type' | 'memory'> {
  return { auraId, ...(type ? { type } : {}), ...(memory ? { memory } : {}) };
}
