import type { randomFrom } from './mutate.js';

type Random = ReturnType<typeof randomFrom>;
type Damage = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

/** One way each in which a disk, an editor or a merge spoils a file, with what a parser is likely to stumble over. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  nothing: () => Buffer.alloc(0),
  noise: (_bytes, random) => randomBytes(1 + random(400), random),
  truncated: (bytes, random) => bytes.subarray(0, random(bytes.length + 1)),
  beheaded: (bytes, random) => bytes.subarray(random(bytes.length + 1)),
  flipped: (bytes, random) => {
    const flipped = Buffer.from(bytes);
    for (let count = 1 + random(8); count > 0; count--) flipped[random(bytes.length)] = random(256);
    return flipped;
  },
  inserted: (bytes, random) => spliceIn(bytes, random, randomBytes(1 + random(30), random)),
  punctuated: (bytes, random) => spliceIn(bytes, random, Buffer.from(pick('"\'`()[]{}=,.#\\/\n\r;!<>', random))),
  cut: (bytes, random) => {
    const at = random(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(60))]);
  },
  doubled: (bytes) => Buffer.concat([bytes, bytes]),
  grafted: (bytes, random, other) =>
    Buffer.concat([bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length + 1))]),
  'of another file': (_bytes, _random, other) => other,
  'without UTF-8': (bytes, random) => spliceIn(bytes, random, Buffer.from(pick(NOT_UTF8, random), 'hex')),
  'UTF-16': (bytes) => Buffer.from(`\uFEFF${bytes.toString('utf8')}`, 'utf16le'),
  'with NULs': (bytes, random) => spliceIn(bytes, random, Buffer.alloc(1 + random(2000))),
  'with CRLF': (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  conflicted: (bytes) =>
    Buffer.concat([Buffer.from('<<<<<<< ours\n'), bytes, Buffer.from('=======\n>>>>>>> theirs\n')]),
  'with a huge line': (bytes, random) =>
    spliceIn(bytes, random, Buffer.from(pick(['x', '"', ' ', '\\', '/*', '# ', 'a.', '-l'], random).repeat(50_000))),
  'nested deeply': (bytes, random) =>
    spliceIn(bytes, random, Buffer.from(pick(['[', '{a=', '(', '!(', '[[', 'a.', '(\n'], random).repeat(20_000))),
};

/** Lone continuation, cut sequence, overlong slash, surrogate, beyond Unicode, bytes that never occur. */
const NOT_UTF8 = ['80', 'e282', 'c0af', 'eda080', 'f4908080', 'fffe'];

/** The bytes spoiled in one way out of many, and the name of that way. `other` is a file that parts may come from. */
export function damage(
  bytes: Buffer,
  other: Buffer,
  random: Random,
): { readonly kind: string; readonly bytes: Buffer } {
  const kind = pick(Object.keys(DAMAGES), random);
  return { kind, bytes: DAMAGES[kind]?.(bytes, random, other) ?? bytes };
}

function pick(choices: string | readonly string[], random: Random): string {
  return choices[random(choices.length)] ?? '';
}

function spliceIn(bytes: Buffer, random: Random, piece: Buffer): Buffer {
  const at = random(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

function randomBytes(count: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length: count }, () => random(256)));
}
