/** Packages of a Cargo workspace and what they ask of one another, as `cargo metadata` has it for one platform. */
export type PackageGraph = ReadonlyMap<string, PackageNode>;

export interface PackageNode {
  readonly id: string;
  /** Absolute path of its Cargo.toml. */
  readonly manifest: string;
  /** Feature → what it switches on: features of its own, `dep:name`, `name/feature`, `name?/feature`. */
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly isProcMacro: boolean;
  readonly hasProgram: boolean;
  /** Normal and build dependencies; those of tests are built for tests only. */
  readonly dependencies: readonly PackageDependency[];
}

export interface PackageDependency {
  /** Id of the package. */
  readonly to: string;
  /** What the manifest calls it. */
  readonly key: string;
  readonly isOptional: boolean;
  readonly isBuild: boolean;
  /** What it asks of the package, `default` among them. */
  readonly features: readonly string[];
}

interface Metadata {
  readonly packages: readonly {
    readonly id: string;
    readonly name: string;
    readonly manifest_path: string;
    readonly features: Readonly<Record<string, readonly string[]>>;
    readonly targets: readonly { readonly kind: readonly string[] }[];
    readonly dependencies: readonly {
      readonly name: string;
      readonly rename: string | null;
      readonly kind: string | null;
      readonly target: string | null;
      readonly optional: boolean;
      readonly uses_default_features: boolean;
      readonly features: readonly string[];
    }[];
  }[];
  readonly resolve: {
    readonly nodes: readonly {
      readonly id: string;
      readonly deps: readonly {
        readonly name: string;
        readonly pkg: string;
        readonly dep_kinds: readonly { readonly kind: string | null; readonly target: string | null }[];
      }[];
    }[];
  };
}

/**
 * Reads what `cargo metadata --filter-platform` prints; undefined for anything else.
 * Format: https://doc.rust-lang.org/cargo/commands/cargo-metadata.html#json-format
 */
export function parseCargoMetadata(text: string): PackageGraph | undefined {
  try {
    const { packages, resolve } = JSON.parse(text) as Metadata;
    const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
    const names = new Map(packages.map(({ id, name }) => [id, name]));
    return new Map(
      packages.map((each) => [
        each.id,
        {
          id: each.id,
          manifest: each.manifest_path,
          features: each.features,
          isProcMacro: each.targets.some(({ kind }) => kind.includes('proc-macro')),
          hasProgram: each.targets.some(({ kind }) => kind.includes('bin')),
          dependencies: dependenciesOf(each, nodes.get(each.id)?.deps ?? [], names),
        },
      ]),
    );
  } catch {
    return undefined;
  }
}

function dependenciesOf(
  { dependencies }: Metadata['packages'][number],
  resolved: Metadata['resolve']['nodes'][number]['deps'],
  names: ReadonlyMap<string, string>,
): PackageDependency[] {
  return dependencies.flatMap(({ name, rename, kind, target, ...asked }) => {
    if (kind === 'dev') return [];
    const fitting = resolved.filter(
      (found) =>
        names.get(found.pkg) === name &&
        (rename === null || found.name === rename.replaceAll('-', '_')) &&
        found.dep_kinds.some((each) => each.kind === kind && each.target === target),
    );
    const [to] = fitting;
    if (to === undefined) return [];
    return [
      {
        to: to.pkg,
        key: rename ?? name,
        isOptional: asked.optional,
        isBuild: kind === 'build',
        features: [...(asked.uses_default_features ? ['default'] : []), ...asked.features],
      },
    ];
  });
}
