// `npm run check`: everything about the sources that can be told without running the product.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage, installDependencies, ROOT, run } from './lib/install.mjs';

const bin = (name) => join(ROOT, 'node_modules', '.bin', name);
const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });

/** Tracked and new files, without what git ignores. */
const sources = () => git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter(Boolean);

const CHECKS = {
  // A lockfile that lacks other platforms' packages is refused by `npm ci`: scripts/complete-lockfile.mjs adds them.
  lockfile: () => run('npm', ['ci', '--dry-run', '--ignore-scripts', '--silent']),
  format: () => run(bin('prettier'), ['--check', '--log-level', 'warn', '.']),
  lint: () => run(bin('eslint'), ['.']),
  layers: () => run(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'packages', 'executors', 'generators']),
  types: () => run(bin('tsc'), ['--noEmit']),
  knip: () => run(bin('knip'), []),
  publint: () => {
    buildPackage();
    run(bin('publint'), ['--strict']);
  },
  regeneration: checkRegeneration,
  leaks: checkLeaks,
  dependencies: checkDependencies,
};

/** Goldens must be what the emitters make today. */
function checkRegeneration() {
  const digest = () => {
    const hash = createHash('sha256');
    for (const file of sources().filter((path) => path.includes('/testdata/')))
      hash.update(file).update(readFileSync(join(ROOT, file)));
    return hash.digest('hex');
  };
  const before = digest();
  run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--silent',
      'packages/emit/goldens.spec',
    ],
    {
      env: { ...process.env, UPDATE_GOLDEN: '1' },
    },
  );
  if (digest() !== before)
    throw new Error('regenerating changed goldens: look at `git diff`, then commit what is right');
}

/** Package registries and folders of somebody's machine have no place in a file that others get. */
function checkLeaks() {
  const hosts = [
    ['registry', 'npmjs', 'org'],
    ['registry', 'yarnpkg', 'com'],
    ['static', 'crates', 'io'],
    ['index', 'crates', 'io'],
    ['proxy', 'golang', 'org'],
    ['sum', 'golang', 'org'],
  ].map((parts) => parts.join('\\.'));
  const folders = ['root', 'work', 'home/[a-z]', 'Users/[A-Za-z]'].map((name) => `(?<![\\w./~-])/${name}/`);
  const leak = new RegExp([...hosts, ...folders].join('|'));
  // A link to a folder is listed like a file and has no text.
  const files = sources().filter((file) => statSync(join(ROOT, file)).isFile());
  const found = files.flatMap((file) => {
    const lines = readFileSync(join(ROOT, file), 'latin1').split('\n');
    return lines.flatMap((line, index) =>
      leak.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
    );
  });
  if (found.length > 0) throw new Error(`registry hosts or machine paths in the repository:\n${found.join('\n')}`);
}

/** Every dependency has its reason in the README's table, and the table names no other. */
function checkDependencies() {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, peerDependencies } = manifest;
  const used = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  const sections = readFileSync(join(ROOT, 'README.md'), 'utf8').split(/^## /m);
  const section = sections.find((text) => text.startsWith('Dependencies\n')) ?? '';
  const named = [...section.matchAll(/^\| `([^`]+)` +\| \S/gm)].map((match) => match[1]);
  const missing = used.filter((name) => !named.includes(name));
  const extra = named.filter((name) => !used.includes(name));
  if (missing.length + extra.length === 0) return;
  throw new Error(
    `README table of dependencies: missing [${missing.join(', ')}], no longer used [${extra.join(', ')}]`,
  );
}

installDependencies();
const failures = [];
for (const [name, check] of Object.entries(CHECKS)) {
  const started = performance.now();
  try {
    check();
    console.log(`check ${name}: ok, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    failures.push(name);
    console.error(`check ${name}: ${error.message}`);
  }
}
if (failures.length > 0) {
  console.error(`check failed: ${failures.join(', ')}`);
  process.exitCode = 1;
}
