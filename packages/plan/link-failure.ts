import type { Diagnostic } from '#diagnostics';

/**
 * Turns what the linker says about a missing ABI symbol into what happened. The symbol's name ends in the hash of the
 * contract that the bindings of the program were generated from; a library of another contract does not define it.
 * @param program the language of the program that was linked
 */
export function explainLinkFailure(stderr: string, program: 'go' | 'rust'): Diagnostic | undefined {
  const match = /undefined (?:reference to|symbols?:?)\s*[`'"]?_?(\w+?)_abi_([0-9a-f]{16})\b/.exec(stderr);
  if (match === null) return undefined;
  const [, bridge = '', hash = ''] = match;
  const [bindings, library] = program === 'go' ? ['Go', 'Rust library'] : ['Rust', 'archive of Go'];
  return {
    code: 'plan/abi-mismatch',
    severity: 'error',
    message: `the ${bindings} bindings of \`${bridge}\` were generated for contract ABI ${hash}, but the ${library} that was linked was built from another contract`,
    help: 'run `nx sync` to regenerate both sides from the contract, then build again; commit both sides together',
  };
}
