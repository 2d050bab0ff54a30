import { joinPath } from '#paths';
import type { RustGoCall } from '#cargo';
import type { GoTargets } from './go-targets.js';
import type { Edge } from './model.js';
import type { CrateSource } from './rust-sources.js';

/** Finds the Go packages on which build scripts and other Rust sources run the go command. */
export function findGoRuns(sources: readonly CrateSource[], targets: GoTargets): Edge[] {
  return sources.flatMap((reader) => reader.source.goCalls.flatMap((call) => edgesOfCall(reader, call, targets)));
}

function edgesOfCall({ crate, role }: CrateSource, call: RustGoCall, targets: GoTargets): Edge[] {
  if (call.folder === undefined) return [];
  const start = joinPath(crate.root, call.folder);
  const isArchive = role === 'script' && call.buildmode !== undefined;
  const isTest = role === 'test' || call.testOnly === true;
  const words = call.packages.length === 0 ? ['.'] : call.packages;
  return words.flatMap((word): Edge[] => {
    const target = targets.named(word, start);
    if (target === undefined) return [];
    const kind = isArchive ? 'c-archive' : 'go-command';
    return [{ from: crate.root, ...target, kind, evidence: call.span, ...(isTest ? { testOnly: true } : {}) }];
  });
}
