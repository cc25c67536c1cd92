import { AsyncLocalStorage } from 'node:async_hooks';
import childProcess from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { Job, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { Arm, Strike } from './strikes.ts';

/**
 * Preloaded into a bot process: reports every point where the bot writes or calls out, and kills the process at a point
 * that was armed, just before the effect or just after it, before anybody has seen the answer. The bot's own code
 * runs unchanged. Where nobody asked for a report it only says which act an answer is for: to look for places costs a third of
 * what the bot itself needs.
 */

const reportFile = process.env.CHAOS_REPORT;
const arms: Arm[] = JSON.parse(process.env.CHAOS_ARMS ?? '[]');
process.on('message', (message: { arms?: readonly Arm[] }) => {
  if (message.arms) arms.splice(0, arms.length, ...message.arms);
});
// Nothing of the campaign keeps a bot from ending.
process.channel?.unref();

function say(strike: Strike): void {
  if (reportFile) appendFileSync(reportFile, `${JSON.stringify(strike)}\n`);
}

/** One effect on the outside: known by its place in the code and what it is about. */
interface Effect {
  readonly point: string;
  /** The restores and instances it is about. */
  readonly subjects: readonly string[];
}

function strike(effect: Effect, when: Arm['when']): void {
  if (!arms.some((arm) => arm.when === when && arm.point === effect.point)) return;
  say({ kind: 'killed', at: Date.now(), pid: process.pid, ...effect, when });
  process.kill(process.pid, 'SIGKILL');
}

const reported = new Set<string>();

function around<T>(effect: Effect, act: () => T): T {
  const key = `${effect.point} ${effect.subjects.join(' ')}`;
  if (!reported.has(key)) {
    reported.add(key);
    say({ kind: 'reached', at: Date.now(), pid: process.pid, ...effect });
  }
  strike(effect, 'before');
  const result = act();
  // Registered before the caller's own continuation, so it runs before anybody has seen the answer.
  if (result instanceof Promise || isThenable(result)) {
    void Promise.prototype.then.call(
      Promise.resolve(result),
      () => strike(effect, 'after'),
      () => undefined,
    );
  }
  return result;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

Error.stackTraceLimit = 40;

/** What others call out by: the place is theirs. */
const GO_BETWEENS = ['/dist/src/store/script.js', '/dist/handlers/shown-form.js'];

/** The innermost place of the bot's own compiled code on the stack, as `src/store/restore-store.js:85`. */
function site(): string | undefined {
  if (!reportFile) return undefined;
  const stack = (new Error('site').stack ?? '')
    .split('\n')
    .filter((line) => !line.includes('/node_modules/') && !GO_BETWEENS.some((file) => line.includes(file)));
  return /\/dist\/((?:src|handlers)\/[\w/.-]+\.js:\d+)/.exec(stack.join('\n'))?.[1];
}

/** The place that called the agent itself, or that had Bolt answer a command for it, if it is of the bot's own code. */
function callerSite(): string | undefined {
  if (!reportFile) return undefined;
  const frames = (new Error('site').stack ?? '').split('\n').slice(1);
  const caller = frames.find((line) => !line.includes('chaos-agent')) ?? '';
  if (caller.includes('create-respond')) return site();
  return /\/dist\/((?:src|handlers)\/[\w/.-]+\.js:\d+)/.exec(caller)?.[1];
}

const RESTORE_ID = /\bR-\d+\b/g;
const INSTANCE_ID = /\b[0-9a-f]{8}\b(?!-)/g;

function idsIn(text: string): readonly string[] {
  return [...new Set([...(text.match(RESTORE_ID) ?? []), ...(text.match(INSTANCE_ID) ?? [])])];
}

const WRITES =
  /^(?:h?set|hsetnx|h?del|incr|xadd|xdel|xtrim|zadd|zrem|sadd|srem|[rl]push|b?[rl]pop|ltrim|p?expire|multi|exec|setnx|getdel|rename)$/i;

/** BullMQ's scripts by their digest: they are only ever sent by it. */
const scripts = new Map<string, string>();
const define = Redis.prototype.defineCommand;
Redis.prototype.defineCommand = function defineAndRemember(name, definition) {
  if (definition.lua) scripts.set(createHash('sha1').update(definition.lua).digest('hex'), name.replace(/:.*/, ''));
  return define.call(this, name, definition);
};

/** BullMQ's housekeeping that changes nothing anybody depends on, and its reads. */
const QUEUE_READS = /^(?:get|is|paginate|bzpopmin)/;

function effectOfCommand(name: string, args: readonly unknown[]): Effect | undefined {
  const texts = args.map((arg) => (typeof arg === 'string' ? arg : ''));
  const where = site();
  if (where?.startsWith('src/store/')) {
    const isScript = name === 'eval' || name === 'evalsha';
    if (isScript ? isReadingScript(texts) : !WRITES.test(name)) return undefined;
    // A script is sent whole only when Redis does not know it yet: that is one point, whatever is saved by it then.
    const meaning = name === 'eval' ? 'script sent whole' : isScript ? meaningOf(texts) : name;
    return { point: `${where} ${meaning}`, subjects: idsIn(texts.slice(1).join(' ')) };
  }
  const script = name === 'evalsha' ? scripts.get(texts[0] ?? '') : undefined;
  if (!script || QUEUE_READS.test(script)) return undefined;
  return { point: `bullmq ${script}`, subjects: [] };
}

/** A script that is given keys and nothing to do with them only reads. */
function isReadingScript(args: readonly string[]): boolean {
  const keys = Number(args[1]);
  return args.length <= 2 + keys;
}

/** What a script was about: the event that a save records, or plainly a script. What follows an intent is the method's own. */
function meaningOf(args: readonly string[]): string {
  const last = args.at(-1) ?? '';
  const event = /"event":"([\w-]+)"/.exec(last)?.[1];
  if (event !== 'restore-intended') return event ? `save ${event}` : 'script';
  return `save ${event} of ${/"plan":\{.*?"method":"([\w-]+)"/.exec(args.join(' '))?.[1]}`;
}

const send = Redis.prototype.sendCommand;
Redis.prototype.sendCommand = function sendAround(command, stream) {
  // What is sent together takes effect together, with its last command.
  const isPartOfMore = stream !== undefined && command.name !== 'exec';
  const effect =
    isPartOfMore || !reportFile
      ? undefined
      : effectOfCommand(
          command.name,
          (command.args as readonly unknown[]).map((arg) => (Buffer.isBuffer(arg) ? arg.toString('latin1') : arg)),
        );
  if (!effect) return send.call(this, command, stream);
  return around(effect, () => send.call(this, command, stream));
};

/** The trigger of the click or form that is being handled. */
const becauseOf = new AsyncLocalStorage<string>();
const processEvent = App.prototype.processEvent;
App.prototype.processEvent = function processBecauseOf(event) {
  const trigger: unknown = event.body.trigger_id;
  return typeof trigger === 'string'
    ? becauseOf.run(trigger, () => processEvent.call(this, event))
    : processEvent.call(this, event);
};

/** People must know which of their acts an answer is for, however late it comes; Slack itself does not say. */
function withTrigger(method: string, options: Parameters<typeof call>[1]): typeof options {
  const trigger = becauseOf.getStore();
  if (method !== 'chat.postEphemeral' || trigger === undefined) return options;
  return { ...options, metadata: { event_type: 'because_of', event_payload: { trigger } } };
}

const call = WebClient.prototype.apiCall;
WebClient.prototype.apiCall = function callAround(method, given) {
  const options = withTrigger(method, given);
  const where = site();
  if (!where) return call.call(this, method, options);
  const words = JSON.stringify(options ?? {});
  const key = /"key":"([\w-]+)/.exec(words)?.[1];
  return around({ point: `${where} ${method}${key ? ` ${key}` : ''}`, subjects: idsIn(words) }, () =>
    call.call(this, method, options),
  );
};

const originalFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const where = callerSite();
  // Slack's client, which calls from its own package, has its own way in above.
  if (!where) return originalFetch(input, init);
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const words = `${init?.method ?? 'GET'} ${pathname.replace(/(instances|snapshots|response)\/[^/]+/g, '$1/*')}`;
  return around({ point: `${where} ${words}`, subjects: idsIn(pathname) }, () => originalFetch(input, init));
};

const pipeline = Redis.prototype.pipeline;
/** What is sent together without a transaction: it has no last command that it takes effect with, so one point stands around all. */
Redis.prototype.pipeline = function pipelineAround(...given: Parameters<typeof pipeline>) {
  const line = pipeline.apply(this, given);
  const exec = line.exec;
  line.exec = function execAround(...done: Parameters<typeof exec>) {
    const where = site();
    const queued = commandsOf(line);
    if (!where?.startsWith('src/store/') || !queued.some(({ name }) => WRITES.test(name)))
      return exec.apply(this, done);
    const subjects = idsIn(queued.flatMap(({ args }) => args.map(String)).join(' '));
    return around({ point: `${where} pipeline`, subjects }, () => exec.apply(this, done));
  };
  return line;
};

/** ioredis keeps what a pipeline will send where its types do not show it. */
function commandsOf(line: object): readonly { readonly name: string; readonly args: readonly unknown[] }[] {
  return '_queue' in line && Array.isArray(line._queue) ? line._queue : [];
}

const removeOrphanedJobs = Queue.prototype.removeOrphanedJobs;
Queue.prototype.removeOrphanedJobs = function removeAround(...given) {
  const where = site();
  if (!where) return removeOrphanedJobs.apply(this, given);
  return around({ point: `${where} remove orphans`, subjects: [] }, () => removeOrphanedJobs.apply(this, given));
};

const add = Queue.prototype.addBulk;
Queue.prototype.addBulk = function addAround(jobs) {
  const where = site();
  if (!where) return add.call(this, jobs);
  const kinds = [...new Set(jobs.map(({ name }) => String(name)))].sort().join('+');
  return around({ point: `${where} add ${kinds}`, subjects: idsIn(JSON.stringify(jobs.map(({ data }) => data))) }, () =>
    add.call(this, jobs),
  );
};

const promote = Job.prototype.promote;
Job.prototype.promote = function promoteAround() {
  const where = site();
  if (!where) return promote.call(this);
  return around({ point: `${where} promote`, subjects: idsIn(JSON.stringify(this.data)) }, () => promote.call(this));
};

const delay = Job.prototype.moveToDelayed;
Job.prototype.moveToDelayed = function delayAround(timestamp, token) {
  const where = site();
  if (!where) return delay.call(this, timestamp, token);
  return around({ point: `${where} delay`, subjects: idsIn(JSON.stringify(this.data)) }, () =>
    delay.call(this, timestamp, token),
  );
};

const spawn = childProcess.spawn;
/** Programs beside the bot: the effect is there when the other program is. */
function spawnAround(...args: Parameters<typeof spawn>): ReturnType<typeof spawn> {
  const where = site();
  if (!where) return spawn(...args);
  const effect = { point: `${where} spawn`, subjects: idsIn(JSON.stringify(args[1])) };
  const child = around(effect, () => spawn(...args));
  child.once('spawn', () => strike(effect, 'after'));
  return child;
}
Object.assign(childProcess, { spawn: spawnAround });
syncBuiltinESMExports();
