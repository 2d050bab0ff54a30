export { runBinary } from './run-binary.js';
export { inOrder, isSuccess, type BatchedOutcome, type BatchedTask } from './batch.js';
export { runCargoBatch } from './run-cargo-batch.js';
export { runGoBatch } from './run-go-batch.js';
export { runCargo } from './run-cargo.js';
export { runGo } from './run-go.js';
export { runLink } from './run-link.js';
export { runLint } from './run-lint.js';
export type { Machine, RunRequest } from './run-request.js';
