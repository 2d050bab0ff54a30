import process from 'node:process';

/** Settings of the person or CI that runs the suite: they would steer the tools under test. */
const AMBIENT =
  /^(?:NX_|npm_|CARGO_|RUST|GO(?!CACHE$|MODCACHE$|PATH$|ROOT$)|CGO_|GIT_|JEST_|(?:CC|CXX|AR|CI|C(?:PP|XX)?FLAGS|LDFLAGS|INIT_CWD|NODE_ENV|NODE_OPTIONS|FORCE_COLOR|NO_COLOR|SOURCE_DATE_EPOCH)$)/;

/** Where the tools themselves live, whatever their names begin with. */
const HOMES: ReadonlySet<string> = new Set(['CARGO_HOME', 'RUSTUP_HOME']);

/** For the few steps that need what only the registries of Go and Rust have. */
export const withRegistries: Readonly<Record<string, string>> = {
  CARGO_NET_OFFLINE: 'false',
  // Empty: go's own choice.
  GOPROXY: process.env['GOPROXY'] ?? '',
};

/** What a user's shell would hold, with all that reaches for a network switched off. */
export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && (HOMES.has(entry[0]) || !AMBIENT.test(entry[0])),
  );
  return {
    ...Object.fromEntries(kept),
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    CARGO_NET_OFFLINE: 'true',
    GOENV: 'off',
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
    GIT_AUTHOR_NAME: 'e2e',
    GIT_AUTHOR_EMAIL: 'e2e@example.com',
    GIT_COMMITTER_NAME: 'e2e',
    GIT_COMMITTER_EMAIL: 'e2e@example.com',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
}
