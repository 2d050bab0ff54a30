import { workspacePath } from '#paths';
import { modelOf } from '#testing';
import type { ProjectParticipants } from './model.js';

/** top needs a; a needs s, and b for its tests, which asks for a feature of s; Go runs a. */
function participants(root: string, settings: string): ProjectParticipants | undefined {
  const manifest = (name: string, rest = ''): string => `[package]\nname = "${name}"\n${rest}`;
  const model = modelOf({
    'Cargo.toml': `[workspace]\nmembers = ["*"]\n${settings}`,
    'top/Cargo.toml': manifest('top', '[dependencies]\na = { path = "../a" }\n'),
    'a/Cargo.toml': manifest('a', '[dependencies]\ns = { path = "../s" }\n[dev-dependencies]\nb = { path = "../b" }\n'),
    'b/Cargo.toml': manifest('b', '[dependencies]\ns = { path = "../s", features = ["x"] }\n'),
    's/Cargo.toml': manifest('s', '[features]\nx = []\n'),
    'a/src/main.rs': '',
    'gen/go.mod': 'module example.com/gen\n',
    'gen/gen.go': 'package gen\n\n//go:generate cargo run -p a\n',
  });
  return model.participants.get(workspacePath(root));
}

describe('dev-dependencies of a crate that is built', () => {
  it.each(['resolver = "2"\n', 'resolver = "3"\n'])('take no part with %j', (settings) => {
    expect(participants('a', settings)?.rustBuild?.crates).toEqual(['a', 's']);
    expect(participants('gen', settings)?.goBuild?.crates).toEqual(['a', 's']);
  });

  it.each(['', 'resolver = "1"\n'])('take part with %j, as their features count', (settings) => {
    expect(participants('a', settings)?.rustBuild?.crates).toEqual(['a', 'b', 's']);
    expect(participants('gen', settings)?.goBuild?.crates).toEqual(['a', 'b', 's']);
  });

  it('take no part in builds of those who depend on it', () => {
    expect(participants('top', 'resolver = "1"\n')?.rustBuild?.crates).toEqual(['a', 's', 'top']);
  });
});
