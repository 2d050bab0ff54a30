import { foldersUpwards, type Edge, type EdgeKind, type ProjectModel } from '#graph';
import type { WorkspacePath } from '#paths';
import { isForTests, spellPlace, verbOf } from './edge-words.js';

/** A project as Nx has it, whichever plugin it comes from. */
export interface NxProject {
  readonly name: string;
  readonly root: WorkspacePath;
  /** Inputs by target. */
  readonly targets: ReadonlyMap<string, readonly unknown[]>;
}

export interface NxGraph {
  readonly projects: readonly NxProject[];
  /** By the roots of the projects. */
  readonly dependencies: readonly { readonly from: WorkspacePath; readonly to: WorkspacePath }[];
}

/** An edge of ours, or one that only Nx knows, from another plugin. */
export interface Need {
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
  readonly kind: EdgeKind | 'nx';
  readonly forTests: boolean;
  readonly place?: string;
  readonly why?: string;
}

/** Who needs whom, by our evidence and by what Nx knows besides, and what all of them are called. */
export class Needs {
  readonly #all: readonly Need[];
  readonly #names: ReadonlyMap<WorkspacePath, string>;
  readonly #from = new Map<WorkspacePath, Need[]>();
  readonly #ways = new Map<string, Ways>();

  constructor(model: Pick<ProjectModel, 'projects' | 'edges' | 'leftOut'>, graph: NxGraph) {
    const own = [...model.edges, ...model.leftOut].map(needOf);
    const known = new Set(own.map(({ from, to }) => `${from}\n${to}`));
    const others = graph.dependencies
      .filter(({ from, to }) => !known.has(`${from}\n${to}`))
      .map(({ from, to }): Need => ({ from, to, kind: 'nx', forTests: false }));
    this.#all = [...own, ...others];
    this.#names = new Map([...model.projects, ...graph.projects].map(({ root, name }) => [root, name]));
    for (const need of this.#all) {
      const list = this.#from.get(need.from);
      if (list === undefined) this.#from.set(need.from, [need]);
      else list.push(need);
    }
  }

  of(root: WorkspacePath): readonly Need[] {
    return this.#from.get(root) ?? [];
  }

  /** Those whose target is the project. */
  on(root: WorkspacePath): readonly Need[] {
    return this.#all.filter(({ to }) => to === root);
  }

  nameOf(root: WorkspacePath): string {
    return this.#names.get(root) ?? root;
  }

  /** The project in whose folder the file lies. */
  ownerOf(file: WorkspacePath): WorkspacePath | undefined {
    return foldersUpwards(file).find((folder) => this.#names.has(folder));
  }

  /** The project, and all that it needs, directly or not, for its tests or for more. */
  reach(root: WorkspacePath): ReadonlyMap<WorkspacePath, unknown> {
    return this.#waysFrom(root, 'tests too');
  }

  /** A shortest way, of builds alone where there is one; empty from a project to itself, undefined where none leads. */
  chain(from: WorkspacePath, to: WorkspacePath): readonly Need[] | undefined {
    return this.#waysFrom(from, 'builds alone').get(to) ?? this.#waysFrom(from, 'tests too').get(to);
  }

  /** `app imports lib (apps/app/main.go:4), lib links core (libs/lib/lib.go:6)`. */
  spell(chain: readonly Need[]): string {
    return chain.map((need) => this.#spellOne(need)).join(', ');
  }

  #spellOne({ from, to, kind, forTests, place, why }: Need): string {
    const verb = kind === 'nx' ? 'needs' : verbOf(kind);
    const shown = [...(why === undefined ? [] : [`“${why}”`]), place ?? 'as Nx knows'].join(', ');
    return `${this.nameOf(from)} ${verb} ${this.nameOf(to)}${forTests ? ' for its tests' : ''} (${shown})`;
  }

  #waysFrom(from: WorkspacePath, extent: 'builds alone' | 'tests too'): Ways {
    const key = `${from}\n${extent}`;
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    const ways = new Map<WorkspacePath, readonly Need[]>([[from, []]]);
    // A Map visits what is added while it is gone through: breadth first, so each way is a shortest one.
    for (const [place, way] of ways) {
      for (const need of this.of(place)) {
        if (ways.has(need.to) || (need.forTests && extent === 'builds alone')) continue;
        ways.set(need.to, [...way, need]);
      }
    }
    this.#ways.set(key, ways);
    return ways;
  }
}

type Ways = ReadonlyMap<WorkspacePath, readonly Need[]>;

function needOf(edge: Edge): Need {
  const { from, to, kind, evidence, why } = edge;
  const need = { from, to, kind, forTests: isForTests(edge), place: spellPlace(evidence) };
  return why === undefined ? need : { ...need, why };
}
