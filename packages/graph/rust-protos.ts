import type { RustPath } from '#cargo';
import { joinPath, type WorkspacePath } from '#paths';
import type { ScriptPath } from './script-paths.js';
import type { Crate } from './crates.js';
import type { OutsideInput } from './model.js';
import type { OwnInputs } from './own-inputs.js';
import type { ProtoIndex } from './proto-index.js';
import type { CrateSource } from './rust-sources.js';

/** A .proto that a build script names. */
export interface CompiledProto {
  readonly literal: RustPath;
  /** The file with all that it imports. */
  readonly files: readonly WorkspacePath[];
}

/** The .proto files that a crate's build script and its modules name, by their own path or from a folder they name too. */
export function compiledProtos(
  scripts: readonly CrateSource[],
  paths: readonly ScriptPath[],
  protos: ProtoIndex,
): CompiledProto[] {
  const folders = paths.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  const files = new Map(paths.map(({ path, literal }) => [literal, path]));
  const literals = scripts.flatMap(({ source }) => source.literals).filter(({ path }) => path.endsWith('.proto'));
  return literals.flatMap((literal) => {
    const start =
      files.get(literal) ?? folders.map((folder) => joinPath(folder, literal.path)).find((path) => protos.has(path));
    return start === undefined ? [] : [{ literal, files: protos.withImports([start], folders) }];
  });
}

/** Those that the crate's own inputs lack. */
export function protoInputs({ root }: Crate, compiled: readonly CompiledProto[], own: OwnInputs): OutsideInput[] {
  return compiled.flatMap(({ literal, files }) =>
    files
      .filter((path) => !own.holds(root, path, 'build'))
      .map((path): OutsideInput => ({ from: root, path, isFolder: false, kind: 'proto', evidence: literal.span })),
  );
}
