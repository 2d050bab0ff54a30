import type { ObjectCalls } from '../bridge.js';
import { bullets, code, paragraph } from './markdown.js';

/** What is said of an object by the side that it lives on. */
interface Residence {
  readonly lives: string;
  readonly closedElsewhere: string;
  readonly closedByLast: string;
}

export const livesInRust: Residence = {
  lives: 'Lives in Rust; Go holds a handle and frees it with Close. A call after that is CLOSED (O2, O3)',
  closedElsewhere: 'Dropped on another thread (O6)',
  closedByLast: 'Dropped by Close, or by the call that ends last (O4)',
};

export const livesInGo: Residence = {
  lives: 'Lives in Go; Rust owns it, and has Go close it when it closes or drops it. A call after that is CLOSED (G10)',
  closedElsewhere: 'Closed in Go on another thread, which `grout::wait_for_closes` waits for (O6, G13)',
  closedByLast: 'Closed in Go by who closes it, or by the call that ends last (G11)',
};

/** What holds of an object, wherever it lives. */
export function printObject(
  {
    handle,
    options,
    calls,
  }: Pick<ObjectCalls, 'handle' | 'options'> & {
    readonly calls: readonly { readonly displayName: string }[];
  },
  { lives, closedElsewhere, closedByLast }: Residence,
): string[][] {
  return [
    [`## Object ${code(handle.fullName)}`],
    ...paragraph(handle.doc),
    bullets([
      lives,
      options.threadSafe
        ? 'Any number of calls at once, from any thread (O5)'
        : 'Calls wait for each other, from any thread; one from within a call is BUSY (O5)',
      options.closeBlocks ? closedElsewhere : closedByLast,
      `Methods: ${calls.length === 0 ? 'none' : calls.map(({ displayName }) => code(displayName)).join(', ')}`,
    ]),
  ];
}
