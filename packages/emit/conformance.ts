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

/**
 * What holds beside that for the objects that methods return, whoever implements them. It takes an object: one of the
 * implementation is opened by an empty request, or by a function of whoever implements it.
 */
export const objectTests = {
  closed: {
    name: 'is closed once',
    proves: 'O2 and O3, nothing of a closed object can be called, and C10, the same of its mock',
    expected: 'CLOSED of each method, and of a second close',
  },
  raced: {
    name: 'may be closed while it is called',
    proves: 'O3 and O4, of those that race one closes the object, and calls end as usual, and C7, any number at once',
    expected:
      'of 64 callers, four of which close it, one close succeeds; all else is served or fails with an error of the contract or of the runtime',
  },
  busy: {
    name: 'refuses a call from within a call',
    proves: "O5c of the mock, a call from within a call is refused; of the implementation its runtime's tests do",
    expected: 'BUSY, and the call outside ends as usual',
  },
  listed: {
    name: 'is listed until it is closed',
    proves: 'O9, what lives can be listed, of the implementation and of the mock',
    expected: 'its owner, its holder, how it is freed, and the place in a test that opened it',
  },
  forgotten: {
    name: 'fails a test that forgets it',
    proves: 'O8c, what is forgotten is found, of the implementation and of the mock',
    expected: 'a test with grout.CheckLeaks fails, and says where the object was opened',
  },
} as const satisfies Record<string, ConformanceTest>;

/** What holds for the objects that methods are given, in whatever stands in for the side that holds them. */
export const heldTests = {
  refusals: {
    name: 'refuses what the contract does not allow',
    proves: 'C9 and C10 of the mock, which sends the object no more than the contract allows',
    expected: 'INVALID_ARGUMENT, and the object is not called',
  },
  errors: {
    name: 'fails for a mock as it fails for the other side',
    proves: 'O11 and C4 in C10, what of errors and panics of the object the mock gets to see',
    expected: 'codes of the contract as they are, UNKNOWN of an error that no contract knows, PANIC of a panic',
  },
  given: {
    name: 'is called and released',
    proves: 'O1 and O11, whoever is given an object lets go of it, whatever became of the call',
    expected: 'each call ends with an answer or an error that crosses, and nothing of the object is held after it',
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
