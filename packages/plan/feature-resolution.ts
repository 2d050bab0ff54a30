import type { PackageDependency, PackageGraph, PackageNode } from './package-graph.js';

/** A package that a cargo call is asked to build, with the features that the call gives it. */
export interface RequestedPackage {
  readonly id: string;
  readonly features: readonly string[];
}

/** The features of every package that takes part, for the machine that builds and for the one that it is built for. */
export type Activation = ReadonlyMap<string, { readonly onHost?: Features; readonly onTarget?: Features }>;

type Features = ReadonlySet<string>;

/**
 * What cargo's resolver 2 switches on where these packages are asked for together: a package has the features that any of
 * those who need it ask for, build scripts and macros apart from the rest.
 * Source of the rules: https://doc.rust-lang.org/cargo/reference/features.html#feature-resolver-version-2
 */
export function resolveActivation(graph: PackageGraph, requested: readonly RequestedPackage[]): Activation {
  const resolution = new Resolution(graph);
  for (const { id, features } of requested) resolution.activate(id, false, features);
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

  constructor(graph: PackageGraph) {
    this.#graph = graph;
  }

  result(): Activation {
    const found = new Map<string, { onHost?: Features; onTarget?: Features }>();
    for (const { node, isOnHost, features } of this.#parts.values()) {
      found.set(node.id, { ...found.get(node.id), [isOnHost ? 'onHost' : 'onTarget']: features });
    }
    return found;
  }

  activate(id: string, isOnHost: boolean, features: readonly string[]): void {
    const node = this.#graph.get(id);
    if (node === undefined) return;
    const onHost = isOnHost || node.isProcMacro;
    const key = `${onHost ? 'host' : 'target'} ${id}`;
    let part = this.#parts.get(key);
    if (part === undefined) {
      part = { node, isOnHost: onHost, features: new Set(), switchedOn: new Set(), weak: new Map() };
      this.#parts.set(key, part);
      for (const dependency of node.dependencies) {
        if (!dependency.isOptional) this.#need(part, dependency, dependency.features);
      }
    }
    for (const feature of features)
      if (feature !== 'default' || 'default' in node.features) this.#switchOn(part, feature);
  }

  #need(part: Part, { to, isBuild }: PackageDependency, features: readonly string[]): void {
    this.activate(to, part.isOnHost || isBuild, features);
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
