import { withRegistries } from './harness/environment.js';
import { pathWithout } from './harness/logged-tools.js';
import { json, removeWorkspaces, Workspace } from './harness/workspace.js';

const GO_WORK = `go 1.26

// Applications first.
use (
	./apps/lonely // needs nobody
	./apps/hello
)
`;
const CARGO_TOML = `# The crates of this company.
[workspace]
resolver = "3"
members = [
    "crates/apart", # needs nobody
]
`;
const RUST = 'libs/pricing/rust/src/lib.rs';

/** A program that shows a value, an error and a panic that were made in Rust. */
const HELLO = `package main

import (
	"context"
	"errors"
	"fmt"
	"math"

	grout "example.com/acme/grout-go"
	pricing "example.com/acme/pricing-go"
)

func main() {
	client, err := pricing.New()
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	greeting, err := client.Greet(ctx, pricing.GreetRequest{Name: "Go"})
	fmt.Println("value:", greeting.Text, err)

	_, err = client.Greet(ctx, pricing.GreetRequest{})
	var failure *grout.Error
	fmt.Println("typed:", errors.Is(err, pricing.ErrEmptyName), errors.Is(err, pricing.ErrOverflow))
	if errors.As(err, &failure) {
		fmt.Printf("error: %d %s; %s; %s\\n", failure.Code, failure.Name, failure.Message, failure.Hint)
	}

	_, err = client.Add(ctx, pricing.AddRequest{Left: math.MinInt64})
	fmt.Println("panic:", errors.Is(err, grout.ErrPanic))
	sum, err := client.Add(ctx, pricing.AddRequest{Left: 20, Right: 22})
	fmt.Println("after:", sum.Sum, err)
}
`;

const FILES = {
  'package.json': json({ name: 'acme', private: true, devDependencies: { nx: '*', 'nx-grout': '*' } }),
  'nx.json': json({ neverConnectToCloud: true, analytics: false }),
  '.gitignore': 'node_modules/\n.nx/\n',
  'go.work': GO_WORK,
  'Cargo.toml': CARGO_TOML,
  'crates/apart/Cargo.toml': '[package]\nname = "apart"\nversion = "0.1.0"\nedition = "2024"\n',
  'crates/apart/src/lib.rs': '//! Apart.\n',
  'apps/lonely/go.mod': 'module example.com/acme/lonely\n\ngo 1.26\n',
  'apps/lonely/main.go': 'package main\n\nfunc main() {}\n',
  'apps/hello/go.mod':
    'module example.com/acme/hello\n\ngo 1.26\n\nrequire (\n\texample.com/acme/grout-go v0.0.0\n\texample.com/acme/pricing-go v0.0.0\n)\n',
  'apps/hello/main.go': HELLO,
};

