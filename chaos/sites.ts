import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of the compiled bot that writes or calls out, as `src/store/restore-store.js:37`. */
export type Site = string;

/** What only asks Redis, or is about the connection. Whatever else is called on it writes: a verb nobody has used yet, too. */
const ASKS_REDIS = [
  ...['get', 'getBuffer', 'mget', 'hget', 'hmget', 'hgetall', 'hkeys', 'hexists', 'exists', 'lrange', 'xrange'],
  ...['smembers', 'sismember', 'zscore', 'zrange', 'zrangebyscore', 'zrevrange', 'zrevrangebyscore'],
  ...['time', 'ping', 'connect', 'disconnect', 'on', 'off', 'multi', 'pipeline'],
].join('|');

/** What a line must look like to be a place where the bot writes or calls out. Neo4j is only read (`src/graph/session.ts`). */
const DOORS: readonly RegExp[] = [
  new RegExp(`\\bredis\\.(?!(?:${ASKS_REDIS})\\(|config\\('GET')\\w+\\(`),
  /\.multi\(/,
  /\bfetch\(/,
  /\b(?:client|slack)(?:\.[a-z]\w*)+\.\w+\(/,
  /\.respond\(/,
  /\b(?:open|redraw)Form\(/,
  /\bqueue\.(?:add(?:Bulk)?|removeOrphanedJobs)\(/,
  /\bspawn\(/,
  /\.promote\(/,
  /\.moveToDelayed\(/,
];

/** Places that no bot process reaches, and who kills what at them instead. */
const ELSEWHERE: readonly (readonly [fileOrLine: RegExp, why: string])[] = [
  [
    /^src\/store\/audit-stream\.js/,
    'only audit:archive removes entries; test/audit/archive.test.ts stops it in between',
  ],
  [/^src\/(?:on-call|slack\/email-accounts)/, 'only reads, and no schedule is configured here; test/on-call is theirs'],
  [/^src\/policy-check\//, 'npm run check-config, a program of its own; only reads'],
  [
    /^src\/slack\/policy-messages\.js/,
    'only with a looser file; test/slack/policy-messages.test.ts dies before and after each call',
  ],
  [/KEY\.calendarText\(/, 'only with calendar files; one write that may be repeated, test/store/policy-store.test.ts'],
  [/^src\/store\/local-redis\.js/, 'only where the bot runs its own Redis; test/store/local-redis.test.ts kills it'],
  [/^src\/upload\/run-tool\.js/, 'only the program beside the bot runs the tool; test/upload is its'],
  [/noteGone\(/, 'only when somebody deleted a head message; test/journeys/stakeholders.test.ts'],
  [
    /\.\.\.drawn, private_metadata/,
    'only redraws an open form at a choice; test/journeys/freeze.test.ts and votes.test.ts',
  ],
  [
    /user_id: person, view: await homeOf\(/,
    'only draws the home page anew when a place was ended there; test/journeys/delegation.test.ts',
  ],
  [/^bullmq extendLocks/, 'comes only when a step outlasts half of its lock; test/surprises/worker-frozen.test.ts'],
  [/chat\.postMessage said$/, 'what is said of the rules at the first start; test/slack/policy-messages.test.ts'],
  [
    /auditDaily, `\$\{(?:BEHIND|REFUSED)\}/,
    'only when a channel refuses an anchor; two writes that may be repeated, test/slack/daily-anchor.test.ts',
  ],
  [/formTrouble\(/, 'only with Redis away; test/surprises/redis-away-answers.test.ts'],
  [
    /given\.respond\(/,
    'only to people of another workspace, of whom nothing is recorded; test/red-team/forged-payloads.test.ts',
  ],
  [/^src\/store\/script\.js/, 'the places are those that call its scripts'],
  [/^handlers\/shown-form\.js/, 'the places are those that show a form by it'],
];

/** Whether a point that was reached lies at a place that others look after: no death is planned there. */
export function isElsewhere(point: string): boolean {
  return ELSEWHERE.some(([place]) => place.test(point));
}

/** Every such line of the bot, found in its code, so that a new one cannot be forgotten. */
export function sitesIn(compiled: string): readonly Site[] {
  return ['src', 'handlers'].flatMap((folder) =>
    readdirSync(join(compiled, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => {
        const file = join(folder, name);
        if (ELSEWHERE.some(([place]) => place.test(file))) return [];
        const text = readFileSync(join(compiled, file), 'utf8');
        const doors = [...DOORS, ...scriptsIn(text)];
        const lines = withoutTexts(text).split('\n');
        return text
          .split('\n')
          .flatMap((line, index) =>
            !isExcused(line) && (isDoor(lines[index] ?? '', doors) || isWritingPipeline(lines.slice(index)))
              ? [`${file}:${index + 1}`]
              : [],
          );
      }),
  );
}

/** Events that no scene can bring about, and who looks after them instead. */
const EVENTS_ELSEWHERE: Readonly<Record<string, string>> = {
  'sent-before-seen':
    'only when Redis is put back to an older copy; test/journeys/redis-put-back.test.ts, and it is saved as any other event',
};

/** Events that only a long scene brings about. */
export const EVENTS_OF_LONG_SCENES: ReadonlySet<string> = new Set(['update-due']);

/** Every kind of event that the bot saves, found in its code: each save dies on its own. */
export function eventsIn(compiled: string): readonly string[] {
  const text = readFileSync(join(compiled, '../src/restore/event.ts'), 'utf8');
  const found = [...text.matchAll(/\breadonly type: '([\w-]+)'/g)].map(([, event]) => String(event));
  if (found.length === 0) throw new Error('src/restore/event.ts names no events');
  return found.filter((event) => !Object.hasOwn(EVENTS_ELSEWHERE, event));
}

/** Calls of Lua scripts by the names a file gives them; the one that loads a record only reads. */
function scriptsIn(text: string): readonly RegExp[] {
  const made = text.matchAll(/const (\w+) = createScript\(redis, (?!LOAD_SCRIPT)/g);
  return [...made].map(([, name]) => new RegExp(`\\b${name}\\(\\[|\\b${name}\\($`));
}

/** The code without the text between backticks, line by line: scripts for Redis are written there. What it computes stays. */
function withoutTexts(code: string): string {
  return code.replace(/`(?:[^`$]|\$(?!\{)|\$\{[^}]*\})*`/g, (text) =>
    text.replace(/\$\{[^}]*\}|[^\n]/g, (part) => (part.length > 1 ? part : ' ')),
  );
}

function isExcused(line: string): boolean {
  return ELSEWHERE.some(([place]) => place.test(line));
}

function isDoor(line: string, doors: readonly RegExp[]): boolean {
  return doors.some((door) => door.test(line)) && !/^\s*(?:\*|\/\/)/.test(line);
}

/** Several commands sent together, of which one writes: the place is where they begin. */
function isWritingPipeline([first = '', ...rest]: readonly string[]): boolean {
  if (!/\.pipeline\(/.test(first)) return false;
  const end = rest.findIndex((line) => /\.exec\(\)/.test(line));
  const asks = new RegExp(`^\\s*\\.(?:${ASKS_REDIS})\\(`);
  return end < 0 || rest.slice(0, end).some((line) => !asks.test(line));
}

/** The site a reached point belongs to: a call may be written over several lines, and reports the last of them. */
export function siteOf(point: string, sites: readonly Site[]): Site | undefined {
  const [file, line] = place(point);
  return sites
    .map((site) => ({ site, at: place(site) }))
    .filter(({ at }) => at[0] === file && at[1] <= line)
    .sort((one, other) => other.at[1] - one.at[1])[0]?.site;
}

function place(point: string): readonly [file: string, line: number] {
  const [file = '', line = ''] = (point.split(' ')[0] ?? '').split(':');
  return [file, Number(line)];
}
