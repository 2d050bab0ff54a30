export { holdsCfg } from './cfg.js';
export { parseCargoConfiguration, type CargoConfiguration, type FlagSetting } from './configuration.js';
export { parseCargoLock } from './lock.js';
export { parseCargoManifest } from './manifest.js';
export { artifactFileNames, binaries, hasLibrary, libraryName } from './names.js';
export { parseRustSource } from './rust-source.js';
export { parseRustToolchain } from './toolchain.js';
export { mayFulfil } from './version-requirement.js';
export { isExcluded, isMember } from './workspace-members.js';
export type {
  CargoBin,
  CargoDependency,
  CargoLib,
  CargoLock,
  CargoManifest,
  CargoPackage,
  CargoRootTables,
  CargoWorkspace,
  LockedCrate,
  RustGoCall,
  RustPath,
  RustSource,
  RustToolchain,
  RustVariable,
} from './types.js';
