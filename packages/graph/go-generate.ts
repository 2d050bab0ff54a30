import { canBuild, parseGenerateCommands, type GenerateCommand, type GoFileHeader } from '#go';
import { folderOf, joinPath, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import type { BuildWorld } from './build-world.js';
import { CargoCallIndex, parseCargoCall } from './cargo-calls.js';
import type { Crate } from './crates.js';
import type { WorkspaceFacts } from './facts.js';
import type { Edge, OutsideInput } from './model.js';
import { packageFolderOf, type GoModule } from './modules.js';

/** Finds the crates that `//go:generate` lines run, and the files outside their package that those lines name. */
export function findGenerateSources(
  facts: Pick<WorkspaceFacts, 'cargoManifests' | 'files'>,
  crates: ReadonlyMap<WorkspacePath, Crate>,
  modules: ReadonlyMap<WorkspacePath, GoModule>,
  world: BuildWorld,
): { edges: Edge[]; outsideInputs: OutsideInput[] } {
  const calls = new CargoCallIndex(facts, crates);
  const edges: Edge[] = [];
  const outsideInputs: OutsideInput[] = [];
  for (const module of modules.values()) {
    for (const file of module.files) {
      if (file.generates.length === 0 || !isGenerated(file, world)) continue;
      for (const command of parseGenerateCommands(file.generates)) {
        const reader = readerOf(module, file, command);
        const call = parseCargoCall(command.words);
        const crate = call === undefined ? undefined : calls.crateOf(call, startFolder(file, command));
        if (crate !== undefined) edges.push({ ...reader, to: crate.root, kind: 'go-generate' });
        for (const path of namedFiles(file, command, facts.files)) {
          outsideInputs.push({ ...reader, path, isFolder: false, kind: 'generate' });
        }
      }
    }
  }
  return { edges, outsideInputs };
}

/** `go generate` reads the files that a build takes, with the tag `generate` set. */
function isGenerated(file: GoFileHeader, world: BuildWorld): boolean {
  const tags = world.tags === undefined ? {} : { tags: new Set([...world.tags, 'generate']) };
  return canBuild(file, { ...world, ...tags, cgo: 'on' });
}

function readerOf(
  module: GoModule,
  file: GoFileHeader,
  { span }: GenerateCommand,
): Pick<Edge, 'from' | 'evidence' | 'fromPackage' | 'testOnly'> {
  const fromPackage = packageFolderOf(module, file.file);
  return { from: module.root, evidence: span, fromPackage, ...(file.isTest ? { testOnly: true } : {}) };
}

function startFolder(file: GoFileHeader, command: GenerateCommand): WorkspacePath | undefined {
  const own = folderOf(workspacePath(file.file));
  return command.folder === undefined ? undefined : joinPath(own, command.folder);
}

/** Files that the words name, also behind a `=`; those of the package's own folder are its sources anyway. */
function namedFiles(
  file: GoFileHeader,
  command: GenerateCommand,
  files: ReadonlySet<WorkspacePath>,
): readonly WorkspacePath[] {
  const start = startFolder(file, command);
  const own = folderOf(workspacePath(file.file));
  if (start === undefined) return [];
  const named = command.words
    .flatMap((word) => [word, word.slice(word.indexOf('=') + 1)])
    .filter((word) => word !== '' && !/^[-/]|[$`]/.test(word))
    .map((word) => joinPath(start, word))
    .filter((path) => !leavesWorkspace(path) && files.has(path) && folderOf(path) !== own);
  return [...new Set(named)];
}
