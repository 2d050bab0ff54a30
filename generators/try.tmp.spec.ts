import { flushChanges, FsTree } from 'nx/src/generators/tree.js';
import { bridgeModuleGenerator } from './bridge-module/generator.js';
import { syncGenerator } from './sync/generator.js';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
it('writes', async () => {
  const root = '/tmp/contract-helper/ws';
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(root + '/nx.json', '{\n  // mine\n  "analytics": false\n}\n');
  for (const name of ['pricing', 'doc-index']) {
    const tree = new FsTree(root, false);
    await bridgeModuleGenerator(tree, { name });
    flushChanges(root, tree.listChanges());
  }
  const tree = new FsTree(root, false);
  expect(await syncGenerator(tree)).toEqual({});
  expect(tree.listChanges()).toEqual([]);
});
