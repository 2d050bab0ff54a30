import process from 'node:process';
import { createContext, Script } from 'node:vm';
import type { ProjectConfiguration } from '@nx/devkit';
import { renderDiagnostic, type Diagnostic } from '#diagnostics';
import { FactCache, readFacts } from '#facts';
import { parseMetadata } from '#graph';
import { baseName, folderOf, workspacePath } from '#paths';
import { damage, MemoryFileSystem, randomFrom } from '#testing';
import { danglingInputs } from '../testing/dangling-inputs.js';
import { computeNodes } from './compute-nodes.js';

type Texts = Readonly<Record<string, string>>;

/** Both languages in every arrangement that decides which projects there are, and all kinds of files that edges come from. */
const WORKSPACE: Texts = {
  'Cargo.toml':
    '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/apart"]\nresolver = "2"\n\n[workspace.package]\nversion = "1.0.0"\nrust-version = "1.80"\n\n[workspace.dependencies]\nbase = { path = "crates/base" }\n\n[patch.crates-io]\nouter = { path = "crates/outer" }\n\n[profile.release]\nlto = true\n',
  'Cargo.lock':
    'version = 4\n\n[[package]]\nname = "base"\nversion = "1.0.0"\n\n[[package]]\nname = "engine"\nversion = "1.0.0"\ndependencies = [\n "base",\n "middle",\n]\n\n[[package]]\nname = "middle"\nversion = "2.0.0"\nsource = "registry+https://example.com/index"\nchecksum = "00"\ndependencies = [\n "outer",\n]\n\n[[package]]\nname = "outer"\nversion = "1.0.0"\n',
  'crates/base/Cargo.toml':
    '[package]\nname = "base"\nversion.workspace = true\nedition = "2021"\n\n[features]\ndefault = ["fast"]\nfast = []\n',
  'crates/base/src/lib.rs':
    '#![doc = include_str!("../../../docs/base.md")]\n\n/// A `"quote` and \'a lifetime.\nconst DATA: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data.bin")); /* /* nested */ */\n',
  'crates/outer/Cargo.toml': '[package]\nname = "outer"\nversion = "1.0.0"\n',
  'crates/outer/src/lib.rs': '',
  'crates/engine/Cargo.toml':
    '[package]\nname = "engine"\nversion = "1.0.0"\nrust-version.workspace = true\n\n[lib]\nname = "engine"\ncrate-type = ["staticlib", "rlib"]\n\n[[bin]]\nname = "tool"\npath = "src/bin/tool.rs"\n\n[dependencies]\nbase = { workspace = true, optional = true }\nmiddle = "2"\n\n[target.\'cfg(unix)\'.dev-dependencies]\napart = { path = "../apart" }\n',
  'crates/engine/build.rs':
    'fn main() {\n    println!("cargo:rerun-if-changed=../../proto/shop.proto");\n    std::process::Command::new("go").args(["build", "-buildmode=c-archive", "."]).current_dir("../../lib/store").status().unwrap();\n    tonic_build::configure().compile_protos(&["../../proto/shop.proto"], &[r#"../../proto"#]).unwrap();\n}\n',
  'crates/engine/src/lib.rs': '',
  'crates/engine/src/bin/tool.rs': '',
  'crates/apart/Cargo.toml': '[package]\nname = "apart"\nversion = "0.1.0"\nbuild = "build.rs"\n',
  'crates/apart/src/main.rs': '',
  'docs/base.md': '# Base\n',
  'proto/shop.proto': 'syntax = "proto3";\n\nimport public "types.proto";\n\nmessage Shop { Price price = 1; }\n',
  'proto/types.proto': 'syntax = "proto3";\n\nmessage Price {}\n',
  'scripts/build.sh':
    '#!/bin/sh\n# CGO_LDFLAGS="-lnothing"\ncd app && CGO_LDFLAGS="-L../target/release \\\n  -lengine" go build ./...\n',
  'go.work':
    'go 1.26\n\nuse (\n\t./app\n\t./lib\n\t./both\n)\n\nreplace example.com/outside => ./outside\n\ngodebug default=go1.26\n',
  'go.work.sum': 'example.com/far/v2 v2.1.0 h1:AAAA=\n',
  'app/go.mod':
    'module example.com/app\n\ngo 1.26\n\nrequire (\n\texample.com/lib v1.0.0\n\texample.com/far/v2 v2.1.0 // indirect\n)\n\nreplace example.com/lib => ../lib\n\nexclude example.com/far/v2 v2.0.0\n',
  'app/go.sum': 'example.com/far/v2 v2.1.0 h1:AAAA=\nexample.com/far/v2 v2.1.0/go.mod h1:AAAA=\n',
  'app/cmd/one/main.go':
    'package main\n\nimport (\n\t"fmt"\n\n\t"example.com/far/v2/x"\n\t"example.com/lib/store"\n)\n\nfunc main() { fmt.Println(store.Name, x.Y) }\n',
  'app/cmd/two/main.go':
    '//go:build (linux || darwin) && !small\n\n// Two is the other command.\npackage main\n\nimport (\n\t_ "embed"\n\n\tx "example.com/outside"\n)\n\n//go:embed "data file.txt" all:more\nvar data string\n\n//go:generate cargo run --bin tool -- ../../../proto/shop.proto\nfunc main() { x.Do(data) }\n',
  'lib/go.mod': 'module example.com/lib\n\ngo 1.26\n',
  'lib/store/store.go':
    'package store\n\n/*\n#cgo CFLAGS: -I${SRCDIR}/../../crates/engine/include\n#cgo linux LDFLAGS: -L${SRCDIR}/../../target/debug -lengine -lm\n#cgo pkg-config: engine\n#include "engine.h"\n*/\nimport "C"\n\nconst Name = `store`\n',
  'lib/store/store_test.go': 'package store_test\n\nimport (\n\t"testing"\n\n\t. "example.com/lib/store"\n)\n',
  'outside/go.mod': 'module example.com/outside\n\ngo 1.25\n\ntoolchain go1.26.0\n',
  'outside/outside.go': 'package outside\n\nfunc Do(string) {}\n',
  'both/Cargo.toml': '[package]\nname = "both"\nversion = "0.1.0"\n\n[lib]\ncrate-type = ["cdylib"]\n',
  'both/src/lib.rs': '',
  'both/go.mod': 'module example.com/both\n',
  'both/both.go': 'package both\n\n// #cgo LDFLAGS: -lboth\nimport "C"\n',
  'both/project.json': '{ "name": "pinned", "implicitDependencies": ["apart"] }\n',
  'grout.toml':
    '[runtime]\ndirectory = "libs/grout"\n\n[[edges]]\nfrom = "app"\nto = "crates/outer"\nkind = "test"\nwhy = "loads it by name"\n\n[lint]\nbare-cgo-link = "error"\n\n[[lint.allow]]\nlink = { from = "app", to = "crates/outer" }\nwhy = "measured"\n',
  'grout.lock.json':
    '{\n  "version": 1,\n  "projects": {\n    "crates/base": { "rustBuild": "0000000000000000" }\n  }\n}\n',
};
const DAMAGED = Object.keys(WORKSPACE).filter((file) => WORKSPACE[file] !== '');

