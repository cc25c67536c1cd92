import { checkConfig } from '../src/policy-check/check-config.ts';
import { differencesFromInForce } from './policy-in-force.ts';

/** `npm run check-config`: says in sentences what the configuration means and whether it could work today, or what is wrong. */
const { lines, problems, policy } = await checkConfig(process.env);
for (const line of lines) console.log(line);
if (policy) for (const line of await differencesFromInForce(policy, process.env)) console.log(line);
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
