import type { Contract, Message } from '#contract';
import { generatedMark } from '#diagnostics';
import { createHash } from 'node:crypto';
import { packValue, type PackedValue, type Spot } from './pack-value.js';
import { RandomValues } from './random-values.js';
import { samplesOf, type Sample } from './samples.js';
import { shownValue } from './shown-value.js';
import { valueMessages } from '../members.js';
import { oncePer } from '../once-per.js';

/** Packed bytes of a message that both sides make of a value, and make the value of. */
export interface Vector {
  readonly message: Message;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Absent where the bytes alone are checked. */
  readonly sample?: Sample;
}

/** Bytes that both sides refuse. */
interface RefusedVector {
  readonly message: Message;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What both sides say; absent where only that they refuse is checked. */
  readonly error?: string;
}

/** What both sides of a bridge check of how its messages are packed. */
export interface Vectors {
  readonly accepted: readonly Vector[];
  readonly refused: readonly RefusedVector[];
}

const randomVectorsEach = 8;

/** The vectors of a contract: the same ones each time. */
export const vectorsOf = oncePer((contract: Contract): Vectors => {
  const each = valueMessages(contract).map((message) => ({ message, samples: samplesOf(contract, message) }));
  return {
    accepted: each.flatMap(({ message, samples }): Vector[] => [
      ...samples.map((sample) => ({ message, name: sample.name, bytes: packValue(sample.value).bytes, sample })),
      ...randomVectors(contract, message),
    ]),
    refused: each.flatMap(({ message, samples }) => refusedOf(message, samples)),
  };
});

/** What nobody thought of; seeded by the message's name. One without fields has one value only. */
function randomVectors(contract: Contract, message: Message): Vector[] {
  if (message.fields.length === 0) return [];
  const random = new RandomValues(contract, message.fullName);
  return Array.from({ length: randomVectorsEach }, (_, at) => {
    return { message, name: `random ${at + 1}`, bytes: packValue(random.message(message)).bytes };
  });
}

/** contract/vectors.gen.json: one vector a line, so that a change is seen where it is. */
export const printVectors = oncePer((contract: Contract): string => {
  const { accepted, refused } = vectorsOf(contract);
  const line = (vector: object): string => `    ${JSON.stringify(vector)}`;
  const shared = ({ message, name, bytes }: Vector | RefusedVector): object => ({
    message: message.fullName,
    name,
    bytes: hex(bytes),
  });
  const lines = {
    accepted: accepted.map((it) => line({ ...shared(it), ...(it.sample && { value: shownValue(it.sample.value) }) })),
    refused: refused.map((it) => line({ ...shared(it), ...(it.error !== undefined && { error: it.error }) })),
  };
  return `{
  "//": ${JSON.stringify(generatedMark(contract.files).join(' '))},
  "accepted": [
${lines.accepted.join(',\n')}
  ],
  "refused": [
${lines.refused.join(',\n')}
  ]
}
`;
});

/** Names the text of the vectors in the tests that were generated with it. */
export function vectorsDigest(contract: Contract): string {
  return createHash('sha256').update(printVectors(contract)).digest('hex').slice(0, 16);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Each way to be wrong once, in the sample that offers it. */
function refusedOf(message: Message, samples: readonly Sample[]): RefusedVector[] {
  const packed = samples.map(({ value }) => packValue(value));
  const largest = packed.reduce((most, each) => (each.bytes.length > most.bytes.length ? each : most));
  const { bytes } = largest;
  const size = bytes.length;
  const missing = { message, name: 'a byte is missing', bytes: bytes.slice(0, -1) };
  const extra = {
    message,
    name: 'a byte is left over',
    bytes: Uint8Array.from([...bytes, 0]),
    error: `1 bytes are left over (at byte ${size} of ${size + 1})`,
  };
  const wrong = (['flag', 'text', 'alternative', 'timestamp', 'empty'] as const).flatMap((kind) => {
    const found = packed.flatMap((each) =>
      each.spots.filter((spot) => spot.kind === kind).map((spot) => [each, spot] as const),
    );
    return found.slice(0, 1).map(([each, spot]) => ({ message, ...broken(each, spot) }));
  });
  return [missing, extra, ...wrong];
}

function broken({ bytes }: PackedValue, { kind, path, offset }: Spot): Omit<RefusedVector, 'message'> {
  const patched = Uint8Array.from(bytes);
  const at = (place: number): string => ` (at byte ${place} of ${bytes.length})`;
  const says = (reason: string): string => (path === '' ? reason : `${path}: ${reason}`);
  switch (kind) {
    case 'flag':
      patched[offset] = 2;
      return { name: `${path} is a flag of 2`, bytes: patched, error: says(`2 is neither 0 nor 1${at(offset)}`) };
    case 'empty':
      patched[offset] = 1;
      return {
        name: `${path === '' ? 'the message' : path} is empty with a 1`,
        bytes: patched,
        error: says(`1 does not stand for an empty message${at(offset + 1)}`),
      };
    case 'text':
      patched[offset] = 0xff;
      return {
        name: `${path} is not UTF-8`,
        bytes: patched,
        error: says('not valid UTF-8 at byte 0; pass text as UTF-8, or declare the field as bytes'),
      };
    case 'alternative':
      patched.set([0xff, 0xff, 0xff, 0x7f], offset);
      return {
        name: `${path} is an alternative that does not exist`,
        bytes: patched,
        error: says(`there is no alternative with the number 2147483647${at(offset + 4)}`),
      };
    case 'timestamp': {
      patched.set([0xff, 0xff, 0xff, 0xff], offset);
      const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(offset - 8, true);
      const reason = `${seconds} s and 4294967295 ns since 1970 are no time between the years 1 and 9999`;
      return { name: `${path} has too many nanoseconds`, bytes: patched, error: says(reason) };
    }
  }
}
