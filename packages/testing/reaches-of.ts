import { resolveCrates } from '../graph/crates.js';
import { resolveModules } from '../graph/modules.js';
import { findRustReaches } from '../graph/rust-reaches.js';
import type { Edge } from '#graph';
import { workspacePath } from '#paths';
import { factsOf } from './model-of.js';
import { crateToml, goMod } from './sample-texts.js';

type Texts = Readonly<Record<string, string>>;

/** A crate that says nothing yet. */
export const CRATE_A: Texts = { 'crates/a/Cargo.toml': crateToml('a'), 'crates/a/src/lib.rs': '' };

/** A Go module with a library and a command. */
export const MODULE_GO: Texts = {
  'go/go.mod': goMod('example.com/shop'),
  'go/shop.go': 'package shop\n',
  'go/cmd/x/main.go': 'package main\n',
  'go/README.md': '',
};

interface ShownReaches {
  readonly edges: string[];
  readonly inputs: string[];
  readonly variables: string[];
  readonly diagnostics: string[];
}

/** What Rust sources, scripts and .proto files of a workspace show, each in one line. */
export function reachesOf(
  texts: Texts,
  links: Readonly<Record<string, string>> = {},
  declared: readonly Edge[] = [],
): ShownReaches {
  const folderLinks = new Map(Object.entries(links).map(([from, to]) => [workspacePath(from), workspacePath(to)]));
  const facts = { ...factsOf(texts), folderLinks };
  const found = findRustReaches(facts, resolveCrates(facts).crates, resolveModules(facts), declared);
  return {
    edges: found.edges.map(({ from, to, toPackage, kind, testOnly, evidence }) =>
      [from, '->', to, toPackage ?? '*', kind, ...(testOnly === true ? ['test'] : []), place(evidence)].join(' '),
    ),
    inputs: found.outsideInputs.map(({ from, fromPackage, path, isFolder, isUnlisted, kind, testOnly }) => {
      const reader = fromPackage === undefined ? from : `${from}:${fromPackage}`;
      const words = [isFolder && 'folder', isUnlisted === true && 'unlisted', kind, testOnly === true && 'test'];
      return [reader, '<-', path, ...words.filter((word) => word !== false)].join(' ');
    }),
    variables: found.variables.map(({ from, name, testOnly }) =>
      [from, '<-', name, ...(testOnly === true ? ['test'] : [])].join(' '),
    ),
    diagnostics: found.diagnostics.map(({ code, span }) => `${code} ${span?.file ?? ''}:${span?.line ?? 0}`),
  };
}

const place = ({ file, line }: { file: string; line: number }): string => `${file}:${line}`;