/** More than any case takes, so that only a hang or quadratic time meets it. */
const CASE_LIMIT_MS = 10_000;
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 400);
const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_103);

interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly roots: readonly string[];
  readonly names: readonly string[];
  /** Every side of every project, as `crates/base rust`. */
  readonly sides: ReadonlySet<string>;
  /** Where edges end. */
  readonly ends: readonly string[];
  /** Inputs that no project says. */
  readonly dangling: readonly string[];
}

const cache = new FactCache({ read: () => undefined, write: () => undefined }, '1.0.0');

/** All that the plugin makes of the texts of files before Nx gets it. */
function graphOf(texts: Texts): Outcome {
  const listed = Object.keys(texts).map((path) => ({ path: workspacePath(path) }));
  const facts = readFacts(listed, new MemoryFileSystem(texts), cache);
  const { nodes, diagnostics } = computeNodes(facts, { options: undefined, fingerprint: 'fingerprint' });
  for (const diagnostic of diagnostics) renderDiagnostic(diagnostic, texts[diagnostic.span?.file ?? '']);
  const projects = nodes.flatMap(([, { projects }]) => Object.entries(projects ?? {}));
  const own = projects.map(([root, { metadata }]) => ({ root, metadata: parseMetadata(metadata) }));
  return {
    diagnostics,
    roots: projects.map(([root]) => root),
    names: projects.map(([, { name }]) => name ?? ''),
    sides: new Set(
      own.flatMap(({ root, metadata }) => [
        ...(metadata?.rust === undefined ? [] : [`${root} rust`]),
        ...(metadata?.go === undefined ? [] : [`${root} go`]),
      ]),
    ),
    dangling: danglingInputs(projects.map(([, project]) => project as ProjectConfiguration)),
    ends: own.flatMap(({ metadata }) => metadata?.edges.map(({ to }) => to) ?? []),
  };
}

