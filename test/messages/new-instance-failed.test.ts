import { describe, expect, it } from 'vitest';
import { directMessage } from '../../messages/direct-message.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import type { FailureReason } from '../../src/restore/failure.ts';
import type { Language } from '../../src/restore/language.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, followedBy, NOW } from '../support/make-restore.ts';
import { askedForNew } from '../support/new-instance-messages.ts';

const sent = afterEvents(askedForNew(), ['approved', 'preflight-passed', 'restore-intended']);
const failedBy = (reason: FailureReason) =>
  followedBy(sent, { ...exampleEvent('step-failed', sent), reason, condition: 'unchanged' });

/** What its card says, and what its requester is told. */
function saidOf(reason: FailureReason, language: Language): readonly string[] {
  const reader = { language, zone: 'Europe/Berlin' };
  const failed = failedBy(reason);
  const card = restoreCard(failed, NOW, reader);
  return [card.text, directMessage('ended', failed, undefined, { now: NOW }, reader).text];
}

describe('a new instance that failed', () => {
  it.each(['restore-failed', 'instance-deleted'] as const)('by %s sends nobody to its source', (reason) => {
    for (const said of saidOf(reason, 'en')) {
      expect(said).toContain('Nothing happened to the instance whose snapshot it is.');
      expect(said).toContain('Ask for another one with `/restore` if it is still needed.');
      expect(said).not.toMatch(/safety snapshot|Aura console|no restore call/i);
    }
    for (const said of saidOf(reason, 'de')) {
      expect(said).toContain('Der Instanz, deren Snapshot es ist, ist nichts geschehen.');
      expect(said).toContain('Bitte mit `/restore` eine andere anfragen, falls sie noch gebraucht wird.');
      expect(said).not.toMatch(/Sicherungs-Snapshot|Aura-Konsole|Die Instanz wurde gelöscht|Die Wiederherstellung ist/);
    }
  });

  it('for a reason that any restore may have says what to do about that one', () => {
    for (const said of saidOf('aura-credentials', 'en')) expect(said).toContain('renew its Aura API credentials.');
    for (const said of saidOf('aura-credentials', 'de')) expect(said).toContain('Zugangsdaten zur Aura-API erneuern.');
  });
});
