import { relative } from 'node:path/posix';
import { lines } from '../fixtures/manifests.js';
import type { Files } from '../harness/workspace.js';
import { below, type RandomCrate } from './crates.js';
import type { ImportPlace, RandomModule, RandomModules, RandomPackage } from './modules.js';

/** Manifests and sources of the modules; a build of any of them would succeed. */
export function renderModules(go: RandomModules, crates: readonly RandomCrate[]): Files {
  return Object.assign(
    {},
    go.work === undefined ? {} : { [below(go.work, 'go.work')]: goWork(go.work, go.modules) },
    ...go.modules.map((module) => ({ [`${module.folder}/go.mod`]: goMod(module, go) })),
    ...go.packages.map((each) => inFolder(each.folder, renderPackage(each, crates))),
  ) as Files;
}

function inFolder(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]));
}

function goWork(folder: string, modules: readonly RandomModule[]): string {
  const used = modules.filter(({ isInWork }) => isInWork);
  return lines('go 1.26', '', 'use (', ...used.map((module) => `\t./${relative(folder, module.folder)}`), ')');
}

/** Every other module that it reaches, replaced by its folder; the go.work does as much for those that it lists. */
function goMod(module: RandomModule, { modules, packages }: RandomModules): string {
  const reached = new Set([module]);
  for (const each of reached) {
    for (const { imports } of packages.filter((own) => own.module === each)) {
      for (const { path } of imports) {
        const provider = packages.find((candidate) => candidate.path === path)?.module;
        if (provider !== undefined) reached.add(provider);
      }
    }
  }
  const others = modules.filter(
    (other) => other !== module && reached.has(other) && !(module.isInWork && other.isInWork),
  );
  return lines(
    `module ${module.path}`,
    '',
    'go 1.26',
    ...others.map(({ path }) => `\nrequire ${path} v0.0.0`),
    ...others.map(({ path, folder }) => `\nreplace ${path} => ${relativeFolder(module.folder, folder)}`),
  );
}

function relativeFolder(from: string, to: string): string {
  const path = relative(from, to);
  return path.startsWith('.') ? path : `./${path}`;
}

function renderPackage(each: RandomPackage, crates: readonly RandomCrate[]): Files {
  const { name } = each;
  const source = (file: string, place: ImportPlace, ...more: string[]): Files => ({
    [file]: lines(
      ...(place === 'tagged' ? ['//go:build extra', ''] : []),
      `package ${name}`,
      '',
      ...importsOf(each, place),
      ...more,
    ),
  });
  return {
    ...source('base.go', 'source', ...(each.isCommand ? ['', 'func main() {}'] : [])),
    'more.go': lines(`package ${name}`),
    ...source('base_test.go', 'test'),
    ...(each.hasTagged ? source('extra.go', 'tagged') : {}),
    ...(each.hasWindows ? source('base_windows.go', 'windows') : {}),
    ...(each.links === undefined ? {} : cgo(each, crates, each.links)),
    ...(each.hasEmbed ? embed(name) : {}),
    'testdata/case.json': '{}\n',
    'unread.txt': 'a file that the code does not name\n',
    'README.md': `# ${name}\n`,
  };
}

function importsOf(each: RandomPackage, place: ImportPlace): string[] {
  return each.imports.filter((one) => one.place === place).map(({ path }) => `import _ "${path}"`);
}

function cgo(each: RandomPackage, crates: readonly RandomCrate[], linked: string): Files {
  const crate = crates.find((candidate) => candidate.name === linked);
  if (crate === undefined) throw new Error(`${each.path} links ${linked}, which is no crate`);
  const up = (path: string): string => `\${SRCDIR}/${relative(each.folder, path)}`;
  return {
    'bridge.go': lines(
      `package ${each.name}`,
      '',
      '/*',
      `#cgo CFLAGS: -I${up(`${crate.folder}/include`)}`,
      `#cgo LDFLAGS: -L${up(below(crate.cargoWorkspace, 'target/debug'))} -l${crate.name}`,
      `#include "${crate.name}.h"`,
      '#include "own.h"',
      '*/',
      'import "C"',
    ),
    'own.h': '#define OWN 1\n',
    'own.c': '#include "own.h"\n\nstatic const int own = OWN;\n',
  };
}

function embed(name: string): Files {
  return {
    'embed.go': lines(
      `package ${name}`,
      '',
      'import "embed"',
      '',
      '//go:embed page.html assets',
      'var assets embed.FS',
    ),
    'page.html': '<p>\n',
    'assets/logo.svg': '<svg/>\n',
    'assets/deep/style.css': 'p {}\n',
    'assets/.hidden': 'left out by go\n',
  };
}
