import { json, removeWorkspaces, Workspace } from './harness/workspace.js';

const contractOf = (bridge: string): string => `libs/${bridge}/contract/${bridge}/v1/${bridge}.proto`;
const serviceOf = (bridge: string): string => `libs/${bridge}/rust/src/lib.rs`;

/** A program that gives to one bridge what the other answered. */
const HELLO = `package main

import (
	"context"
	"fmt"

	money "example.com/acme/money-go"
	pricing "example.com/acme/pricing-go"
)

func main() {
	ctx := context.Background()
	bank, err := money.New()
	if err != nil {
		panic(err)
	}
	shop, err := pricing.New()
	if err != nil {
		panic(err)
	}
	lent, err := bank.Lend(ctx, money.LendRequest{Units: 42})
	if err != nil {
		panic(err)
	}
	split, err := shop.Split(ctx, pricing.SplitRequest{Amount: lent.Amount, Ways: 3})
	if err != nil {
		panic(err)
	}
	var parts []money.Amount = split.Parts
	fmt.Println(len(parts), "parts of", parts[0].Units, "each")
	fmt.Printf("shown: %+v\\n", split)
}
`;

const FILES = {
  'package.json': json({ name: 'acme', private: true, devDependencies: { nx: '*', 'nx-grout': '*' } }),
  'nx.json': json({ neverConnectToCloud: true, analytics: false }),
  '.gitignore': 'node_modules/\n.nx/\n',
  'go.work': 'go 1.26\n\nuse ./apps/hello\n',
  'apps/hello/go.mod':
    'module example.com/acme/hello\n\ngo 1.26\n\nrequire (\n\texample.com/acme/money-go v0.0.0\n\texample.com/acme/pricing-go v0.0.0\n)\n',
  'apps/hello/main.go': HELLO,
};

