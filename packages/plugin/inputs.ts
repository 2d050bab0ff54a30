import type { GoSide, Project, RustSide } from '#graph';
import { folderOf, joinPath, type WorkspacePath } from '#paths';
import type { TargetConfiguration } from '@nx/devkit';

type Inputs = NonNullable<TargetConfiguration['inputs']>;

/** Command that prints what of the machine a build depends on; a path relative to the workspace, the same in each clone. */
export interface FingerprintCommand {
  readonly command: (language: 'go' | 'rust', folder: WorkspacePath) => string;
}

const RUST_ENVIRONMENT = ['RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_BUILD_TARGET', 'RUSTUP_TOOLCHAIN', 'CC'];
const GO_ENVIRONMENT = [
  ...['GOFLAGS', 'GOOS', 'GOARCH', 'GOEXPERIMENT', 'CC', 'CXX', 'CGO_ENABLED'],
  ...['CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'],
];

/** What the go command compiles besides .go files; https://pkg.go.dev/cmd/go#hdr-File_types */
const GO_EXTENSIONS = 'c,cc,cpp,cxx,h,hh,hpp,hxx,m,s,S,sx,f,F,for,f90,swig,swigcxx,syso';

/** Other files of a crate's folder that cannot reach its build: the other language's. */
const NOT_RUST = ['!{projectRoot}/**/*.go', '!{projectRoot}/**/go.mod', '!{projectRoot}/**/go.sum'];

/** Inputs of every task on a crate: its folder, its dependencies' folders, lockfile, configuration, machine. */
export function rustInputs(project: Project, rust: RustSide, fingerprint: FingerprintCommand): Inputs {
  const { cargoWorkspace } = rust;
  return [
    '{projectRoot}/**/*',
    ...(project.go === undefined ? [] : NOT_RUST),
    '^{projectRoot}/**/*',
    ...cargoWorkspaceFiles(cargoWorkspace),
    { runtime: fingerprint.command('rust', cargoWorkspace) },
    ...RUST_ENVIRONMENT.map((env) => ({ env })),
    { externalDependencies: [] },
  ];
}

/** The whole lockfile: more than needed, never less. */
function cargoWorkspaceFiles(cargoWorkspace: WorkspacePath): string[] {
  const names = [
    'Cargo.toml',
    'Cargo.lock',
    'rust-toolchain.toml',
    'rust-toolchain',
    '.cargo/config.toml',
    '.cargo/config',
  ];
  const folders = cargoWorkspace === '.' ? [cargoWorkspace] : [cargoWorkspace, '.' as WorkspacePath];
  return folders.flatMap((folder) =>
    names
      .filter((name) => folder === cargoWorkspace || !name.startsWith('Cargo'))
      .map((name) => `{workspaceRoot}/${joinPath(folder, name)}`),
  );
}

/** Inputs of a Go build: the module's sources without tests, those of the modules it imports, embeds, headers, machine. */
export function goBuildInputs(project: Project, go: GoSide, fingerprint: FingerprintCommand): Inputs {
  return [
    '{projectRoot}/**/!(*_test).go',
    `{projectRoot}/**/*.{${GO_EXTENSIONS}}`,
    '^{projectRoot}/**/!(*_test).go',
    `^{projectRoot}/**/*.{${GO_EXTENSIONS}}`,
    ...goCommonInputs(project, go, fingerprint),
  ];
}

/** Inputs of a Go test or vet: the module's whole folder, since tests read testdata and more. */
export function goTestInputs(project: Project, go: GoSide, fingerprint: FingerprintCommand): Inputs {
  return [
    '{projectRoot}/**/*',
    '^{projectRoot}/**/!(*_test).go',
    `^{projectRoot}/**/*.{${GO_EXTENSIONS}}`,
    ...goCommonInputs(project, go, fingerprint),
  ];
}

function goCommonInputs(project: Project, go: GoSide, fingerprint: FingerprintCommand): Inputs {
  const work = go.goWork;
  return [
    '{projectRoot}/go.mod',
    '{projectRoot}/go.sum',
    '^{projectRoot}/**/go.{mod,sum}',
    ...(work === undefined ? [] : [`{workspaceRoot}/${work}`, `{workspaceRoot}/${work}.sum`]),
    ...go.embeds.flatMap((pattern) => embedInputs(project.root, pattern)),
    ...go.includes.map(({ folder }) => `{workspaceRoot}/${joinPath(folder, '**/*.{h,hh,hpp,hxx,inc}')}`),
    // One process for all modules of a Go workspace: they share its toolchain line.
    { runtime: fingerprint.command('go', work === undefined ? project.root : folderOf(work)) },
    ...GO_ENVIRONMENT.map((env) => ({ env })),
    { externalDependencies: [] },
  ];
}

/** A pattern of `//go:embed` names files, or folders with all that is in them. */
export function embedInputs(root: WorkspacePath, pattern: string): string[] {
  const path = joinPath(root, pattern.replace('all:', ''));
  return [`{workspaceRoot}/${path}`, `{workspaceRoot}/${path}/**/*`];
}

/** The libraries that dependency tasks hand out: a task that links them follows their bytes, not their sources. */
export const LINKED_ARTIFACTS: Inputs = [{ dependentTasksOutputFiles: '**/*.{a,lib,so,dylib,dll}', transitive: true }];
