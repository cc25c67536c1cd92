import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';

/** A certificate that was made just now and nobody else trusts. */
interface OwnCertificate {
  /** For a TLS server. */
  readonly context: SecureContext;
  /** A PKCS12 key store, which a Java program may take as its trust store. */
  readonly storeFile: string;
  readonly storePassword: string;
}

const PASSWORD = 'nothing-secret';

/** Makes one for these host names in `directory`, with the `keytool` that comes with Java. Throws where there is none. */
export function makeCertificate(directory: string, hosts: readonly string[]): OwnCertificate {
  const storeFile = join(directory, 'certificate.p12');
  execFileSync(
    'keytool',
    [
      '-genkeypair',
      ...['-alias', 'console', '-dname', 'CN=simulated console'],
      ...['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '2'],
      ...['-ext', `SAN=${hosts.map((host) => `DNS:${host}`).join(',')}`],
      ...['-storetype', 'PKCS12', '-keystore', storeFile, '-storepass', PASSWORD],
    ],
    { stdio: 'pipe' },
  );
  return {
    context: createSecureContext({ pfx: readFileSync(storeFile), passphrase: PASSWORD }),
    storeFile,
    storePassword: PASSWORD,
  };
}
