// A workspace of the bridges in `bridges/`, as emitted today, and of what is written by hand: one archive, one program.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../../scripts/lib/install.mjs';
import { toolEnvironment } from '../graph/processes.mjs';
import { emit, identify, lower, readImage, RUNTIME, withContract } from './emit-bridge.mjs';

const here = import.meta.dirname;
const ARCHIVE = 'dist/libboundary.a';

/** The bridge that Go implements; it has a program of Rust of its own. */
const HOSTED = 'hosted';

/** Each has a contract, what implements it in Rust, and the cases that call it in Go. */
const BRIDGES = readdirSync(join(here, 'bridges'));

/** Builds the programs that measure, in release, and returns their paths: one of Go, and one of Rust that hosts Go. */
export async function buildPrograms(folder) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const copy = (from, to) => cpSync(join(here, from), join(folder, to), { recursive: true });
  placeRuntimes(folder, write);
  for (const name of BRIDGES) await placeBridge(name, write, copy);
  await placeHosted(write, copy);
  placeRest(write, copy);
  const all = [...BRIDGES, HOSTED];
  const crates = [`${RUNTIME.root}/rust`, 'work', 'boundary', ...all.map((name) => `libs/${name}/rust`)];
  write('Cargo.toml', `[workspace]\nresolver = "3"\nmembers = ${JSON.stringify(crates)}\n`);
  const modules = [`${RUNTIME.root}/go`, 'program', 'byhand', ...all.map((name) => `libs/${name}/go`)];
  write('go.work', `go 1.26\n\nuse (\n${modules.map((path) => `\t./${path}\n`).join('')})\n`);
  const archive = [`dist/lib${HOSTED}-archive.a`, `./libs/${HOSTED}/go/cmd/${HOSTED}-archive`];
  run(folder, 'go', 'build', '-buildvcs=false', '-buildmode=c-archive', '-o', ...archive);
  run(folder, 'cargo', 'build', '--release', '--offline', '--quiet');
  write(ARCHIVE, readFileSync(join(folder, 'target/release/libboundary.a')));
  run(folder, 'go', 'build', '-buildvcs=false', '-o', 'dist/', './program');
  return [join(folder, 'dist/program'), join(folder, `target/release/${HOSTED}`)];
}

/** The runtimes as a workspace gets them: only the first name of each manifest differs. */
function placeRuntimes(folder, write) {
  for (const language of ['go', 'rust'])
    cpSync(join(ROOT, 'packages/emit', language, 'runtime'), join(folder, RUNTIME.root, language), { recursive: true });
  const rename = (path, line, name) => write(path, readFileSync(join(folder, path), 'utf8').replace(line, name));
  rename(`${RUNTIME.root}/go/go.mod`, /^module .*$/m, `module ${RUNTIME.module}`);
  rename(`${RUNTIME.root}/rust/Cargo.toml`, /^name = .*$/m, `name = "${RUNTIME.crate}"`);
}

async function placeGenerated(name, from, write) {
  const text = readFileSync(join(here, from, 'contract.proto'), 'utf8');
  const contract = lower(name, await withContract(name, text, (folder) => readImage(name, folder)));
  for (const file of emit(name, contract, identify(name, text, contract), ARCHIVE)) write(file.path, file.text);
}

async function placeBridge(name, write, copy) {
  await placeGenerated(name, `bridges/${name}`, write);
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

/** The bridge that Go implements, what is by hand beside it in its archive, and the program of Rust that calls both. */
async function placeHosted(write, copy) {
  const [go, rust] = [`libs/${HOSTED}/go`, `libs/${HOSTED}/rust`];
  await placeGenerated(HOSTED, HOSTED, write);
  copy(`${HOSTED}/service.go`, `${go}/service.go`);
  copy(`${HOSTED}/archive.go`, `${go}/cmd/${HOSTED}-archive/main.go`);
  copy(`${HOSTED}/main.rs`, `${rust}/src/main.rs`);
  write(`${go}/go.mod`, `module example.com/bench/${HOSTED}-go\n\ngo 1.26\n`);
  write(`${rust}/src/lib.rs`, '//! Client of what Go implements.\n\nmod generated;\n\npub use generated::*;\n');
  const build = [
    'let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../dist");',
    'println!("cargo::rustc-link-search=native={folder}");',
    `println!("cargo::rustc-link-lib=static=${HOSTED}-archive");`,
  ];
  write(`${rust}/build.rs`, `fn main() {\n${build.map((line) => `    ${line}\n`).join('')}}\n`);
  const needs = { grout: `{ package = "${RUNTIME.crate}", path = "../../grout/rust" }` };
  const bin = `\n[[bin]]\nname = "${HOSTED}"\npath = "src/main.rs"\n`;
  const features = '\n[features]\ndefault = ["archive"]\narchive = []\n';
  write(`${rust}/Cargo.toml`, `${manifest(`${HOSTED}-rust`, needs)}${bin}${features}`);
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
