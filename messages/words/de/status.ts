import type { status as english } from '../en/status.ts';

export const status: typeof english = {
  names: {
    'awaiting-approval': 'Wartet auf eine zweite Person',
    approved: 'Freigegeben, wartet auf den Start',
    'taking-baseline': 'Der jetzige Datenstand wird festgehalten',
    'requesting-safety-snapshot': 'Sicherungs-Snapshot wird bei Aura angefordert',
    'awaiting-safety-snapshot': 'Aura erstellt den Sicherungs-Snapshot',
    'ready-to-restore': 'Letzte Prüfung vor der Wiederherstellung',
    'restore-sent': 'Wiederherstellung aufgerufen, wartet auf die Antwort',
    'start-unclear': 'Eine Person muss sagen, ob die Wiederherstellung lief',
    restoring: 'Aura stellt die Instanz wieder her',
    verifying: 'Wiederhergestellt, die Daten werden geprüft',
    completed: 'Wiederhergestellt',
    rehearsed: 'Probelauf beendet, nichts verändert',
    failed: 'Fehlgeschlagen',
    denied: 'Abgelehnt',
    withdrawn: 'Zurückgezogen',
    cancelled: 'Angehalten',
    expired: 'Abgelaufen: nicht rechtzeitig entschieden',
    lapsed: 'Verfallen: freigegeben, aber nicht rechtzeitig gestartet',
  },
  conditions: {
    unchanged: 'Die Instanz ist unverändert: Kein Aufruf hat etwas verändert.',
    restored: 'Die Instanz wurde wiederhergestellt.',
    unknown: 'Der Zustand der Instanz ist nicht bekannt. Bitte in der Aura-Konsole nachsehen.',
    broken: 'Die Instanz ist so nicht benutzbar. Bitte in der Aura-Konsole nachsehen.',
  },
  nextAfter: {
    'instance-not-found': 'Die Aura-ID der Instanz in der Konfiguration des Bots prüfen, dann neu anfragen.',
    'restored-elsewhere': 'Nachsehen, was die Datenbank jetzt enthält, und neu anfragen, falls es noch nötig ist.',
    'instance-not-running': 'Die Instanz in der Aura-Konsole fortsetzen oder reparieren, dann neu anfragen.',
    'rules-tightened':
      'Bitte neu anfragen: Das Formular zeigt, was die strengeren Regeln erlauben und wer zustimmen muss.',
    'instance-changed': 'Bitte neu anfragen: Die neue Anfrage zeigt die Instanz, wie sie jetzt ist.',
    'snapshot-not-found':
      'Bitte neu anfragen und einen anderen Wiederherstellungspunkt wählen; dieser wird nicht mehr aufbewahrt.',
    'snapshot-not-usable': 'Bitte neu anfragen und einen anderen Wiederherstellungspunkt wählen.',
    'not-as-agreed':
      'Bitte bei denen, die den Bot betreiben, erfragen, wer den Datensatz in Redis geändert hat, und dann neu anfragen, falls die Wiederherstellung noch gebraucht wird.',
    'loss-grew': 'Bitte neu anfragen: Eine zweite Person muss dem Datenverlust zustimmen, wie er jetzt ist.',
    'outside-window': 'Bitte mit einem Start innerhalb des Zeitfensters neu anfragen.',
    'too-late': 'Bitte neu anfragen, falls sie noch nötig ist: Eine zweite Person muss neu freigeben.',
    'aura-refused':
      'Bitte den Betrieb des Bots ansprechen, der mit der Request-ID auf der Karte im Protokoll nachsehen kann.',
    'aura-credentials': 'Der Betrieb des Bots muss dessen Zugangsdaten zur Aura-API erneuern.',
    'safety-snapshot-failed':
      'Ohne Rückweg wird nichts wiederhergestellt. Bitte in der Aura-Konsole einen Snapshot erstellen, um den Fehler zu sehen, dann neu anfragen.',
    'restore-refused': 'Bitte den Grund ansehen, dann neu anfragen. Der Bot wiederholt den Aufruf nie von selbst.',
    'restore-failed':
      'Bitte die Instanz in der Aura-Konsole öffnen und den auf der Karte genannten Sicherungs-Snapshot wiederherstellen, oder mit der Request-ID beim Neo4j-Support nachfragen.',
    'file-not-usable': 'Bitte die Datei ansehen, dann mit der richtigen neu anfragen.',
    'instance-deleted':
      'Bitte in der Aura-Konsole herausfinden, wer die Instanz gelöscht hat. Ihre Snapshots sind vielleicht mit gelöscht.',
    'did-not-run': 'Bitte neu anfragen, falls die Wiederherstellung noch nötig ist.',
    'step-gave-up': 'Bitte den Betrieb des Bots ansprechen, der im Protokoll nachsehen kann.',
  },
  phases: {
    confirmed: 'Freigegeben',
    baseline: 'Datenstand',
    safetySnapshot: 'Sicherungs-Snapshot',
    restore: 'Wiederherstellung',
    checks: 'Prüfungen',
    done: 'Fertig',
  },
  step: ({ number, of }) => `(Schritt ${number} von ${of})`,
  inSentence: (name) => name,
  completed: 'abgeschlossen',
  failedBecause: (reason) => `fehlgeschlagen (\`${reason}\`)`,
  checks: {
    'not-started': 'nicht begonnen',
    running: 'laufen',
    passed: 'bestanden',
    warned: 'bestanden mit Warnungen',
    failed: 'NICHT BESTANDEN',
    error: 'nicht abgeschlossen',
    'not-run': 'nicht durchgeführt',
  },
};
