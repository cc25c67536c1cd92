import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Restore } from '../../src/restore/restore.ts';
import { createFollowPreviews } from '../../src/steps/follow-previews.ts';
import { useCoordinators } from '../support/coordinators.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy } from '../support/make-restore.ts';
import { askedForNew, TO_MAKE } from '../support/new-instance-messages.ts';

const test = useCoordinators();
const { coordinatorOn, requested } = test;
const log = pino({ level: 'silent' });

async function save(restore: Restore): Promise<void> {
  const saved = await test.store.save(restore.version - 1, restore);
  expect(saved.kind).toBe('saved');
}

it('each word of a preview reaches the request from the records alone, once, whichever process died in between', async () => {
  const request = await requested();
  const coordinator = coordinatorOn();
  let reads = 0;
  const process = (mayPreview = true) =>
    createFollowPreviews({
      store: test.store,
      coordinator: {
        ...coordinator,
        find: (id) => {
          reads += 1;
          return coordinator.find(id);
        },
      },
      mayPreview: () => mayPreview,
      log,
    });
  const seen = async () => (await coordinator.find(request.id))?.restore.previews?.map(({ stage }) => stage);
  const asked: Restore = {
    ...askedForNew({}, {}, { ...TO_MAKE, previewOf: request.id }),
    id: await test.store.nextId(),
  };
  await save(asked);

  await process(false)();
  expect(await seen(), 'nothing may be previewed').toBeUndefined();
  const one = process();
  await one();
  expect(await seen()).toEqual([{ kind: 'asked' }]);
  await one();
  const before = reads;
  await one();
  expect(reads, 'what has not changed is not read again').toBe(before);

  const denied = followedBy(asked, exampleEvent('denied', asked));
  await save({ ...denied, version: asked.version + 1 });
  await process()();
  expect(await seen()).toEqual([{ kind: 'not-counted', because: 'not-agreed' }]);
  await process()();
  const events = (await coordinator.find(request.id))?.restore.history.map(({ event }) => event) ?? [];
  expect(events.filter((event) => event === 'preview-seen')).toHaveLength(2);
});
