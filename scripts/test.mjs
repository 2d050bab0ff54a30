// `npm test`: installs what is missing, compiles, and runs every suite. Its last line sums the runners' own reports.
// Suites by name: `npm test -- unit runtime-go runtime-rust e2e`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage, installDependencies, ROOT } from './lib/install.mjs';

const REPORTS = join(ROOT, 'tmp', 'reports');

/** Each suite returns what its runner counted; a runner that died without a report counts as one failure. */
const SUITES = {
  unit: () => jest('unit', ['packages', 'executors', 'generators'], []),
  'runtime-go': () => goTest(join(ROOT, 'packages', 'emit', 'go', 'runtime')),
  'runtime-rust': () => cargoTest(join(ROOT, 'packages', 'emit', 'rust', 'runtime')),
  e2e: () => jest('e2e', ['e2e'], ['--runInBand']),
};

/** Folders are anchored at the root: a clone may lie in a folder that is called like one of them. */
function jest(name, folders, args) {
  const report = join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  const ended = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--json',
      `--outputFile=${report}`,
      ...args,
      `--testPathPatterns=^${RegExp.escape?.(ROOT) ?? ROOT.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}/(?:${folders.join('|')})/`,
    ],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const brokenSuites = result.numRuntimeErrorTestSuites;
  const failed = result.numFailedTests + brokenSuites;
  return { passed: result.numPassedTests, failed: ended.status === 0 ? failed : Math.max(1, failed) };
}

function goTest(folder) {
  const ended = spawnSync('go', ['test', '-race', '-json', './...'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GOWORK: 'off', GOFLAGS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events = (ended.stdout ?? '').split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  for (const event of events) if (event.Action === 'output') process.stderr.write(event.Output);
  const count = (action) => events.filter((event) => event.Test !== undefined && event.Action === action).length;
  return { passed: count('pass'), failed: ended.status === 0 ? 0 : Math.max(1, count('fail')) };
}

function cargoTest(folder) {
  const ended = spawnSync('cargo', ['test', '--quiet'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CARGO_TARGET_DIR: join(ROOT, 'tmp', 'runtime-target') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stderr.write(ended.stdout ?? '');
  const results = [...(ended.stdout ?? '').matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)];
  const sum = (group) => results.reduce((total, match) => total + Number(match[group]), 0);
  return { passed: sum(1), failed: ended.status === 0 ? sum(2) : Math.max(1, sum(2)) };
}

installDependencies();
buildPackage();
mkdirSync(REPORTS, { recursive: true });
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(', ')}; there are: ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}
let passed = 0;
let failed = 0;
for (const name of wanted.length > 0 ? wanted : Object.keys(SUITES)) {
  const started = performance.now();
  const counts = SUITES[name]();
  passed += counts.passed;
  failed += counts.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`suite ${name}: ${counts.passed} ok, ${counts.failed} not ok, ${seconds} s`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
