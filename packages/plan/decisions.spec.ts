import { checkPlaces, checkTool, explainLinkFailure, listArguments, listNames } from '#plan';
import { modelOf } from '#testing';

it.each([
  ['a,b c', ['a', 'b', 'c']],
  [
    ['a,b', 'b'],
    ['a', 'b'],
  ],
  ['', []],
])('names out of %j', (value, names) => {
  expect(listNames(value)).toEqual(names);
});

it.each([
  [`-run 'A B' "x\\"y" a\\ b`, ['-run', 'A B', 'x"y', 'a b']],
  [`''`, ['']],
  [
    ['-v', 'a b'],
    ['-v', 'a b'],
  ],
])('arguments out of %j', (value, words) => {
  expect(listArguments(value)).toEqual(words);
});

describe('a tool', () => {
  const floor = { version: '1.30', span: { file: 'a/go.mod', line: 3, column: 1 } };

  it('that is missing is named with what to install', () => {
    expect(checkTool({ program: 'cargo' }, undefined)?.help).toContain('rustup');
  });

  it('says itself why it does not run, and what to do, without where it broke', () => {
    const failure = `error: toolchain '1.96' is not installed
help: run \`rustup toolchain install\` to install it

Stack backtrace:
   0: rustup::config`;
    expect(checkTool({ program: 'cargo', failure }, undefined)).toMatchObject({
      message: "`cargo` could not be run: toolchain '1.96' is not installed",
      help: 'run `rustup toolchain install` to install it',
    });
  });

  it('that is older than the manifest asks for is reported at the manifest', () => {
    expect(checkTool({ program: 'go', version: '1.26.8' }, floor)?.span).toEqual(floor.span);
    expect(checkTool({ program: 'go', version: '1.30' }, floor)).toBeUndefined();
    expect(checkTool({ program: 'go', version: '1.9' }, undefined)?.code).toBe('plan/old-tool');
  });
});

describe('a link failure', () => {
  it.each([
    ['gcc', "ld: x.o: undefined reference to `pricing_v1_abi_0123456789abcdef'"],
    ['clang', 'undefined symbols: _pricing_v1_abi_0123456789abcdef, referenced from'],
    ['lld', 'undefined symbol: pricing_v1_abi_0123456789abcdef'],
  ])('by an ABI symbol of %s is explained', (_linker, stderr) => {
    expect(explainLinkFailure(stderr, 'go')?.message).toMatch(
      /the Go bindings of `pricing_v1` were generated for contract ABI 0123456789abcdef, but the Rust library/,
    );
    expect(explainLinkFailure(stderr, 'rust')?.message).toMatch(
      /the Rust bindings of `pricing_v1` were generated for contract ABI 0123456789abcdef, but the archive of Go/,
    );
  });

  it('of another kind is left to the linker', () => {
    expect(explainLinkFailure("undefined reference to `br_value'", 'go')).toBeUndefined();
  });
});

it('refuses a program that would lie where the artifacts of a nested project do', () => {
  const { projects } = modelOf({
    'svc/go.mod': 'module example.com/svc\n',
    'svc/cmd/api/main.go': 'package main\n',
    'svc/api/Cargo.toml': '[package]\nname = "sapi"\n',
  });
  const roots = projects.map(({ root }) => root);
  const [module, crate] = projects;
  expect(module && checkPlaces(module, roots)?.message).toContain('dist/svc/api');
  expect(crate && checkPlaces(crate, roots)).toBeUndefined();
});
