// `npm run bench:build`: what builds cost, next to the plain tools and next to the same Nx with tasks that do nothing.
//   -- --crates=N --go-modules=N --bridges=N  size of the monorepo; default 100, 100 and 20
//   -- --runs=N     rounds of each measurement; default 3
//   -- --no-single  without the build that has --batch=false
//   -- --keep       leave the scratch folder, and say where it is
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RECORD } from '../graph/baseline-plugin.mjs';
import { installOurs } from '../graph/installs.mjs';
import { describeMachine } from '../graph/machine.mjs';
import { nxEnvironment, toolEnvironment } from '../graph/processes.mjs';
import { median } from '../graph/statistics.mjs';
import { table } from '../graph/tables.mjs';
import * as workspaces from '../graph/workspaces.mjs';
import { measureCommand } from './cpu-time.mjs';

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    crates: { type: 'string', default: '100' },
    'go-modules': { type: 'string', default: '100' },
    bridges: { type: 'string', default: '20' },
    runs: { type: 'string', default: '3' },
    single: { type: 'boolean', default: true },
    keep: { type: 'boolean', default: false },
  },
});
/** The crate whose artifact is restored. */
const RESTORED = 'bridge-00';
const runs = Number(options.runs);
const size = {
  crates: Number(options.crates),
  goModules: Number(options['go-modules']),
  bridges: Number(options.bridges),
};
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'nx-grout-bench-')));
try {
  measure();
} finally {
  if (options.keep) console.log(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function measure() {
  const install = join(scratch, 'ours');
  installOurs(install);
  const ours = workspaces.setUpOurs(workspaces.generateWorkspace(install, size));
  const plain = workspaces.copyWorkspace(install, ours.folder, 'plain');
  console.log('# Results of `npm run bench:build`');
  console.log(
    `\n${describeMachine()}\n- medians of ${runs} rounds\n- ${size.crates} crates, ${size.goModules} Go modules, ${size.bridges} bridges`,
  );
  const env = nxEnvironment({ GOCACHE: join(scratch, 'go-cache') });
  // What lies outside is at hand for all; that is not part of any measurement.
  measureCommand('cargo fetch --locked && go mod download', { cwd: plain.folder, env: toolEnvironment() });
  prepareStandardLibrary(plain, env);
  const cold = measureCold({ ours, plain, env });
  console.log(`\n${coldTable(cold)}`);
  const nothing = makeIdleTwin(ours);
  console.log(`\n${cachedTable(measureCached({ ours, nothing }, env))}`);
  console.log(`\n${restoredTable(measureRestored({ ours, nothing }, env))}`);
  console.log(`\n${entryTable(ours)}`);
}

/** Go's standard library is compiled once per machine, not per build; for builds that name no folder, once more. */
function prepareStandardLibrary({ folder }, env) {
  measureCommand('go build std && go build -trimpath std', { cwd: folder, env });
  cpSync(env.GOCACHE, join(scratch, 'go-cache-of-std'), { recursive: true });
}

/** Nothing is built and nothing cached but Go's standard library. */
function forget({ folder }, env) {
  for (const name of ['target', 'dist', 'bin', '.nx']) rmSync(join(folder, name), { recursive: true, force: true });
  rmSync(env.GOCACHE, { recursive: true, force: true });
  cpSync(join(scratch, 'go-cache-of-std'), env.GOCACHE, { recursive: true });
}

function measureCold({ ours, plain, env }) {
  const sides = { plain: [], batched: [], single: [] };
  const build = `'${process.execPath}' '${ours.nx}' run-many -t build --output-style=static`;
  for (let round = 0; round < runs; round++) {
    forget(plain, env);
    sides.plain.push(measureCommand(plainBuild(plain), { cwd: plain.folder, env }));
    forget(ours, env);
    sides.batched.push(measureCommand(build, { cwd: ours.folder, env }));
  }
  if (options.single) {
    forget(ours, env);
    sides.single.push(measureCommand(`${build} --batch=false`, { cwd: ours.folder, env }));
  }
  return sides;
}

/** What a person would type: one call of each tool, programs into one folder. */
function plainBuild({ folder }) {
  const modules = readFileSync(join(folder, 'go.work'), 'utf8').matchAll(/^\s+(?:use\s+)?(\.\/\S+)$/gm);
  const patterns = [...modules].map(([, path]) => `${path}/...`);
  return `mkdir -p bin && cargo build --workspace && go build -o bin/ ${patterns.join(' ')}`;
}

function middle(measured, key) {
  return median(measured.map((each) => each[key]));
}

function seconds(ms) {
  return (ms / 1000).toFixed(1);
}

function coldTable({ plain, batched, single }) {
  const row = (title, measured) => [
    title,
    seconds(middle(measured, 'cpu')),
    (middle(measured, 'cpu') / middle(plain, 'cpu')).toFixed(2),
    seconds(middle(measured, 'wall')),
    (middle(measured, 'wall') / middle(plain, 'wall')).toFixed(2),
  ];
  return table(
    ['cold build of everything', 'CPU, s', 'of plain', 'clock, s', 'of plain'],
    row('cargo build --workspace, go build', plain),
    row('nx run-many -t build', batched),
    ...(single.length === 0 ? [] : [row('the same with --batch=false (one round)', single)]),
  );
}

/** The same projects in the same Nx; the build of one makes what ours makes, by copying it, the others do nothing. */
function makeIdleTwin(ours) {
  const recorded = workspaces.copyWorkspace(join(scratch, 'ours'), ours.folder, 'nothing-to-do');
  workspaces.recordGraph(ours);
  cpSync(join(ours.folder, RECORD), join(recorded.folder, RECORD));
  rmSync(join(ours.folder, RECORD));
  doNothing(join(recorded.folder, RECORD), ours);
  workspaces.usePlugins(recorded, [workspaces.BASELINE_PLUGIN]);
  return recorded;
}

/** Everything cached and in place, next to as many tasks of the same Nx that do nothing and are cached. */
function measureCached({ ours, nothing }, env) {
  const build = `'${process.execPath}' '${ours.nx}' run-many -t build --output-style=static`;
  const sides = { ours: [], nothing: [] };
  for (const folder of [ours.folder, nothing.folder])
    for (let warm = 0; warm < 2; warm++) measureCommand(build, { cwd: folder, env });
  for (let round = 0; round < Math.max(runs, 5); round++) {
    sides.ours.push(measureCommand(build, { cwd: ours.folder, env }));
    sides.nothing.push(measureCommand(build, { cwd: nothing.folder, env }));
  }
  return sides;
}

/** One artifact deleted and restored from the cache, next to one of the same bytes that another executor made. */
function measureRestored({ ours, nothing }, env) {
  const sides = { ours: [], nothing: [] };
  const build = `rm -rf dist/crates/${RESTORED} && '${process.execPath}' '${ours.nx}' build ${RESTORED} --output-style=static`;
  for (let round = 0; round < Math.max(runs, 5); round++) {
    sides.ours.push(measureCommand(build, { cwd: ours.folder, env }));
    sides.nothing.push(measureCommand(build, { cwd: nothing.folder, env }));
  }
  return sides;
}

/** The same projects, each with a build that does nothing, but for the one that is restored. */
function doNothing(path, ours) {
  const record = JSON.parse(readFileSync(path, 'utf8'));
  for (const [, { projects = {} }] of record.nodes) {
    for (const project of Object.values(projects)) {
      const build = {
        executor: 'nx:noop',
        cache: true,
        inputs: ['{projectRoot}/**/*', { externalDependencies: [] }],
        outputs: [],
      };
      const { outputs } = project.targets?.build ?? {};
      const copied = `cp -r '${ours.folder}/dist/${project.root}/.' 'dist/${project.root}/'`;
      const copy = {
        ...build,
        executor: 'nx:run-commands',
        options: { command: `mkdir -p 'dist/${project.root}' && ${copied}` },
        outputs,
      };
      project.targets = { build: project.name === RESTORED ? copy : build };
      project.namedInputs = {};
    }
  }
  writeFileSync(path, JSON.stringify(record));
}

function restoredTable(sides) {
  return comparison('one artifact, deleted and restored', sides);
}

function cachedTable(sides) {
  return comparison('nx run-many -t build, all cached', sides);
}

function comparison(title, { ours, nothing }) {
  const row = (title, measured) => [
    title,
    ...['wall', 'cpu'].flatMap((key) => [
      seconds(middle(measured, key)),
      (middle(measured, key) / middle(nothing, key)).toFixed(2),
    ]),
  ];
  return table(
    [title, 'clock, s', 'ratio', 'CPU, s', 'ratio'],
    row('tasks of the same Nx', nothing),
    row('ours', ours),
  );
}

/** What the cache keeps of a task, next to what the task made: only where that is more than a megabyte. */
function entryTable({ folder }) {
  const cache = join(folder, '.nx', 'cache');
  const entries = readdirSync(cache, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const sizes = entries.flatMap((hash) => {
    const kept = bytesBelow(join(cache, hash));
    const made = filesBelow(join(cache, hash, 'dist')).concat(filesBelow(join(cache, hash, 'outputs', 'dist')));
    const artifact = made.reduce((sum, file) => sum + statSync(file).size, 0);
    return artifact > 1e6 ? [{ kept, artifact }] : [];
  });
  const worst = Math.max(...sizes.map(({ kept, artifact }) => kept / artifact));
  const total = (key) => (sizes.reduce((sum, each) => sum + each[key], 0) / 1e6).toFixed(0);
  return table(
    ['cache entries of artifacts over 1 MB', 'entries', 'artifacts, MB', 'kept, MB', 'worst ratio'],
    ['ours', sizes.length, total('artifact'), total('kept'), worst.toFixed(3)],
  );
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function bytesBelow(path) {
  return filesBelow(path).reduce((sum, file) => sum + statSync(file).size, 0);
}
