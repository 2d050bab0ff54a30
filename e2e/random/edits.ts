import type { Files } from '../harness/workspace.js';
import type { Choices } from './choices.js';
import { randomNeed } from './crates.js';
import { renderMonorepo, sharedManifests, type RandomMonorepo } from './monorepo.js';

/** A workspace after an edit, with the files that the edit wrote, changed or took away. */
export interface Edited {
  readonly what: string;
  readonly monorepo: RandomMonorepo;
  readonly files: Files;
  readonly changed: readonly string[];
}

type Edit = (monorepo: RandomMonorepo, choices: Choices) => void;

/** What people do to a repository all day. */
const EDITS: Readonly<Record<string, Edit>> = {
  'a crate needs one more': ({ rust: { crates } }, choices) => {
    const index = choices.below(crates.length);
    const crate = crates[index];
    const others = crates.slice(0, index).filter(({ name }) => crate?.needs.every((need) => need.crate !== name));
    if (crate === undefined || others.length === 0) return;
    crate.needs.push({ ...randomNeed(choices, crate, choices.pick(others).name), isInherited: false });
  },
  'a crate needs one less': ({ rust: { crates } }, choices) => {
    const crate = choices.pick(crates);
    crate.needs = crate.needs.filter((need) => need.isInherited || choices.chance(30));
  },
  'a package imports one more': ({ go: { packages } }, choices) => {
    const index = choices.below(packages.length);
    const importer = packages[index];
    const others = packages
      .slice(0, index)
      .filter(
        ({ isCommand, path, module }) => !isCommand && (module === importer?.module || !path.includes('/internal/')),
      )
      .filter(({ path }) => importer?.imports.every((each) => each.path !== path));
    if (importer === undefined || others.length === 0) return;
    importer.imports.push({ path: choices.pick(others).path, place: choices.pick(['source', 'test']) });
  },
  'a package imports one less': ({ go: { packages } }, choices) => {
    const importer = choices.pick(packages);
    importer.imports = importer.imports.filter(() => choices.chance(30));
  },
  'a Rust source is new': ({ rust, overlay }, choices) => {
    overlay[`${choices.pick(rust.crates).folder}/src/added.rs`] = '';
  },
  'a Rust test is new': ({ rust, overlay }, choices) => {
    overlay[`${choices.pick(rust.crates).folder}/tests/added.rs`] = '#[test]\nfn added() {}\n';
  },
  'a Go source is new': ({ go, overlay }, choices) => {
    const { folder, name } = choices.pick(go.packages);
    overlay[`${folder}/added.go`] = `package ${name}\n`;
  },
  'a Go test is new': ({ go, overlay }, choices) => {
    const { folder, name } = choices.pick(go.packages);
    overlay[`${folder}/added_test.go`] = `package ${name}\n`;
  },
  'a file goes': (monorepo, choices) => {
    const expendable = /\/(?:inner\.rs|table\.txt|outside\.rs|more\.go|base_test\.go|own\.c|case\.json|style\.css)$/;
    monorepo.overlay[choices.pick(Object.keys(renderMonorepo(monorepo)).filter((file) => expendable.test(file)))] =
      null;
  },
};

/** One edit that changes something, and no manifest that several projects share. */
export function randomEdit(before: RandomMonorepo, choices: Choices): Edited {
  const filesBefore = renderMonorepo(before);
  const shared = sharedManifests(before);
  for (;;) {
    const what = choices.pick(Object.keys(EDITS));
    const monorepo = structuredClone(before);
    EDITS[what]?.(monorepo, choices);
    const files = renderMonorepo(monorepo);
    const changed = [...new Set([...Object.keys(filesBefore), ...Object.keys(files)])].filter(
      (file) => files[file] !== filesBefore[file],
    );
    if (changed.length > 0 && !changed.some((file) => shared.has(file))) return { what, monorepo, files, changed };
  }
}
