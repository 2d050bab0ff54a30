// The plugin's own time next to the floor: each in fresh processes, taken in turns.
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whileEdited } from './edits.mjs';
import { nxEnvironment, runScript } from './processes.mjs';
import { median } from './statistics.mjs';

/** In one process: the first pass, and five after it. */
const PASSES = '--passes=6';

/** Rows of milliseconds and their ratio to the floor. */
export function measureOwnTime(workspace, graph, runs) {
  const edited = { go: goSource(workspace, graph), rust: middleManifest(graph, 'Cargo.toml') };
  const rounds = Array.from({ length: runs }, (_, number) => measureRound(workspace, edited, number));
  const middle = (value) => median(rounds.map(value));
  const floor = middle(({ floor }) => floor.ms);
  const row = (title, value) => ({ title, ms: middle(value), ratio: middle(value) / floor });
  return [
    row(`floor: read and parse ${rounds[0].floor.files} files`, ({ floor }) => floor.ms),
    row('floor, again in the same process', ({ floor }) => floor.againMs),
    row('cold', ({ cold }) => first(cold)),
    row('unchanged, fresh process', ({ warm }) => first(warm)),
    row('unchanged, same process', ({ warm }) => again(warm)),
    row('one Go source edited, fresh process', ({ go }) => first(go)),
    row('one Go source edited, same process', ({ goAgain }) => again(goAgain)),
    row('one Cargo.toml edited, fresh process', ({ rust }) => first(rust)),
    row('one Cargo.toml edited, same process', ({ rustAgain }) => again(rustAgain)),
    row('import of the plugin', ({ warm }) => warm.importMs),
    row('import of the plugin, with what a change loads', ({ cold }) => cold.importMs),
    row("Nx's share: walk and hashes, cold", ({ cold }) => cold.walkMs),
    row("Nx's share: walk and hashes, unchanged", ({ warm }) => warm.walkMs),
  ];
}

/** The caches of Nx and of the plugin are empty at first, and warm after that. */
function measureRound({ folder }, edited, number) {
  const data = join(dirname(folder), 'data-of-own-time');
  rmSync(data, { recursive: true, force: true });
  const settings = { cwd: folder, env: nxEnvironment({ NX_WORKSPACE_DATA_DIRECTORY: data }) };
  const pass = (...args) => runScript('plugin-pass.mjs', args, settings);
  const passAfterEdit = (path) => whileEdited(folder, path, `of round ${number}`, () => pass('--changed'));
  return {
    floor: runScript('floor.mjs', [folder, '--once'], settings),
    cold: pass('--changed'),
    warm: pass(PASSES),
    go: passAfterEdit(edited.go),
    goAgain: pass(PASSES, `--edit=${edited.go}`),
    rust: passAfterEdit(edited.rust),
    rustAgain: pass(PASSES, `--edit=${edited.rust}`),
  };
}

const first = ({ passes }) => passes[0];
const again = ({ passes }) => median(passes.slice(1));

/** The manifest of a project from the middle of those that a tool's manifest makes. */
function middleManifest({ projects }, name) {
  const found = projects.filter(({ source }) => source.endsWith(name)).map(({ source }) => source);
  return found[Math.floor(found.length / 2)];
}

function goSource({ folder }, graph) {
  const module = dirname(middleManifest(graph, 'go.mod'));
  const source = readdirSync(join(folder, module)).find((name) => /(?<!_test)\.go$/.test(name));
  return join(module, source);
}
