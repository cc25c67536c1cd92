import type { SceneName } from './scenes.ts';
import type { BotPromise } from './violation.ts';

/** A deliberate defect, and the promise that the campaign must then find broken. */
export interface Defect {
  readonly name: string;
  readonly file: string;
  readonly replace: readonly (readonly [text: string, by: string])[];
  readonly caughtAs: BotPromise;
  /** What must be said of how it was broken, where a promise has several sides. */
  readonly inWords?: string;
  /** The part of the campaign that meets it. */
  readonly run: readonly string[];
}

const SCENES_ONLY = ['--only', 'crash-points', '--points', 'none'];
const sceneOnly = (name: SceneName) => [...SCENES_ONLY, '--scene', name];
/** Processes die at these points of one scene, and what they left is taken up by others within seconds. */
const dyingIn = (name: SceneName, points: string) => [
  ...['--only', 'crash-points', '--scene', name],
  ...['--points', points, '--patience', '30'],
];

export const DEFECTS: readonly Defect[] = [
  {
    name: 'a restore call whose answer was lost is sent again',
    file: 'src/aura/sender.ts',
    replace: [
      [
        'judged(await send(act, token.value))',
        'judged(await send(act, token.value).catch(() => send(act, token.value)))',
      ],
    ],
    caughtAs: 'one restore call per decision',
    run: SCENES_ONLY,
  },
  {
    name: 'requesters may approve their own request',
    file: 'src/restore/person.ts',
    replace: [
      [
        "  if (areSamePerson(person.id, requestedBy, restore.terms.samePeople)) return { reason: 'own-request', requestedBy };\n",
        '  if (areSamePerson(person.id, requestedBy, restore.terms.samePeople)) return undefined;\n',
      ],
    ],
    caughtAs: 'a second person decides',
    run: SCENES_ONLY,
  },
  {
    name: 'the claim on an instance is not looked at',
    file: 'src/store/save-script.ts',
    replace: [["  if holder then return {'claimed', holder} end\n", '']],
    caughtAs: 'one run per instance',
    run: ['--only', 'races'],
  },
  {
    name: 'a save does not compare the version',
    file: 'src/store/save-script.ts',
    replace: [['if current ~= expected then', 'if false then']],
    caughtAs: 'nothing lost',
    run: ['--only', 'races'],
  },
  {
    name: 'a refused attempt is not written down',
    file: 'src/coordinator/changes.ts',
    replace: [
      ['const applied = await apply(id, event);', "void event;\n    const applied = { kind: 'unknown' } as Applied;"],
    ],
    caughtAs: 'nothing lost',
    inWords: 'was refused approve',
    run: sceneOnly('people who may not'),
  },
  {
    name: 'the post-restore notice is not owed',
    file: 'src/restore/owed-messages.ts',
    replace: [['[...undoneDue(restore), ...outcome,', '[...undoneDue(restore),']],
    caughtAs: 'nothing lost',
    inWords: ' outcome:',
    run: sceneOnly('the whole way'),
  },
  {
    name: 'a post without an answer is not looked for',
    file: 'src/slack/post-once.ts',
    replace: [["if (found.kind === 'there') return { kind: 'posted', channel, ts: found.ts, isFound: true };", '']],
    caughtAs: 'nothing twice',
    run: SCENES_ONLY,
  },
  {
    name: 'nobody looks for a notice in doubt once its restore is over',
    file: 'src/slack/overtaken-notices.ts',
    replace: [
      ["if (start === undefined) return 'nothing';", "if (start === undefined || id !== '') return 'nothing';"],
    ],
    caughtAs: 'nothing lost',
    inWords: ' outcome:',
    run: sceneOnly('cancelled while its first notice is in doubt'),
  },
  {
    name: 'a click that is delivered twice counts twice',
    file: 'src/restore/person-rules.ts',
    replace: [["  if (isRepeated(restore, event)) return { kind: 'repeated' };\n", '  void isRepeated;\n']],
    caughtAs: 'nothing twice',
    run: SCENES_ONLY,
  },
  {
    name: 'an approval of an older round counts',
    file: 'src/restore/vote-rules.ts',
    replace: [
      [
        'return planHash === restore.planHash && (round === undefined || round === roundOf(restore));',
        'return planHash !== undefined || round === roundOf(restore);',
      ],
    ],
    caughtAs: 'a second person decides',
    run: sceneOnly('changed while people vote'),
  },
  {
    name: 'votes outlive a change of the plan',
    file: 'src/restore/edit.ts',
    replace: [
      [
        "state: { status: 'awaiting-approval', votes: [],",
        "state: { status: 'awaiting-approval', votes: state.votes.map((vote) => ({ ...vote, planHash })),",
      ],
    ],
    caughtAs: 'a second person decides',
    run: sceneOnly('changed while people vote'),
  },
  {
    name: 'the card is drawn once and taken for up to date ever after',
    file: 'src/slack/card-drawer.ts',
    replace: [
      ['if (place.digest === digest) return', 'if (place.digest === digest || place.digest !== UNKNOWN_DIGEST) return'],
    ],
    caughtAs: 'the card says what the record says',
    run: sceneOnly('the whole way'),
  },
  {
    name: 'nobody puts the end of an unanswered request into the queue, at the request or at a sweep',
    file: 'src/queue/work.ts',
    replace: [['if (!due) return [];', "if (!due || restore.state.status === 'awaiting-approval') return [];"]],
    caughtAs: 'nothing stuck',
    run: sceneOnly('nobody answers'),
  },
  {
    name: 'a create call whose answer was lost is sent again without looking for what it made',
    file: 'src/aura/made-instances.ts',
    replace: [
      [
        "const made = await actOnce({ method: 'POST', path: '/instances', body }, ANSWER.made, notAfterMs);",
        "const post = () => actOnce({ method: 'POST', path: '/instances', body }, ANSWER.made, notAfterMs);\n      const made = await post().catch(post);",
      ],
    ],
    caughtAs: 'one restore call per decision',
    run: sceneOnly("the create call's answer is lost"),
  },
  {
    name: 'a made instance is left where it is when its time is over',
    file: 'src/restore/new-instance/reaping.ts',
    replace: [
      [
        "if ((state.status === 'made' && now < made.removeAt) || made.leftAlone) return undefined;",
        "if (state.status === 'made' || made.leftAlone) return undefined;",
      ],
    ],
    caughtAs: 'nothing stuck',
    run: sceneOnly('a new instance is made and removed at its time'),
  },
  {
    name: 'monitoring that was silenced is left so',
    file: 'src/restore/monitoring.ts',
    replace: [
      [
        "return monitoring.act === 'silence' || monitoring.answer === undefined || hasToResumeAgain(monitoring);",
        'return false;',
      ],
    ],
    caughtAs: 'nothing lost',
    inWords: 'monitoring stays silent',
    run: sceneOnly('the whole way'),
  },
  {
    name: 'what a process left between saving and queueing is not swept up',
    file: 'src/queue/sweep.ts',
    replace: [['    await dropOrphans();\n', '    await dropOrphans();\n    if (sweeps > 0) return;\n']],
    caughtAs: 'nothing stuck',
    inWords: 'still approved',
    run: dyingIn('the whole way', ' save approved'),
  },
  {
    name: 'nobody is asked whether a restore of which nothing is known ran',
    file: 'messages/restore-card.ts',
    replace: [
      [
        'return actions(button(ACTION.judgeRan, buttons.itRan), button(ACTION.judgeDidNotRun, buttons.itDidNotRun));',
        'return undefined;',
      ],
    ],
    caughtAs: 'nothing stuck',
    inWords: 'still start-unclear',
    run: sceneOnly('the restore call is lost on its way'),
  },
  {
    name: 'a refused request is not recorded',
    file: 'src/coordinator/refused-requests.ts',
    replace: [['if (isQuestion(refusal)) return tried', "if (isQuestion(refusal) || by !== '') return tried"]],
    caughtAs: 'nothing lost',
    inWords: 'was refused request, which is not on record',
    run: sceneOnly('somebody asks who may not'),
  },
  {
    name: 'a restore in the console is not noticed',
    file: 'src/restore/shadow/verdict.ts',
    replace: [
      [
        "if (!needsExplaining(look.status)) return { kind: 'nothing' };",
        "if (look.status !== '') return { kind: 'nothing' };",
      ],
    ],
    caughtAs: 'nothing lost',
    inWords: 'nobody noticed a restore',
    run: sceneOnly('somebody restores in the console'),
  },
  {
    name: 'a restore in the console is followed for ever',
    file: 'src/restore/shadow/course.ts',
    replace: [
      [
        "if (state.runningSeenAt) return ended(record, { status: 'running-again', at }, at, status);",
        'if (state.runningSeenAt) return undefined;',
      ],
    ],
    caughtAs: 'nothing stuck',
    inWords: 'is followed although it is over',
    run: sceneOnly('somebody restores in the console'),
  },
  {
    name: 'an upload is not announced on its host before its intent is on record',
    file: 'src/steps/send-restore.ts',
    replace: [['await method.announce?.(attempt);', 'void [method, attempt];']],
    caughtAs: 'nothing stuck',
    inWords: 'still restore-sent',
    run: dyingIn('a file is uploaded', ' save restore-intended of upload'),
  },
];
