import type { Contract, ErrorDomain, Method } from '#contract';
import { refusalsOf, type Refusal } from './vectors/refusals.js';

/**
 * The suite that holds for every implementation of a service and for its mock, whichever side implements it: the caller's
 * side prints it, in its own language.
 */
export const conformanceTests = {
  doneContext: {
    name: 'starts nothing for a context that is done',
    proves: 'C2, a context that is done starts nothing',
    expected: 'CANCELED, or DEADLINE_EXCEEDED, of the method; the mock was not called',
  },
  refusals: {
    name: 'refuses what the contract does not allow',
    proves:
      'C9, the request is checked before anything runs, and C10, the mock is what it stands for, with L7, L8 and L9, the limits of texts, lengths and times',
    expected: 'of both, INVALID_ARGUMENT in the same words',
  },
  errors: {
    name: 'returns errors of the contract as they are',
    proves:
      "E2 and C8 of the mock, an error has the code that it was given and the name of its method; of the implementation its runtime's tests do",
    expected: 'of each method, each code that it can fail with, and the message',
  },
  panics: {
    name: 'contains panics of the mock',
    proves: "C4 of the mock, a panic ends its call only; of the implementation its runtime's tests do",
    expected: 'PANIC of the method, again and again',
  },
} as const satisfies Record<string, ConformanceTest>;

/** A test of the suite. */
export interface ConformanceTest {
  /** In words, of which each language makes a name. */
  readonly name: string;
  /** Rules of docs/spec. */
  readonly proves: string;
  readonly expected: string;
}

/** The comment above a test, in lines. */
export function conformanceDoc({ proves, expected }: ConformanceTest): string[] {
  return wrapped(`Proves ${proves}. Expected: ${expected}.`, 116);
}

/** A method that the suite calls. */
export interface ConformanceCall {
  readonly method: Method;
  /** `Pricing.Greet`. */
  readonly displayName: string;
}

/** The methods of the suite that can fail with codes of the contract, with these. */
export function conformanceErrors<C extends ConformanceCall>(
  { errorDomains }: Contract,
  calls: readonly C[],
): { readonly call: C; readonly domain: ErrorDomain }[] {
  return calls.flatMap((call) => {
    const domain = errorDomains.find(({ fullName }) => fullName === call.method.errorDomain);
    return domain === undefined || domain.codes.length === 0 ? [] : [{ call, domain }];
  });
}

/** Requests that the contract does not allow, each for one reason. */
export function conformanceRefusals<C extends ConformanceCall>(
  contract: Contract,
  calls: readonly C[],
): (Refusal & { readonly call: C })[] {
  return calls.flatMap((call) => refusalsOf(contract, call.method.request).map((refusal) => ({ ...refusal, call })));
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
