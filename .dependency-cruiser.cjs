/**
 * The import table of packages/README.md. Arrows run one way: a room may import the rooms listed for it and nothing
 * else of ours. Specs may import what they test and packages/testing.
 */
const ROOMS = {
  paths: [],
  diagnostics: [],
  workspace: ['paths', 'diagnostics'],
  cargo: ['paths', 'diagnostics'],
  go: ['paths', 'diagnostics'],
  contract: ['paths', 'diagnostics'],
  proto: ['paths', 'diagnostics'],
  scaffold: ['paths', 'diagnostics', 'cargo', 'go'],
  graph: ['paths', 'diagnostics', 'cargo', 'go', 'proto'],
  facts: ['paths', 'diagnostics', 'cargo', 'go', 'proto', 'scaffold', 'graph', 'workspace'],
  plan: ['paths', 'diagnostics', 'cargo', 'go', 'graph'],
  explain: ['paths', 'diagnostics', 'graph'],
  emit: ['paths', 'diagnostics', 'contract'],
  run: ['paths', 'diagnostics', 'cargo', 'go', 'graph', 'plan', 'workspace'],
};
const PURE_AND_IO = Object.keys(ROOMS).join('|');
const notSpec = { pathNot: '\\.spec\\.ts$' };

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(ROOMS).map(([room, allowed]) => ({
      name: `room-${room}`,
      comment: `packages/${room} imports ${allowed.length === 0 ? 'no room' : `only ${allowed.join(', ')}`}`,
      severity: 'error',
      from: { path: `^packages/${room}/`, ...notSpec },
      to: { path: '^(packages|executors|generators|e2e)/', pathNot: `^packages/(${[room, ...allowed].join('|')})/` },
    })),
    {
      name: 'shell-parts-apart',
      comment: 'plugin, cli, executors and generators never import one another',
      severity: 'error',
      from: { path: '^(packages/(?:plugin|cli)|executors|generators)/' },
      to: { path: '^(packages/(?:plugin|cli)|executors|generators)/', pathNot: '^$1/' },
    },
    {
      name: 'emitters-apart',
      comment: 'emit/go and emit/rust never import each other',
      severity: 'error',
      from: { path: '^packages/emit/(go|rust)/' },
      to: { path: '^packages/emit/(go|rust)/', pathNot: '^packages/emit/$1/' },
    },
    {
      name: 'devkit-in-shell-only',
      severity: 'error',
      from: { path: `^packages/(${PURE_AND_IO})/` },
      to: { path: 'node_modules/(@nx/devkit|nx)/' },
    },
    {
      name: 'io-in-workspace-only',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/(workspace|testing)/|\\.spec\\.ts$' },
      to: { path: '^(node:)?(fs|fs/promises|child_process)$|node_modules/(execa|chokidar)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(testdata|/files/|/runtime/|dist/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
