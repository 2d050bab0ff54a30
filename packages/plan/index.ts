export { resolveActivation, type RequestedPackage } from './feature-resolution.js';
export { checkLinks } from './bare-links.js';
export { checkPlaces } from './artifact-places.js';
export {
  linkableLibrary,
  noLinkableLibrary,
  parseCargoArtifacts,
  parseCompiledCrates,
  parseCompiledFolders,
  planCargo,
  planCargoLibraries,
  tripleOf,
  isCompleteBuild,
  parseCompilerMessages,
  parseLibraryFiles,
  isGoLibrary,
  noGoLibrary,
  planCargoBatch,
  planClean,
  planNativeLibraries,
  targetFolderArgument,
  type CargoArtifact,
  type CargoVerb,
} from './cargo-commands.js';
export { splitByFeatures, parseUnitFeatures } from './cargo-batch.js';
export { companionFlags, rewriteCgoFile, type LinkedLibrary, type OverlaidFile } from './cgo-overlay.js';
export { artifactFolder, renderCommand, type CommandPlan } from './command-plan.js';
export { parseCargoMetadata } from './package-graph.js';
export { canShareGoCall, planGoBatch, type GoPart } from './go-batch.js';
export {
  cargoFeaturesOf,
  checkFeatureRules,
  checkFeatures,
  declaredFeatures,
  placeOfFeature,
  resolveFeatures,
  sharedFeatures,
} from './features.js';
export {
  chosenMains,
  goArtifactNames,
  goEnvironmentOf,
  goSideOf,
  goTags,
  planGo,
  stagingFolder,
  type GoSurroundings,
  type GoVerb,
} from './go-commands.js';
export { valueInGoFlags } from './go-flags.js';
export { LINKED_SET, parseLinkedSet, type LinkedSet } from './linked-set.js';
export {
  carriedArguments,
  isCarried,
  parseRootProfile,
  planArchive,
  umbrellaSource,
  type CodeProfile,
} from './rust-archive.js';
export { canDoWithoutGo, goLinksOf } from './go-archives.js';
export { mayNameLibrary, parseSourcesOfArtifact } from './link-attributes.js';
export { parseLinkerWords, planLinkerWords } from './linker-words.js';
export { explainLinkFailure } from './link-failure.js';
export { ambiguousArguments, listArguments, listNames, type BuildOptions } from './options.js';
export { checkPossibleBuild, type WantedBuild } from './possible-builds.js';
export {
  asksForCfg,
  flagsInForce,
  reproducibleCargo,
  type CargoMachine,
  type UnshownSettings,
} from './reproducible-cargo.js';
export { checkTool, GO_FLOOR, parseToolVersion, RUST_FLOOR, type ToolVersion } from './toolchain.js';
export {
  parseScriptFolders,
  parseScriptLibraries,
  parseStandardLibraries,
  parseSystemLibraries,
  planStandardLibraries,
  systemLibrariesFile,
} from './system-libraries.js';