/** One workspace, lived through from `init` on: each step starts from what the one before left. */
describe('a message that two bridges share', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create(FILES);
    await workspace.commit('begin');
  }, 300_000);
  afterAll(removeWorkspaces);

  const restore = (): Promise<string> => workspace.git('checkout', '--quiet', '.');
  const printed = (): Promise<string> => workspace.print('dist/apps/hello/hello');
  const hashOf = (bridge: string): string | undefined =>
    /abi_hash: (\w+)/.exec(workspace.read(`libs/${bridge}/rust/src/generated/exports.rs`))?.[1];

  it('is declared by one of them', async () => {
    expect(await workspace.nx(['g', 'nx-grout:init'])).toMatchObject({ exitCode: 0 });
    for (const bridge of ['money', 'pricing']) {
      const run = await workspace.nx(['g', 'bridge-module', bridge, '--directory=libs', '--no-propertyTests']);
      expect(run).toMatchObject({ exitCode: 0 });
    }
    const proto = workspace.read(contractOf('money'));
    workspace.write(
      contractOf('money'),
      `${proto}
message LendRequest {
  int64 units = 1;
}

message LendResponse {
  Amount amount = 1;
}

// Somebody's money.
message Amount {
  int64 units = 1;
  string holder = 2 [(grout.v1.field) = {redact: true}];
}
`,
    );
    workspace.edit(
      contractOf('money'),
      '  // Add computes',
      '  rpc Lend(LendRequest) returns (LendResponse);\n\n  // Add computes',
    );
    workspace.edit(
      serviceOf('money'),
      'impl Money for Service {',
      `impl Money for Service {
    fn lend(&self, _cx: &Cx, request: LendRequest) -> Result<LendResponse, grout::Error> {
        let LendRequest { units } = request;
        let holder = "Ada".to_owned();
        let amount = Some(Amount { units, holder });
        Ok(LendResponse { amount })
    }
`,
    );
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('a bridge with a message');
  }, 120_000);

  it('is imported by the other, whose manifests nx sync says what to do with', async () => {
    workspace.edit(
      contractOf('pricing'),
      'import "grout/v1/options.proto";',
      'import "grout/v1/options.proto";\nimport "money/v1/money.proto";',
    );
    workspace.edit(
      contractOf('pricing'),
      '  // Add computes',
      '  rpc Split(SplitRequest) returns (SplitResponse);\n\n  // Add computes',
    );
    const proto = workspace.read(contractOf('pricing'));
    workspace.write(
      contractOf('pricing'),
      `${proto}
message SplitRequest {
  money.v1.Amount amount = 1;
  uint32 ways = 2;
}

message SplitResponse {
  repeated money.v1.Amount parts = 1;
}
`,
    );
    // As where no go.work has both modules.
    expect(await workspace.run('go', ['work', 'edit', '-dropuse=./libs/pricing/go'])).toMatchObject({ exitCode: 0 });
    const refused = await workspace.nx(['sync']);
    expect(refused.exitCode).toBe(1);
    const [, line = '', update = ''] =
      /add `(.*)` below \[dependencies\], run `cargo (.*)`, and nx sync again/.exec(refused.output) ?? [];
    const [, edit = ''] = /run `go (mod edit .*)`, and nx sync again/.exec(refused.output) ?? [];
    workspace.edit('libs/pricing/rust/Cargo.toml', '[dependencies]\n', `[dependencies]\n${line}\n`);
    expect(await workspace.run('cargo', update.split(' '))).toMatchObject({ exitCode: 0 });
    expect(await workspace.run('go', edit.split(' '))).toEqual({ exitCode: 0, output: '' });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.run('go', ['work', 'edit', '-use=./libs/pricing/go'])).toMatchObject({ exitCode: 0 });
    workspace.edit(
      serviceOf('pricing'),
      'impl Pricing for Service {',
      `impl Pricing for Service {
    fn split(&self, _cx: &Cx, request: SplitRequest) -> Result<SplitResponse, grout::Error> {
        let SplitRequest { amount, ways } = request;
        let amount: money_rust::Amount = amount.unwrap_or_default();
        let part = Amount {
            units: amount.units / i64::from(ways.max(1)),
            ..amount
        };
        let parts = vec![part; ways as usize];
        Ok(SplitResponse { parts })
    }
`,
    );
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    await workspace.commit('a shared message');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 0 });
  }, 120_000);

  it('is found by buf, and both sides are as their formatters and linters want them', async () => {
    expect(await workspace.run('node_modules/.bin/buf', ['lint', 'libs/pricing/contract'])).toEqual({
      exitCode: 0,
      output: '',
    });
    expect(await workspace.run('gofmt', ['-l', 'libs'])).toEqual({ exitCode: 0, output: '' });
    expect(await workspace.run('cargo', ['fmt', '--all', '--check'])).toEqual({ exitCode: 0, output: '' });
  }, 60_000);

  it('goes from one bridge to the other in a program that links both', async () => {
    expect(await workspace.nx(['build', 'hello'])).toMatchObject({ exitCode: 0 });
    const [parts, shown] = (await printed()).split('\n');
    expect(parts).toBe('3 parts of 14 each');
    expect(shown).toContain('Units:14');
    expect(shown).not.toContain('Ada');
  }, 240_000);

  it('passes the tests and lints of both bridges, and the second time nothing runs', async () => {
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint']);
    expect([run.exitCode, run.exitCode === 0 ? '' : run.output]).toEqual([0, '']);
    expect(run.ran).toEqual(expect.arrayContaining(['pricing-go:test', 'pricing-rust:test', 'money-go:test']));
    expect(await workspace.nx(['run-many', '-t', 'build', 'test', 'lint'])).toMatchObject({ exitCode: 0, ran: [] });
    const plain = await workspace.run('go', ['test', '-C', 'libs/pricing/go', './...']);
    expect([plain.exitCode, plain.output]).toEqual([0, expect.stringContaining('ok')]);
  }, 480_000);

  it('is found by a go.work with both modules as well', async () => {
    const money = 'example.com/acme/money-go';
    const edit = ['mod', 'edit', `-droprequire=${money}`, `-dropreplace=${money}`, 'libs/pricing/go/go.mod'];
    expect(await workspace.run('go', edit)).toMatchObject({ exitCode: 0 });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.git('diff', '--name-only', 'libs')).toBe('libs/pricing/go/go.mod');
    expect(await workspace.nx(['run-many', '-t', 'build', 'test', '-p', 'pricing-go', 'hello'])).toMatchObject({
      exitCode: 0,
      ran: expect.arrayContaining(['pricing-go:test', 'hello:build']) as unknown,
    });
    await restore();
  }, 240_000);

  it('can belong to a bridge of messages alone, which is built, tested and linted as any other', async () => {
    const options = ['--directory=libs', '--implementedIn=neither', '--no-propertyTests'];
    const generated = await workspace.nx(['g', 'bridge-module', 'geo', ...options]);
    expect(generated).toMatchObject({ exitCode: 0 });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    const run = await workspace.nx(['run-many', '-t', 'build', 'test', 'lint', '-p', 'geo-go', 'geo-rust']);
    expect([run.exitCode, run.exitCode === 0 ? '' : run.output]).toEqual([0, '']);
    expect(run.ran).toEqual(expect.arrayContaining(['geo-go:test', 'geo-rust:test']));
    expect(await workspace.run('node_modules/.bin/buf', ['lint', 'libs/geo/contract'])).toMatchObject({ exitCode: 0 });
    expect(await workspace.run('gofmt', ['-l', 'libs/geo'])).toEqual({ exitCode: 0, output: '' });
    expect(await workspace.run('cargo', ['fmt', '--all', '--check'])).toEqual({ exitCode: 0, output: '' });
    await restore();
    await workspace.git('clean', '--quiet', '-fd', 'libs/geo');
  }, 240_000);

  it('changes both bridges with its contract, which sync:check tells', async () => {
    const before = ['money', 'pricing'].map(hashOf);
    workspace.edit(contractOf('money'), '  int64 units = 1;\n  string holder', '  sint32 units = 1;\n  string holder');
    expect(await workspace.nx(['sync:check'])).toMatchObject({ exitCode: 1 });
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    expect(workspace.read('libs/pricing/contract/money/v1/money.proto')).toContain('sint32 units = 1;');
    const after = ['money', 'pricing'].map(hashOf);
    after.forEach((hash, at) => {
      expect(hash).not.toBe(before[at]);
    });
    const affected = await workspace.nx(['show', 'projects', '--affected', '-t', 'build']);
    for (const project of ['money-rust', 'money-go', 'pricing-rust', 'pricing-go', 'hello']) {
      expect(affected.output.split('\n')).toContain(project);
    }
    // The compilers name the hand-written lines that take the type to be what it was.
    expect((await workspace.nx(['build', 'pricing-rust'])).output).toMatch(/mismatched types/);
    await restore();
  }, 180_000);

  it('is not linked into a program by a bridge that was left behind', async () => {
    workspace.edit(contractOf('money'), '  int64 units = 1;\n  string holder', '  int64 units = 3;\n  string holder');
    expect(await workspace.nx(['sync'])).toMatchObject({ exitCode: 0 });
    // Both of its sides were: they fit each other, but not the crate that packs what they share.
    await workspace.git('checkout', '--quiet', 'libs/pricing');
    const run = await workspace.nx(['build', 'hello']);
    expect([run.exitCode, run.output]).toEqual([
      1,
      expect.stringMatching(/money\.v1\.\w+ is not what this bridge was generated for: run nx sync/),
    ]);
    await restore();
  }, 180_000);
});