/** One workspace, lived through from `init` on: each step starts from what the one before left. */
describe('a bridge between Go and Rust', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(FILES);
    await workspace.commit('begin');
  }, 300_000);
  afterAll(removeWorkspaces);

  const generate = (name: string, ...more: string[]) =>
    workspace.nx(['g', 'bridge-module', name, '--directory=libs', '--no-propertyTests', ...more]);
  const shown = async (word: string): Promise<string> =>
    (await workspace.print('dist/apps/hello/hello')).split('\n').find((line) => line.startsWith(`${word}:`)) ?? '';
  const restore = (): Promise<string> => workspace.git('checkout', '--quiet', '.');

  it('init sets the workspace up, and a second time changes nothing', async () => {
    expect(await workspace.nx(['g', 'nx-grout:init'])).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(workspace.read('nx.json'))).toMatchObject({
      plugins: ['nx-grout'],
      sync: { globalGenerators: ['nx-grout:sync'] },
    });
    for (const ignored of ['target/', 'dist/']) expect(workspace.read('.gitignore').split('\n')).toContain(ignored);
    expect(workspace.read('rust-toolchain.toml')).toContain('channel = ');
    await workspace.commit('init');
    expect(await workspace.nx(['g', 'nx-grout:init'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.git('status', '--porcelain')).toBe('');
  }, 60_000);

  it('refuses names that cannot be, says why, and writes nothing', async () => {
    for (const [name, why] of [
      ['type', 'it is a word of Go'],
      ['self', 'it is a word of Rust'],
      ['Pricing', 'use lower-case letters'],
      ['lonely/x', 'use lower-case letters'],
    ] as const) {
      const run = await generate(name);
      expect([name, run.exitCode, run.output]).toEqual([name, 1, expect.stringContaining(why)]);
    }
    expect(await workspace.git('status', '--porcelain')).toBe('');
  }, 60_000);

  it('--dry-run writes nothing', async () => {
    const run = await generate('pricing', '--dry-run');
    expect(run.output).toContain('CREATE libs/pricing/contract/pricing/v1/pricing.proto');
    expect(await workspace.git('status', '--porcelain')).toBe('');
  }, 60_000);

  it("is scaffolded, and the user's comments and order stay", async () => {
    expect(await generate('pricing')).toMatchObject({ exitCode: 0 });
    expect(workspace.read('go.work').startsWith(GO_WORK.slice(0, GO_WORK.indexOf(')')))).toBe(true);
    expect(workspace.read('go.work')).toContain('\t./libs/pricing/go\n');
    expect(workspace.read('Cargo.toml').startsWith(CARGO_TOML.slice(0, CARGO_TOML.indexOf(']\n', 60)))).toBe(true);
    expect(workspace.read('Cargo.toml')).toContain('    "libs/pricing/rust",\n');
    const again = await generate('pricing');
    expect([again.exitCode, again.output]).toEqual([1, expect.stringContaining('already')]);
    workspace.edit(
      RUST,
      'let AddRequest { left, right } = request;',
      `let AddRequest { left, right } = request;
        assert_ne!(left, i64::MIN, "a bug in Rust");`,
    );
    await workspace.commit('a bridge');
  }, 60_000);

  it('builds, tests and lints on both sides at once', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint']);
    expect(run).toMatchObject({ exitCode: 0, cached: [] });
    expect(run.ran).toEqual(
      expect.arrayContaining(['pricing-rust:build', 'pricing-go:build', 'pricing-go:test', 'hello:build']),
    );
    const again = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint']);
    expect(again).toMatchObject({ exitCode: 0, ran: [] });
  }, 300_000);

  it('gives Go what Rust computed: a value, an error with code, message and hint, a panic that the process outlives', async () => {
    expect(await shown('value')).toBe('value: Hello, Go! <nil>');
    expect(await shown('typed')).toBe('typed: true false');
    expect(await shown('error')).toBe('error: 2 EMPTY_NAME; there is nobody to greet; pass the name of somebody');
    expect(await shown('panic')).toBe('panic: true');
    expect(await shown('after')).toBe('after: 42 <nil>');
  });

  it('passes plain go test and cargo test after one build, and is formatted', async () => {
    const go = await workspace.run('go', ['test', '-C', 'libs/pricing/go', '-count=1', './...']);
    expect([go.exitCode, go.output]).toEqual([0, expect.stringContaining('ok  \texample.com/acme/pricing-go')]);
    expect(await workspace.run('cargo', ['test', '--quiet', '--package', 'pricing-rust'])).toMatchObject({
      exitCode: 0,
    });
    expect(await workspace.run('gofmt', ['-l', 'libs'])).toEqual({ exitCode: 0, output: '' });
    expect(await workspace.run('cargo', ['fmt', '--all', '--check'])).toEqual({ exitCode: 0, output: '' });
    const strict = ['clippy', '--quiet', '--workspace', '--all-targets', '--', '-D', 'warnings'];
    expect(await workspace.run('cargo', strict)).toMatchObject({ exitCode: 0 });
  }, 120_000);

  it('a change of only Rust reaches the Go program and the Go test; who needs neither stays', async () => {
    workspace.edit(RUST, 'Hello, {}!', 'Servus, {}!');
    const built = await workspace.nx(['affected', '-t', 'build']);
    expect(built).toMatchObject({
      exitCode: 0,
      ran: ['hello:build', 'pricing-go:build', 'pricing-rust:build'],
      cached: [],
    });
    expect(await shown('value')).toBe('value: Servus, Go! <nil>');
    const tested = await workspace.nx(['test', 'pricing-go']);
    expect([tested.exitCode, tested.output]).toEqual([1, expect.stringContaining('--- FAIL: TestGreet')]);
    await restore();
    const reverted = await workspace.nx(['run-many', '-t', 'build', 'test']);
    expect(reverted).toMatchObject({ exitCode: 0, ran: [] });
    expect(await shown('value')).toBe('value: Hello, Go! <nil>');
  }, 120_000);

  it('is tested against its mock with no Rust on PATH and no Rust task', async () => {
    const PATH = await pathWithout(workspace, 'cargo', 'rustc', 'rustup');
    expect((await workspace.run('sh', ['-c', 'command -v cargo rustc'], { PATH })).exitCode).not.toBe(0);
    workspace.remove('dist');
    const run = await workspace.nx(['run-many', '-t', 'test-mock'], { PATH, CGO_ENABLED: '0' });
    expect([run.exitCode, run.output]).toEqual([0, expect.stringContaining('ok  \texample.com/acme/pricing-go')]);
    expect(run.ran).toEqual(['hello:test-mock', 'pricing-go:test-mock']);
  }, 120_000);

  it('gets digests of its lockfiles by nx sync, which change nothing when it runs again', async () => {
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.git('status', '--porcelain')).toBe('?? grout.lock.json');
    await workspace.commit('Lock digests');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 0 });
  }, 60_000);

  it('follows its contract by nx sync; sync:check is red until then, and the same contract gives the same bytes', async () => {
    const proto = 'libs/pricing/contract/pricing/v1/pricing.proto';
    workspace.edit(proto, 'string text = 1;', 'string text = 1;\n  uint32 length = 2;');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 1 });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(workspace.read('libs/pricing/go/api.gen.go')).toContain('Length uint32');
    expect(workspace.read('libs/pricing/rust/src/generated/api.rs')).toContain('pub length: u32');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 0 });
    await workspace.git('checkout', '--quiet', proto);
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.git('status', '--porcelain')).toBe('');
  }, 120_000);

  it('starts with the features that both sides have, and says which one the library lacks', async () => {
    workspace.write(
      'libs/pricing/rust/Cargo.toml',
      `${workspace.read('libs/pricing/rust/Cargo.toml')}\n[features]\nsimd = []\n`,
    );
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.nx(['build', 'hello', '--features=simd'])).toMatchObject({ exitCode: 0 });
    expect(await shown('value')).toBe('value: Hello, Go! <nil>');
    // A tag is Go's alone.
    expect(await workspace.nx(['build', 'hello', '--tags=simd'])).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await workspace.run('dist/apps/hello/hello', []);
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(
      /the Go package example\.com\/acme\/pricing-go .* and the Rust library pricing_rust .*this program was built with simd, the library without/,
    );
    await restore();
    await workspace.git('clean', '--quiet', '-fd', 'libs');
  }, 120_000);

  it('is measured in release builds by nx bench, which fails for a method over its budget and for nothing else', async () => {
    const measured = await workspace.nx(['bench', 'pricing-go', '--goArgs=-benchtime=10x']);
    expect([measured.exitCode, measured.output]).toEqual([
      0,
      expect.stringMatching(/BenchmarkBoundaryAdd\S*\s+10\s+[\d.]+ ns\/op\s+[\d.]+ budget-ns\s+[\d.]+ ×raw-cgo/),
    ]);
    expect(measured.output).toContain('BenchmarkBoundaryGreet');
    workspace.edit('libs/pricing/contract/pricing/v1/pricing.proto', 'budget_ns: 200', 'budget_ns: 1');
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    const slow = await workspace.nx(['bench', 'pricing-go', '--goArgs=-benchtime=10x']);
    expect(slow.exitCode).toBe(1);
    expect(slow.output).toMatch(
      /Pricing\.Add takes \d+ ns, and its budget is 1ns, which is \d+ ns on this machine: a bare cgo call takes \d+ ns here/,
    );
    expect(await workspace.nx(['test', 'pricing-go'])).toMatchObject({ exitCode: 0 });
    await restore();
  }, 180_000);

  it('does not link two sides of different contracts, and says so', async () => {
    workspace.edit('libs/pricing/contract/pricing/v1/pricing.proto', 'int64 sum = 1;', 'int32 sum = 1;');
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.git('checkout', '--quiet', 'libs/pricing/rust');
    const run = await workspace.nx(['build', 'pricing-go']);
    expect([run.exitCode, run.output]).toEqual([1, expect.stringMatching(/plan\/abi-mismatch[\s\S]*`nx sync`/)]);
    await restore();
  }, 120_000);

  it('reports a contract it cannot keep at the place, and leaves the generated code alone', async () => {
    workspace.edit(
      'libs/pricing/contract/pricing/v1/pricing.proto',
      'int64 left = 1;',
      'int64 left = 1 [(grout.v1.field) = {max_len: 3}];',
    );
    const run = await workspace.nx(['sync']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toMatch(
      /contract\/limit-without-length[\s\S]*libs\/pricing\/contract\/pricing\/v1\/pricing\.proto:\d+:\d+/,
    );
    await restore();
    expect(await workspace.git('status', '--porcelain')).toBe('');
  }, 60_000);

  it('lives beside a second bridge in one program', async () => {
    expect(await generate('doc-index')).toMatchObject({ exitCode: 0 });
    workspace.edit('apps/hello/go.mod', 'require (', 'require (\n\texample.com/acme/doc-index-go v0.0.0');
    workspace.edit(
      'apps/hello/main.go',
      'grout "example.com',
      'docindex "example.com/acme/doc-index-go"\n\tgrout "example.com',
    );
    workspace.edit(
      'apps/hello/main.go',
      '	ctx := context.Background()',
      `	ctx := context.Background()
	index, err := docindex.New()
	if err != nil {
		panic(err)
	}
	other, err := index.Greet(ctx, docindex.GreetRequest{Name: "both"})
	fmt.Println("second:", other.Text, err)`,
    );
    expect(await workspace.nx(['build', 'hello'])).toMatchObject({ exitCode: 0 });
    expect(await shown('second')).toBe('second: Hello, both! <nil>');
    expect(await shown('value')).toBe('value: Hello, Go! <nil>');
  }, 120_000);

  it('has tests of random values on both sides by default; Go is built, and tested against the mock, without their library', async () => {
    await workspace.commit('two bridges');
    const scaffold = ['g', 'bridge-module', 'dice', '--directory=libs'];
    expect(await workspace.nx(scaffold, withRegistries)).toMatchObject({ exitCode: 0 });
    expect(workspace.read('Cargo.lock')).toContain('name = "proptest"');
    const tested = await workspace.nx(['run-many', '-t', 'test', 'lint', '-p', 'dice-go', 'dice-rust'], withRegistries);
    expect([tested.exitCode, tested.output]).toEqual([
      0,
      expect.stringContaining('generated::property_tests::greet_request_comes_back ... ok'),
    ]);
    expect(tested.ran).toEqual(expect.arrayContaining(['dice-go:test', 'dice-rust:test', 'dice-rust:lint']));
    const go = [
      'test',
      '-C',
      'libs/dice/go',
      '-count=1',
      '-v',
      '-run=^TestBoundaryRoundTrips$',
      '.',
      '-rapid.checks=7',
    ];
    const plain = await workspace.run('go', go);
    expect([plain.exitCode, plain.output]).toEqual([0, expect.stringContaining('OK, passed 7 tests')]);
    expect(await workspace.run('gofmt', ['-l', 'libs'])).toEqual({ exitCode: 0, output: '' });
    expect(await workspace.run('cargo', ['fmt', '--all', '--check'])).toEqual({ exitCode: 0, output: '' });
    const empty = { GOMODCACHE: `${workspace.root}/../modules` };
    expect(await workspace.nx(['run-many', '-t', 'build', 'test-mock', '-p', 'dice-go', 'hello'], empty)).toMatchObject(
      {
        exitCode: 0,
      },
    );
  }, 300_000);

  it('loses them by a line of grout.toml', async () => {
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('a bridge with tests of random values');
    workspace.edit('grout.toml', '"libs/dice"\nproperty-tests = true\n', '"libs/dice"\n');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 1 });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect((await workspace.git('status', '--porcelain')).split('\n')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ ?D libs\/dice\/go\/property\.gen_test\.go$/),
        expect.stringMatching(/^ ?D libs\/dice\/rust\/src\/generated\/property_tests\.rs$/),
      ]),
    );
    expect(await workspace.nx(['test', 'dice-go'])).toMatchObject({ exitCode: 0 });
  }, 180_000);
});
