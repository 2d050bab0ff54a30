import { parseCargoConfiguration } from '#cargo';
import { asksForCfg, flagsInForce, reproducibleCargo, type CargoMachine } from '#plan';

const machine = (more: Partial<CargoMachine> = {}): CargoMachine => ({
  environment: {},
  configured: [],
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
    ['of build', '[build]\nrustflags = ["-g"]', {}, 'build.rustflags'],
    ['of a target', '[target.a]\nrustflags = ["-g"]', {}, `target.'cfg(all())'.rustflags`],
    ['of a target in the environment', '', { CARGO_TARGET_A_RUSTFLAGS: '-g' }, `target.'cfg(all())'.rustflags`],
    [
      'of both, which would hide one another',
      '[build]\nrustflags = []\n[target.a]\nrustflags = []',
      {},
      'build.rustflags',
    ],
    ['in a file that is broken', '[build', {}, 'build.rustflags'],
  ])('join configured ones %s', (_what, text, environment, key) => {
    const configured = [parseCargoConfiguration('.cargo/config.toml', text)];
    const { args } = reproducibleCargo(machine({ configured, environment }));
    expect(args[1]).toBe(`${key}=["${FLAG}"]`);
  });

  it('are written as a text where the nearest file has one, since cargo merges no list into it', () => {
    const configured = ['-g --cfg near', '--cfg far'].map((text) =>
      parseCargoConfiguration('.cargo/config.toml', `[build]\nrustflags = "${text}"`),
    );
    const folders = [...machine().folders, { path: '/home/my name', standIn: '/cargo' }];
    expect(reproducibleCargo(machine({ configured, folders })).args).toEqual([
      '--config',
      `build.rustflags="-g --cfg near ${FLAG}"`,
    ]);
    expect(flagsInForce(machine({ configured }), { triple: 'a-b', cfg: [] })).toEqual(['-g', '--cfg', 'near', FLAG]);
  });

  it('are left as they are where no folder is given', () => {
    expect(reproducibleCargo(machine({ environment: { RUSTFLAGS: '' } })).env).toEqual({
      CARGO_ENCODED_RUSTFLAGS: FLAG,
    });
  });
});

describe('flags for a call that cargo does not make', () => {
  const configured = [
    parseCargoConfiguration(
      '.cargo/config.toml',
      '[build]\nrustflags = "-g -O"\n[target.a-b]\nrustflags = ["-C", "x"]\n',
    ),
  ];

  it.each([
    ['the environment before all', 'a-b', { RUSTFLAGS: '-v' }, ['-v']],
    ['those of the target before those of build', 'a-b', { CARGO_TARGET_A_B_RUSTFLAGS: '-y' }, ['-C', 'x', '-y']],
    ['those of build for other targets', 'c', { CARGO_BUILD_RUSTFLAGS: '-z' }, ['-g', '-O', '-z']],
  ])('are %s', (_what, triple, environment, flags) => {
    expect(flagsInForce(machine({ configured, environment }), { triple, cfg: [] })).toEqual([...flags, FLAG]);
  });

  it('are those of the triple, then those of each cfg that holds', () => {
    const byCfg = parseCargoConfiguration(
      '.cargo/config.toml',
      `[target.'cfg(unix)']
rustflags = ["-C", "u"]
[target.'cfg(windows)']
rustflags = ["-C", "w"]
[target.'cfg(all(unix, target_env = "gnu"))']
rustflags = "-C g"
`,
    );
    const target = { triple: 'a-b', cfg: ['unix', 'target_env="gnu"'] };
    expect(asksForCfg({ configured })).toBe(false);
    expect(asksForCfg({ configured: [byCfg] })).toBe(true);
    expect(flagsInForce(machine({ configured: [byCfg, ...configured] }), target)).toEqual([
      '-C',
      'x',
      '-C',
      'g',
      '-C',
      'u',
      FLAG,
    ]);
    expect(flagsInForce(machine({ configured: [byCfg] }), { ...target, cfg: ['windows'] })).toEqual(['-C', 'w', FLAG]);
  });
});
