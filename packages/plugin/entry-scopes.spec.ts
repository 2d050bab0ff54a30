import { nodesOf } from '../testing/nodes-of.js';
import { scopesOf, scopesOfCall } from './entry-scopes.js';

const ONE = { plugin: 'nx-grout', include: ['a/**'], options: { buildTargetName: 'compile' } };
const REST = { plugin: 'nx-grout', exclude: ['a/**'] };
const OTHER = { plugin: 'other', options: {} };

describe('several entries of the plugin in nx.json', () => {
  it('make the graph of all that any of them lets in', () => {
    expect(scopesOf([ONE, OTHER, REST])).toEqual([
      { include: ['a/**'], exclude: [] },
      { include: [], exclude: ['a/**'] },
    ]);
    expect(scopesOf([ONE, 'nx-grout'])).toEqual([]);
  });

  it('make projects in their own scope only: a call is for the entry that has its options', () => {
    expect(scopesOfCall([REST, OTHER, ONE], { buildTargetName: 'compile' }).own).toEqual([
      { include: ['a/**'], exclude: [] },
    ]);
    expect(scopesOfCall([ONE, OTHER, REST], undefined).own).toEqual([{ include: [], exclude: ['a/**'] }]);
  });

  it('are taken together where they have the same options', () => {
    const twin = { ...ONE, include: ['b/**'] };
    expect(scopesOfCall([ONE, twin, REST], ONE.options).own).toHaveLength(2);
    expect(scopesOfCall([REST, 'nx-grout'], {}).own).toEqual([]);
  });

  it('share one graph: a project needs those of another scope, which this call does not make', () => {
    const texts = {
      'a/Cargo.toml': '[package]\nname = "a"\n[dependencies]\nb = { path = "../b" }\n',
      'b/Cargo.toml': '[package]\nname = "b"\n',
    };
    const nodes = nodesOf(texts, {}, scopesOfCall([ONE, REST], ONE.options));
    expect(Object.keys(nodes)).toEqual(['a']);
    expect(JSON.stringify(nodes['a']?.targets?.['build']?.inputs)).toContain('"b"');
  });

  it('name builds in their own ways: a link waits for the build as the other entry calls it', () => {
    const texts = {
      'a/go.mod': 'module example.com/a\n',
      'a/main.go': 'package main\n\n// #cgo LDFLAGS: -lb\nimport "C"\n',
      'b/Cargo.toml': '[package]\nname = "b"\n[lib]\ncrate-type = ["staticlib"]\n',
      'b/src/lib.rs': '',
    };
    const nodes = nodesOf(texts, ONE.options, scopesOfCall([ONE, REST], ONE.options));
    expect(nodes['a']?.targets?.['compile']?.dependsOn).toEqual([
      { projects: ['b'], target: 'build', params: 'forward' },
    ]);
  });
});
