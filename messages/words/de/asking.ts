import type { Reminder } from '../../../src/restore/reminded.ts';
import type { asking as english } from '../en/asking.ts';

const done: Readonly<Record<Reminder['kind'], string>> = {
  reminder: 'erinnert',
  nudge: 'von der anfragenden Person angestoßen',
  fallback: 'benachrichtigt, weil niemand entschieden hatte',
  'on-call': 'benachrichtigt, weil niemand entschieden hatte',
};

export const asking: typeof english = {
  clocks: ({ until, lapsesAfter }) =>
    `*Antwort möglich bis:* ${until}. Keine Antwort ist ein Nein. Eine Zustimmung verfällt, wenn die Wiederherstellung ${lapsesAfter} nach ihrer Startzeit nicht begonnen hat.`,
  urgent: '*Dringend:* Es darf zu jeder Stunde gefragt werden, auch außerhalb der Arbeitszeit der Gefragten.',
  reminded: ({ times, inWorkingHours }) =>
    `*Wer nicht geantwortet hat, wird erinnert:* nach ${times}${inWorkingHours ? ', jeweils in der eigenen Arbeitszeit' : ''}, im Thread dieser Karte.`,
  escalates: ({ after, people, may }) => `*Nach ${after} werden auch benachrichtigt:* ${people}. ${may}`,
  escalated: ({ people, may }) => `*Weitergegeben an:* ${people}. ${may}`,
  notFoundOut: (schedules) =>
    `*Wer Bereitschaft hat, ließ sich nicht herausfinden* (${schedules}): Bis das bekannt ist, zählen nur die Personen und Gruppen, die in der Konfiguration stehen.`,
  mayThen: (rules) =>
    `Dann können auch sie zustimmen, für „${rules.join('“ und „')}“; es sind so viele Personen nötig wie zuvor.`,
  mayNow: (rules) =>
    `Jetzt können auch sie zustimmen, für „${rules.join('“ und „')}“; es sind so viele Personen nötig wie zuvor.`,
  onlyTold: 'Sie werden nur benachrichtigt und können nicht entscheiden.',
  askedAgain: ({ at, people, kind, next }) =>
    `*Noch einmal gefragt* ${at}: ${people} ${done[kind]}.${next ? ` Das nächste Mal ${next}.` : ''}`,
  reminder: (people) =>
    `${people}: Sie wartet noch auf eine Antwort. Bitte oben auf der Karte freigeben oder ablehnen.`,
  nudge: (people) =>
    `${people}: Die anfragende Person bittet um eine Antwort. Bitte oben auf der Karte freigeben oder ablehnen.`,
  newlyAsked: (people) =>
    `${people}: Jetzt wird auch hier gefragt, denn Plan oder Regeln haben sich seit der Anfrage geändert. Bitte die Karte oben lesen und dort freigeben oder ablehnen.`,
  escalation: ({ people, role }) => `${people}: Bisher hat niemand darüber entschieden. ${role}`,
  escalatedToYou: (role) => `Bisher hat niemand darüber entschieden, deshalb diese Nachricht. ${role}`,
  youMay: (rules) =>
    `Ab jetzt ist auch von hier eine Zustimmung für „${rules.join('“ und „')}“ möglich, oder eine Ablehnung. Es sind so viele Personen nötig wie zuvor.`,
  youAreTold: 'Entscheiden können hier nur andere: Bitte jemanden suchen, der es kann.',
  stillMissing: (what) => `Es fehlt noch: ${what}.`,
  until: (at) => `Eine Antwort ist möglich bis ${at}. Keine Antwort ist ein Nein.`,
  answered: 'Es wurde noch einmal gefragt und ist beantwortet.',
  nudged: ({ people, id, deed }) =>
    `Im Thread der Karte angestoßen: ${people}. Wer geantwortet hat, es sich ansieht oder gerade nicht arbeitet, wird in Ruhe gelassen (${id}, ${deed}).`,
  nudgedLately: (until) => `Niemand wurde angestoßen: Das ist eben erst geschehen. Wieder möglich ist es ${until}.`,
  nudgedEnough: (most) =>
    `Niemand wurde angestoßen: Das geht nach jeder Frage ${most === 1 ? 'einmal' : `${most}-mal`} und ist geschehen. Bitte jemanden direkt ansprechen.`,
  nobodyToNudge: (from) =>
    `Niemand wurde angestoßen: Von denen, die fehlen, arbeitet gerade niemand, oder sie sehen es sich schon an. ${from ? `Gefragt werden kann wieder ${from}.` : 'Bitte jemanden direkt ansprechen.'}`,
  urgency: 'Dringlichkeit',
  urgentBox: 'Dringend: Es darf zu jeder Stunde gefragt werden',
  urgentBoxMore: 'Auch außerhalb der Arbeitszeit; das kann jemanden wecken',
  nobodyAtWork: ({ expiresAfter, firstAt }) =>
    `*Niemand der Gefragten arbeitet, bevor diese Anfrage abläuft*, ${expiresAfter} nach dem Absenden; die erste Person arbeitet ${firstAt}. Kann es nicht warten, bitte „Dringend“ ankreuzen oder jemanden direkt ansprechen.`,
};
