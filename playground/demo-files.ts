import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file as the catalogue of the page shows it. */
export interface DemoFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hex, of what the file holds now. */
  readonly sha256: string;
}

/** The directory whose files a worker of the demo may upload. */
export interface DemoFiles {
  readonly directory: string;
  /** By name. */
  list(): readonly DemoFile[];
  /** Puts one more there; returns its name. */
  put(): string;
  /** Turns a byte of a file over: its size stays and its checksum does not. Returns whether there is such a file. */
  damage(name: string): boolean;
}

const FIRST = [
  { name: 'orders-before-migration.dump', kilobytes: 96 },
  { name: 'orders-last-quarter.dump', kilobytes: 212 },
];
const KILOBYTE = 1024;

/** Writes the files that the demo begins with into an empty directory. */
export function createDemoFiles(directory: string): DemoFiles {
  for (const { name, kilobytes } of FIRST) write(directory, name, kilobytes);
  let more = 0;
  return {
    directory,
    list: () =>
      readdirSync(directory)
        .sort()
        .map((name) => {
          const path = join(directory, name);
          const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
          return { name, sizeBytes: statSync(path).size, sha256 };
        }),
    put() {
      more += 1;
      const name = `orders-export-${more}.dump`;
      write(directory, name, 64 + more);
      return name;
    },
    damage(name) {
      if (!readdirSync(directory).includes(name)) return false;
      const path = join(directory, name);
      const content = readFileSync(path);
      const last = content.length - 1;
      content.writeUInt8(content.readUInt8(last) ^ 0xff, last);
      writeFileSync(path, content);
      return true;
    },
  };
}

/** What the stand-in for `neo4j-admin` takes for a dump: see `upload-tool.ts`. */
function write(directory: string, name: string, kilobytes: number): void {
  writeFileSync(join(directory, name), `DZV1 ${name} `.padEnd(kilobytes * KILOBYTE, name));
}
