import type { OutsideInput, ProjectModel, VariableInput } from '#graph';
import type { WorkspacePath } from '#paths';
import { below, type Inputs } from './inputs.js';

/** Files and folders that a project reads where they lie, and variables of the environment, by the root of the project. */
export class OutsideIndex {
  readonly #byRoot: ReadonlyMap<WorkspacePath, readonly OutsideInput[]>;
  readonly #variables: ReadonlyMap<WorkspacePath, readonly VariableInput[]>;

  constructor({ outsideInputs, variables }: Pick<ProjectModel, 'outsideInputs' | 'variables'>) {
    this.#byRoot = byReader(outsideInputs);
    this.#variables = byReader(variables);
  }

  /** What the crate's builds read, or its tests alone. */
  ofCrate(root: WorkspacePath, reach: 'build' | 'test'): Inputs {
    const files = this.#collect(
      root,
      reach,
      ({ kind, fromPackage }) => fromPackage === undefined && kind !== 'generate',
    );
    const variables = (this.#variables.get(root) ?? []).filter(({ testOnly }) => isFor(reach, testOnly));
    return [...files, ...variables.map(({ name }) => ({ env: name }))];
  }

  /** What builds of the Go package read, or its tests alone. */
  ofPackage(root: WorkspacePath, folder: string, reach: 'build' | 'test'): Inputs {
    return this.#collect(root, reach, ({ fromPackage }) => fromPackage === undefined || fromPackage === folder);
  }

  #collect(root: WorkspacePath, reach: 'build' | 'test', wanted: (input: OutsideInput) => boolean): Inputs {
    const found = (this.#byRoot.get(root) ?? []).filter((input) => isFor(reach, input.testOnly) && wanted(input));
    const places = new Map(
      found.map(({ path, isFolder, isUnlisted }) => [below(path, isFolder ? '**/*' : ''), isUnlisted]),
    );
    return [...places].map(([fileset, isUnlisted]) =>
      isUnlisted === true ? { fileset, includeIgnored: true } : fileset,
    );
  }
}

function isFor(reach: 'build' | 'test', testOnly: true | undefined): boolean {
  return (testOnly === true) === (reach === 'test');
}

function byReader<T extends { readonly from: WorkspacePath }>(inputs: readonly T[]): ReadonlyMap<WorkspacePath, T[]> {
  const byRoot = new Map<WorkspacePath, T[]>();
  for (const input of inputs) {
    const list = byRoot.get(input.from);
    if (list === undefined) byRoot.set(input.from, [input]);
    else list.push(input);
  }
  return byRoot;
}
