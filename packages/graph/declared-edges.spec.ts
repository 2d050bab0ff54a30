import { workspacePath, type WorkspacePath } from '#paths';
import { resolveDeclaredEdges, type Declared } from './declared-edges.js';
import type { DeclaredEdge } from './facts.js';

const NAMES = new Map<WorkspacePath, string>(
  [
    ['apps/shop', 'shop'],
    ['libs/core', 'core'],
    ['.', 'root'],
  ].map(([root = '', name = '']) => [workspacePath(root), name]),
);
const FILES = new Set(['apps/shop/main.go', 'schemas/a/x.json', 'table.csv'].map(workspacePath));
const span = { file: 'grout.toml', line: 3, column: 1 };

function declared(edge: Partial<DeclaredEdge>): Declared {
  const whole: DeclaredEdge = { from: 'shop', to: 'core', kind: 'build', why: 'loads it', span, ...edge };
  return resolveDeclaredEdges({ declaredEdges: [whole], implicitDependencies: new Map(), files: FILES }, NAMES);
}

const messages = ({ diagnostics }: Declared): string[] => diagnostics.map(({ message }) => message);

describe('[[edges]] of grout.toml', () => {
  it.each([
    ['shop', 'core'],
    ['apps/shop', 'libs/core'],
    ['./apps/shop/', 'core'],
  ])('lead from %s to %s', (from, to) => {
    const edge = { from: 'apps/shop', to: 'libs/core', kind: 'declared', evidence: span, why: 'loads it' };
    expect(declared({ from, to })).toEqual({ edges: [edge], outsideInputs: [], diagnostics: [] });
    expect(declared({ from, to, kind: 'test' }).edges).toEqual([{ ...edge, testOnly: true }]);
  });

  it('may lead to the project at the workspace root', () => {
    expect(declared({ to: '.' }).edges.map(({ to }) => to)).toEqual(['.']);
  });

  it.each([
    ['table.csv', 'table.csv', false],
    ['./schemas/a/', 'schemas/a', true],
    ['schemas', 'schemas', true],
  ])('may name what is read: %s', (to, path, isFolder) => {
    const input = { from: 'apps/shop', path, isFolder, kind: 'declared', evidence: span };
    expect(declared({ to })).toEqual({ edges: [], outsideInputs: [input], diagnostics: [] });
    expect(declared({ to, kind: 'test' }).outsideInputs).toEqual([{ ...input, testOnly: true }]);
  });

  it.each([
    [{ from: 'shpo' }, 'shop'],
    [{ to: 'corr' }, 'core'],
    [{ to: 'libs/coer' }, 'libs/core'],
  ])('with a mistyped name are refused, with the name that is meant: %j', (edge, meant) => {
    const result = declared(edge);
    expect([result.edges, result.outsideInputs]).toEqual([[], []]);
    expect(result.diagnostics).toEqual([
      expect.objectContaining({
        code: 'graph/unknown-project',
        severity: 'error',
        span,
        help: `did you mean \`${meant}\`?`,
      }),
    ]);
  });

  it('from a file, to nothing, or out of the workspace are refused', () => {
    expect(messages(declared({ from: 'table.csv' }))).toEqual([
      'an edge of grout.toml has `from = "table.csv"`, and this workspace has no such project',
    ]);
    for (const to of ['schema', '../other', '..']) {
      expect(messages(declared({ to }))).toEqual([
        `an edge of grout.toml has \`to = "${to}"\`, and this workspace has no such project, file or folder`,
      ]);
    }
  });

  it('from a project to itself are refused', () => {
    expect(declared({ to: 'apps/shop' })).toMatchObject({
      edges: [],
      diagnostics: [{ code: 'graph/self-edge', span }],
    });
  });
});

describe('implicitDependencies of project.json', () => {
  it('are edges where they are names of our projects; the rest is for Nx to see to', () => {
    const wanted = ['core', '!root', 'website', 'libs/core', 'tag:x', 'co*', 'shop'];
    const implicitDependencies = new Map([
      [workspacePath('apps/shop'), wanted],
      [workspacePath('apps/website'), ['core']],
      [workspacePath('.'), ['shop']],
    ]);
    expect(resolveDeclaredEdges({ declaredEdges: [], implicitDependencies, files: FILES }, NAMES)).toEqual({
      edges: [
        {
          from: 'apps/shop',
          to: 'libs/core',
          kind: 'declared',
          evidence: { file: 'apps/shop/project.json', line: 1, column: 1 },
        },
        { from: '.', to: 'apps/shop', kind: 'declared', evidence: { file: 'project.json', line: 1, column: 1 } },
      ],
      outsideInputs: [],
      diagnostics: [],
    });
  });
});
