import type { AnswerKind } from '../../../src/restore/stakeholder-facts.ts';
import type { StakeholderStatus } from '../../../src/restore/stakeholder-status.ts';
import type { stakeholders as english, HeldWords } from '../en/stakeholders.ts';

const titles: Readonly<Record<StakeholderStatus, string>> = {
  planned: 'geplant',
  held: 'geplant, durch einen Einspruch aufgehalten',
  'put-off': 'verschoben',
  preparing: 'begonnen',
  sent: 'begonnen',
  'file-awaited': 'vorbereitet',
  unclear: 'vielleicht nicht gelaufen',
  restoring: 'begonnen',
  verifying: 'in Prüfung',
  done: 'abgeschlossen',
  failed: 'fehlgeschlagen',
  undone: 'rückgängig gemacht',
  'called-off': 'abgesagt',
};

const answers: Readonly<Record<AnswerKind, string>> = {
  'go-on': 'geht trotzdem weiter',
  'put-off': 'verschoben',
  stop: 'angehalten',
};

const WAIT =
  'Die Daten werden geprüft; bitte auf die Nachricht warten, dass alles abgeschlossen ist, bevor sich jemand darauf verlässt.';

const about: (typeof english)['about'] = {
  back: (facts) => `${facts.about}, zurück auf den Stand von ${facts.point}`,
  replaced: (facts) => `${facts.about}: Überschreiben mit ${facts.by}`,
  beside: (facts) => `${facts.about}: neue Instanz aus dem Snapshot von ${facts.point}`,
};

const sentOver = ({ at }: { at: string }) =>
  `der Aufruf zur Wiederherstellung wurde gesendet ${at}; noch ist nicht bekannt, ob Aura ihn ausführt. Die Datenbank kann jeden Moment unterbrochen sein.`;
const unclearOver = ({ at }: { at: string }) =>
  `noch ist nicht bekannt, ob die Wiederherstellung gelaufen ist: Sie wurde begonnen ${at}, und kein Start war zu sehen. Eine Person muss nachsehen. Bis das bekannt ist, bitte nicht auf die Daten verlassen.`;
const unclearReplyOver = ({ at, next }: { at: string; next: string }) =>
  `*Noch nicht bekannt, ob sie gelaufen ist.* Die Wiederherstellung wurde begonnen ${at}, und kein Start war zu sehen. Eine Person muss nachsehen und sagen, was gilt; das wird hier stehen. Bis dahin bitte nicht auf die Daten verlassen.${next}`;

function unlessAnswered(until: HeldWords | undefined): string {
  if (until === undefined) return 'startet sie nicht';
  return until.isBegun
    ? `wird der Aufruf zur Wiederherstellung nicht gesendet, und sie endet spätestens ${until.endsAt}`
    : `startet sie nicht und endet ${until.endsAt}`;
}

function stillOpen({ count, open }: { readonly count: number; readonly open: number }): string {
  if (open === 0) return '';
  return open === count ? ' und noch nicht beantwortet' : `, ${open} davon noch nicht beantwortet`;
}

