import { cgoFile, crateToml, factsOf, goMod } from '#testing';
import { computeNodes } from './compute-nodes.js';
import { defaultConfigurations, defaultSwitches, type TargetDefaults } from './default-configurations.js';

const DEFAULTS: TargetDefaults = {
  build: { options: { tags: ['avz'] }, configurations: { fast: { features: 'simd, lto' } } },
  'nx-grout:go-test': { configurations: { fast: {}, slow: {} } },
};

it('what nx.json sets for targets of all projects counts for theirs', () => {
  expect(defaultConfigurations(DEFAULTS)).toEqual({ build: ['fast'], 'nx-grout:go-test': ['fast', 'slow'] });
  expect(defaultSwitches(DEFAULTS)).toEqual(['avz', 'simd', 'lto']);
});

it('a build tag that nx.json sets is one that something sets', () => {
  const facts = factsOf({
    'bridge/go.mod': goMod('example.com/bridge'),
    'bridge/bridge.go': cgoFile('#cgo LDFLAGS: -lffi'),
    'bridge/slip.go': '//go:build avz\n\npackage bridge\n',
    'ffi/Cargo.toml': `${crateToml('ffi', ['staticlib'])}[features]\navx = []\n`,
    'ffi/src/lib.rs': '',
  });
  const codes = (targetDefaults?: TargetDefaults): string[] =>
    computeNodes(facts, { options: {}, fingerprint: 'f', targetDefaults }).diagnostics.map(({ code }) => code);
  expect(codes()).toContain('graph/unset-tag');
  expect(codes(DEFAULTS)).not.toContain('graph/unset-tag');
});
