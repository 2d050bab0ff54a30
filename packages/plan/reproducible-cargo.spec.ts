import { reproducibleCargo, type CargoMachine } from '#plan';

const machine = (more: Partial<CargoMachine> = {}): CargoMachine => ({
  environment: {},
  flagPlaces: [],
  folders: [{ path: '/home/me/work', standIn: '.' }],
  ...more,
});
const FLAG = '--remap-path-prefix=/home/me/work=.';

describe('flags that keep folders of the machine out of artifacts', () => {
  it('are configuration where nobody else sets flags', () => {
    expect(reproducibleCargo(machine())).toEqual({ args: ['--config', `build.rustflags=["${FLAG}"]`], env: {} });
  });

  it('join those of the environment, which hide all configuration', () => {
    const ofRustflags = reproducibleCargo(machine({ environment: { RUSTFLAGS: '-C  target-cpu=native' } }));
    expect(ofRustflags).toEqual({
      args: [],
      env: { CARGO_ENCODED_RUSTFLAGS: ['-C', 'target-cpu=native', FLAG].join('\u001f') },
    });
    const encoded = { CARGO_ENCODED_RUSTFLAGS: '--cfg\u001fa="b c"', RUSTFLAGS: '-g' };
    expect(reproducibleCargo(machine({ environment: encoded })).env).toEqual({
      CARGO_ENCODED_RUSTFLAGS: ['--cfg', 'a="b c"', FLAG].join('\u001f'),
    });
  });

  it.each([
    ['of build', [{ build: true, target: false }], {}, 'build.rustflags'],
    ['of a target', [{ build: false, target: true }], {}, `target.'cfg(all())'.rustflags`],
    ['of a target in the environment', [], { CARGO_TARGET_A_RUSTFLAGS: '-g' }, `target.'cfg(all())'.rustflags`],
    ['of both, which would hide one another', [{ build: true, target: true }], {}, 'build.rustflags'],
  ] as const)('join configured ones %s', (_what, flagPlaces, environment, key) => {
    const { args } = reproducibleCargo(machine({ flagPlaces, environment }));
    expect(args[1]).toBe(`${key}=["${FLAG}"]`);
  });

  it('are left as they are where no folder is given', () => {
    expect(reproducibleCargo(machine({ environment: { RUSTFLAGS: '' } })).env).toEqual({
      CARGO_ENCODED_RUSTFLAGS: FLAG,
    });
  });
});
