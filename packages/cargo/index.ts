export { parseCargoLock } from './lock.js';
export { parseCargoManifest } from './manifest.js';
export { artifactFileNames, binaries, hasLibrary, libraryName } from './names.js';
export { parseRustToolchain } from './toolchain.js';
export type {
  CargoBin,
  CargoDependency,
  CargoLib,
  CargoLock,
  CargoManifest,
  CargoPackage,
  CargoWorkspace,
  LockedCrate,
  RustToolchain,
} from './types.js';