export const stakeholders: typeof english = {
  about,
  aboutCalledOff: { ...about, back: (facts) => `${facts.about}; der Stand von ${facts.point} sollte zurückkommen` },
  head: {
    title: {
      back: ({ status, target }) => `Wiederherstellung der Datenbank ${titles[status]}: ${target}`,
      replaced: ({ status, target }) => `Überschreiben der Datenbank ${titles[status]}: ${target}`,
      beside: ({ status, target }) => `Neue Instanz ${titles[status]}: neben ${target}`,
    },
    status: (words) => `*Stand:* ${words}`,
    next: (words) => `*Nächste Nachricht:* ${words}`,
    for: (groups) => `*Für:* ${groups}`,
    contact: (contact) => `*Ansprechen:* ${contact}`,
    details: (about) => `${about}. Einzelheiten stehen im Thread dieser Nachricht.`,
    acknowledge: 'Zur Kenntnis genommen',
    object: 'Einspruch…',
    planned: (startAt) => (startAt ? `geplant; startet ${startAt}.` : 'geplant.'),
    late: ({ by, plannedAt }) => `geplant; startet verspätet, jeden Moment (${by} nach ${plannedAt}).`,
    held: (count) =>
      `geplant; durch ${count === 1 ? 'einen Einspruch' : `${count} Einsprüche`} aufgehalten. Sie startet nicht, bevor ${count === 1 ? 'er beantwortet ist' : 'sie beantwortet sind'}.`,
    putOff: (at) =>
      `verschoben ${at}. Ihr muss noch einmal zugestimmt werden, und sie startet nicht, ohne dass das hier angekündigt wird.`,
    preparing: (at) =>
      `begonnen ${at}: Ein Sicherungs-Snapshot wird erstellt. Die Datenbank kann ab jetzt jeden Moment unterbrochen sein.`,
    sent: {
      back: sentOver,
      replaced: sentOver,
      beside: ({ at }) =>
        `der Aufruf für die neue Instanz wurde gesendet ${at}; noch ist nicht bekannt, ob Aura ihn ausführt. Die Datenbank bleibt, wie sie ist.`,
    },
    fileAwaited: (at) =>
      `vorbereitet ${at}: Die Datenbank läuft noch, bis die Datei geladen wird; das kann ab jetzt jeden Moment geschehen.`,
    unclear: {
      back: unclearOver,
      replaced: unclearOver,
      beside: ({ at }) =>
        `noch ist nicht bekannt, ob die neue Instanz angelegt wurde: Das wurde begonnen ${at}, und nichts davon war zu sehen. Eine Person muss nachsehen. Die Datenbank bleibt, wie sie ist.`,
    },
    fileUnclear: (at) =>
      `noch ist nicht bekannt, ob die Datei geladen wurde: Die Wiederherstellung wurde vorbereitet ${at}, und kein Start war zu sehen. Eine Person muss nachsehen. Bis das bekannt ist, bitte nicht auf die Daten verlassen.`,
    restoring: {
      back: ({ at }) => `die Datenbank ist nicht verfügbar: Sie wird wiederhergestellt, seit ${at}.`,
      replaced: ({ at, by }) =>
        `die Datenbank ist nicht verfügbar, seit ${at}: Alles darin wird überschrieben mit ${by}.`,
      beside: ({ at }) => `die neue Instanz wird angelegt, seit ${at}.`,
    },
    verifying: {
      back: ({ at }) => `wiederhergestellt; die Daten werden geprüft, seit ${at}.`,
      replaced: ({ at, by }) => `überschrieben mit ${by}; das wird geprüft, seit ${at}.`,
      beside: ({ at }) => `die neue Instanz läuft; ihre Daten werden geprüft, seit ${at}.`,
    },
    done: {
      back: ({ at, point }) => `abgeschlossen ${at}. Die Datenbank ist auf dem Stand von ${point}.`,
      replaced: ({ at, by }) => `abgeschlossen ${at}. Die Datenbank ist überschrieben mit ${by}.`,
      beside: ({ at, point }) =>
        `abgeschlossen ${at}. Die neue Instanz enthält die Daten von ${point}; die Datenbank ist unverändert.`,
    },
    failed: (at) => `fehlgeschlagen ${at}. Das Team arbeitet daran.`,
    undone: ({ at, by }) =>
      `erledigt, und ${at} durch ${by} rückgängig gemacht: Die Datenbank ist wie vor dieser Wiederherstellung.`,
    calledOff: {
      back: ({ at }) => `abgesagt ${at}. Nichts wurde zurückgesetzt.`,
      replaced: ({ at }) => `abgesagt ${at}. Nichts wurde überschrieben.`,
      beside: ({ at }) => `abgesagt ${at}. Keine neue Instanz wurde angelegt.`,
    },
    lossToCome: {
      back: ({ point }) =>
        `*Datenverlust:* Alle Änderungen nach ${point} gehen verloren. Bitte die Arbeit vor dem Start an anderer Stelle sichern.`,
      replaced: ({ target, by }) =>
        `*Datenverlust:* Alles in ${target} wird überschrieben mit ${by}; was dort fehlt, geht verloren. Bitte die Arbeit vor dem Start an anderer Stelle sichern.`,
      beside: () => '*Datenverlust:* keiner.',
    },
    lossNow: {
      back: ({ point }) => `*Datenverlust:* Alle Änderungen nach ${point} gehen dadurch verloren.`,
      replaced: ({ target, by }) =>
        `*Datenverlust:* Alles in ${target} wird überschrieben mit ${by}; was dort fehlt, geht dadurch verloren.`,
      beside: () => '*Datenverlust:* keiner.',
    },
    lossDone: {
      back: ({ point }) => `*Datenverlust:* Alle Änderungen nach ${point} sind weg.`,
      replaced: ({ target, by }) =>
        `*Datenverlust:* Alles in ${target} wurde überschrieben mit ${by}; was dort fehlte, ist weg.`,
      beside: () => '*Datenverlust:* keiner.',
    },
    lossIfItRan: {
      back: ({ point }) =>
        `*Datenverlust:* Falls sie gelaufen ist, gehen alle Änderungen nach ${point} dadurch verloren.`,
      replaced: ({ target, by }) =>
        `*Datenverlust:* Falls sie gelaufen ist, wird alles in ${target} überschrieben mit ${by}; was dort fehlt, geht dadurch verloren.`,
      beside: () => '*Datenverlust:* keiner.',
    },
    interruption: (time) => `*Unterbrechung:* Die Datenbank ist voraussichtlich ${time} nicht verfügbar.`,
    actionRequired: (action) => `*Zu tun:* ${action}`,
    nextAtStart: 'wenn sie startet.',
    nextAtAnswer: (lapsesAt) =>
      `wenn es eine Antwort gibt, spätestens ${lapsesAt}; ohne Antwort wird sie dann abgesagt.`,
    nextAnnounced: 'wenn sie wieder angekündigt oder abgesagt wird.',
    nextPromised: (at) => `spätestens ${at}, auch wenn es nichts Neues gibt.`,
    nextChange: 'wenn sich der Stand ändert.',
    nextNone: 'keine; dies war die letzte.',
  },
  reply: {
    startMoved: ({ from, to }) =>
      `*Start verlegt* von ${from} auf ${to}: Vorher konnten nicht alle rechtzeitig benachrichtigt werden.`,
    newlyTold: ({ groups, follows }) =>
      `${groups}: Auch diese Gruppen werden jetzt über diese Wiederherstellung benachrichtigt, weil die Regeln ihrer Instanz strenger geworden sind. Die erste Nachricht dieses Threads sagt, wo sie steht; dort sind auch „Zur Kenntnis genommen“ und „Einspruch…“. ${follows}`,
    objectionHolds:
      'Bis der Aufruf zur Wiederherstellung gesendet ist, hält ein Einspruch sie auf, bis er beantwortet ist.',
    objectionIsTold:
      'Von einem Einspruch erfahren die anfragende und die freigebenden Personen; der Start wird dadurch nicht aufgehalten.',
    fileAwaited: ({ at, time, next }) =>
      `*Vorbereitet* ${at}. Die Datenbank läuft noch, bis die Datei geladen wird; das kann ab jetzt jeden Moment geschehen. Danach ist sie voraussichtlich ${time} nicht verfügbar.${next}`,
    unclear: {
      back: unclearReplyOver,
      replaced: unclearReplyOver,
      beside: ({ at, next }) =>
        `*Noch nicht bekannt, ob die neue Instanz angelegt wurde.* Das wurde begonnen ${at}, und nichts davon war zu sehen. Eine Person muss nachsehen und sagen, was gilt; das wird hier stehen. Die Datenbank bleibt, wie sie ist.${next}`,
    },
    fileUnclear: ({ at, next }) =>
      `*Noch nicht bekannt, ob die Datei geladen wurde.* Die Wiederherstellung wurde vorbereitet ${at}, und kein Start war zu sehen. Eine Person muss nachsehen und sagen, was gilt; das wird hier stehen. Bis dahin bitte nicht auf die Daten verlassen.${next}`,
    started: {
      back: ({ at, time, point, next }) =>
        `*Begonnen* ${at}. Die Datenbank ist ab jetzt nicht verfügbar, voraussichtlich ${time}. Alle Änderungen nach ${point} gehen dadurch verloren.${next}`,
      replaced: ({ at, time, target, by, next }) =>
        `*Begonnen* ${at}. Die Datenbank ist ab jetzt nicht verfügbar, voraussichtlich ${time}. Alles in ${target} wird überschrieben mit ${by}; was dort fehlt, geht dadurch verloren.${next}`,
      beside: ({ at, next }) =>
        `*Begonnen* ${at}. Die neue Instanz wird angelegt; an der Datenbank ändert sich nichts.${next}`,
    },
    verifying: {
      back: ({ at, next }) => `*Wiederhergestellt* ${at}. ${WAIT}${next}`,
      replaced: ({ at, by, next }) => `*Überschrieben* ${at} mit ${by}. ${WAIT}${next}`,
      beside: ({ at, next }) => `*Die neue Instanz läuft* seit ${at}. ${WAIT}${next}`,
    },
    late: (promisedFor) => `Diese Nachricht kommt verspätet: Sie war versprochen für ${promisedFor}.`,
    still: ({ status, since, seen, next }) => `*Noch immer:* ${status}, seit ${since}.${seen}${next}`,
    seen: ({ at, words }) => ` Zuletzt gesehen, ${at}. Aufgezeichnet: „${words}“`,
    next: (at) => ` Nächste Nachricht spätestens ${at}.`,
    objection: ({ by, at, why, follows }) => `*Einspruch* von ${by}, ${at}: „${why}“\n${follows}`,
    isHeld:
      'Der Start ist aufgehalten, bis die anfragende oder eine freigebende Person geantwortet hat; die Antwort wird hier stehen.',
    tooLateToHold:
      'Er kam nach dem Aufruf zur Wiederherstellung und kann ihn nicht aufhalten. Die anfragende und die freigebenden Personen werden benachrichtigt.',
    isTold:
      'Die anfragende und die freigebenden Personen werden benachrichtigt; der Start wird dadurch nicht aufgehalten.',
    answer: ({ by, objector, kind, words }) =>
      `*Antwort* von ${by} auf den Einspruch von ${objector}: ${answers[kind]}. „${words}“`,
  },
  card: {
    held: ({ count, until }) =>
      `*Aufgehalten durch ${count === 1 ? 'einen Einspruch' : `${count} Einsprüche`}.* Ohne Antwort ${unlessAnswered(until)}. Die anfragende Person kann sie ${until && !until.isBegun ? 'verschieben oder anhalten' : 'anhalten'}; dass sie trotzdem weitergeht, entscheidet eine freigebende Person, die selbst keinen Einspruch erhoben hat.`,
    heldShort: 'Aufgehalten durch einen Einspruch, den niemand beantwortet hat.',
    earlier: ({ count, open }) =>
      `${count} ${count === 1 ? 'früherer Einspruch ist' : 'frühere Einsprüche sind'} hier nicht gezeigt${stillOpen({ count, open })}.`,
    objection: ({ by, at, why }) => `*Einspruch* von ${by}, ${at}: „${why}“.`,
    unanswered: (holds) => ` *Noch nicht beantwortet*${holds ? '' : '; er hält die Wiederherstellung nicht auf'}.`,
    answered: ({ by, at, kind, words }) => `*Antwort* von ${by}, ${at}: ${answers[kind]}. „${words}“`,
    acknowledged: ({ count, people }) => `*Zur Kenntnis genommen* von ${count}: ${people}`,
    answer: 'Einspruch beantworten…',
  },
  objectionForm: {
    title: (id) => `Einspruch zu ${id}`,
    submit: 'Einspruch erheben',
    close: 'Zurück',
    about: ({ deed, requester, startAt, follows }) =>
      `Einspruch gegen: ${deed}, angefragt von ${requester}${startAt ? `, geplanter Start ${startAt}` : ''}. ${follows}`,
    holds:
      'Solange niemand geantwortet hat, startet sie nicht. Die anfragende Person und alle, die zugestimmt haben, werden benachrichtigt.',
    holdsNothing:
      'Die anfragende Person und alle, die zugestimmt haben, werden benachrichtigt. Die Wiederherstellung wird dadurch nicht aufgehalten.',
    why: 'Was spricht dagegen?',
    whyHint: 'Alle, die benachrichtigt wurden, können das lesen.',
  },
  answerForm: {
    title: (id) => `Antwort zu ${id}`,
    submit: 'Antworten',
    close: 'Zurück',
    about: (deed) => `Einspruch gegen: ${deed}.`,
    objection: ({ by, at, why }) => `• ${by}, ${at}: „${why}“`,
    stayOpen: (count) =>
      `${count} ${count === 1 ? 'späterer Einspruch ist' : 'spätere Einsprüche sind'} hier nicht gezeigt. Diese Antwort lässt ${count === 1 ? 'ihn' : 'sie'} offen; dafür bitte das Formular noch einmal öffnen.`,
    choices: {
      'go-on': 'Sie geht trotzdem weiter',
      'put-off': 'Verschieben: Alle werden neu gefragt',
      stop: 'Endgültig anhalten',
    },
    what: 'Was geschieht jetzt?',
    words: 'Die Antwort',
    wordsHint: 'Wer Einspruch erhoben hat, wird benachrichtigt; alle im Thread können es lesen.',
  },
  direct: {
    objected: ({ by, at, why, follows }) => `${by} erhebt Einspruch, ${at}: „${why}“. ${follows}`,
    isAnswered: ({ by, kind }) => `${by} hat geantwortet: ${answers[kind]}.`,
    holdsNothing:
      'Die Wiederherstellung wird dadurch nicht aufgehalten. Bis der Aufruf gesendet ist, lässt sie sich auf der Karte anhalten.',
    holds: (until) =>
      `Jemand muss auf der Karte antworten: Ohne Antwort ${unlessAnswered(until)}. Die anfragende Person kann sie ${until && !until.isBegun ? 'verschieben oder anhalten' : 'anhalten'}; eine freigebende Person, die selbst keinen Einspruch erhoben hat, kann sie auch weitergehen lassen.`,
    settled: ({ by, kind, words }) => `${by} hat den Einspruch beantwortet: ${answers[kind]}. „${words}“`,
    endedWithout: ({ status, since }) =>
      `Niemand hat den Einspruch beantwortet, bevor die Wiederherstellung endete. Sie steht auf „${status}“ seit ${since}.`,
  },
  refusal: {
    notAStakeholder: (who) =>
      `Nichts wurde geändert: Betroffen von dieser Instanz sind ${who ?? 'die Mitglieder der benachrichtigten Kanäle'}. Bitte ihnen oder der anfragenden Person sagen, was dagegen spricht.`,
    ownObjection:
      'Nichts wurde geändert: Der Einspruch ist der eigene; dass sie trotzdem weitergeht, muss eine andere freigebende Person entscheiden. Anhalten ist möglich, Verschieben nur, solange sie nicht begonnen hat.',
    alreadyAcknowledged: (at) => `Das ist schon zur Kenntnis genommen, ${at}.`,
    alreadyObjected: (at) =>
      `Nichts wurde geändert: Der eigene Einspruch von ${at} steht schon und wartet auf seine Antwort.`,
    noObjection: 'Nichts wurde geändert: Kein Einspruch wartet mehr auf eine Antwort.',
  },
  told: ({ where, lead }) => (lead ? `${where}, mindestens ${lead} vor dem Start` : where),
};
