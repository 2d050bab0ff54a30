import { parseScriptLibraries, parseStandardLibraries, parseSystemLibraries } from '#plan';

const ran = (id: string, ...libraries: readonly string[]): string =>
  JSON.stringify({ reason: 'build-script-executed', package_id: id, linked_libs: libraries });

describe('libraries of the system', () => {
  it('are those that the compiler prints, but for the one that every linker adds', () => {
    expect(parseSystemLibraries('-lgcc_s -lpthread -lz -lc\n')).toEqual(['-lgcc_s', '-lpthread', '-lz']);
    expect(parseSystemLibraries('-framework A -lSystem -framework B')).toEqual([
      '-Wl,-framework,A',
      '-lSystem',
      '-Wl,-framework,B',
    ]);
    expect(parseSystemLibraries('kernel32.lib msvcrt.lib')).toEqual(['kernel32.lib']);
  });

  it('are found in what it says for people', () => {
    const said = 'note: link against the following\n\nnote: native-static-libs: -lgcc_s -lm -lc\n\n';
    expect(parseStandardLibraries(said)).toEqual(['-lgcc_s', '-lm']);
    expect(parseStandardLibraries('error: something else')).toBeUndefined();
  });

  it('are those of build scripts as well, each once, without what is in the archive already', () => {
    const messages = [
      '{"reason":"compiler-artifact"}',
      ran('a', 'z', 'static=own', 'static:+whole-archive=too', 'framework=Security'),
      'a line of somebody else',
      ran('b', 'dylib=ssl', 'z', 'dylib=z'),
    ];
    expect(parseScriptLibraries(messages.join('\n'))).toEqual(['-lz', '-Wl,-framework,Security', '-lssl']);
    expect(parseScriptLibraries(messages.join('\n'), new Set(['b']))).toEqual(['-lssl', '-lz']);
  });

  it.each([
    ['static:-bundle=own', '-lown'],
    ['static:+whole-archive,-bundle=own', '-lown'],
    ['static:+bundle=own', undefined],
    ['dylib:+verbatim=libfoo.so.3', '-l:libfoo.so.3'],
    ['static:+verbatim,-bundle=libfoo.a.1', '-l:libfoo.a.1'],
    ['dylib:-as-needed=foo', '-lfoo'],
    ['foo:bar', '-lbar'],
  ])('are told as the modifiers of %s ask', (library, word) => {
    expect(parseScriptLibraries(ran('a', library))).toEqual(word === undefined ? [] : [word]);
  });
});
