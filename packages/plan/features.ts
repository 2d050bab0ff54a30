import { suggest, type Diagnostic, type Diagnosed, type Span } from '#diagnostics';
import { isUserTag } from '#go';
import type { FeatureRules, Project } from '#graph';
import { listNames, type BuildOptions } from './options.js';

/**
 * One switch on both sides: a feature is build tags of Go files and cargo features of crates, by default of its own name.
 * A project takes the names that it declares.
 */
export interface FeatureSet {
  /** Every feature that is on, in the order in which it was asked for. */
  readonly names: readonly string[];
  readonly cargo: readonly string[];
  readonly goTags: readonly string[];
}

/** What a build asks for. */
export interface FeatureRequest {
  readonly requested: readonly string[];
  /** Whether features that are on by default count. */
  readonly withDefaults: boolean;
}

/** Cargo's own name for the default features of a crate; Go has no such tag. */
const CARGO_DEFAULT = 'default';

/** Names that a project itself can switch. */
export function declaredFeatures(project: Project): readonly string[] {
  return [...new Set([...(project.rust?.features ?? []), ...(project.go?.tags ?? [])])].sort();
}

/** What is asked for, what is on by default, and all that these require; two that conflict are an error. */
export function resolveFeatures(
  { requested, withDefaults }: FeatureRequest,
  rules: FeatureRules,
): Diagnosed<FeatureSet> {
  const defaults = withDefaults ? Object.keys(rules).filter((name) => rules[name]?.isDefault === true) : [];
  const reasons = new Map<string, string>();
  for (const name of requested) reasons.set(name, 'asked for');
  for (const name of defaults) if (!reasons.has(name)) reasons.set(name, 'on by default');
  for (const name of reasons.keys()) {
    for (const next of rules[name]?.requires ?? [])
      if (!reasons.has(next)) reasons.set(next, `required by \`${name}\``);
  }
  const names = [...reasons.keys()];
  const spelled = (side: 'cargo' | 'goTags'): string[] => [
    ...new Set(names.flatMap((name) => rules[name]?.[side] ?? [name])),
  ];
  const value = {
    names,
    cargo: spelled('cargo'),
    goTags: spelled('goTags').filter((name) => name !== CARGO_DEFAULT),
  };
  return { value, diagnostics: conflictsAmong(reasons, rules) };
}

function conflictsAmong(reasons: ReadonlyMap<string, string>, rules: FeatureRules): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, reason] of reasons) {
    const rule = rules[name];
    for (const other of rule?.conflicts ?? []) {
      const otherReason = reasons.get(other);
      // Where both say so, the first of the two tells it.
      const isTold = rules[other]?.conflicts.includes(name) === true && isBefore(reasons, other, name);
      if (rule === undefined || otherReason === undefined || isTold) continue;
      found.push({
        code: 'plan/conflicting-features',
        severity: 'error',
        message: `the features \`${name}\` (${reason}) and \`${other}\` (${otherReason}) cannot be built together`,
        span: rule.span,
        help: 'ask for one of them; --no-default-features leaves out those that are on by default',
      });
    }
  }
  return found;
}

function isBefore(reasons: ReadonlyMap<string, unknown>, first: string, second: string): boolean {
  const names = [...reasons.keys()];
  return names.indexOf(first) < names.indexOf(second);
}

/**
 * @param known everything that some project of the run declares
 * @param placeOf where a name is asked for, if that is written down
 */
export function checkFeatures(
  requested: readonly string[],
  known: ReadonlySet<string>,
  rules: FeatureRules,
  placeOf: (name: string) => Span | undefined = () => undefined,
): Diagnostic[] {
  // A feature may stand for nothing itself and only bring others.
  const isKnown = (name: string): boolean => {
    const { cargo, goTags } = resolveFeatures({ requested: [name], withDefaults: false }, rules).value;
    return name === CARGO_DEFAULT || [...cargo, ...goTags].some((spelled) => known.has(spelled));
  };
  return requested.filter((name) => !isKnown(name)).map((name) => unknownFeature(name, known, rules, placeOf(name)));
}

/** Where a project.json names a feature that it asks for. */
export function placeOfFeature(file: string, text: string, name: string): Span | undefined {
  for (const { 0: value, index } of text.matchAll(/"features"\s*:\s*(?:\[[^\]]*\]|"[^"]*")/g)) {
    const written = new RegExp(`(?<![\\w-])${name.replaceAll(/\W/g, '\\$&')}(?![\\w-])`);
    const key = '"features"'.length;
    const found = value.slice(key).search(written);
    if (found === -1) continue;
    const before = text.slice(0, index + key + found).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    return { file, line: before.length, column, endColumn: column + name.length };
  }
  return undefined;
}

