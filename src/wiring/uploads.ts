import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { startRepeating } from '../queue/repeat.ts';
import { instantOf } from '../restore/instant.ts';
import type { UploadHost } from '../steps/methods/upload-host.ts';
import { createFileOffers } from '../store/file-offers.ts';
import { sha256OfFile } from '../upload/checksum.ts';
import { createFileCatalogue } from '../upload/file-catalogue.ts';
import { hasUpload } from '../upload/has-upload.ts';
import { createOfferFiles } from '../upload/offer-files.ts';
import { hasTimeout } from '../upload/run-tool.ts';
import { createUploadRunner } from '../upload/runner.ts';
import { createUploadHost } from '../upload/upload-host.ts';
import type { SharedParts } from './shared-parts.ts';

/** How often the directories are looked at; what is offered lasts a few looks longer. */
const OFFER_LOOKS = 12;

/** This process's files and `neo4j-admin`; undefined when it has none. Offers the files to the request form from now on. */
export function startUploads({ config, aura, redis, closing, log }: SharedParts): UploadHost | undefined {
  const { tool, places, surroundings, uploadsDirectory, silenceMs } = config.files;
  if (!tool || places.length === 0) return undefined;
  const catalogue = createFileCatalogue(places);
  const offers = createFileOffers(redis);
  const worker = `${hostname()}:${randomUUID()}`;
  const everyMs = config.timing.sweepMs;
  const stopReading = new AbortController();
  const offerFiles = createOfferFiles({
    catalogue,
    sha256Of: (path) => sha256OfFile(path, { signal: stopReading.signal }),
    async tell(files, troubles) {
      if (troubles.length > 0) log.warn({ troubles }, 'some backup files are not offered');
      await offers.publish(
        worker,
        files.map(({ id, name, fileKind: kind, sizeBytes, place: directory, changedAtMs, sha256 }) => ({
          ...{ id, name, kind, sizeBytes, directory },
          changedAt: instantOf(changedAtMs),
          ...(sha256 === undefined ? {} : { sha256 }),
        })),
        OFFER_LOOKS * everyMs,
      );
    },
  });
  let isAble = false;
  async function offerIfAble(): Promise<void> {
    if (!isAble && !(await hasTimeout(surroundings)))
      return log.warn('there is no "timeout" of the GNU coreutils to end an upload in time: no file is offered');
    isAble ||= await hasUpload(tool ?? [], surroundings);
    if (isAble) return offerFiles();
    log.warn({ tool }, 'this neo4j-admin has no "database upload", or cannot be started: no file is offered');
  }
  const offering = startRepeating(offerIfAble, everyMs, (error) => {
    if (!stopReading.signal.aborted)
      log.warn({ err: error }, 'backup files could not be offered; they are looked at again');
  });
  closing.intake(async () => {
    stopReading.abort();
    await offering.stop();
  });
  return createUploadHost({
    runner: createUploadRunner({ directory: uploadsDirectory, surroundings }),
    catalogue,
    tool,
    isAble: () => isAble,
    silenceMs,
    loginOf: (alias) => config.boltByAlias[alias],
    addressOf: async ({ auraId }) => (await aura.getInstance(auraId, 'restore')).connectionUrl,
  });
}
