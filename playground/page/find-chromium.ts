import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Chromium or Chrome to open the page with: named by `CHROMIUM_BIN`, or on the PATH. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_BIN;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .flatMap((program) => folders.map((folder) => join(folder, program)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
