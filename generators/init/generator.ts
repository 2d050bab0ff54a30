import type { Tree } from '@nx/devkit';
import { workspacePath, type AbsolutePath } from '#paths';
import { addIgnoredFolders, groutTomlHeader, registerPlugin } from '#scaffold';
import { NodeProcesses, type Processes } from '#workspace';
import { groutTomlPath } from '../grout-facts.js';
import { readText, writeText } from '../tree-files.js';

/** Lowest Rust that the generated code compiles with, and the pin where no newer one is installed. */
const rustFloor = '1.95.0';

/**
 * Sets up what the plugin needs in a workspace. A second time changes nothing, and what the user has written is never
 * rewritten: a file is added to, or made where there is none.
 */
export async function initGenerator(tree: Tree, processes: Processes = new NodeProcesses()): Promise<void> {
  writeText(tree, workspacePath('nx.json'), registerPlugin(readText(tree, workspacePath('nx.json')) ?? '{}\n'));
  writeText(tree, workspacePath('.gitignore'), addIgnoredFolders(readText(tree, workspacePath('.gitignore'))));
  if (!tree.exists(groutTomlPath)) tree.write(groutTomlPath, groutTomlHeader);
  if (!tree.exists('rust-toolchain.toml') && !tree.exists('rust-toolchain')) {
    const channel = await readRustChannel(tree.root as AbsolutePath, processes);
    tree.write('rust-toolchain.toml', `[toolchain]\nchannel = "${channel}"\ncomponents = ["clippy", "rustfmt"]\n`);
  }
}

export default (tree: Tree): Promise<void> => initGenerator(tree);

/**
 * The installed compiler's version where rustup has it under that name, so that the pin needs no download; else the
 * channel in use (`stable`), which a team pins closer when it wants to. The floor when there is no compiler, or an older one.
 */
async function readRustChannel(root: AbsolutePath, processes: Processes): Promise<string> {
  const { exitCode, stdout } = await processes.capture({ program: 'rustc', args: ['--version'], cwd: root });
  const [, version, minor] = /^rustc (1\.(\d+)\.\d+) /.exec(exitCode === 0 ? stdout : '') ?? [];
  if (version === undefined || Number(minor) < 95) return rustFloor;
  const installed = await processes.capture({ program: 'rustup', args: ['toolchain', 'list'], cwd: root });
  const names = installed.exitCode === 0 ? installed.stdout.split('\n') : [];
  const isKnownElsewise = names.length > 0 && !names.some((name) => name.startsWith(`${version}-`));
  return isKnownElsewise ? 'stable' : version;
}
