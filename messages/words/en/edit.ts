/** The form that changes an open request. */
export const edit = {
  title: (id: string) => `Change ${id}`,
  submit: 'Change and ask anew',
  close: 'Leave as it is',
  asksAnew: (votes: number) =>
    votes === 0
      ? 'A change asks everybody anew. Nobody has voted so far.'
      : `A change asks everybody anew: ${votes === 1 ? 'the one vote so far falls' : `the ${votes} votes so far fall`}, and whoever voted is told what is different.`,
  checks: 'Checks afterwards',
  channels: 'Channels that are told',
  more: (label: string) => `${label}, more`,
  whatStays: 'The reason and the instance stay. To change those, withdraw the request and ask again.',
};
