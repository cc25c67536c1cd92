import { parseArgs } from 'node:util';
import { DEMO } from './assumptions.ts';
import { startAuraSimulator } from './simulator.ts';

/** `npm run aura`: the Aura simulator by itself, for other clients of the API. Ends with Ctrl-C. */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const simulator = await startAuraSimulator({
  port: Number(values.port),
  pace: DEMO,
  instances: [
    { id: 'a1b2c3d4', name: 'Orders', type: 'business-critical', memory: '8GB' },
    { id: 'b2c3d4e5', name: 'Orders staging', type: 'professional-db', memory: '4GB' },
  ],
});
console.log(`Aura simulator: ${simulator.url} (client id demo-client, client secret demo-secret)`);
process.once('SIGINT', () => void simulator.close());