function unknownFeature(
  name: string,
  known: ReadonlySet<string>,
  rules: FeatureRules,
  place: Span | undefined,
): Diagnostic {
  const rule = rules[name];
  const span = rule?.span ?? place;
  const names = new Set([...known, ...Object.keys(rules)]);
  const meant = rule === undefined ? suggest(name, names) : undefined;
  const list = [...names].sort().join(', ');
  return {
    code: 'plan/unknown-feature',
    severity: 'error',
    message: `no project of this run declares the feature \`${name}\`, neither as a cargo feature nor as a Go build tag`,
    ...(span === undefined ? {} : { span }),
    help:
      (meant === undefined ? '' : `did you mean \`${meant}\`? `) +
      (list === '' ? 'none is declared' : `known: ${list}`),
  };
}

/** What grout.toml says of features and the workspace does not bear out. */
export function checkFeatureRules(rules: FeatureRules, projects: readonly Project[]): Diagnostic[] {
  const ofCrates = new Set(projects.flatMap(({ rust }) => rust?.features ?? []));
  const ofGo = new Set(projects.flatMap(({ go }) => go?.tags ?? []));
  return Object.entries(rules).flatMap(([name, { cargo, goTags, requires, conflicts, span }]): Diagnostic[] => {
    const missing = (message: string, help: string): Diagnostic => {
      return { code: 'plan/undeclared-feature', severity: 'warning', message, span, help };
    };
    const { diagnostics } = resolveFeatures({ requested: [name], withDefaults: false }, rules);
    return [
      ...cargo
        .filter((feature) => !ofCrates.has(feature))
        .map((feature) =>
          missing(
            `the feature \`${name}\` stands for the cargo feature \`${feature}\`, which no crate declares`,
            `declare it in [features] of a Cargo.toml, or write the names that crates have: cargo = []`,
          ),
        ),
      ...goTags
        .filter((tag) => !ofGo.has(tag))
        .map((tag) =>
          missing(
            `the feature \`${name}\` stands for the build tag \`${tag}\`, which no Go file asks for`,
            `write //go:build ${tag} in a file, or the tags that files have: go-tags = []`,
          ),
        ),
      ...[...requires, ...conflicts]
        .filter((other) => rules[other] === undefined && !ofCrates.has(other) && !ofGo.has(other))
        .map((other) =>
          missing(
            `the feature \`${name}\` names \`${other}\`, which nobody declares`,
            suggestion(other, [...Object.keys(rules), ...ofCrates, ...ofGo]),
          ),
        ),
      ...diagnostics,
    ];
  });
}

function suggestion(name: string, known: readonly string[]): string {
  const meant = suggest(name, known);
  return meant === undefined ? 'write the name of a feature that is there' : `did you mean \`${meant}\`?`;
}

/** What both sides of a bridge can be built with. */
export interface SharedFeature {
  readonly name: string;
  /** Features of the bridge's crate. */
  readonly cargo: readonly string[];
  readonly goTags: readonly string[];
}

/**
 * The features of a bridge's crate that Go knows as well: those of grout.toml by its rules, the others by their own name
 * where that can be a build tag.
 * @param declared features of the crate
 */
export function sharedFeatures(declared: readonly string[], rules: FeatureRules): SharedFeature[] {
  const ofCrate = new Set(declared);
  const ruled = Object.entries(rules).flatMap(([name, rule]) => {
    const cargo = rule.cargo.filter((feature) => ofCrate.has(feature));
    return cargo.length === 0 ? [] : [{ name, cargo, goTags: rule.goTags }];
  });
  const covered = new Set([...Object.keys(rules), ...ruled.flatMap(({ cargo }) => cargo), CARGO_DEFAULT]);
  const others = declared.filter((name) => !covered.has(name)).map((name) => ({ name, cargo: [name], goTags: [name] }));
  return [...ruled, ...others]
    .filter(({ goTags }) => goTags.length > 0 && goTags.every(isUserTag))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a call for the crate alone asks of it: its default features unless told otherwise, and those that are on. */
export function cargoFeaturesOf(project: Project, { features, defaultFeatures }: BuildOptions): string[] {
  return [...(defaultFeatures === false ? [] : [CARGO_DEFAULT]), ...cargoFeatures(project, listNames(features))];
}

/** Of the names that are on, the cargo features of this crate. */
export function cargoFeatures(project: Project, requested: readonly string[]): string[] {
  const declared = new Set(project.rust?.features ?? []);
  return requested.filter((name) => declared.has(name) || name === CARGO_DEFAULT);
}
