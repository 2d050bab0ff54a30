import { emitGroutLock, lockOf } from '#graph';
import { locksOf } from '#testing';
import { nodesOf } from '../testing/nodes-of.js';

type Texts = Readonly<Record<string, string>>;

/** app takes a crate of another Cargo workspace, which inherits from that one's root; gen runs that crate to generate code. */
const WORKSPACE: Texts = {
  'app/Cargo.toml':
    '[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\nhelper = { path = "../tools/helper" }\n[workspace]\n',
  'app/src/lib.rs': '',
  'tools/Cargo.toml': '[workspace]\nmembers = ["helper"]\n[workspace.package]\nversion = "0.1.0"\n',
  'tools/helper/Cargo.toml': '[package]\nname = "helper"\nversion.workspace = true\n',
  'tools/helper/src/lib.rs': '',
  'tools/helper/src/main.rs': '',
  'gen/go.mod': 'module example.com/gen\n\ngo 1.26\n',
  'gen/gen.go': 'package gen\n\n//go:generate cargo run --manifest-path ../tools/helper/Cargo.toml\n',
};

function inputsOf(texts: Texts, root: string, target: string): string[] {
  const inputs = nodesOf(texts)[root]?.targets?.[target]?.inputs ?? [];
  return inputs.flatMap((input) => {
    if (typeof input === 'string') return [input.replace('{workspaceRoot}/', '')];
    return 'json' in input ? [...(input.fields ?? [])] : [];
  });
}

describe('what of lockfiles and root manifests a task takes in', () => {
  it('is its digest, where the committed one holds', () => {
    const lock = emitGroutLock(lockOf(locksOf(WORKSPACE), new Map()));
    const inputs = inputsOf({ ...WORKSPACE, 'grout.lock.json': lock }, 'app', 'build');
    expect(inputs).toContain('projects.app.rustBuild');
    expect(inputs.filter((input) => /Cargo\.(toml|lock)$/.test(input))).toEqual([]);
  });

  it.each([
    ['app', ['app/Cargo.lock', 'app/Cargo.toml', 'tools/Cargo.lock', 'tools/Cargo.toml']],
    ['gen', ['tools/Cargo.lock', 'tools/Cargo.toml']],
  ])('is for %s, where it does not, every file that the digest is made from', (root, files) => {
    const inputs = inputsOf(WORKSPACE, root, 'build');
    expect(inputs.filter((input) => /Cargo\.(toml|lock)$/.test(input)).sort()).toEqual(files);
  });
});
