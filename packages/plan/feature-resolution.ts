import type { PackageDependency, PackageGraph, PackageNode } from './package-graph.js';

/** A package that a cargo call is asked to build, with the features that the call gives it. */
export interface RequestedPackage {
  readonly id: string;
  readonly features: readonly string[];
}

/**
 * The features of every package that is compiled, for the machine that builds and for the one that it is built for. A crate
 * of macros that is asked for has both: cargo compiles it for the machine that builds, by the profile of the other.
 */
export type Activation = ReadonlyMap<string, { readonly onHost?: Features; readonly onTarget?: Features }>;

type Features = ReadonlySet<string>;

/**
 * What cargo's resolver 2 switches on where these packages are asked for together: a package has the features that any of
 * those who need it ask for, build scripts and macros apart from the rest.
 * Source of the rules: https://doc.rust-lang.org/cargo/reference/features.html#feature-resolver-version-2
 */
export function resolveActivation(graph: PackageGraph, requested: readonly RequestedPackage[]): Activation {
  const resolution = new Resolution(graph);
  for (const { id, features } of requested) resolution.ask(id, features);
  return resolution.result();
}

/** One package on one machine, while its features are found. */
interface Part {
  readonly node: PackageNode;
  readonly isOnHost: boolean;
  readonly features: Set<string>;
  /** Optional dependencies that are on, by key. */
  readonly switchedOn: Set<string>;
  /** Features that are asked of optional dependencies only where these are on for another reason. */
  readonly weak: Map<string, Set<string>>;
}

class Resolution {
  readonly #graph: PackageGraph;
  readonly #parts = new Map<string, Part>();
  readonly #asked: PackageNode[] = [];

  constructor(graph: PackageGraph) {
    this.#graph = graph;
  }

  result(): Activation {
    const found = new Map<string, { onHost?: Features; onTarget?: Features }>();
    for (const { node, isOnHost, features } of this.#compiled()) {
      found.set(node.id, { ...found.get(node.id), [isOnHost ? 'onHost' : 'onTarget']: features });
    }
    for (const { id } of this.#asked) {
      const { onHost, onTarget = onHost } = found.get(id) ?? {};
      if (onHost !== undefined && onTarget !== undefined) found.set(id, { onHost, onTarget });
    }
    return found;
  }

  /** Macros that are asked for also count for the target, whether or not they have a program: what they need gets features. */
  ask(id: string, features: readonly string[]): void {
    const node = this.#graph.get(id);
    if (node === undefined) return;
    this.#asked.push(node);
    if (node.isProcMacro) this.#activate(node, true, features);
    this.#activate(node, false, features);
  }

  #activate(node: PackageNode, isOnHost: boolean, features: readonly string[]): void {
    const key = keyOf(node, isOnHost);
    let part = this.#parts.get(key);
    if (part === undefined) {
      part = { node, isOnHost, features: new Set(), switchedOn: new Set(), weak: new Map() };
      this.#parts.set(key, part);
      for (const dependency of node.dependencies) {
        if (!dependency.isOptional) this.#need(part, dependency, dependency.features);
      }
    }
    for (const feature of features)
      if (feature !== 'default' || 'default' in node.features) this.#switchOn(part, feature);
  }

  #need(part: Part, dependency: PackageDependency, features: readonly string[]): void {
    const node = this.#graph.get(dependency.to);
    if (node !== undefined) this.#activate(node, isForHost(part, dependency, node), features);
  }

  /** The parts that something asked for is made from. */
  #compiled(): ReadonlySet<Part> {
    const compiled = new Set<Part>();
    const add = (node: PackageNode, isOnHost: boolean): void => {
      const part = this.#parts.get(keyOf(node, isOnHost));
      if (part !== undefined) compiled.add(part);
    };
    for (const node of this.#asked) {
      if (node.isProcMacro) add(node, true);
      if (!node.isProcMacro || node.hasProgram) add(node, false);
    }
    for (const part of compiled) {
      for (const dependency of part.node.dependencies) {
        const node = this.#graph.get(dependency.to);
        const isOn = !dependency.isOptional || part.switchedOn.has(dependency.key);
        if (node !== undefined && isOn) add(node, isForHost(part, dependency, node));
      }
    }
    return compiled;
  }

  #switchOn(part: Part, feature: string): void {
    if (part.features.has(feature)) return;
    part.features.add(feature);
    for (const entry of part.node.features[feature] ?? []) this.#follow(part, entry);
  }

  #follow(part: Part, entry: string): void {
    if (entry.startsWith('dep:')) {
      this.#switchOnDependency(part, entry.slice('dep:'.length));
      return;
    }
    const slash = entry.indexOf('/');
    if (slash === -1) {
      this.#switchOn(part, entry);
      return;
    }
    const isWeak = entry.charAt(slash - 1) === '?';
    const key = entry.slice(0, isWeak ? slash - 1 : slash);
    this.#askOf(part, key, entry.slice(slash + 1), isWeak);
  }

  #switchOnDependency(part: Part, key: string): void {
    if (part.switchedOn.has(key)) return;
    part.switchedOn.add(key);
    for (const dependency of part.node.dependencies) {
      if (dependency.key !== key || !dependency.isOptional) continue;
      this.#need(part, dependency, [...dependency.features, ...(part.weak.get(key) ?? [])]);
    }
  }

  /** `key/feature`: also switches an optional dependency on, and the feature of its name; `key?/feature` does neither. */
  #askOf(part: Part, key: string, feature: string, isWeak: boolean): void {
    for (const dependency of part.node.dependencies) {
      if (dependency.key !== key) continue;
      if (dependency.isOptional && isWeak && !part.switchedOn.has(key)) {
        part.weak.set(key, new Set([...(part.weak.get(key) ?? []), feature]));
        continue;
      }
      if (dependency.isOptional && !isWeak) {
        this.#switchOnDependency(part, key);
        if (key in part.node.features) this.#switchOn(part, key);
      }
      this.#need(part, dependency, [feature]);
    }
  }
}

function keyOf({ id }: PackageNode, isOnHost: boolean): string {
  return `${isOnHost ? 'host' : 'target'} ${id}`;
}

function isForHost(part: Part, { isBuild }: PackageDependency, to: PackageNode): boolean {
  return part.isOnHost || isBuild || to.isProcMacro;
}
