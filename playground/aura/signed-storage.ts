import { randomUUID } from 'node:crypto';

/** What the storage answers; an error is XML, as Google's is. */
interface StorageAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The cloud storage that a console lets a file be put into: a resumable upload of Google's, which keeps whole files only. */
export interface SignedStorage {
  /** A new place for a file for this instance; `path` is where to ask for the address that takes it. */
  open(instanceId: string): { readonly id: string; readonly path: string };
  /** The id in a path of this storage; undefined for another path. */
  idIn(path: string): string | undefined;
  /** The file that was put last for this instance. */
  latestFor(instanceId: string): Buffer | undefined;
  /** One call says where to, the next brings the bytes; `range` (`bytes *` of a size) asks how many came. */
  answer(
    id: string,
    request: { readonly method: string; readonly range?: string; readonly body: Buffer },
  ): StorageAnswer;
}

const PATH = /^\/signed\/([^/]+)$/;
const RESUME_INCOMPLETE = 308;

/** `base` is how clients reach it. */
export function createSignedStorage(base: () => string): SignedStorage {
  const places = new Map<string, { readonly instanceId: string; bytes: Buffer | undefined }>();

  return {
    open(instanceId) {
      const id = randomUUID();
      places.set(id, { instanceId, bytes: undefined });
      return { id, path: `${base()}/signed/${id}` };
    },
    idIn: (path) => PATH.exec(path)?.[1],
    latestFor: (instanceId) =>
      [...places.values()].findLast((one) => one.instanceId === instanceId && one.bytes)?.bytes,
    answer(id, { method, range, body }) {
      const place = places.get(id);
      if (!place) return storageError(403, 'SignatureDoesNotMatch');
      if (method === 'POST') return { status: 201, headers: { location: `${base()}/signed/${id}` } };
      if (range?.startsWith('bytes */')) return { status: place.bytes ? 200 : RESUME_INCOMPLETE };
      place.bytes = body;
      return { status: 200 };
    },
  };
}

export function storageError(status: number, code: string): StorageAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>injected</Message></Error>`,
  };
}
