import { foldersUpwards, type Project, type RustSide } from '#graph';
import { joinPath, type WorkspacePath } from '#paths';
import type { FingerprintCommand, Inputs } from './inputs.js';

const ENVIRONMENT = ['RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_BUILD_TARGET', 'RUSTUP_TOOLCHAIN', 'CC'];

/** Other files of a crate's folder that cannot reach its build: the other language's. */
const NOT_RUST = ['!{projectRoot}/**/*.go', '!{projectRoot}/**/go.mod', '!{projectRoot}/**/go.sum'];

/** Files that cargo and rustup look for in the folder they run in and in every folder above. */
const CONFIGURATION = ['.cargo/config.toml', '.cargo/config', 'rust-toolchain.toml', 'rust-toolchain'];

/** Inputs of every task on a crate: its folder, its dependencies' folders, lockfile, configuration, machine. */
export function rustInputs(project: Project, rust: RustSide, fingerprint: FingerprintCommand): Inputs {
  const { cargoWorkspace } = rust;
  return [
    '{projectRoot}/**/*',
    ...(project.go === undefined ? [] : NOT_RUST),
    '^{projectRoot}/**/*',
    // The whole lockfile: more than needed, never less.
    ...filesIn([cargoWorkspace], ['Cargo.toml', 'Cargo.lock']),
    ...filesIn([...foldersUpwards(project.root), ...foldersUpwards(cargoWorkspace)], CONFIGURATION),
    { runtime: fingerprint.command('rust', cargoWorkspace) },
    ...ENVIRONMENT.map((env) => ({ env })),
    { externalDependencies: [] },
  ];
}

/** What clippy reads besides: it looks for its configuration from the crate's folder upwards. */
export function clippyInputs(project: Project): Inputs {
  return [...filesIn(foldersUpwards(project.root), ['clippy.toml', '.clippy.toml']), { env: 'CLIPPY_CONF_DIR' }];
}

function filesIn(folders: readonly WorkspacePath[], names: readonly string[]): string[] {
  return [...new Set(folders)].flatMap((folder) => names.map((name) => `{workspaceRoot}/${joinPath(folder, name)}`));
}
