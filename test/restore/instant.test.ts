import { expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { NOW } from '../support/make-restore.ts';

it('minutes are added and taken away across days', () => {
  expect(addMinutes(NOW, 1)).toBe('2026-11-21T03:05:05.000Z');
  expect(addMinutes(NOW, -4 * 60)).toBe('2026-11-20T23:04:05.000Z');
  expect(addMinutes(NOW, 0.5)).toBe('2026-11-21T03:04:35.000Z');
});

it('an instant has milliseconds, so that instants compare as strings', () => {
  expect(instantOf(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(instantOf(Date.parse(NOW)) < instantOf(Date.parse(NOW) + 1)).toBe(true);
});
