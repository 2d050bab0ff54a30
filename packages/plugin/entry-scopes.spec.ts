import { emitGroutLock, lockOf } from '#graph';
import { factsOf, locksOf } from '#testing';
import { nodesOf } from '../testing/nodes-of.js';
import { computeNodes } from './compute-nodes.js';
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

  it('each know what a lockfile means to their own projects, and are content where the digests of these hold', () => {
    const tagged = (name: string): Record<string, string> => ({
      [`${name}/go.mod`]: `module example.com/${name}\n\ngo 1.26\n\nrequire x.org/a v1.0.0\n`,
      [`${name}/main.go`]: 'package main\n',
      [`${name}/quick.go`]: '//go:build quick\n\npackage main\n\nimport _ "x.org/a"\n',
    });
    const texts = { ...tagged('a'), ...tagged('b') };
    const entries = [
      { plugin: 'nx-grout', include: ['a/**'], options: { goTags: ['quick'] } },
      { plugin: 'nx-grout', exclude: ['a/**'], options: { goTags: [] } },
    ];
    const locks = entries.map(({ options }) => lockOf(locksOf(texts, options), new Map()).projects);
    const projects = new Map([
      ['a', locks[0]?.get('a') ?? new Map()],
      ['b', locks[1]?.get('b') ?? new Map()],
    ]);
    const facts = factsOf({ ...texts, 'grout.lock.json': emitGroutLock({ projects, requirements: new Map() }) });
    for (const { options } of entries) {
      const { diagnostics } = computeNodes(facts, {
        options,
        fingerprint: 'fingerprint',
        scopes: scopesOfCall(entries, options),
      });
      expect(diagnostics.map(({ code }) => code)).toEqual([]);
    }
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
