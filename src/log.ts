import { createRequire } from 'node:module';
import { type Logger, pino } from 'pino';

/** Everything that could carry a secret, wherever it hides in a logged object. */
const SECRETS = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'clientSecret',
  'password',
  'authorization',
  'access_token',
  'response_url',
  'trigger_id',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `err.config.${name}`]);

/** JSON lines; messages are static and data is in the object. Pretty only where a person looks at a terminal. */
export function createLog(level: string, isTerminal: boolean): Logger {
  const options = { level, redact: { paths: SECRETS, censor: '[secret]' } };
  if (!isTerminal || !hasPrettyPrinter()) return pino(options);
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } },
  });
}

/** pino-pretty is a development dependency; an image without it logs JSON to a terminal too. */
function hasPrettyPrinter(): boolean {
  try {
    createRequire(import.meta.url).resolve('pino-pretty');
    return true;
  } catch {
    return false;
  }
}
