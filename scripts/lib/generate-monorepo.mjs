// A Go + Rust monorepo of any size, the same for the same options: it compiles with plain cargo and go, is committed to
// git, and comes with the truth about its projects and edges.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { goFiles } from './monorepo/go-files.mjs';
import { randomFrom } from './monorepo/random.mjs';
import { cargoFiles } from './monorepo/rust-files.mjs';
import { drawShape } from './monorepo/shape.mjs';

/** See generate-monorepo.d.mts. */
export function generateMonorepo({ folder, crates, goModules, bridges, seed = 7, external = true }) {
  const shape = drawShape({ crates, goModules, bridges, seed, external });
  const files = {
    ...cargoFiles(shape.crates, randomFrom(seed)),
    ...goFiles(shape.modules),
    'proto/contract.proto': 'syntax = "proto3";\n\npackage contract;\n\nmessage Ping {\n  string id = 1;\n}\n',
    'README.md': '# mono\n',
    '.gitignore': 'target/\nnode_modules/\ndist/\n.nx/\n*.log\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  commit(folder);
  return truthOf(shape);
}

function commit(folder) {
  const git = (...args) => execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  const identity = [
    '-c',
    'user.name=generator',
    '-c',
    'user.email=generator@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  git(...identity, 'commit', '--quiet', '--no-verify', '--message=Start');
}

function truthOf({ crates, modules }) {
  const all = [...crates, ...modules];
  const byName = (value) => Object.fromEntries(all.map((project) => [project.name, value(project)]));
  return {
    roots: byName(({ root }) => root),
    kinds: byName(kindOf),
    edges: byName(({ needs, links }) => (links === undefined ? [...needs] : [...needs, links])),
    externals: byName(({ externals }) => [...externals]),
    includesProto: crates.filter(({ includesProto }) => includesProto).map(({ name }) => name),
  };
}

function kindOf({ isBridge, isProgram, links }) {
  if (isBridge !== undefined) return isBridge ? 'bridge-crate' : 'crate';
  if (isProgram) return 'app';
  return links === undefined ? 'module' : 'bridge-module';
}
