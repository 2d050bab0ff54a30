import { modelOf } from '#testing';

const crate = (name: string, more: string): string => `[package]\nname = "${name}"\n${more}`;

describe('a path dependency that leads to no crate', () => {
  it('is an input where its manifest would lie, so that the removal of a crate reaches those who need it', () => {
    const { edges, outsideInputs } = modelOf({
      'Cargo.toml': '[workspace]\nmembers = ["*"]\n[workspace.dependencies]\nshared = { path = "shared" }\n',
      'a/Cargo.toml': crate('a', '[dependencies]\ngone = { path = "../gone" }\nshared.workspace = true\n'),
      'b/Cargo.toml': crate(
        'b',
        '[dev-dependencies]\ngone = { path = "../gone" }\n[dependencies]\na = { path = "../a" }\n',
      ),
      ...{ 'a/src/lib.rs': '', 'b/src/lib.rs': '' },
    });
    expect(edges.map(({ from, to }) => [from, to])).toEqual([['b', 'a']]);
    expect(outsideInputs.map(({ from, path, kind, testOnly }) => [from, path, kind, testOnly])).toEqual([
      ['a', 'gone/Cargo.toml', 'dependency', undefined],
      ['a', 'shared/Cargo.toml', 'dependency', undefined],
      ['b', 'gone/Cargo.toml', 'dependency', true],
    ]);
  });

  it('is none where it leaves the workspace, or leads to a manifest that is no project', () => {
    const { outsideInputs } = modelOf({
      'a/Cargo.toml': crate('a', '[dependencies]\nfar = { path = "../../far" }\nroot = { path = ".." }\n'),
      'Cargo.toml': '[workspace]\n',
      'a/src/lib.rs': '',
    });
    expect(outsideInputs).toEqual([]);
  });
});
