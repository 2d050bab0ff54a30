import { readNxJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { RecordedProcesses } from '#testing';
import { initGenerator } from './generator.js';

const rustc = (stdout: string, toolchains?: string) =>
  new RecordedProcesses(({ program }) => {
    if (program === 'rustc') return { stdout };
    return toolchains === undefined ? { exitCode: 127, spawnError: 'ENOENT' } : { stdout: toolchains };
  });
const current = rustc('rustc 1.96.2 (abc 2026-08-01)\n');

describe('init', () => {
  it('sets a workspace up, and changes nothing the second time', async () => {
    const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
    await initGenerator(tree, current);
    expect(readNxJson(tree)).toMatchObject({
      plugins: ['nx-grout'],
      sync: { globalGenerators: ['nx-grout:sync'] },
      affected: { defaultBase: 'main' },
    });
    expect(tree.read('.gitignore', 'utf8')).toContain('target/\n');
    expect(tree.read('grout.toml', 'utf8')).toMatch(/^# Facts/);
    expect(tree.read('rust-toolchain.toml', 'utf8')).toBe(
      '[toolchain]\nchannel = "1.96.2"\ncomponents = ["clippy", "rustfmt"]\n',
    );
    const once = tree.listChanges();
    await initGenerator(tree, rustc('rustc 1.99.0 (abc)'));
    expect(tree.listChanges()).toEqual(once);
  });

  it.each([
    ['an older compiler', rustc('rustc 1.80.0 (abc)')],
    ['a nightly', rustc('rustc 1.97.0-nightly (abc)')],
    ['no compiler', new RecordedProcesses(() => ({ exitCode: 127, spawnError: 'ENOENT' }))],
  ])('pins the lowest supported version where there is %s', async (_, processes) => {
    const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
    await initGenerator(tree, processes);
    expect(tree.read('rust-toolchain.toml', 'utf8')).toContain('channel = "1.95.0"');
  });

  it.each([
    ['1.96.2', 'stable-x86_64-unknown-linux-gnu (default)\n1.96.2-x86_64-unknown-linux-gnu\n'],
    ['stable', 'stable-x86_64-unknown-linux-gnu (default)\n'],
  ])('pins %s, which needs no download, where rustup has %j', async (channel, toolchains) => {
    const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
    await initGenerator(tree, rustc('rustc 1.96.2 (abc 2026-08-01)\n', toolchains));
    expect(tree.read('rust-toolchain.toml', 'utf8')).toContain(`channel = "${channel}"`);
  });

  it('leaves the files of the user alone', async () => {
    const tree = createTreeWithEmptyWorkspace({ formatter: 'none' });
    const files = {
      'nx.json':
        '{\n  // ours\n  "plugins": [{ "plugin": "nx-grout", "options": {} }],\n  "sync": { "globalGenerators": ["nx-grout:sync"] }\n}\n',
      '.gitignore': '/target\n/dist\n/.nx\n',
      'grout.toml': '# mine\n',
      'rust-toolchain': '1.95.0\n',
    };
    for (const [path, text] of Object.entries(files)) tree.write(path, text);
    const before = tree.listChanges();
    await initGenerator(tree, current);
    expect(tree.listChanges()).toEqual(before);
  });
});
