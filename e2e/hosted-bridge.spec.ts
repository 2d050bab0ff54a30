import { hostedDepot } from './fixtures/hosted-depot.js';
import { pathWithout } from './harness/logged-tools.js';
import { json, removeWorkspaces, Workspace } from './harness/workspace.js';

const SERVICE = 'libs/pricing/go/service.go';
const PROTO = 'libs/pricing/contract/pricing/v1/pricing.proto';

const FILES = {
  'package.json': json({ name: 'acme', private: true, devDependencies: { nx: '*', 'nx-grout': '*' } }),
  'nx.json': json({ neverConnectToCloud: true, analytics: false }),
  '.gitignore': 'node_modules/\n.nx/\n',
  'go.work': 'go 1.26\n\nuse ./apps/lonely\n',
  'apps/lonely/go.mod': 'module example.com/acme/lonely\n\ngo 1.26\n',
  'apps/lonely/main.go': 'package main\n\nfunc main() {}\n',
};

/** One workspace, lived through from `init` on: each step starts from what the one before left. */
describe('a service that Go implements and Rust hosts', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(FILES);
    await workspace.commit('begin');
  }, 300_000);
  afterAll(removeWorkspaces);

  const generate = (name: string, ...more: string[]) =>
    workspace.nx(['g', 'bridge-module', name, '--directory=libs', '--no-propertyTests', ...more]);
  const printed = (): Promise<string> => workspace.print('dist/libs/pricing/rust/pricing');
  const restore = (): Promise<string> => workspace.git('checkout', '--quiet', '.');

  it('is scaffolded by an option of bridge-module', async () => {
    expect(await workspace.nx(['g', 'nx-grout:init'])).toMatchObject({ exitCode: 0 });
    expect(await generate('pricing', '--implementedIn=go')).toMatchObject({ exitCode: 0 });
    expect(workspace.read(PROTO)).toContain('implemented_in_go: true');
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('a bridge');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 0 });
  }, 60_000);

  it("is built after Go's archive, and the program of Rust prints what Go computed", async () => {
    const run = await workspace.nx(['build', 'pricing-rust']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.ran).toEqual(expect.arrayContaining(['pricing-go:build', 'pricing-rust:build']));
    expect(await printed()).toBe('2 + 3 = 5\nHello, Rust!');
    const started = await workspace.nx(['run', 'pricing-rust:run']);
    expect([started.exitCode, started.output]).toEqual([0, expect.stringContaining('Hello, Rust!')]);
  }, 180_000);

  it('is tested and linted on both sides, and the second time nothing runs', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.ran).toEqual(expect.arrayContaining(['pricing-go:test', 'pricing-rust:test', 'pricing-rust:lint']));
    expect(await workspace.nx(['run-many', '-t', 'build', 'test', 'lint'])).toMatchObject({ exitCode: 0, ran: [] });
  }, 300_000);

  it('passes plain cargo test and go test after one build, and is formatted', async () => {
    const cargo = await workspace.run('cargo', ['test', '--package', 'pricing-rust']);
    expect([cargo.exitCode, cargo.output]).toEqual([0, expect.stringContaining('greet_needs_a_name ... ok')]);
    expect(cargo.output).toContain('conformance::refuses_what_the_contract_does_not_allow ... ok');
    expect(await workspace.run('go', ['test', '-C', 'libs/pricing/go', './...'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.run('gofmt', ['-l', 'libs'])).toEqual({ exitCode: 0, output: '' });
    expect(await workspace.run('go', ['vet', '-C', 'libs/pricing/go', './...'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.run('cargo', ['fmt', '--all', '--check'])).toEqual({ exitCode: 0, output: '' });
    for (const features of [[], ['--no-default-features']]) {
      const strict = ['clippy', '--quiet', '--workspace', '--all-targets', ...features, '--', '-D', 'warnings'];
      expect(await workspace.run('cargo', strict)).toEqual({ exitCode: 0, output: '' });
    }
  }, 180_000);

  it('a change of only Go reaches the program and the tests of Rust; a comment reaches neither', async () => {
    workspace.edit(SERVICE, '"Hello, "', '"Servus, "');
    const built = await workspace.nx(['affected', '-t', 'build']);
    expect(built).toMatchObject({ exitCode: 0, ran: ['pricing-go:build', 'pricing-rust:build'] });
    expect(await printed()).toBe('2 + 3 = 5\nServus, Rust!');
    const tested = await workspace.nx(['test', 'pricing-rust']);
    expect([tested.exitCode, tested.output]).toEqual([1, expect.stringContaining('greet_needs_a_name ... FAILED')]);
    await restore();
    expect(await workspace.nx(['run-many', '-t', 'build', 'test'])).toMatchObject({ exitCode: 0, ran: [] });
    expect(await printed()).toBe('2 + 3 = 5\nHello, Rust!');
    workspace.edit(SERVICE, '// service implements', '// It implements');
    expect(await workspace.nx(['build', 'pricing-rust'])).toMatchObject({ exitCode: 0, ran: ['pricing-go:build'] });
    await restore();
  }, 240_000);

  it('is tested against its mock without an archive and without Go', async () => {
    const PATH = await pathWithout(workspace, 'go', 'gofmt');
    expect((await workspace.run('sh', ['-c', 'command -v go'], { PATH })).exitCode).not.toBe(0);
    workspace.remove('dist');
    const mocked = await workspace.nx(['test-mock', 'pricing-rust'], { PATH });
    // All of the output is shown where it fails: part of it may be as it should.
    expect([mocked.exitCode, mocked.exitCode === 0 ? '' : mocked.output]).toEqual([0, '']);
    expect(mocked.output).toContain('greet_needs_a_name ... ok');
    expect(mocked.output).toContain('conformance::refuses_what_the_contract_does_not_allow ... ok');
    expect(mocked.ran).toEqual(['pricing-rust:test-mock']);
    const plain = ['test', '--package', 'pricing-rust', '--no-default-features'];
    expect(await workspace.run('cargo', plain, { PATH })).toMatchObject({ exitCode: 0 });
  }, 120_000);

  it('follows its contract by nx sync', async () => {
    workspace.edit(PROTO, 'string text = 1;', 'string text = 1;\n  uint32 length = 2;');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 1 });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(workspace.read('libs/pricing/go/api.gen.go')).toMatch(/Length\s+uint32/);
    expect(workspace.read('libs/pricing/rust/src/generated/api.rs')).toContain('pub length: u32');
    await restore();
  }, 60_000);

  it('lives beside a bridge in the other direction', async () => {
    expect(await generate('billing')).toMatchObject({ exitCode: 0 });
    expect(await workspace.nx(['run-many', '-t', 'build', 'test'])).toMatchObject({ exitCode: 0 });
    expect(await printed()).toBe('2 + 3 = 5\nHello, Rust!');
    expect(await workspace.print('dist/libs/billing/go/billing')).toBe('2 + 3 = 5\nHello, Go!');
  }, 240_000);

  it('is refused in a program of Go: it would have two runtimes', async () => {
    const manifest = 'libs/billing/rust/Cargo.toml';
    workspace.edit(manifest, '[dependencies]', '[dependencies]\npricing-rust = { path = "../../pricing/rust" }');
    const run = await workspace.nx(['build', 'billing-go']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('error[run/two-go-runtimes]: `billing-rust`, which this Go program links, has ');
    expect(run.output).toContain('libs/pricing/rust/build.rs:');
  }, 120_000);
});

/** A bridge as its user writes it on: it has what one of several services, with objects of both sides, has. */
describe('a bridge of several services of Go, with an object of Go and one of Rust', () => {
  const printed = (receipt: string): string =>
    [
      '9 apples',
      'told that 7 apples are left',
      receipt,
      '4 left',
      'the shelf of apples is closed',
      'Stock.Take: CLOSED: this Shelf is closed',
    ].join('\n');
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(FILES);
    await workspace.commit('begin');
    await workspace.nx(['g', 'nx-grout:init']);
    await workspace.nx(['g', 'bridge-module', 'depot', '--directory=libs', '--implementedIn=go']);
    for (const [path, text] of Object.entries(hostedDepot)) workspace.write(path, text);
    workspace.remove('libs/depot/rust/src/fake.rs');
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('a depot');
  }, 120_000);
  afterAll(removeWorkspaces);

  it('is built, and runs: objects cross both ways, a call after close is CLOSED, and closes are waited for', async () => {
    const run = await workspace.nx(['run', 'depot-rust:run']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.ran).toEqual(expect.arrayContaining(['depot-go:build', 'depot-rust:build', 'depot-rust:run']));
    expect(await workspace.print('dist/libs/depot/rust/depot')).toBe(printed('sold 2 apples'));
  }, 180_000);

  it('passes its tests and lint on both sides, and its tests against the mock', async () => {
    const run = await workspace.nx(['run-many', '-t', 'test', 'test-mock', 'lint']);
    expect([run.exitCode, run.exitCode === 0 ? '' : run.output]).toEqual([0, '']);
    expect(run.ran).toEqual(expect.arrayContaining(['depot-go:test', 'depot-rust:test', 'depot-rust:test-mock']));
    expect(await workspace.run('gofmt', ['-l', 'libs'])).toEqual({ exitCode: 0, output: '' });
    expect(await workspace.run('cargo', ['fmt', '--all', '--check'])).toEqual({ exitCode: 0, output: '' });
  }, 240_000);

  it('is rebuilt with the program of Rust after an edit of Go alone', async () => {
    workspace.edit('libs/depot/go/service.go', '"sold %d %s"', '"%d %s sold"');
    const built = await workspace.nx(['affected', '-t', 'build']);
    expect(built).toMatchObject({ exitCode: 0, ran: ['depot-go:build', 'depot-rust:build'] });
    expect(await workspace.print('dist/libs/depot/rust/depot')).toBe(printed('2 apples sold'));
  }, 120_000);
});
