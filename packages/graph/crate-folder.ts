/**
 * What of a crate's folder counts. Said once, for the globs of inputs and for the question whether a file that a source
 * takes in is among them already.
 */

/** Folders that cargo compiles for tests, benchmarks and examples only. */
export const NOT_BUILT_FOLDERS: readonly string[] = ['tests', 'benches', 'examples'];

/** Extension of what no build reads unless a source names it. */
export const PROSE = 'md';

/** Extension and names of the other language's files, wherever they lie. */
export const GO_EXTENSION = 'go';
export const GO_NAMES: readonly string[] = ['go.mod', 'go.sum', 'go.work', 'go.work.sum'];

/** Lockfiles beside the manifest: other inputs stand for what they say. */
export const LOCK_NAMES: readonly string[] = ['Cargo.lock', 'grout.lock.json'];

/** At the root of the workspace lies more than a crate: these, and all folders whose names begin with a dot. */
export const ROOT_NAMES: readonly string[] = [
  ...['nx.json', 'package.json', 'package-lock.json', 'pnpm-lock.yaml', 'grout.toml'],
];
