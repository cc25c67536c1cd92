/** What a Bolt message is made of, as far as the bot's own questions and their answers need it. */
export type Packed = null | boolean | number | string | readonly Packed[] | { readonly [key: string]: Packed };

const WORD = 16;
const BYTE = 256;

/** A message as it goes over the wire, in one chunk. */
export function packedMessage(tag: number, ...fields: readonly Packed[]): Buffer {
  const body = Buffer.concat([Buffer.from([0xb0 + fields.length, tag]), ...fields.map(packed)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([length, body, Buffer.alloc(2)]);
}

function packed(value: Packed): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'number') return packedNumber(value);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([sized(bytes.length, 0x80, 0xd0), bytes]);
  }
  if (isList(value)) return Buffer.concat([sized(value.length, 0x90, 0xd4), ...value.map(packed)]);
  const entries = Object.entries(value);
  return Buffer.concat([sized(entries.length, 0xa0, 0xd8), ...entries.flatMap((entry) => entry.map(packed))]);
}

function isList(value: Packed): value is readonly Packed[] {
  return Array.isArray(value);
}

function packedNumber(value: number): Buffer {
  const buffer = Buffer.alloc(9);
  buffer.writeUInt8(0xcb);
  buffer.writeBigInt64BE(BigInt(value), 1);
  return buffer;
}

/** The marker of something of this length: within itself when it is short, else with one or two bytes behind it. */
function sized(length: number, short: number, long: number): Buffer {
  if (length < WORD) return Buffer.from([short + length]);
  return length < BYTE ? Buffer.from([long, length]) : Buffer.from([long + 1, length >> 8, length % BYTE]);
}

/** The tag of a message and the first text in it, which is all that a stand-in reads: the query of a `RUN`. */
export function readMessage(body: Buffer): { readonly tag: number; readonly text: string | undefined } {
  return { tag: body.readUInt8(1), text: body.length > 2 ? textAt(body, 2) : undefined };
}

function textAt(body: Buffer, at: number): string | undefined {
  const marker = body.readUInt8(at);
  if (marker >= 0x80 && marker < 0x90) return body.toString('utf8', at + 1, at + 1 + marker - 0x80);
  if (marker === 0xd0) return body.toString('utf8', at + 2, at + 2 + body.readUInt8(at + 1));
  return marker === 0xd1 ? body.toString('utf8', at + 3, at + 3 + body.readUInt16BE(at + 1)) : undefined;
}

/** Takes whole messages off the front of what has arrived; the rest is for next time. */
export function takeMessages(arrived: Buffer): { readonly messages: readonly Buffer[]; readonly rest: Buffer } {
  const messages: Buffer[] = [];
  let chunks: Buffer[] = [];
  let [at, taken] = [0, 0];
  while (at + 2 <= arrived.length) {
    const length = arrived.readUInt16BE(at);
    if (at + 2 + length > arrived.length) break;
    chunks.push(arrived.subarray(at + 2, at + 2 + length));
    at += 2 + length;
    if (length > 0) continue;
    const message = Buffer.concat(chunks);
    if (message.length > 0) messages.push(message);
    chunks = [];
    taken = at;
  }
  return { messages, rest: arrived.subarray(taken) };
}
