import type { WorkspacePath } from '#paths';
import { parseLinkedSet, parseRootProfile, planArchive, umbrellaSource } from '#plan';

const unitGraph = (profile: object): string =>
  JSON.stringify({ version: 1, units: [{ profile: {} }, { profile }], roots: [1] });
const PROFILE = { opt_level: '3', lto: 'fat', codegen_units: 1, debuginfo: 0, panic: 'unwind', rpath: false };

describe('the profile of compiled crates', () => {
  it('is that of the units that were asked for', () => {
    expect(parseRootProfile(unitGraph(PROFILE))).toEqual({
      optLevel: '3',
      lto: 'fat',
      codegenUnits: 1,
      debuginfo: '0',
      panic: 'unwind',
    });
  });

  it.each(['', '{}', '{"units":[],"roots":[]}', unitGraph({ ...PROFILE, lto: 1 })])(
    'is unknown where cargo answers otherwise: %j',
    (text) => {
      expect(parseRootProfile(text)).toBeUndefined();
    },
  );
});

describe('one archive of compiled crates', () => {
  const archive = (lto: string): readonly string[] => {
    const { args, unshown } = planArchive({
      crates: ['/ws/target/debug/liba.rlib', '/ws/target/debug/libb.rlib'],
      dependencyFolders: ['/ws/target/debug/deps', 'C:\\build\\deps'],
      source: '/ws/dist/link.rs',
      archive: '/ws/dist/libgrout_link.a',
      systemLibraries: '/ws/dist/system',
      profile: { optLevel: '2', lto, debuginfo: '1', panic: 'abort' },
      triple: 'x86_64-unknown-linux-musl',
      flags: ['-C', 'target-cpu=native'],
      cwd: 'rs' as WorkspacePath,
      program: 'rustc',
    });
    return [...args, ...(unshown?.args ?? [])];
  };

  it('is linked by the code settings of their profile', () => {
    const text = archive('thin').join(' ');
    expect(text).toContain('-C opt-level=2 -C debuginfo=1 -C panic=abort -C lto=thin');
    expect(text).toContain('--target x86_64-unknown-linux-musl -C target-cpu=native');
    expect(text).toContain('--extern bridge_0=/ws/target/debug/liba.rlib --extern bridge_1=/ws/target/debug/libb.rlib');
    expect(text).toContain(
      '-L dependency=/ws/target/debug/deps -L dependency=C:\\build\\deps --print native-static-libs=/ws/dist/system',
    );
  });

  it.each([
    ['true', '-C lto=fat'],
    ['fat', '-C lto=fat'],
    ['false', undefined],
    ['off', undefined],
  ])('for lto = %s has %s', (lto, flag) => {
    expect(/-C lto=\S+/.exec(archive(lto).join(' '))?.[0]).toBe(flag);
  });

  it('names each crate in its source', () => {
    expect(umbrellaSource(2)).toBe('extern crate bridge_0 as _;\nextern crate bridge_1 as _;\n');
  });
});

it.each(['', 'null', '{"libraries":[]}', '{"system":[]}'])('%j is no list of what a link step made', (text) => {
  expect(parseLinkedSet(text)).toBeUndefined();
});
