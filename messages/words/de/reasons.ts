import type { reasons as english } from '../en/reasons.ts';

export const reasons: typeof english = {
  kinds: {
    'accidental-deletion': {
      label: 'Versehentlich gelöscht',
      description: 'Etwas wurde gelöscht, das nicht gelöscht werden sollte',
      hint: 'Bitte den letzten Wiederherstellungspunkt vor dem Löschen wählen. Den Job oder die Person, die gelöscht hat, zuerst anhalten, sonst passiert es wieder.',
    },
    'corrupted-data': {
      label: 'Beschädigte Daten',
      description: 'Werte oder Beziehungen sind falsch',
      hint: 'Bitte den letzten Wiederherstellungspunkt wählen, bevor die Beschädigung begann. Anzahlen können stimmen, auch wenn Werte falsch sind.',
    },
    'failed-migration': {
      label: 'Missglückte Migration',
      description: 'Eine Migration oder Schemaänderung ging schief',
      hint: 'Bitte den Wiederherstellungspunkt von vor der Migration wählen. Die Anwendungen müssen passend dazu zurückgesetzt werden.',
    },
    'security-incident': {
      label: 'Sicherheitsvorfall',
      description: 'Jemand hat die Daten manipuliert',
      hint: 'Beweise zuerst: Der Sicherungs-Snapshot wird als Beweis des jetzigen Stands aufbewahrt. Auch Benutzer, Rollen und Passwörter gehen zurück; danach Zugangsdaten wechseln.',
    },
    'rollback-test': {
      label: 'Test der Wiederherstellung',
      description: 'Den Ablauf üben',
      hint: 'Ein Test gehört auf eine Testinstanz. In der Produktion wird er abgelehnt.',
    },
    undo: {
      label: 'Eine Wiederherstellung rückgängig machen',
      description: 'Sie war falsch, oder ihre Daten sind es',
      hint: 'Alles seit jener Wiederherstellung Geschriebene geht verloren. Ihr Sicherungs-Snapshot enthält den Stand kurz davor, mit allem, was da falsch war.',
    },
  },
  keepInMind: (hint) => `Zu bedenken: ${hint}`,
  alsoGoesBack: 'Schema, Indizes, Constraints, Benutzer, Rollen, Berechtigungen und Einstellungen',
};
