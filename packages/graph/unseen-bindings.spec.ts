import { cgoFile, crateToml, goMod, modelOf } from '#testing';

const BRIDGE = {
  'grout.toml': '[bridges.pricing]\ndirectory = "libs/pricing"\n',
  'libs/pricing/go/go.mod': goMod('example.com/pricing-go'),
  'libs/pricing/rust/Cargo.toml': crateToml('pricing-rust', ['staticlib']),
  'libs/pricing/rust/src/lib.rs': '',
};
const GENERATED = {
  'libs/pricing/go/api.gen.go': 'package pricing\n',
  'libs/pricing/go/inprocess.gen.go': cgoFile('#cgo LDFLAGS: -lpricing_rust'),
  'libs/pricing/rust/src/generated/mod.rs': '',
};

function said(texts: Readonly<Record<string, string>>): string[] {
  return modelOf(texts).diagnostics.map(
    ({ code, severity, message, span }) => `${span?.file ?? ''} ${severity} ${code}: ${message}`,
  );
}

it('says nothing of a bridge whose generated code is there', () => {
  expect(said({ ...BRIDGE, ...GENERATED })).toEqual([]);
});

it('warns of a bridge whose generated code Nx does not see', () => {
  expect(said(BRIDGE)).toEqual([
    'libs/pricing/go/go.mod warning graph/unseen-bindings: Nx sees no generated code of the bridge in libs/pricing: libs/pricing/go/api.gen.go and libs/pricing/rust/src/generated/mod.rs are ignored by git, left out by the plugin’s entry in nx.json, or not there',
  ]);
  const onlyGo = Object.entries(GENERATED).filter(([path]) => path.includes('/go/'));
  expect(said({ ...BRIDGE, ...Object.fromEntries(onlyGo) })).toEqual([
    expect.stringContaining(
      'libs/pricing/rust/src/generated/mod.rs is ignored by git, left out by the plugin’s entry in nx.json, or not there',
    ),
  ]);
});

it('says nothing of a bridge without its two projects: nx sync tells of those', () => {
  expect(said({ 'grout.toml': BRIDGE['grout.toml'] })).toEqual([]);
});
