import { locksOf } from '#testing';
import type { WorkspacePath } from '#paths';
import {
  compareLocks,
  digestOf,
  emitGroutLock,
  lockField,
  lockOf,
  parseGroutLock,
  type LockPurpose,
} from '../index.js';

const at = (root: string): WorkspacePath => root as WorkspacePath;

const WORKSPACE = {
  'Cargo.toml': '[package]\nname = "root"\nversion = "1.0.0"\n',
  'libs/v1.2/100%/Cargo.toml': '[package]\nname = "b"\nversion = "1.0.0"\n[workspace]\n',
  'libs/go.d/go.mod': 'module example.com/d\n\ngo 1.26\n',
  'libs/go.d/cmd/a/main.go': 'package main\n',
  'libs/go.d/cmd/b.x/main.go': 'package main\n',
};
const LOCKS = locksOf(WORKSPACE);
const REQUIREMENTS = new Map([
  ['golang.org/x/text@v0.14.0', ['golang.org/x/sync', 'golang.org/x/tools']],
  ['github.com/google/uuid@v1.5.0', []],
]);
const LOCK = lockOf(LOCKS, new Map());
const TEXT = emitGroutLock(LOCK);

function without(text: string, line: RegExp): string {
  const lines = text.split('\n');
  expect(lines.some((each) => line.test(each))).toBe(true);
  return lines.filter((each) => !line.test(each)).join('\n');
}

describe('grout.lock.json', () => {
  it('is one line per project, ordered, with a digest per purpose and no dots in its keys', () => {
    const digests = (...purposes: string[]) => `{ ${purposes.map((purpose) => `"${purpose}": "<16>"`).join(', ')} }`;
    expect(TEXT.replaceAll(/"[0-9a-f]{16}"/g, '"<16>"')).toBe(`{
  "version": 1,
  "projects": {
    "%2E": ${digests('rustBuild', 'rustTest')},
    "libs/go%2Ed": ${digests('goBuild', 'goTest', 'goBuild:cmd/a', 'goBuild:cmd/b%2Ex')},
    "libs/v1%2E2/100%25": ${digests('rustBuild', 'rustTest')}
  }
}
`);
  });

  it('has the digest of a task where its field says', () => {
    const tasks = [...LOCKS].flatMap(([root, purposes]) =>
      [...purposes].map(([purpose, node]) => ({ root, purpose, node })),
    );
    for (const { root, purpose, node } of tasks) {
      const found = lockField(root, purpose)
        .split('.')
        .reduce((value: unknown, key) => (value as Record<string, unknown>)[key], JSON.parse(TEXT));
      expect(found).toBe(digestOf(node));
    }
    expect(tasks).toHaveLength(8);
  });

  it('is an empty list of projects in a workspace without any', () => {
    const text = emitGroutLock(lockOf(new Map(), new Map()));
    expect(JSON.parse(text)).toEqual({ version: 1, projects: {} });
    expect(parseGroutLock(text)).toEqual({ projects: new Map(), requirements: new Map() });
  });

  it('is read as it was written, in whatever layout', () => {
    expect(parseGroutLock(TEXT)).toEqual(LOCK);
    expect(parseGroutLock(JSON.stringify(JSON.parse(TEXT), null, 4).replaceAll('\n', '\r\n'))).toEqual(LOCK);
  });

  it('keeps what is known of Go modules from outside, a line each', () => {
    const text = emitGroutLock(lockOf(new Map(), REQUIREMENTS));
    expect(text).toBe(`{
  "version": 1,
  "projects": {},
  "goModules": {
    "github.com/google/uuid@v1.5.0": [],
    "golang.org/x/text@v0.14.0": ["golang.org/x/sync", "golang.org/x/tools"]
  }
}
`);
    expect(parseGroutLock(text)?.requirements).toEqual(REQUIREMENTS);
    expect(parseGroutLock(text.replace('"golang.org/x/sync"', '3'))?.requirements.size).toBe(1);
  });

  it.each([
    ['is not there', undefined],
    ['is empty', ''],
    ['is cut off', TEXT.slice(0, -4)],
    ['has conflict markers', TEXT.replace('"projects"', '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n  "projects"')],
    ['is of another version', TEXT.replace('"version": 1', '"version": 2')],
    ['has no projects', '{"version": 1}'],
    ['has another shape', '{"version": 1, "projects": {"a": "b"}}'],
    ['is a list', '[]'],
  ])('says nothing when it %s', (_, text) => {
    expect(parseGroutLock(text)).toBeUndefined();
  });
});

describe('committed digests', () => {
  it('are fresh where they are what the lockfiles give', () => {
    const { isFresh, stale, diagnostics } = compareLocks(parseGroutLock(TEXT), LOCKS);
    expect([stale, diagnostics]).toEqual([[], []]);
    expect(isFresh(at('.'), 'rustTest')).toBe(true);
    expect(isFresh(at('libs/go.d'), 'goBuild:cmd/b.x')).toBe(true);
  });

  it.each<[string, string, LockPurpose]>([
    ['is missing', without(TEXT, /go%2Ed/), 'goBuild'],
    ['is another one', TEXT.replace(/("goBuild": ")./, '$1_'), 'goBuild'],
    ['is no text', TEXT.replace(/("goBuild:cmd\/a": )"\w+"/, '$15'), 'goBuild:cmd/a'],
  ])('are stale where one %s, and only there', (_, text, purpose) => {
    const { isFresh, stale, diagnostics } = compareLocks(parseGroutLock(text), LOCKS);
    expect(isFresh(at('libs/go.d'), purpose)).toBe(false);
    expect(isFresh(at('.'), 'rustBuild')).toBe(true);
    expect(stale).toEqual(['libs/go.d']);
    expect(diagnostics).toMatchObject([
      { code: 'graph/stale-lock-digests', severity: 'warning', help: expect.stringContaining('nx sync') as unknown },
    ]);
    expect(diagnostics[0]?.message).toContain('libs/go.d');
  });

  it('are stale everywhere when the file cannot be read, which is said once', () => {
    const { stale, diagnostics } = compareLocks(undefined, LOCKS);
    expect(stale).toHaveLength(3);
    expect(diagnostics).toMatchObject([{ code: 'graph/no-lock-digests', severity: 'info' }]);
  });

  it('of projects that are gone make nothing stale', () => {
    const fewer = Object.fromEntries(Object.entries(WORKSPACE).filter(([path]) => path !== 'Cargo.toml'));
    expect(compareLocks(parseGroutLock(TEXT), locksOf(fewer)).stale).toEqual([]);
  });

  it('are never fresh for a task that does not exist', () => {
    expect(compareLocks(parseGroutLock(TEXT), LOCKS).isFresh(at('nowhere'), 'goBuild')).toBe(false);
    expect(compareLocks(undefined, LOCKS).isFresh(at('nowhere'), 'goBuild')).toBe(false);
  });
});
