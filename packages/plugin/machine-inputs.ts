import { foldersUpwards, type GoSide, type Project, type RustSide } from '#graph';
import { folderOf, joinPath, type WorkspacePath } from '#paths';
import type { InputSurroundings } from './input-surroundings.js';
import { below, filesIn, type Inputs } from './inputs.js';

const RUST_ENVIRONMENT = ['RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_BUILD_TARGET', 'RUSTUP_TOOLCHAIN', 'CC'];

const GO_ENVIRONMENT = [
  ...['GOFLAGS', 'GOOS', 'GOARCH', 'GOEXPERIMENT', 'GOWORK', 'CC', 'CXX', 'CGO_ENABLED'],
  ...['CGO_CFLAGS', 'CGO_CPPFLAGS', 'CGO_CXXFLAGS', 'CGO_LDFLAGS'],
];

/** Files that cargo and rustup look for in the folder they run in and in every folder above. */
const CONFIGURATION = ['.cargo/config*', 'rust-toolchain*'];

/** What of the machine and its configuration a cargo call depends on. */
export function rustMachineInputs({ root }: Project, { cargoWorkspace }: RustSide, around: InputSurroundings): Inputs {
  return [
    ...filesIn([...foldersUpwards(root), ...foldersUpwards(cargoWorkspace)], CONFIGURATION),
    { runtime: around.fingerprint.command('rust', cargoWorkspace) },
    ...RUST_ENVIRONMENT.map((env) => ({ env })),
  ];
}

/** What of the machine and its configuration a go call depends on. */
export function goMachineInputs(root: WorkspacePath, go: GoSide, around: InputSurroundings): Inputs {
  const { goWork } = go;
  return [
    ...vendored(root, go, around),
    // One process for all modules of a Go workspace: they share its toolchain line.
    { runtime: around.fingerprint.command('go', goWork === undefined ? root : folderOf(goWork)) },
    ...GO_ENVIRONMENT.map((env) => ({ env })),
  ];
}

/** Go takes the copies in vendor/ where there are any, beside the go.work or the go.mod. */
function vendored(root: WorkspacePath, { goWork }: GoSide, { model }: InputSurroundings): Inputs {
  const folder = goWork === undefined ? root : folderOf(goWork);
  return model.files.has(joinPath(folder, 'vendor/modules.txt')) ? [below(folder, 'vendor/**/*')] : [];
}
