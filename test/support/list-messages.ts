import { delegationWord } from '../../messages/delegation-word.ts';
import { homeTrouble, homeView } from '../../messages/home.ts';
import {
  helpReply,
  listReply,
  snapshotReplacesReply,
  snapshotsReply,
  snapshotTakenReply,
  stoppedReply,
  unknownCommandReply,
} from '../../messages/replies.ts';
import { trouble } from '../../messages/trouble.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import type { Said } from './every-message.ts';
import { exampleRestores } from './example-restores.ts';
import { makeExport } from './export-messages.ts';
import { makeRestore, NOW } from './make-restore.ts';
import { DELEGATIONS, DRAFT, ENDED, LINK, POLICY, SNAPSHOTS } from './message-facts.ts';

const OVERDUE = [makeExport({ dueAt: addMinutes(NOW, -7 * 1440) })];

/** Answers to commands, and the home page. */
export function messagesOfLists(reader: Reader): readonly Said[] {
  const listed = exampleRestores().map(([, restore]) => ({ restore, link: LINK }));
  const groups = { waitingForMe: listed, mine: listed, underWay: [], endedLately: listed };
  const model = {
    alias: 'orders',
    daysRead: 2,
    daysKept: 7,
    tier: 'AuraDB Professional',
    frequency: 'daily',
    now: NOW,
  };
  const first = { restore: makeRestore('cancelled', { policy: POLICY, draft: DRAFT }) };
  const me = { person: 'U1', now: NOW };
  const none = { ...me, waitingForMe: [], mine: [], underWay: [], endedLately: [], places: [] };
  const messages: Readonly<Record<string, unknown>> = {
    help: helpReply(reader),
    list: listReply(listed, NOW, ['R-5'], reader),
    'empty list': listReply([], NOW, [], reader),
    snapshots: snapshotsReply({ ...model, snapshots: SNAPSHOTS }, reader),
    'no snapshots': snapshotsReply({ ...model, snapshots: [] }, reader),
    'snapshot taken': snapshotTakenReply('orders', 's9', reader),
    'snapshot not taken where one is kept': snapshotReplacesReply('orders', 'AuraDB Free', reader),
    stopped: stoppedReply(first, reader),
    'unknown command': unknownCommandReply('lsit', ['list'], reader),
    'place handed over': delegationWord('handed-over', DELEGATIONS[0] ?? ENDED, NOW, reader),
    'place handed over from later on': delegationWord('handed-over', DELEGATIONS[1] ?? ENDED, NOW, reader),
    'place of theirs ended': delegationWord('ended-for-owner', ENDED, NOW, reader),
    'place held ended': delegationWord('ended-for-holder', ENDED, NOW, reader),
  };
  return [
    ...Object.entries(messages).map(([name, payload]): Said => ({ name, kind: 'message', payload })),
    {
      name: 'home',
      kind: 'view',
      payload: homeView({ ...me, ...groups, places: DELEGATIONS, exports: OVERDUE, unreadable: ['R-5'] }, reader),
    },
    { name: 'empty home', kind: 'view', payload: homeView(none, reader) },
    { name: 'home without places', kind: 'view', payload: homeView({ ...none, places: undefined }, reader) },
    { name: 'home in trouble', kind: 'view', payload: homeTrouble(trouble('store-away', reader).text, reader) },
  ];
}
