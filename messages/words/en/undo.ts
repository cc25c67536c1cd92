/** Going back to the safety snapshot of an earlier restore. */
export const undo = {
  button: 'Undo…',
  possibleUntil: (until: string) =>
    `It can be undone until about ${until}, as long as Aura keeps the safety snapshot. The button opens the request; a second person must confirm it.`,
  whenItRuns: (facts: { id: string; until: string }) =>
    `Aura keeps it until about ${facts.until}. The bot cannot put an instance back that does not run: it takes a safety snapshot first, and Aura takes one only of a running instance. Restore this snapshot in the Aura console, together with the person who confirmed; the bot says so when it sees that, and offers to check the data. If the instance runs again without that, \`/restore undo ${facts.id}\` asks for it here.`,
  tooLate: (until: string) => `Aura kept the safety snapshot until about ${until}: it is probably gone.`,
  undone: (facts: { id: string; at: string }) => `*Undone* by ${facts.id}, ${facts.at}.`,
  undoes: (facts: { id: string; point: string }) =>
    `*Undoes ${facts.id}:* everything goes back to just before it, ${facts.point}.`,
  reply: (facts: { id: string; by: string; alias: string; point: string }) =>
    `${facts.id} was undone by ${facts.by}: ${facts.alias} is as it was ${facts.point}, just before that restore.`,
  reasonText: (id: string) => `Undo of ${id}: `,
  nothingToUndo: (id: string) =>
    `${id} changed nothing that could be undone: only a restore that was sent to Aura, has ended and was not undone yet has a way back.`,
  askedTooLate: (facts: { id: string; alias: string; at: string; until: string }) =>
    `${facts.id} cannot be undone any more: Aura kept its safety snapshot of ${facts.alias}, ${facts.at}, until about ${facts.until}. Nothing was asked for. \`/restore ${facts.alias}\` shows every restore point that Aura keeps now, and that snapshot as well if Aura kept it for longer. \`/restore advise ${facts.alias}\` says which other way fits, such as a file that was exported.`,
  goesElsewhere: (id: string) =>
    `Nothing was changed: this request undoes ${id}, so it goes back to the safety snapshot of ${id} and to no other restore point. To go back to another one, withdraw this request and ask for that with \`/restore\`.`,
  noOtherPoint:
    'Without that snapshot there is nothing to undo it with. Withdraw this request, and ask for another restore point with `/restore`.',
  undoesNothing:
    'This would undo no restore: an undo puts the instance itself back to the safety snapshot of a restore that was not undone yet. Choose that snapshot again, or choose another reason.',
  unknownInstance: (id: string) => `The instance of ${id} is not in the bot's configuration any more.`,
};
