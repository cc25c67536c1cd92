import type { advice as english } from '../en/advice.ts';

export const advice: typeof english = {
  reasons: {
    'snapshot-in-retention': 'Aura hat einen verwendbaren Snapshot, und nichts geht schneller',
    'snapshot-unknown':
      'Aura hat nicht für jeden Tag gesagt, ob sie einen Snapshot aufbewahrt; wenn es einen gibt, geht nichts schneller',
    'no-snapshot': 'Aura hat keinen verwendbaren Snapshot von diesem Zeitpunkt',
    'keeps-present': 'der jetzige Stand bleibt, wie er ist',
    rehearsal: 'eine Übung zerstört so nichts, womit gearbeitet wird',
    'another-instance': 'die Daten sind in einer anderen Instanz',
    'in-a-file': 'die Daten sind in einer Backup-Datei',
    compliance: 'ein bestimmtes archiviertes Backup ist verlangt',
    automated: 'es muss ohne eine Person an der Konsole laufen',
    'too-large-for-console': 'die Datei ist größer, als die Konsole annimmt',
    'file-by-hand': 'die Konsole nimmt eine Datei dieser Größe ohne weitere Werkzeuge an',
  },
  limits: {
    'restore-snapshot':
      'Nur so weit zurück, wie Aura Snapshots aufbewahrt, und alles oder nichts: kein Teil der Daten allein.',
    overwrite: 'Alles im Ziel wird ersetzt, und es darf nicht kleiner sein als die Quelle.',
    'backup-file': 'Es dauert länger, hängt vom Netz ab, und eine Person muss an der Aura-Konsole sein.',
    upload:
      'Es dauert länger und braucht einen Worker mit neo4j-admin und die Datei in einem festgelegten Verzeichnis.',
    'new-instance': 'Sie kostet Geld, bis sie entfernt ist, und Anwendungen müssen auf sie gerichtet werden.',
  },
  title: 'Welcher Weg zurück?',
  close: 'Schließen',
  looking: 'Aura wird nach der Instanz und ihren Snapshots gefragt…',
  where: 'Wo sind die Daten?',
  places: {
    'own-snapshot': 'In einem Snapshot dieser Instanz',
    'another-instance': 'In einer anderen Aura-Instanz',
    file: 'In einer Backup-Datei außerhalb von Aura',
  },
  at: 'Auf welchen Zeitpunkt zurück?',
  atHint: 'Leer gelassen: Der neueste Snapshot genügt.',
  needs: 'Was muss gelten?',
  keepsPresent: 'Der jetzige Stand muss erhalten bleiben',
  isForCompliance: 'Ein bestimmtes archiviertes Backup ist verlangt (Compliance)',
  isAutomated: 'Es muss ohne eine Person an der Aura-Konsole laufen',
  fileSize: 'Größe der Datei in GB',
  advised: ({ method, alias }) => `*Rat für ${alias}: ${method}.*`,
  because: (why) => `*Denn* ${why}.`,
  limit: (limit) => `*Zu bedenken:* ${limit}`,
  takes: (time) => `*Erwartete Dauer:* ${time}.`,
  forbidden: (methods) =>
    `*Passte besser, aber die Regeln dieser Instanz oder ihre Stufe erlauben es nicht:* ${methods}.`,
  none: (methods) =>
    `*Keiner der passenden Wege ist für diese Instanz erlaubt.* Es passte: ${methods}. Bitte den Betrieb des Bots ansprechen, damit er unter \`methods\` erlaubt wird, oder ändern, was gelten muss.`,
  noneAllowed: 'Keiner der passenden Wege ist für diese Instanz erlaubt. Bitte ändern, was gelten muss.',
  nothingKeeps: (alias) =>
    `*Kein Weg bringt das nach ${alias} und lässt den jetzigen Stand, wie er ist:* Jeder ersetzt, was dort ist. Bitte in eine andere Instanz laden: eine, die ersetzt werden darf, oder eine neue, in der Aura-Konsole gemachte. Dafür \`/restore\` mit deren Namen, oder ändern, was gelten muss.`,
  nothingKeepsShort:
    'Kein Weg bringt das hinein und lässt den jetzigen Stand, wie er ist. Bitte in eine andere Instanz laden, oder ändern, was gelten muss.',
  snapshots: ({ status, count, newest, isWhole }) =>
    `Aura meldet die Instanz als „${status}“ und hat ${isWhole ? '' : 'mindestens '}${count} verwendbare Snapshots${newest ? `, den neuesten von ${newest}` : ''}.${isWhole ? '' : ' Nicht für jeden Tag kam eine Antwort: Es kann mehr geben.'}`,
  ask: 'So anfragen…',
  formAdvice: ({ method, why }) => `*Rat:* ${method}, denn ${why}.`,
  formLimit: (limit) => `*Seine Grenzen:* ${limit}`,
  unexplained: (advised) =>
    `Nach dem, was eben von der Instanz zu sehen war, wird ein anderer Weg geraten: ${advised}. Bitte diesen nehmen, oder im Formular sagen, warum nicht, und es noch einmal senden.`,
  whyOther: 'Warum ein anderer Weg als geraten?',
  card: ({ advised, why }) => `*Ein anderer Weg als geraten (${advised}):* ${why}`,
};
