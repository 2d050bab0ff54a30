import { workspacePath } from '#paths';
import { breakCycles } from './cycles.js';
import type { Edge, EdgeKind } from './model.js';

/** `a > b` is a dependency, `a ~ b` a dev-dependency, `a kind b` one of that kind. */
function edge(text: string, index: number): Edge {
  const [from = '', sign = '', to = ''] = text.split(' ');
  const kinds: Record<string, EdgeKind> = { '>': 'cargo-dependency', '~': 'cargo-dev-dependency' };
  return {
    from: workspacePath(from),
    to: workspacePath(to),
    kind: kinds[sign] ?? (sign as EdgeKind),
    evidence: { file: `${from}/Cargo.toml`, line: index + 1, column: 1 },
  };
}

function broken(...texts: string[]): { dropped: string[]; codes: string[]; unbroken: readonly (readonly string[])[] } {
  const edges = texts.map(edge);
  const result = breakCycles(edges);
  const dropped = texts.filter((_, index) => !result.edges.some((kept) => kept === edges[index]));
  return { dropped, codes: result.diagnostics.map(({ code }) => code), unbroken: result.unbroken };
}

describe('breakCycles', () => {
  it('keeps everything where there is no cycle', () => {
    expect(broken('a > b', 'a ~ c', 'b > c', 'a > a')).toEqual({ dropped: [], codes: [], unbroken: [] });
  });

  it('leaves out the test edge of a cycle, and says where it is and what it would close', () => {
    const edges = ['core ~ kit', 'kit > mid', 'mid > core'].map(edge);
    const { edges: kept, diagnostics } = breakCycles(edges);
    expect(kept).toEqual(edges.slice(1));
    expect(diagnostics).toEqual([
      {
        code: 'graph/edge-left-out',
        severity: 'info',
        message:
          'the edge from `core` to `kit` would close a cycle (core → kit → mid → core) and is left out, as only tests need it; what it stands for is still an input',
        span: { file: 'core/Cargo.toml', line: 1, column: 1 },
      },
    ]);
  });

  it.each(['go-test-import', 'go-generate', 'go-embed', 'cgo-script', 'go-command'])('leaves out %s', (kind) => {
    expect(broken(`go ${kind} rs`, 'rs c-archive go').dropped).toEqual([`go ${kind} rs`]);
  });

  it('leaves out a declared edge for tests, and keeps one for builds', () => {
    const back = edge('b > a', 0);
    const declared = { ...edge('a declared b', 1) };
    expect(breakCycles([back, { ...declared, testOnly: true }]).edges).toEqual([back]);
    expect(breakCycles([back, declared]).edges).toEqual([back, declared]);
  });

  it('takes all edges between two projects together: one that builds keeps the others', () => {
    expect(broken('a > b', 'a ~ b', 'b ~ a').dropped).toEqual(['b ~ a']);
    expect(broken('a ~ b', 'a go-generate b', 'b > a').dropped).toEqual(['a ~ b', 'a go-generate b']);
  });

  it('leaves out no more than it has to', () => {
    expect(broken('a ~ b', 'b ~ a').dropped).toHaveLength(1);
    expect(broken('x > y', 'y ~ z', 'z ~ x').dropped).toHaveLength(1);
    expect(broken('x > y', 'y ~ z', 'z ~ x', 'z ~ y').dropped).toEqual(['y ~ z']);
  });

  it('keeps a cycle of edges that builds need, with one warning for the whole and its members named', () => {
    const result = broken('c > a', 'a > b', 'b > c', 'b > a', 'c ~ b', 'out > a', 'a > in');
    expect(result.dropped).toEqual(['c ~ b']);
    expect(result.codes).toEqual(['graph/edge-left-out', 'graph/project-cycle']);
    expect(result.unbroken).toEqual([['a', 'b', 'c']]);
    expect(breakCycles(['a > b', 'b > a'].map(edge)).diagnostics[0]?.message).toBe(
      'projects need each other to build: a → b → a',
    );
  });

  it('does not depend on the order of the edges', () => {
    const texts = ['a ~ b', 'b ~ c', 'c ~ a', 'c > d', 'd ~ b', 'b > e', 'e ~ c'];
    expect(broken(...texts.toReversed()).dropped.sort()).toEqual(broken(...texts).dropped.sort());
  });

  it('walks long chains and large cycles without deep recursion, in good time', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => `n${index} > n${index + 1}`);
    const { diagnostics } = breakCycles([...chain, 'n20000 ~ n0'].map(edge));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('n20000 → n0 → n1 → n2 → n3 → … → n19997') as unknown,
    ]);
    const star = Array.from({ length: 1_000 }, (_, index) => [`kit > n${index}`, `n${index} ~ kit`]).flat();
    expect(broken(...star).dropped).toHaveLength(1_000);
  });
});
