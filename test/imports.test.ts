import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each folder may import of ours; the first that fits counts. Only the wiring sees everything. */
const MAY_IMPORT: readonly (readonly [folder: RegExp, allowed: RegExp])[] = [
  [/^src\/(bot\.ts|main\.ts|wiring\/)/, /./],
  [/^src\/commands\//, /^src\/(commands|audit|store|config)\//],
  [/^src\/audit\//, /^src\/(audit|restore)\//],
  [/^src\/restore\//, /^src\/restore\//],
  [/^messages\//, /^(messages|src\/restore)\//],
  [
    /^src\/((clocks|coordinator|delegations|policy-keeper)\.ts$|coordinator\/)/,
    /^src\/(restore\/|line\.ts|coordinator)/,
  ],
  [/^src\/kept-records\.ts$/, /^src\/restore\//],
  [/^src\/(shadow|exports)\//, /^src\/(shadow|exports|restore|aura|kept-records)/],
  [/^src\/rules-follower\.ts$/, /^src\/(restore\/|coordinator|policy-keeper)/],
  [/^src\/on-call\//, /^src\/(on-call|restore|slack\/directory|config\/config)/],
  [/^src\/new-instances\//, /^src\/(new-instances|restore|aura)\//],
  [/^src\/start-checks\//, /^src\/(start-checks|on-call\/on-call|restore|aura|slack|store|config|clocks)/],
  [/^src\/policy-check\//, /^src\/(policy-check|restore|slack|on-call|config|graph\/check-definition)/],
  [
    /^src\/slack\//,
    /^(src\/(restore|slack|line|store\/(message-places|card-drawings|post-leases|head-places|daily-anchor-record)|coordinator|delegations|policy-keeper|shadow|exports|new-instances)|messages)/,
  ],
  [/^src\/steps\//, /^src\/(restore|steps|aura|coordinator|queue\/work-worker)/],
  [/^src\/upload\//, /^src\/(upload|restore|steps)\//],
  [/^src\/graph\//, /^src\/(graph|restore|steps|config|aura\/client|shadow)/],
  // A question's form belongs to the data that it is asked of, and is judged when the file is read.
  [/^src\/config\/loss-from-file\.ts$/, /^src\/(config\/|graph\/question-definition)/],
  [
    /^src\/(aura|store|queue|config)\//,
    /^src\/(aura|store|queue|config|restore|steps|coordinator|delegations|policy-keeper|clocks|audit|shadow|exports|new-instances\/(made-store|passwords))/,
  ],
  [/^src\/monitoring\//, /^src\/(monitoring|config\/config|restore|coordinator)/],
  [/^src\/(give-memory-back|health|line|log)\.ts$/, /^$/],
  // The bench and the campaign stand outside: they start the bot and its peers, and prepare what they are measured with.
  [/^bench\//, /^(bench|src|messages|handlers|scripts|playground\/(slack|aura))\//],
  [
    /^handlers\//,
    /^(handlers|messages|src\/restore|src\/(coordinator|delegations|policy-keeper|shadow\/shadow-keeper|exports\/export-keeper)|src\/slack\/(directory|candidates|slack-user|slack-errors)|src\/aura\/(client|snapshot-days))/,
  ],
];

/** Each package has one home; nothing else knows it. */
const HOME: Readonly<Record<string, RegExp>> = {
  bullmq: /^(src\/queue|bench\/processes)\//,
  ioredis: /^(src\/store|bench)\//,
  'ical.js': /^src\/config\//,
  'neo4j-driver': /^(src\/graph|bench\/processes)\//,
  '@slack/bolt': /^(handlers\/|src\/wiring\/|bench\/processes\/)/,
  'node:process': /^src\/(main\.ts|commands\/)/,
};

const files = ['src', 'handlers', 'messages', 'bench'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, target = '']) => target);

describe('imports go one way', () => {
  it.each(files)('%s', (file) => {
    const allowed = MAY_IMPORT.find(([folder]) => folder.test(file))?.[1];
    expect(allowed, 'every folder has a rule').toBeDefined();
    for (const target of importsOf(file)) {
      if (target.startsWith('.')) expect(normalize(join(dirname(file), target))).toMatch(allowed ?? /^$/);
      else if (HOME[target]) expect(file, `${target} is known in one place`).toMatch(HOME[target]);
    }
  });

  it('never in a circle', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((target) => target.startsWith('.'))
          .map((target) => normalize(join(dirname(file), target)))
          .filter((target) => files.includes(target)),
      ]),
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error(`circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(done.size).toBe(files.length);
  });
});
