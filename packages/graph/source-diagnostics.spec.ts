import type { Diagnostic } from '#diagnostics';
import { factsOf } from '#testing';
import { sourceDiagnostics } from './source-diagnostics.js';

const broken = (file: string): Diagnostic => ({
  code: 'go/broken-source',
  severity: 'error',
  message: 'the string is not closed',
  span: { file, line: 1, column: 1 },
});

/** Files among the given ones whose diagnostics reach the user. */
function reported(files: readonly string[], goWork = '', cargoManifest = '[workspace]'): string[] {
  const facts = { ...factsOf({ 'go.work': goWork, 'Cargo.toml': cargoManifest }), diagnostics: files.map(broken) };
  return sourceDiagnostics(facts).map(({ span }) => span?.file ?? '');
}

describe('what parsing found', () => {
  it('is reported for sources and manifests that builds read', () => {
    expect(reported(['a/main.go', 'go.mod'])).toEqual(['a/main.go', 'go.mod']);
  });

  it('is kept quiet in testdata, vendor and folders that Go passes over', () => {
    expect(reported(['a/testdata/x.go', 'vendor/b/Cargo.toml', '_old/c.go', '.cache/go.mod'])).toEqual([]);
  });

  it('is reported in a folder set aside that a go.work or a path dependency names, but not in testdata below it', () => {
    const files = [
      'testdata/mod/go.mod',
      'testdata/mod/testdata/x.go',
      'vendor/dep/Cargo.toml',
      'vendor/other/Cargo.toml',
    ];
    const manifest = '[package]\nname = "a"\n[dependencies]\ndep = { path = "vendor/dep" }\n';
    expect(reported(files, 'go 1.26\nuse ./testdata/mod\n', manifest)).toEqual([
      'testdata/mod/go.mod',
      'vendor/dep/Cargo.toml',
    ]);
  });

  it('is reported when it has no place', () => {
    const placeless: Diagnostic = { code: 'go/broken-source', severity: 'error', message: 'unreadable' };
    expect(sourceDiagnostics({ ...factsOf({}), diagnostics: [placeless] })).toEqual([placeless]);
  });

  it('stops nothing for a source that is being typed: a warning there, an error in a manifest', () => {
    const facts = { ...factsOf({}), diagnostics: [broken('a/main.go'), broken('a/go.mod')] };
    expect(sourceDiagnostics(facts).map(({ severity }) => severity)).toEqual(['warning', 'error']);
  });
});
