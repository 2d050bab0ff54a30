import type { RustPath } from '#cargo';
import { joinPath } from '#paths';
import type { Crate } from './crates.js';
import type { CrateSource } from './rust-sources.js';
import type { Found, WorkspaceTree } from './workspace-tree.js';

/** What the build script of one crate names. */
export interface ScriptPath extends Found {
  readonly literal: RustPath;
}

/** The literals of a crate's build script and its modules that are paths of something that exists. */
export function scriptPaths({ root }: Crate, scripts: readonly CrateSource[], tree: WorkspaceTree): ScriptPath[] {
  return scripts.flatMap(({ source }) =>
    source.literals.flatMap((literal) => {
      const found = tree.find(joinPath(root, literal.path));
      return found === undefined ? [] : [{ literal, ...found }];
    }),
  );
}
