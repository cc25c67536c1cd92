import type { OnCallLook, OnCallTrouble } from '../../../src/restore/on-call.ts';
import type { onCall as english } from '../en/on-call.ts';

const TROUBLE: Readonly<Record<OnCallTrouble, (provider: string) => string>> = {
  'no-answer': (provider) => `${provider} hat nicht geantwortet`,
  'token-refused': (provider) => `${provider} hat den Schlüssel des Bots nicht angenommen`,
  'rate-limited': (provider) => `${provider} ist zu oft gefragt worden`,
  'unreadable-answer': (provider) => `die Antwort von ${provider} ist nicht lesbar`,
  'unknown-schedule': (provider) => `${provider} kennt den Plan nicht`,
  'people-unread': () => 'Slack hat nicht gesagt, wer die Personen in Bereitschaft sind',
  'not-configured': () => 'dieser Plan steht nicht mehr in der Konfiguration',
};

export const onCall: typeof english = {
  looks: (looks) => looks.map(lookWords).join('; '),
  sentence: (looks) => ` Bereitschaftsplan: ${looks}.`,
};

function lookWords(look: OnCallLook): string {
  const { source } = look;
  const which = source ? `${look.alias}, Plan ${source.schedule} in ${source.provider}` : look.alias;
  if (look.kind === 'unknown') {
    return `${TROUBLE[look.why](source?.provider ?? '')} (${which}); nur die Personen und Gruppen aus der Konfiguration zählen`;
  }
  const asOf = `Stand ${look.asOf.slice(11, 16)} UTC`;
  const unmatched =
    look.unmatched > 0 ? `; ${look.unmatched} in Bereitschaft ohne Slack-Konto mit derselben E-Mail-Adresse` : '';
  return `${look.isOn ? 'in Bereitschaft' : 'nicht in Bereitschaft'} (${which}, ${asOf})${unmatched}`;
}
