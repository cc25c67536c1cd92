import { z } from 'zod';
import { UnreadableRecordError } from '../coordinator.ts';

/** Whether it is what stands in Redis that cannot be read, and not Redis that cannot be asked. */
export function isUnreadable(error: unknown): boolean {
  if (error instanceof UnreadableRecordError || error instanceof z.ZodError || error instanceof SyntaxError)
    return true;
  return error instanceof Error && (isOfWrongType(error) || isUnreadable(error.cause));
}

/** The key holds no record at all but something else, as Redis says it to a command or to a script. */
export function isOfWrongType(error: unknown): boolean {
  return error instanceof Error && /\bWRONGTYPE\b/.test(error.message);
}
