import { nxFiles, type Files } from '../harness/workspace.js';
import type { Choices } from './choices.js';
import { below, randomCrates, type RandomCrates } from './crates.js';
import { randomModuleFolders, randomModules, type RandomModules } from './modules.js';
import { renderCrates } from './render-crates.js';
import { renderModules } from './render-modules.js';

/** What a random workspace is made from; edits change it, and the files follow. */
export interface RandomMonorepo {
  readonly rust: RandomCrates;
  readonly go: RandomModules;
  /** Files that came since, and null for those that went. */
  readonly overlay: Record<string, string | null>;
}

export function randomMonorepo(choices: Choices): RandomMonorepo {
  const folders = randomModuleFolders(choices);
  const loneFolder = choices.chance(50) ? 'lone' : `${choices.pick(folders)}/native`;
  const rust = randomCrates(choices, loneFolder);
  return { rust, go: randomModules(choices, folders, rust.crates), overlay: {} };
}

export function renderMonorepo({ rust, go, overlay }: RandomMonorepo): Files {
  const files: Record<string, string | null> = {
    ...nxFiles(),
    // Cargo writes one for whom asks it about a workspace; what a change of it affects is another spec's lesson.
    '.gitignore': 'node_modules/\ntarget/\ndist/\n.nx/\nCargo.lock\n',
    ...renderCrates(rust),
    ...renderModules(go, rust.crates),
    'README.md': '# A random workspace\n',
    'notes/unread.txt': 'in no project\n',
    ...overlay,
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([file, text]) => (text === null ? [] : [[file, text] as const])),
  );
}

/**
 * Manifests that tell several projects something: neither cargo nor go says which of them a change affects, but those
 * whose own go.mod it is.
 */
export function sharedManifests({ rust, go }: RandomMonorepo): ReadonlySet<string> {
  return new Set([
    ...rust.workspaces.map(({ folder }) => below(folder, 'Cargo.toml')),
    ...go.modules.map(({ folder }) => `${folder}/go.mod`),
    ...(go.work === undefined ? [] : [below(go.work, 'go.work')]),
  ]);
}
