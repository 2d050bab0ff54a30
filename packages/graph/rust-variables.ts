import type { VariableInput } from './model.js';
import type { CrateSource } from './rust-sources.js';

/**
 * Environment variables that decide what cargo makes of a crate: those that its sources take in when they are compiled, and
 * those that its build script, or a procedural macro, reads when it runs.
 */
export function findRustVariables(sources: Iterable<CrateSource>): VariableInput[] {
  const found = new Map<string, VariableInput>();
  for (const { crate, source, role } of sources) {
    const runsInBuilds = role === 'script' || crate.manifest.lib?.procMacro === true;
    for (const { name, reads, span, testOnly } of source.variables) {
      if (reads === 'run' && !runsInBuilds) continue;
      const isTest = role === 'test' || testOnly === true;
      const key = `${crate.root}\n${name}`;
      const known = found.get(key);
      if (known !== undefined && (isTest || known.testOnly !== true)) continue;
      found.set(key, { from: crate.root, name, evidence: span, ...(isTest ? { testOnly: true } : {}) });
    }
  }
  return [...found.values()];
}
