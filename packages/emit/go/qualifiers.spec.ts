import { workspacePath } from '#paths';
import type { BridgeLayout } from '../types.js';
import { qualifiersOf } from './qualifiers.js';

function layoutSharing(packages: Readonly<Record<string, string>>): BridgeLayout {
  const folder = workspacePath('libs/a');
  return {
    name: 'a',
    root: folder,
    go: { folder, modulePath: 'x/a', package: 'a', runtimeModule: 'x/grout' },
    rust: { folder, packageName: 'a', libName: 'a', runtimePackage: 'grout', runtimeFolder: folder },
    sharing: Object.fromEntries(
      Object.entries(packages).map(([bridge, goPackage]) => [
        bridge,
        { goModule: `x/${bridge}-go`, goPackage, rustCrate: `${bridge}_rust` },
      ]),
    ),
    archive: folder,
  };
}

it('calls a package by its name, but where generated files have that name themselves, or two packages do', () => {
  const layout = layoutSharing({ money: 'money', budget: 'budget', 'new-money': 'money' });
  expect(Object.fromEntries(qualifiersOf(layout))).toEqual({
    budget: 'budget_',
    money: 'money',
    'new-money': 'money_2',
  });
});
