import {
  CRATE_NAMES,
  dependentsOf,
  mixedMonorepo,
  MODULE_NAMES,
  numberOf,
  PROGRAMS,
  PROJECT_NAMES,
} from './fixtures/mixed-monorepo.js';
import { removeWorkspaces, Workspace } from './harness/workspace.js';

/** One workspace, lived through from the first build on: each step starts from what the one before left. */
describe('a Go and Rust monorepo with nothing but the package installed', () => {
  let workspace: Workspace;
  let firstDist: Record<string, string>;

  const tasks = (names: readonly string[], ...targets: readonly string[]): string[] =>
    names.flatMap((name) => targets.map((target) => `${name}:${target}`)).sort();
  const printed = (program: string): Promise<string> => workspace.print(`dist/apps/${program}/${program}`);
  const number = (...args: Parameters<typeof numberOf>): string => String(numberOf(...args));
  const UNITS = 'crates/units/src/own.rs';

  beforeAll(async () => {
    workspace = await Workspace.create(mixedMonorepo());
    await workspace.commit('begin');
  }, 300_000);
  afterAll(removeWorkspaces);

  it('builds and tests every project, and its programs print numbers that both languages made', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', 'test']);
    expect(run).toMatchObject({ exitCode: 0, ran: tasks(PROJECT_NAMES, 'build', 'test'), cached: [], remote: [] });
    for (const program of PROGRAMS) expect(await printed(program)).toBe(number(program));
    firstDist = workspace.contentsBelow('dist');
  }, 300_000);

  it('leaves the source tree as it was', async () => {
    expect(await workspace.git('status', '--porcelain')).toBe('');
    expect(Object.keys(firstDist).sort()).toEqual(
      [
        ...PROGRAMS.map((program) => `apps/${program}/${program}`),
        ...['audit', 'pricing', 'search'].flatMap((bridge) => [
          `crates/${bridge}-ffi/lib${bridge}_ffi.a`,
          `crates/${bridge}-ffi/${bridge}_ffi.system-libraries`,
        ]),
      ].sort(),
    );
  });

  it('takes everything from the cache the second time, and leaves what it built alone', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', 'test']);
    expect(run).toMatchObject({ exitCode: 0, ran: [], cached: tasks(PROJECT_NAMES, 'build', 'test') });
    expect(workspace.contentsBelow('dist')).toEqual(firstDist);
  }, 60_000);

  it('restores what was deleted from dist, byte for byte', async () => {
    workspace.remove('dist');
    const run = await workspace.nx(['run-many', '-t', 'build']);
    expect(run).toMatchObject({ exitCode: 0, ran: [], cached: tasks(PROJECT_NAMES, 'build') });
    expect(workspace.contentsBelow('dist')).toEqual(firstDist);
    expect(await printed('shop')).toBe(number('shop'));
  }, 60_000);

  it('links from dist: the library that the cgo lines point at need not exist', async () => {
    workspace.remove('target');
    workspace.edit('apps/auditor/auditor.go', 'const own = 1', 'const own = 5');
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'auditor']);
    expect(run).toMatchObject({ exitCode: 0, ran: ['auditor:build'], cached: ['audit-ffi:build'] });
    expect(await printed('auditor')).toBe(number('auditor', { auditor: 5 }));
    expect(workspace.exists('target')).toBe(false);
    await workspace.git('checkout', '--quiet', '.');
  }, 60_000);

  it('builds nothing for a change that no build reads', async () => {
    workspace.write('libs/pricing/README.md', '# pricing, described\n');
    workspace.write('README.md', '# described\n');
    const untouched = await workspace.nx(['affected', '-t', 'build', '--base=HEAD']);
    expect(untouched).toMatchObject({ exitCode: 0, ran: [], cached: [] });
    workspace.edit('libs/billing/billing_test.go', 'bad number', 'wrong number');
    const tested = await workspace.nx(['affected', '-t', 'build', '--base=HEAD']);
    expect(tested).toMatchObject({ exitCode: 0, ran: [] });
    await workspace.git('checkout', '--quiet', '.');
  }, 60_000);

  it('carries a change of a Rust leaf into every Go program above it, and into no other', async () => {
    workspace.edit(UNITS, '= 1', '= 10');
    const above = dependentsOf('units');
    const affected = await workspace.nx(['affected', '-t', 'build', '--base=HEAD']);
    expect(affected).toMatchObject({ exitCode: 0, ran: tasks(above, 'build'), cached: [] });
    const all = await workspace.nx(['run-many', '-t', 'build']);
    expect(all).toMatchObject({ exitCode: 0, ran: [], cached: tasks(PROJECT_NAMES, 'build') });
    for (const program of PROGRAMS) expect(await printed(program)).toBe(number(program, { units: 10 }));
    expect(await printed('finder')).toBe(number('finder'));
  }, 120_000);

  it('runs the Go tests again over changed Rust, so a bad value from Rust fails them', async () => {
    workspace.edit(UNITS, '= 10', '= 900');
    const bad = await workspace.nx(['run-many', '-t', 'test', '-p', 'shop']);
    expect(bad.exitCode).toBe(1);
    expect(bad.output).toContain(`bad number ${number('shop', { units: 900 })}`);
    workspace.edit(UNITS, '= 900', '= 10');
    const good = await workspace.nx(['run-many', '-t', 'test', '-p', 'shop', 'finder']);
    expect(good).toMatchObject({ exitCode: 0, cached: expect.arrayContaining(['finder:test']) as string[] });
    expect(good.ran).toContain('shop:test');
  }, 120_000);

  it('carries a change of a Go module into the modules above it, and compiles no Rust for it', async () => {
    await workspace.git('checkout', '--quiet', '.');
    workspace.edit('libs/text/text.go', 'const own = 1', 'const own = 7');
    const affected = await workspace.nx(['affected', '-t', 'build', '--base=HEAD']);
    const above = dependentsOf('text');
    expect(affected.exitCode).toBe(0);
    expect(affected.ran).toEqual(tasks(above, 'build'));
    expect(affected.cached).toEqual(tasks(['audit-ffi', 'pricing-ffi', 'search-ffi'], 'build'));
    for (const program of PROGRAMS) expect(await printed(program)).toBe(number(program, { text: 7 }));
  }, 120_000);

  it('finds everything in the cache again when a change is taken back', async () => {
    await workspace.git('checkout', '--quiet', '.');
    const run = await workspace.nx(['run-many', '-t', 'build', 'test']);
    expect(run).toMatchObject({ exitCode: 0, ran: [], cached: tasks(PROJECT_NAMES, 'build', 'test') });
    expect(workspace.contentsBelow('dist')).toEqual(firstDist);
  }, 60_000);

  it('builds anew for other GOFLAGS, on the Go side only', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build'], { GOFLAGS: '-tags=extra' });
    expect(run.exitCode).toBe(0);
    expect(run.ran).toEqual(tasks(MODULE_NAMES, 'build'));
    expect(run.cached).toEqual(tasks(CRATE_NAMES, 'build'));
    for (const program of PROGRAMS) {
      expect(await printed(program)).toBe(number(program, {}, { tags: true, features: false }));
    }
  }, 120_000);

  it('switches a feature on in both languages at once', async () => {
    for (const program of PROGRAMS) {
      const run = await workspace.nx(['build', program, '--features=extra']);
      expect(run.exitCode).toBe(0);
      expect(await printed(program)).toBe(number(program, {}, { tags: true, features: true }));
    }
  }, 120_000);

  it('fails for a feature that neither side knows, with the name that was meant', async () => {
    const run = await workspace.nx(['build', 'shop', '--features=exrta']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[plan/unknown-feature]');
    expect(run.output).toContain('did you mean `extra`?');
    expect(await printed('shop')).toBe(number('shop', {}, { tags: true, features: true }));
  }, 60_000);

  it('builds both sides for release in the configuration production', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', '-p', 'shop', '-c', 'production']);
    expect(run).toMatchObject({ exitCode: 0, ran: ['pricing-ffi:build:production', 'shop:build:production'] });
    expect(run.output).toMatch(/> cargo build --package pricing-ffi@0\.1\.0 .*--release/);
    expect(run.output).toMatch(/> go build .*-ldflags=.*-s -w/);
    expect(workspace.exists('target/release/libpricing_ffi.a')).toBe(true);
    expect(await printed('shop')).toBe(number('shop'));
  }, 120_000);
});
