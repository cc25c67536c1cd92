import { checkConfig } from '../src/policy-check/check-config.ts';

/** `npm run check-config`: says in sentences what the configuration means and whether it could work today, or what is wrong. */
const { lines, problems } = await checkConfig(process.env);
for (const line of lines) console.log(line);
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
