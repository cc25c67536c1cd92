import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a monitoring service was asked. */
export interface Asked {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly action: 'silence' | 'resume';
  readonly key: string;
  readonly restore: string;
  readonly reference?: string;
  readonly instance: { readonly alias: string; readonly auraId: string };
}

/** How a question is answered: undefined leaves it to a yes. */
type AnswerTo = (sent: Omit<Asked, 'at'>) =>
  | {
      readonly status: number;
      readonly hang?: boolean;
      /** Until then the call is on its way: it has no effect, and is not noted. */
      readonly arrives?: Promise<void>;
    }
  | undefined;

export type SimulatedMonitoring = Awaited<ReturnType<typeof startMonitoring>>;

/** Stands in for a monitoring service behind a hook: notes what it is asked, and answers as it is told to. */
export async function startMonitoring(token: string) {
  const asked: Asked[] = [];
  const answers: AnswerTo[] = [];
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
      const sent = JSON.parse(body) as Omit<Asked, 'at'>;
      const answer = answers.map((answerTo) => answerTo(sent)).find((found) => found !== undefined);
      await answer?.arrives;
      const one: Asked = { ...sent, at: Date.now() };
      asked.push(one);
      if (answer?.hang) return;
      const status = answer?.status ?? 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(status === 200 && one.action === 'silence' ? JSON.stringify({ reference: 'silence-7' }) : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    asked,
    /** From now on, until `undo` is called. */
    answer(answerTo: AnswerTo) {
      answers.push(answerTo);
      return { undo: () => void answers.splice(answers.indexOf(answerTo), 1) };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
