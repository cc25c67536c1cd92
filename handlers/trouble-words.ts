import { auraTrouble, storeTrouble, trouble } from '../messages/trouble.ts';
import { SaveUnclearError, UnreadableRecordError } from '../src/coordinator.ts';

/** What a person is told when something failed while they waited: whether anything was recorded, and what to do. */
export function troubleWords(error: unknown): { readonly text: string } {
  if (error instanceof UnreadableRecordError) return trouble('unreadable-record');
  if (error instanceof Error && 'forPeople' in error && typeof error.forPeople === 'string') {
    return { text: auraTrouble(error.forPeople) };
  }
  return storeTrouble(error instanceof SaveUnclearError);
}
