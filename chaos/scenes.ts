import { SCENES_OF_EXPORTS } from './scenes-of-exports.ts';
import { SCENES_OF_FILES } from './scenes-of-files.ts';
import { SCENES_OF_METHODS } from './scenes-of-methods.ts';
import { SCENES_OF_NEW_INSTANCES } from './scenes-of-new-instances.ts';
import { SCENES_OF_PEOPLE } from './scenes-of-people.ts';
import { SCENES_OF_RULES } from './scenes-of-rules.ts';
import { SCENES_OF_SHADOWS } from './scenes-of-shadows.ts';
import { SCENES_OF_TROUBLE } from './scenes-of-trouble.ts';

const ON_EQUIPPED = { ...SCENES_OF_SHADOWS, ...SCENES_OF_NEW_INSTANCES, ...SCENES_OF_EXPORTS, ...SCENES_OF_FILES };

/** What can become of a restore; together they reach every place where the bot writes or calls out. */
export const SCENES = {
  ...SCENES_OF_PEOPLE,
  ...SCENES_OF_TROUBLE,
  ...SCENES_OF_METHODS,
  ...SCENES_OF_RULES,
  ...ON_EQUIPPED,
};

export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as readonly SceneName[];

/** Scenes in which a vote must be able to stand without deciding. */
export const SCENES_FOR_TWO: ReadonlySet<SceneName> = new Set([
  'changed while people vote',
  'second thoughts',
  'one agrees and one says no',
]);

/** Scenes that need an instance which may be overwritten. */
export const SCENES_OF_OVERWRITE: ReadonlySet<SceneName> = new Set([
  'overwritten from another instance',
  "the overwrite's answer is lost",
]);

/** Scenes that need an equipped instance. */
export const SCENES_OF_EQUIPPED: ReadonlySet<SceneName> = new Set(SCENE_NAMES.filter((name) => name in ON_EQUIPPED));

/** Scenes that end by a request's expiry need an instance where that comes soon. */
export const HASTY_SCENES: ReadonlySet<SceneName> = new Set([
  'nobody answers',
  'the card is deleted',
  'a reminder is answered by silence',
  'agreed to too late',
]);

/** Scenes that last longer than a minute, for the long form of the crash points: what they have Aura do must meet their own restore. */
export const LONG_SCENES: ReadonlySet<SceneName> = new Set(['a promised word falls due']);
