import type { Diagnostic } from '#diagnostics';

/**
 * Turns what the linker says about a missing ABI symbol into what happened. The symbol's name ends in the hash of the
 * contract that the Go bindings were generated from; a library of another contract does not define it.
 */
export function explainLinkFailure(stderr: string): Diagnostic | undefined {
  const match = /undefined (?:reference to|symbols?:?)\s*[`'"]?_?(\w+?)_abi_([0-9a-f]{16})\b/.exec(stderr);
  if (match === null) return undefined;
  const [, bridge = '', hash = ''] = match;
  return {
    code: 'plan/abi-mismatch',
    severity: 'error',
    message: `the Go bindings of \`${bridge}\` were generated for contract ABI ${hash}, but the Rust library that was linked was built from another contract`,
    help: 'run `nx sync` to regenerate both sides from the contract, then build again; commit both sides together',
  };
}
