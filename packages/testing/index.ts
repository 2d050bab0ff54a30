export { damage } from './damage.js';
export { changedLocks, lockIndexOf, locksOf } from './locks-of.js';
export { MemoryContentStore } from './memory-content-store.js';
export { MemoryContentFolder, MemoryFileSystem } from './memory-file-system.js';
export { factsOf, modelOf } from './model-of.js';
export { mutate, randomFrom } from './mutate.js';
export { RecordedProcesses } from './recorded-processes.js';
export { RunDesk } from './run-desk.js';
export { cgoFile, crateToml, goMod } from './sample-texts.js';
