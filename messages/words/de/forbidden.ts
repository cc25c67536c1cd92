import type { forbidden as english } from '../en/forbidden.ts';

export const forbidden: typeof english = {
  what: {
    instance:
      'Die Instanz, oder die, aus der ihre Daten kommen sollten, steht nicht mehr in den Regeln. Bis sie wieder darin steht, kann niemand eine Wiederherstellung für sie anfragen.',
    method: (name) => `Die Regeln der Instanz erlauben diesen Weg nicht mehr: „${name}“.`,
    test: 'Angefragt wurde ein Test des Zurücksetzens, und die Instanz zählt jetzt als Produktion: Sie wird nicht so getestet.',
    newInstances: 'Die Regeln der Instanz erlauben keine neuen Instanzen aus ihren Snapshots mehr.',
    size: (memory) => `Die Regeln der Instanz erlauben keine neuen Instanzen mit ${memory} mehr.`,
    lifetime: ({ longest, asked }) =>
      `Eine neue Instanz darf jetzt höchstens ${longest} bestehen, und diese sollte ${asked} bestehen.`,
  },
  refused: (why) =>
    `Nichts wurde freigegeben: Die Regeln wurden nach der Anfrage geändert. ${why} Die anfragende Person kann zurückziehen und neu anfragen, was die Regeln erlauben. Ablehnen ist weiter möglich.`,
};
