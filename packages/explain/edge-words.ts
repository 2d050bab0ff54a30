import type { Span } from '#diagnostics';
import type { Edge, EdgeKind } from '#graph';

/** What the one does with the other: `app imports lib`. */
const VERBS: Readonly<Record<EdgeKind, string>> = {
  'cargo-dependency': 'depends on',
  'cargo-dev-dependency': 'depends on',
  'go-import': 'imports',
  'go-test-import': 'imports',
  'cgo-link': 'links',
  'cgo-pkg-config': 'links, by pkg-config,',
  'cgo-script': 'links, by a script,',
  'go-generate': 'generates code with',
  'go-embed': 'embeds what is made by',
  'c-archive': 'takes in an archive of',
  'go-library': 'links',
  'go-command': 'runs go on',
  declared: 'needs',
};

const FOR_TESTS: ReadonlySet<EdgeKind> = new Set(['cargo-dev-dependency', 'go-test-import']);

export function verbOf(kind: EdgeKind): string {
  return VERBS[kind];
}

/** Whether the tests alone of the one need the other. */
export function isForTests({ kind, testOnly }: Pick<Edge, 'kind' | 'testOnly'>): boolean {
  return testOnly === true || FOR_TESTS.has(kind);
}

/** `apps/shop/main.go:4`, which terminals and editors turn into a link. */
export function spellPlace({ file, line }: Span): string {
  return `${file}:${line}`;
}
