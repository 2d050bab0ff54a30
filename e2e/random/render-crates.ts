import { dirname, relative } from 'node:path/posix';
import { lines } from '../fixtures/manifests.js';
import type { Files } from '../harness/workspace.js';
import { below, type CargoWorkspace, type CrateNeed, type RandomCrate, type RandomCrates } from './crates.js';

/** Manifests and sources of the crates; a build of any of them would succeed. */
export function renderCrates({ workspaces, crates }: RandomCrates): Files {
  const rendered: Record<string, string> = {};
  for (const workspace of workspaces)
    rendered[below(workspace.folder, 'Cargo.toml')] = workspaceTable(workspace, crates);
  for (const crate of crates) {
    for (const [file, text] of Object.entries(renderCrate(crate, crates))) {
      const path = below(crate.folder, file);
      // A crate in the folder of its Cargo workspace shares the manifest with it.
      rendered[path] = `${rendered[path] ?? ''}${text}`;
    }
  }
  return rendered;
}

function workspaceTable({ folder, membersAreGlobs, excluded }: CargoWorkspace, crates: readonly RandomCrate[]): string {
  const members = crates.filter((crate) => crate.cargoWorkspace === folder && crate.folder !== folder);
  const paths = members.map((crate) => relative(folder, crate.folder));
  const globs = paths.map((path) => `${dirname(path)}/*`);
  const inherited = new Map(
    members.flatMap(({ needs }) => needs.filter((need) => need.isInherited).map((need) => [keyOf(need), need])),
  );
  return lines(
    '[workspace]',
    'resolver = "2"',
    `members = ${list(membersAreGlobs ? globs : paths)}`,
    `exclude = ${list(excluded.map((path) => relative(folder, path)))}`,
    '',
    '[workspace.dependencies]',
    ...[...inherited.values()].map((need) => `${keyOf(need)} = { ${origin(need, folder, crates)} }`),
    '',
  );
}

function renderCrate(crate: RandomCrate, crates: readonly RandomCrate[]): Files {
  return {
    'Cargo.toml': manifest(crate, crates),
    'src/lib.rs': lines(...(crate.includesReadme ? ['#![doc = include_str!("../README.md")]'] : []), 'mod inner;'),
    'src/inner.rs': '',
    'data/table.txt': 'a file that the code does not name\n',
    'tests/outside.rs': '#[test]\nfn outside() {}\n',
    'tests/data/case.txt': '1\n',
    'benches/speed.rs': 'fn main() {}\n',
    'examples/shown.rs': 'fn main() {}\n',
    'README.md': `# ${crate.name}\n`,
    'docs/design.md': '# Design\n',
    ...(crate.hasBuildScript ? { 'build.rs': 'fn main() {}\n' } : {}),
    ...(crate.hasBinary ? { 'src/main.rs': 'fn main() {}\n' } : {}),
    ...(crate.isStaticlib ? { [`include/${crate.name}.h`]: `int ${crate.name}(void);\n` } : {}),
  };
}

const TABLES = { normal: 'dependencies', dev: 'dev-dependencies', build: 'build-dependencies' } as const;

function manifest(crate: RandomCrate, crates: readonly RandomCrate[]): string {
  const table = (need: CrateNeed): string =>
    `${need.onlyOnWindows ? "target.'cfg(windows)'." : ''}${TABLES[need.kind]}`;
  const needs = [...crate.needs].sort((a, b) => (table(a) < table(b) ? -1 : 1));
  const written = needs.flatMap((need, index) => {
    const previous = needs[index - 1];
    const header = previous === undefined || table(previous) !== table(need) ? ['', `[${table(need)}]`] : [];
    return [...header, dependency(need, crate, crates)];
  });
  return lines(
    '[package]',
    `name = "${crate.name}"`,
    'version = "0.1.0"',
    'edition = "2021"',
    '',
    '[lib]',
    `crate-type = ${list(crate.isStaticlib ? ['staticlib', 'rlib'] : ['rlib'])}`,
    '',
    '[features]',
    'fast = []',
    ...written,
  );
}

function dependency(need: CrateNeed, crate: RandomCrate, crates: readonly RandomCrate[]): string {
  const where = need.isInherited ? 'workspace = true' : origin(need, crate.folder, crates);
  return `${keyOf(need)} = { ${where}${need.isOptional ? ', optional = true' : ''} }`;
}

/** Where a dependency lies, as a manifest in this folder says it. */
function origin(need: CrateNeed, from: string, crates: readonly RandomCrate[]): string {
  const folder = crates.find(({ name }) => name === need.crate)?.folder ?? need.crate;
  const renamed = need.alias === undefined ? '' : `package = "${need.crate}", `;
  return `${renamed}path = "${relative(from, folder) || '.'}"`;
}

function keyOf(need: CrateNeed): string {
  return need.alias ?? need.crate;
}

function list(values: readonly string[]): string {
  return `[${[...new Set(values)].map((value) => `"${value}"`).join(', ')}]`;
}
