import { z } from 'zod';

/** The plain values that stored records are made of. */
export const text = z.string();
export const instant = z.iso.datetime();
export const count = z.number();