const sandbox = createContext({ run: (): void => undefined });
const callRun = new Script('run()');

/** @throws where the work goes on after the limit: no timeout of the test runner ends what never yields */
function withinLimit<T>(work: () => T): T {
  let result: T | undefined;
  sandbox['run'] = () => {
    result = work();
  };
  callRun.runInContext(sandbox, { timeout: CASE_LIMIT_MS });
  return result as T;
}

/** What a manifest of this name makes of its folder. */
function sideOf(file: string): string | undefined {
  const language = { 'Cargo.toml': 'rust', 'go.mod': 'go' }[baseName(file)];
  return language === undefined ? undefined : `${folderOf(workspacePath(file))} ${language}`;
}

/** A Cargo.toml that only holds a workspace together is no project, and rightly so. */
function isVirtual(file: string, text: string): boolean {
  const isManifest = baseName(file) === 'Cargo.toml';
  return isManifest && /^\s*\[workspace/m.test(text) && !/^\s*\[(?:package|project)/m.test(text);
}

/** What is wrong with the graph of a workspace of which one file was damaged; nothing, as it should be. */
function complaints(file: string, texts: Texts, whole: Outcome): string[] {
  const { diagnostics, roots, names, sides, ends, dangling } = withinLimit(() => graphOf(texts));
  const own = sideOf(file);
  const lost = [...whole.sides].filter((side) => !sides.has(side));
  const isNamed = diagnostics.some(({ severity, span }) => severity !== 'info' && span?.file === file);
  const isExplained = isNamed || isVirtual(file, texts[file] ?? '');
  return [
    ...lost.filter((side) => side !== own).map((side) => `${side} is lost, and its manifest was left alone`),
    ...(own !== undefined && lost.includes(own) && !isExplained ? [`${own} is lost in silence`] : []),
    ...(new Set(names).size === names.length && !names.includes('') ? [] : ['two projects share a name']),
    ...dangling.map((input) => `${input} is said by nobody`),
    ...ends.filter((end) => !roots.includes(end)).map((end) => `an edge ends at ${end}, which is no project`),
    ...diagnostics.filter((diagnostic) => !isPlaced(diagnostic, texts)).map(({ code }) => `${code} has no place`),
  ];
}

function isPlaced({ span }: Diagnostic, texts: Texts): boolean {
  if (span === undefined) return true;
  const lines = texts[span.file]?.split('\n').length ?? 0;
  return span.line >= 1 && (span.line <= lines || span.line === 1) && span.column >= 1;
}

describe('a damaged file', () => {
  const whole = graphOf(WORKSPACE);

  it('begins whole', () => {
    expect(whole.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const sides = DAMAGED.map(sideOf).filter((side) => side !== undefined && side !== '. rust');
    expect([...whole.sides].sort()).toEqual(sides.sort());
    expect(new Set(whole.ends)).toEqual(
      new Set(['crates/base', 'crates/outer', 'crates/apart', 'crates/engine', 'lib', 'outside']),
    );
  });

  it(
    'neither stops nor stalls the graph, and takes no project away without a word',
    () => {
      const seen = new Set<string>();
      for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
        const random = randomFrom(seed);
        const bytesOf = (name: string): Buffer => Buffer.from(WORKSPACE[name] ?? '');
        const file = DAMAGED[random(DAMAGED.length)] ?? '';
        const { kind, bytes } = damage(bytesOf(file), bytesOf(DAMAGED[random(DAMAGED.length)] ?? ''), random);
        const texts = { ...WORKSPACE, [file]: bytes.toString('utf8') };
        try {
          expect(complaints(file, texts, whole)).toEqual([]);
        } catch (error) {
          throw new Error(`FUZZ_SEED=${seed} FUZZ_ROUNDS=1: ${file} ${kind}`, { cause: error });
        }
        seen.add(`${file} ${kind}`);
      }
      expect(seen.size).toBeGreaterThan(Math.min(ROUNDS / 8, 200));
    },
    10_000 + ROUNDS * 100,
  );
});
