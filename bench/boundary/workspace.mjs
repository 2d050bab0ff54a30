// A workspace of the bridges in `bridges/`, as emitted today, and of what is written by hand: one archive, one program.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../../scripts/lib/install.mjs';
import { toolEnvironment } from '../graph/processes.mjs';
import { emit, identify, lower, readImage, RUNTIME, withContract } from './emit-bridge.mjs';

const here = import.meta.dirname;
const ARCHIVE = 'dist/libboundary.a';

/** Each has a contract, what implements it in Rust, and the cases that call it in Go. */
const BRIDGES = readdirSync(join(here, 'bridges'));

/** Builds the program that measures, in release, and returns its path. */
export async function buildProgram(folder) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const copy = (from, to) => cpSync(join(here, from), join(folder, to), { recursive: true });
  placeRuntimes(folder, write);
  for (const name of BRIDGES) await placeBridge(name, write, copy);
  placeRest(write, copy);
  const crates = [`${RUNTIME.root}/rust`, 'work', 'boundary', ...BRIDGES.map((name) => `libs/${name}/rust`)];
  write('Cargo.toml', `[workspace]\nresolver = "3"\nmembers = ${JSON.stringify(crates)}\n`);
  const modules = [`${RUNTIME.root}/go`, 'program', 'byhand', ...BRIDGES.map((name) => `libs/${name}/go`)];
  write('go.work', `go 1.26\n\nuse (\n${modules.map((path) => `\t./${path}\n`).join('')})\n`);
  run(folder, 'cargo', 'build', '--release', '--offline', '--quiet');
  write(ARCHIVE, readFileSync(join(folder, 'target/release/libboundary.a')));
  run(folder, 'go', 'build', '-buildvcs=false', '-o', 'dist/', './program');
  return join(folder, 'dist/program');
}

/** The runtimes as a workspace gets them: only the first name of each manifest differs. */
function placeRuntimes(folder, write) {
  for (const language of ['go', 'rust'])
    cpSync(join(ROOT, 'packages/emit', language, 'runtime'), join(folder, RUNTIME.root, language), { recursive: true });
  const rename = (path, line, name) => write(path, readFileSync(join(folder, path), 'utf8').replace(line, name));
  rename(`${RUNTIME.root}/go/go.mod`, /^module .*$/m, `module ${RUNTIME.module}`);
  rename(`${RUNTIME.root}/rust/Cargo.toml`, /^name = .*$/m, `name = "${RUNTIME.crate}"`);
}

async function placeBridge(name, write, copy) {
  const text = readFileSync(join(here, 'bridges', name, 'contract.proto'), 'utf8');
  const contract = lower(name, await withContract(name, text, (folder) => readImage(name, folder)));
  for (const file of emit(name, contract, identify(name, text, contract), ARCHIVE)) write(file.path, file.text);
  copy(`bridges/${name}/service.rs`, `libs/${name}/rust/src/lib.rs`);
  copy(`bridges/${name}/cases.go`, `program/${name}.go`);
  write(`libs/${name}/go/fake.go`, `package ${name}\n\nfunc newFake() Service { return nil }\n`);
  write(`libs/${name}/go/go.mod`, `module example.com/bench/${name}-go\n\ngo 1.26\n`);
  write(
    `libs/${name}/rust/Cargo.toml`,
    manifest(`${name}-rust`, {
      grout: `{ package = "${RUNTIME.crate}", path = "../../grout/rust" }`,
      work: '{ path = "../../../work" }',
    }),
  );
}

function placeRest(write, copy) {
  copy('program', 'program');
  write('program/go.mod', 'module example.com/bench/program\n\ngo 1.26\n');
  for (const name of ['byhand.go', 'callback.go', 'byhand.h']) copy(`byhand/${name}`, `byhand/${name}`);
  write('byhand/go.mod', 'module example.com/bench/byhand\n\ngo 1.26\n');
  copy('byhand/work.rs', 'work/src/lib.rs');
  write('work/Cargo.toml', manifest('work', {}));
  // Two static libraries of Rust can clash: one carries the bridges and what is written by hand.
  const carried = BRIDGES.map((name) => `use ${name}_rust as _;\n`).join('');
  copy('byhand/byhand.rs', 'boundary/src/byhand.rs');
  write('boundary/src/lib.rs', `${carried}\nmod byhand;\n`);
  const needs = BRIDGES.map((name) => [`${name}-rust`, `{ path = "../libs/${name}/rust" }`]);
  write(
    'boundary/Cargo.toml',
    `${manifest('boundary', { ...Object.fromEntries(needs), work: '{ path = "../work" }' })}
[lib]
crate-type = ["staticlib"]
`,
  );
}

function manifest(name, dependencies) {
  const lines = Object.entries(dependencies).map(([key, value]) => `${key} = ${value}\n`);
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\n${lines.join('')}`;
}

function run(cwd, program, ...args) {
  execFileSync(program, args, { cwd, env: toolEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] });
}
