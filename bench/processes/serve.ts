/** What a process of the bench can be asked, by name. */
export type Answers = Readonly<Record<string, (argument: unknown) => unknown>>;

interface Question {
  readonly id: number;
  readonly question: string;
  readonly argument?: unknown;
}

/**
 * The other end of `startChild`: reads the settings, starts, tells the facts, and answers questions until it is killed.
 * Ends with its parent.
 */
export async function serve<Settings>(
  start: (settings: Settings) => Promise<{ readonly facts?: unknown; readonly answers?: Answers }>,
): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  const reply = (message: unknown) => process.send?.(message);
  try {
    const { facts, answers = {} } = await start(JSON.parse(process.argv[2] ?? '{}') as Settings);
    process.on('message', ({ id, question, argument }: Question) => {
      Promise.resolve()
        .then(() => answers[question]?.(argument))
        .then(
          (answer) => reply({ id, answer }),
          (error: unknown) => reply({ id, error: String(error) }),
        );
    });
    reply({ id: 0, answer: facts });
  } catch (error) {
    reply({ id: 0, error: String(error) });
  }
}
