import type { OutsideInput } from '#graph';
import type { WorkspacePath } from '#paths';
import { below, type Inputs } from './inputs.js';

/** Files and folders that a project reads where they lie, by the root of the project. */
export class OutsideIndex {
  readonly #byRoot = new Map<WorkspacePath, OutsideInput[]>();

  constructor(inputs: readonly OutsideInput[]) {
    for (const input of inputs) {
      const list = this.#byRoot.get(input.from);
      if (list === undefined) this.#byRoot.set(input.from, [input]);
      else list.push(input);
    }
  }

  /** What the crate's builds read, or its tests alone. */
  ofCrate(root: WorkspacePath, reach: 'build' | 'test'): Inputs {
    return this.#collect(root, reach, ({ kind, fromPackage }) => fromPackage === undefined && kind !== 'generate');
  }

  /** What builds of the Go package read, or its tests alone. */
  ofPackage(root: WorkspacePath, folder: string, reach: 'build' | 'test'): Inputs {
    return this.#collect(root, reach, ({ fromPackage }) => fromPackage === undefined || fromPackage === folder);
  }

  #collect(root: WorkspacePath, reach: 'build' | 'test', wanted: (input: OutsideInput) => boolean): Inputs {
    const found = (this.#byRoot.get(root) ?? []).filter(
      (input) => (input.testOnly === true) === (reach === 'test') && wanted(input),
    );
    return [...new Set(found.map(({ path, isFolder }) => below(path, isFolder ? '**/*' : '')))];
  }
}
