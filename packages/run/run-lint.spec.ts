import { cgoFile, crateToml, goMod, RunDesk } from '#testing';
import type { Command, Ended } from '#workspace';
import { runLint } from './run-lint.js';

const GO_ENV = { GOVERSION: 'go1.26.8', GOFLAGS: '', GOOS: 'linux', GOARCH: 'amd64', CGO_ENABLED: '1' };

const BARE = {
  'codec/Cargo.toml': crateToml('codec', ['staticlib']),
  'codec/src/lib.rs': '',
  'api/go.mod': goMod('example.com/api'),
  'api/codec.go': cgoFile('#cgo LDFLAGS: -lcodec'),
};
const LIBRARY = {
  'score/go.mod': goMod('example.com/score'),
  'score/main.go': 'package main\n',
  'player/Cargo.toml': crateToml('player'),
  'player/src/main.rs': '',
  'player/build.rs': 'fn main() {\n    Command::new("go").args(["build", "-buildmode=c-archive", "../score"]);\n}\n',
};

function deskOf(texts: Record<string, string>, answer: Partial<Ended> = {}): RunDesk {
  return new RunDesk(texts, texts, (command: Command) => {
    if (command.args[0] === 'env') return { stdout: JSON.stringify(GO_ENV) };
    if (command.args[0] === '--version') return { stdout: 'cargo 1.95.0 (x)' };
    return answer;
  });
}

const verbsOf = (desk: RunDesk): (string | undefined)[] => desk.processes.commands.map(({ args }) => args[0]);
const levels = (desk: RunDesk): string[] => desk.printed.filter((text) => text.includes('[lint/'));

it('shows the line of a bare link, lets go vet look all the same, and passes', async () => {
  const desk = deskOf(BARE);
  expect(await runLint('go', desk.request('api'))).toBe(true);
  expect(levels(desk)).toEqual([
    expect.stringContaining('  --> api/codec.go:4:1\n  |\n4 | #cgo LDFLAGS: -lcodec\n  | ^^^^^^^^^^^^^^^^^^^^^\n'),
  ]);
  expect(verbsOf(desk)).toContain('vet');
});

it.each([
  ['is an error', { ...BARE, 'grout.toml': '[lint]\nbare-cgo-link = "error"\n' }, {}],
  ['is denied as a warning', BARE, { denyWarnings: true }],
])('fails for a bare link that %s', async (_, texts, options) => {
  const desk = deskOf(texts);
  expect(await runLint('go', desk.request('api', options))).toBe(false);
  expect(levels(desk)).toEqual([expect.stringMatching(/^error\[lint\/bare-cgo-link\]/)]);
  expect(verbsOf(desk)).toContain('vet');
});

it('fails for what go vet finds', async () => {
  const desk = deskOf({ ...BARE, 'grout.toml': '[lint]\nbare-cgo-link = "off"\n' }, { exitCode: 1 });
  expect(await runLint('go', desk.request('api'))).toBe(false);
  expect(levels(desk)).toEqual([]);
});

it('looks at the libraries of Go in a crate before clippy does', async () => {
  const desk = deskOf({ ...LIBRARY, 'grout.toml': '[lint]\nbare-go-library = "error"\n' });
  expect(await runLint('rust', desk.request('player'))).toBe(false);
  expect(levels(desk)).toEqual([expect.stringMatching(/^error\[lint\/bare-go-library\]/)]);
  expect(verbsOf(desk)).toContain('clippy');
  expect(await runLint('rust', deskOf(LIBRARY).request('player'))).toBe(true);
});
