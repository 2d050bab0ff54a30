import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import type { AbsolutePath } from '#paths';
import { RecordedProcesses } from '#testing';
import { readRequirements } from './module-cache.js';

const CACHE = '/home/user/go/pkg/mod';
const root = createTreeWithEmptyWorkspace().root as AbsolutePath;
const go = () => new RecordedProcesses(() => ({ stdout: `${CACHE}\n` }));

/** @param mods go.mod texts by their place below the download folder */
function read(keys: readonly string[], mods: Readonly<Record<string, string>>, processes = go()) {
  const files = {
    readForeignText: (path: AbsolutePath) => mods[path.replaceAll('\\', '/').replace(`${CACHE}/cache/download/`, '')],
  };
  return readRequirements(keys, root, files, processes);
}

it('reads from the module cache what modules require, indirectly too', async () => {
  const found = await read(
    ['github.com/BurntSushi/toml@v1.3.2-RC1', 'golang.org/x/text@v0.14.0', 'golang.org/x/absent@v1.0.0'],
    {
      'github.com/!burnt!sushi/toml/@v/v1.3.2-!r!c1.mod': 'module github.com/BurntSushi/toml\n\ngo 1.18\n',
      'golang.org/x/text/@v/v0.14.0.mod':
        'module golang.org/x/text\n\ngo 1.18\n\nrequire golang.org/x/tools v0.6.0 // tagx:ignore\n\nrequire (\n\tgolang.org/x/mod v0.8.0 // indirect\n)\n',
    },
  );
  expect([...found]).toEqual([
    ['github.com/BurntSushi/toml@v1.3.2-RC1', []],
    ['golang.org/x/text@v0.14.0', ['golang.org/x/mod', 'golang.org/x/tools']],
  ]);
});

it.each([
  ['is older than Go 1.17, and may lack what its packages need', 'module m\n\ngo 1.16\n\nrequire x.org/y v1.0.0\n'],
  ['was made up for a module that has none', 'module m\n'],
  ['cannot be read in full', 'module m\n\ngo 1.20\n\nrequire (\n\tx.org/y\n)\n'],
  ['is broken', '<<<<<<< HEAD\n'],
])('takes a go.mod for unknown that %s', async (_, text) => {
  expect(await read(['m.org/m@v1.0.0'], { 'm.org/m/@v/v1.0.0.mod': text })).toEqual(new Map());
});

it('knows nothing where there is no go, and asks none where nothing is missing', async () => {
  const none = new RecordedProcesses(() => ({ exitCode: 127, spawnError: 'ENOENT' }));
  const mods = { 'm.org/m/@v/v1.0.0.mod': 'module m\n\ngo 1.20\n' };
  expect(await read(['m.org/m@v1.0.0'], mods, none)).toEqual(new Map());
  const unasked = go();
  expect(await read([], mods, unasked)).toEqual(new Map());
  expect(unasked.commands).toEqual([]);
});

it('does not leave the cache for a module path that no registry would give', async () => {
  const mods = {
    '../../../secret/@v/v1.0.0.mod': 'module m\n\ngo 1.20\n',
    '/secret/@v/v1.0.0.mod': 'module m\n\ngo 1.20\n',
  };
  expect(await read(['../../../secret@v1.0.0', 'a/../../../../secret@v1.0.0'], mods)).toEqual(new Map());
});
