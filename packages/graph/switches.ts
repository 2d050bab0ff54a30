import { suggest, type Diagnostic, type Span } from '#diagnostics';
import { constraintTags } from '#go';
import { MOCK_TAG } from './cgo-links.js';
import type { FeatureRules, WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';
import type { Project } from './model.js';
import { workspacePath, type WorkspacePath } from '#paths';

/** Names that a build can switch, by the root of the project whose files ask for them, each with the first such place. */
export interface Switches {
  /** `[features]` of crates. */
  readonly cargo: ReadonlyMap<WorkspacePath, ReadonlyMap<string, Span>>;
  /** Tags of `//go:build` lines, tests left out. */
  readonly goTags: ReadonlyMap<WorkspacePath, ReadonlyMap<string, Span>>;
}

type Places = Map<WorkspacePath, Map<string, Span>>;

/** Where the sources ask for what. */
export function findSwitches(
  { cargoManifests, goFiles }: Pick<WorkspaceFacts, 'cargoManifests' | 'goFiles'>,
  projects: readonly Project[],
): Switches {
  const crates = new Map(projects.flatMap(({ root, rust }) => (rust === undefined ? [] : [[rust.manifest, root]])));
  const cargo: Places = new Map();
  for (const { file, featureSpans } of cargoManifests) {
    const root = crates.get(workspacePath(file));
    if (root === undefined) continue;
    for (const [name, span] of Object.entries(featureSpans)) note(cargo, root, name, span);
  }
  const modules = new Set(projects.flatMap(({ root, go }) => (go === undefined ? [] : [root])));
  const goTags: Places = new Map();
  for (const { file, isTest, constraint, constraintSpan } of goFiles) {
    if (isTest || constraint === undefined || constraintSpan === undefined || isPassedOver(file)) continue;
    const root = foldersUpwards(workspacePath(file)).find((folder) => modules.has(folder));
    if (root === undefined) continue;
    for (const tag of constraintTags(constraint)) note(goTags, root, tag, constraintSpan);
  }
  return { cargo, goTags };
}

/** Go looks into no such folder. */
function isPassedOver(file: string): boolean {
  return /(?:^|\/)(?:testdata|vendor|[._][^/]*)\//.test(file);
}

function note(places: Places, root: WorkspacePath, name: string, span: Span): void {
  const own = places.get(root) ?? new Map<string, Span>();
  places.set(root, own);
  if (!own.has(name)) own.set(name, span);
}

/**
 * Features of grout.toml that mean something to both sides, where of a Go module and a crate that it links only one knows
 * them: a build with such a feature switches half of the bridge.
 */
export function findOneSided(rules: FeatureRules, projects: readonly Project[], switches: Switches): Diagnostic[] {
  const crates = new Map(projects.map((project) => [project.root, project]));
  return projects.flatMap((module) => {
    const linked = [...new Set(module.go?.links.map(({ crate }) => crate))].flatMap((root) => crates.get(root) ?? []);
    return linked.flatMap((crate) => findOneSidedOf(rules, { module, crate }, switches));
  });
}

interface Pair {
  readonly module: Project;
  readonly crate: Project;
}

function findOneSidedOf(rules: FeatureRules, { module, crate }: Pair, switches: Switches): Diagnostic[] {
  return Object.entries(rules).flatMap(([name, { cargo, goTags }]): Diagnostic[] => {
    if (cargo.length === 0 || goTags.length === 0) return [];
    const there = firstOf(cargo, switches.cargo.get(crate.root));
    const here = firstOf(goTags, switches.goTags.get(module.root));
    if ((there === undefined) === (here === undefined)) return [];
    const knows = here === undefined ? `the crate \`${crate.name}\`` : `the Go module \`${module.name}\``;
    const lacks =
      here === undefined
        ? `the Go module \`${module.name}\` that links it`
        : `the crate \`${crate.name}\` that it links`;
    const wanted =
      here === undefined
        ? `write //go:build ${goTags.join(' && ')} in a file of ${module.root}`
        : `declare ${quoted(cargo)} in [features] of ${crate.rust?.manifest ?? crate.root}`;
    return [
      {
        code: 'graph/one-sided-feature',
        severity: 'warning',
        message: `${knows} knows the feature \`${name}\`, and ${lacks} does not`,
        ...spanOf(here ?? there),
        help: `${wanted}, or say in grout.toml that one side has no part in it: ${here === undefined ? 'go-tags' : 'cargo'} = []`,
      },
    ];
  });
}

function firstOf(names: readonly string[], places: ReadonlyMap<string, Span> | undefined): Span | undefined {
  return names.map((name) => places?.get(name)).find((span) => span !== undefined);
}

function spanOf(span: Span | undefined): { readonly span?: Span } {
  return span === undefined ? {} : { span };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** What sets tags of Go files, as far as the workspace shows it. */
export interface TagSources {
  readonly rules: FeatureRules;
  readonly projects: readonly Project[];
  /** Build tags and features that targets ask for. */
  readonly named: Iterable<string>;
}

/** By convention these keep files out of every build, or are set by the tools that are meant to read them. */
const CONVENTIONAL_TAGS = ['tools', 'generate', 'wireinject'];

/** A tag that nothing sets, and what was perhaps meant. */
export interface UnsetTag {
  readonly root: WorkspacePath;
  readonly tag: string;
  readonly span: Span;
  readonly meant?: string;
}

/** Tags that no feature stands for and no target asks for: only somebody who gives them by hand builds such files. */
export function findUnsetTags({ goTags }: Switches, { rules, projects, named }: TagSources): UnsetTag[] {
  const features = new Set([
    ...Object.entries(rules).flatMap(([name, rule]) => [name, ...rule.goTags]),
    ...projects.flatMap(({ rust }) => rust?.features ?? []),
    ...projects.flatMap(({ go }) => go?.possible?.tags ?? []),
    ...named,
  ]);
  const settable = new Set([...features, MOCK_TAG, ...CONVENTIONAL_TAGS]);
  return [...goTags].flatMap(([root, tags]) =>
    [...tags].flatMap(([tag, span]) => {
      if (settable.has(tag)) return [];
      const meant = suggest(tag, features);
      return [{ root, tag, span, ...(meant === undefined ? {} : { meant }) }];
    }),
  );
}

/** Warns of those that look like a slip of the pen; the others may be for people who know them. */
export function warnOfUnsetTags(unset: readonly UnsetTag[]): Diagnostic[] {
  return unset.flatMap(({ tag, span, meant }): Diagnostic[] =>
    meant === undefined
      ? []
      : [
          {
            code: 'graph/unset-tag',
            severity: 'warning',
            message: `nothing sets the build tag \`${tag}\``,
            span,
            help: `did you mean \`${meant}\`? where \`${tag}\` is right, declare it: [features.${tag}] in grout.toml`,
          },
        ],
  );
}
