import type { PlannedFile, PlannedInstance } from '../restore/plan.ts';
import { NotBegunError } from '../steps/methods/method.ts';
import type { UploadHost, UploadSeen } from '../steps/methods/upload-host.ts';
import type { CatalogueFile, FileCatalogue } from './file-catalogue.ts';
import type { UploadLook, UploadRunner } from './runner.ts';

/** How to log in to the database of an instance; the password is given out only when it is used. */
export interface DatabaseLogin {
  readonly user: string;
  readonly password: () => string;
}

/** `neo4j+s://a1b2c3d4.databases.neo4j.io`, with the surroundings after the id or not, or a private link. */
const AURA_ADDRESS = /^[a-z0-9+]+:\/\/([^/.:@-]+)[^/:@]*\.neo4j\.io(?:[:/]|$)/i;
const BEAT_MS = 2_000;
const RETRY_AFTER_MS = 5_000;

/** This host's `neo4j-admin` and files, as the method needs them. */
export function createUploadHost(parts: {
  readonly runner: UploadRunner;
  readonly catalogue: FileCatalogue;
  readonly tool: readonly string[];
  /** Whether the tool is known to have the upload; until then this host leaves it to others. */
  readonly isAble: () => boolean;
  readonly silenceMs: number;
  readonly loginOf: (alias: string) => DatabaseLogin | undefined;
  /** The address of an instance; undefined when Aura does not say. */
  readonly addressOf: (instance: PlannedInstance) => Promise<string | undefined>;
}): UploadHost {
  const { runner, catalogue } = parts;

  async function fileOf(planned: PlannedFile): Promise<CatalogueFile | undefined> {
    const { files } = await catalogue.list();
    return files.find(({ place, name }) => place === planned.directory && name === planned.name);
  }

  return {
    async find(planned) {
      const file = parts.isAble() ? await fileOf(planned) : undefined;
      if (!file) return 'not-here';
      return file.sizeBytes === planned.sizeBytes ? 'there' : 'changed';
    },

    async announce({ id, notAfterMs }) {
      try {
        await runner.announce(id, notAfterMs);
      } catch (cause) {
        throw new NotBegunError('The upload cannot be started on this host: its disk refuses.', { cause });
      }
    },

    async begin({ id, notAfterMs, sentBeforeMs }, { instance, file: planned }) {
      const login = parts.loginOf(instance.alias);
      if (!login) throw new NotBegunError(`No user and password of ${instance.alias} are configured here.`);
      if (planned.sha256 === undefined) throw new NotBegunError('The plan names no checksum of the file.');
      const file = await fileOf(planned);
      const path = file && (await catalogue.pathOf(file.id));
      if (!path) throw new NotBegunError(`The file ${planned.name} is not on this host any more.`);
      const address =
        (await parts.addressOf(instance).catch(() => undefined)) ?? `neo4j+s://${instance.auraId}.databases.neo4j.io`;
      if (!isAddressOf(address, instance.auraId)) {
        throw new NotBegunError(
          `Aura told "${address}" as the address of ${instance.alias}: that is another instance's.`,
        );
      }
      // A process that stood still since the intent must begin nothing: by now others may have decided that it never was.
      if (Date.now() > notAfterMs) throw new NotBegunError('It was too late to begin the upload.');
      const { kind, name, sizeBytes, sha256 } = planned;
      try {
        await runner.start(
          {
            attemptId: id,
            tool: parts.tool,
            toUri: address,
            user: login.user,
            file: { path, name, kind, sizeBytes, sha256 },
            silenceMs: parts.silenceMs,
            retryAfterMs: RETRY_AFTER_MS,
            beatMs: BEAT_MS,
            sentBefore: sentBeforeMs,
            beginBefore: notAfterMs,
          },
          login.password(),
        );
      } catch (cause) {
        throw new NotBegunError('The upload could not be started on this host.', { cause });
      }
    },

    look: async (attemptId) => seenOf(await runner.look(attemptId)),
  };
}

/** The tool overwrites what the address names. One that is none of Aura's is no other instance's, and the tool refuses it. */
export function isAddressOf(address: string, auraId: string): boolean {
  const [, id] = AURA_ADDRESS.exec(address) ?? [];
  return id === undefined || id.toLowerCase() === auraId.toLowerCase();
}

function seenOf(look: UploadLook): UploadSeen {
  switch (look.kind) {
    case 'under-way': {
      const { phase, percent } = look.progress;
      return { kind: 'under-way', phase, ...(percent === undefined ? {} : { percent }) };
    }
    case 'ended': {
      const { end, beatAt } = look.progress;
      const { kind: cause, effect, said } = end;
      return { kind: 'ended', at: beatAt, cause, effect, ...(said === undefined ? {} : { said }) };
    }
    case 'abandoned':
      return { kind: 'abandoned', mayHaveBegun: look.mayHaveBegun };
    default:
      return look;
  }
}
