import { ensureRedisServer } from './ensure-redis.ts';

await ensureRedisServer((line) => console.log(line));
