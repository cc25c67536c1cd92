/** What a failed call to Neo4j means. */
export type GraphTrouble =
  /** Not now; the same call may succeed later. */
  | { readonly kind: 'passing'; readonly words: string }
  /** The password or its rights: trying again makes it worse, because Neo4j then locks the account for a while. */
  | { readonly kind: 'credentials'; readonly words: string }
  /** Address, certificate or database name. */
  | { readonly kind: 'configuration'; readonly words: string }
  /** The query itself. */
  | { readonly kind: 'query'; readonly words: string }
  | { readonly kind: 'timed-out'; readonly words: string };

/** Our own deadline passed. The driver cannot be trusted to give up on a frozen server. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  constructor(deadlineMs: number) {
    super(`no answer within ${Math.round(deadlineMs / 1000)} s`);
  }
}

/** The code of an error of Neo4j or its driver; empty for any other. Told by its name, so that the driver need not be loaded. */
export function neo4jCodeOf(error: unknown): string {
  const isNeo4js = error instanceof Error && error.name === 'Neo4jError' && 'code' in error;
  return isNeo4js && typeof error.code === 'string' ? error.code : '';
}

type Kind = GraphTrouble['kind'];

const BY_CODE: readonly (readonly [form: RegExp, kind: Kind, words: string])[] = [
  [
    /Security\.(Unauthorized|CredentialsExpired|Forbidden|TokenExpired|AuthenticationRateLimit)/,
    'credentials',
    'Neo4j refused the credentials.',
  ],
  [/Security\.AuthorizationExpired/, 'passing', 'Neo4j asks to log in again.'],
  [/Database\.DatabaseNotFound/, 'passing', 'Neo4j does not know the database yet.'],
  [/Statement\.AccessMode/, 'query', 'the query tries to write'],
  [/Statement\.|Procedure\./, 'query', 'Neo4j does not accept the query'],
  [/Transaction\.TransactionTimedOut/, 'timed-out', 'the query took too long'],
  [/^Neo\.TransientError/, 'passing', 'Neo4j asks to try again.'],
  [/^Neo\.DatabaseError/, 'query', 'Neo4j failed while answering'],
];

/**
 * Sorts an error by what it means. Certificate trouble arrives as `ServiceUnavailable` and calls itself retryable,
 * which it is not, so its text decides first.
 */
export function troubleWith(error: unknown): GraphTrouble {
  if (error instanceof DeadlineError) return { kind: 'passing', words: `The database gave ${error.message}.` };
  if (!(error instanceof Error)) return { kind: 'passing', words: 'The database could not be reached.' };
  if (/certificate|UNABLE_TO_VERIFY|self.signed|altnames/i.test(error.message)) {
    return { kind: 'configuration', words: "The database's certificate is not trusted." };
  }
  if (/Server responded HTTP|Unknown scheme|routing/i.test(error.message) && !/discovery/i.test(error.message)) {
    return { kind: 'configuration', words: 'There is no Bolt server at the configured address.' };
  }
  const code = neo4jCodeOf(error);
  const known = BY_CODE.find(([form]) => form.test(code));
  if (known) return { kind: known[1], words: known[2] };
  if (/ENOTFOUND/.test(error.message)) return { kind: 'passing', words: "The database's host name does not resolve." };
  return { kind: 'passing', words: 'The database does not accept connections yet.' };
}
