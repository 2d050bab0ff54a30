export { spellBridgeName, validateBridgeName, type BridgeName } from './bridge-name.js';
export { addCargoMembers, type CargoMembers } from './cargo-members.js';
export { defaultGoModulePrefix, isGoModulePrefix, type PlacedModule } from './go-module-prefix.js';
export { addGoModules, addGoReplacements, goFloor, quotedPath } from './go-work-edit.js';
export { addBridge, groutTomlHeader } from './grout-toml-edit.js';
export { NO_GROUT_TOML, parseGroutToml, type GroutBridge, type GroutFeature, type GroutToml } from './grout-toml.js';
export { addDevDependency, addGoRequirement } from './library-edit.js';
export { addIgnoredFolders } from './gitignore-edit.js';
export { registerPlugin } from './nx-json-edit.js';
