// `npm run verify:fresh`: what a newcomer does. Clones HEAD into a temporary folder with empty caches, runs the
// README's two commands and its walk, word for word.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './lib/install.mjs';

const parent = mkdtempSync(join(tmpdir(), 'nx-grout-fresh-'));
const clone = join(parent, 'nx-grout');
const home = join(parent, 'home');
mkdirSync(home);

/** Toolchains stay where they are installed; everything that they and npm keep between runs starts empty. */
const env = {
  ...process.env,
  HOME: home,
  RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'),
  CARGO_HOME: join(home, 'cargo'),
  GOPATH: join(home, 'go'),
  GOCACHE: join(home, 'go-build'),
  npm_config_cache: join(home, 'npm'),
  NX_DAEMON: 'false',
  GIT_AUTHOR_NAME: 'newcomer',
  GIT_AUTHOR_EMAIL: 'newcomer@localhost',
  GIT_COMMITTER_NAME: 'newcomer',
  GIT_COMMITTER_EMAIL: 'newcomer@localhost',
};

function shell(title, script, cwd) {
  const started = performance.now();
  console.log(`\n== ${title}`);
  const file = join(parent, 'step.sh');
  writeFileSync(file, script);
  execFileSync('bash', [file], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`== ${title}: ok, ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** Shell blocks of a section, in order. */
function blocksOf(readme, heading) {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
}

/** Each line as a reader types it; a line marked `# fails` has to fail. */
function asScript(blocks) {
  const lines = blocks
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const commands = lines.map((line) => {
    const shown = `echo ${JSON.stringify(`$ ${line}`).replaceAll('$', '\\$')}`;
    return / # fails$/.test(line)
      ? `${shown}\nif ${line.replace(/ # fails$/, '')}; then echo "expected to fail"; exit 1; fi`
      : `${shown}\n${line}`;
  });
  return ['set -euo pipefail', ...commands, ''].join('\n');
}

try {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, clone], { stdio: 'inherit' });
  const readme = readFileSync(join(clone, 'README.md'), 'utf8');
  shell('the two commands', asScript(blocksOf(readme, 'Try it')), clone);
  shell('the walk', asScript(blocksOf(readme, 'A bridge in five minutes')), clone);
  const dirty = execFileSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' });
  if (dirty !== '') throw new Error(`the clone is no longer clean:\n${dirty}`);
  console.log('\nverify:fresh: ok');
} finally {
  // Go makes its module cache read-only.
  execFileSync('chmod', ['-R', 'u+w', parent]);
  rmSync(parent, { recursive: true, force: true });
}
