import { parseConstraint, parsePlusBuild } from './constraint.js';
import { KNOWN_GOARCH, KNOWN_GOOS, UNIX_GOOS } from './platforms.js';
import type { BuildConstraint, BuildContext, CgoDirective, GoFileHeader } from './types.js';

/** N of the lowest go1.N that this product supports. */
export const LOWEST_GO_MINOR = 26;

export const RELEASE_TAG = /^go1\.([1-9]\d*)$/;

/** GOOS values that also satisfy the name of the system they are made of. */
const IMPLIED_GOOS: Readonly<Record<string, string>> = { android: 'linux', illumos: 'solaris', ios: 'darwin' };

/** Names that the tool-chain gives a meaning, or that by convention are never set. */
const RESERVED_TAGS: ReadonlySet<string> = new Set([
  ...KNOWN_GOOS,
  ...KNOWN_GOARCH,
  ...['unix', 'cgo', 'gc', 'gccgo', 'race', 'msan', 'asan', 'boringcrypto', 'ignore'],
]);

/** Whether the constraint holds in the context. */
export function evaluateConstraint(constraint: BuildConstraint, context: BuildContext): boolean {
  switch (constraint.op) {
    case 'tag':
      return matchTag(constraint.tag, context);
    case 'not':
      return !evaluateConstraint(constraint.operand, context);
    case 'and':
      return evaluateConstraint(constraint.left, context) && evaluateConstraint(constraint.right, context);
    case 'or':
      return evaluateConstraint(constraint.left, context) || evaluateConstraint(constraint.right, context);
  }
}

function matchTag(tag: string, context: BuildContext): boolean {
  const { goos, goarch, cgo, tags, goMinor = LOWEST_GO_MINOR } = context;
  if (tag === goos || tag === goarch || tag === 'gc' || tag === IMPLIED_GOOS[goos]) return true;
  if (tag === 'unix' && UNIX_GOOS.has(goos)) return true;
  if (tag === 'cgo' && cgo) return true;
  const release = RELEASE_TAG.exec(tag)?.[1];
  if (release !== undefined && Number(release) <= goMinor) return true;
  return tags.has(tag === 'boringcrypto' ? 'goexperiment.boringcrypto' : tag);
}

/**
 * Whether Go compiles the file in the context: its constraint and the demands of its name hold, and cgo is on when it
 * imports "C".
 */
export function matchesContext(
  header: Pick<GoFileHeader, 'constraint' | 'fileNameConstraint' | 'importsC'>,
  context: BuildContext,
): boolean {
  const { goos, goarch } = header.fileNameConstraint;
  if (header.importsC && !context.cgo) return false;
  if (goos !== undefined && !matchTag(goos, context)) return false;
  if (goarch !== undefined && !matchTag(goarch, context)) return false;
  return header.constraint === undefined || evaluateConstraint(header.constraint, context);
}

/** Whether a `#cgo` line counts in the context: it has no options before the verb, or one of them holds. */
export function matchesCgoDirective(directive: Pick<CgoDirective, 'constraints'>, context: BuildContext): boolean {
  const { constraints } = directive;
  return constraints.length === 0 || constraints.some((option) => evaluateConstraint(parseCgoOption(option), context));
}

/**
 * An option is a word of a `// +build` line, or, with operators or parentheses, a `//go:build` expression; an ill-formed
 * one never holds.
 */
export function parseCgoOption(option: string): BuildConstraint {
  if (!/[&|()]/.test(option)) return parsePlusBuild(option);
  const parsed = parseConstraint(option);
  return 'constraint' in parsed ? parsed.constraint : parsePlusBuild('');
}

/**
 * The tags of the constraint that a user sets with `-tags`, sorted, each once: not platforms, `cgo`, compilers, modes
 * (`race`, `msan`, `asan`), releases (`go1.N`), experiments, processor levels (`amd64.v3`), nor `ignore`.
 */
export function constraintTags(constraint: BuildConstraint): string[] {
  const tags = new Set<string>();
  collectTags(constraint, tags);
  return [...tags].filter(isUserTag).sort();
}

/** Adds every name that the constraint mentions. */
export function collectTags(constraint: BuildConstraint, into: Set<string>): void {
  if (constraint.op === 'tag') {
    into.add(constraint.tag);
  } else if (constraint.op === 'not') {
    collectTags(constraint.operand, into);
  } else {
    collectTags(constraint.left, into);
    collectTags(constraint.right, into);
  }
}

/** Whether it is up to a build to set the tag. */
export function isUserTag(tag: string): boolean {
  if (!/^[\p{L}\p{Nd}_.]+$/u.test(tag)) return false;
  if (RESERVED_TAGS.has(tag) || RELEASE_TAG.test(tag) || tag.startsWith('goexperiment.')) return false;
  const dot = tag.indexOf('.');
  return dot === -1 || !KNOWN_GOARCH.has(tag.slice(0, dot));
}
