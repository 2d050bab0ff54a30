// Compiles the package: dist/ is what ships besides the schemas, templates and runtimes. The compiler says whether the
// types hold and writes declarations. The code is bundled: Nx loads it anew in the process of each task, and takes three
// times as long for a file per module.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, ROOT, run } from './lib/install.mjs';

/** Loaded by path: by plugin/index.ts when something changed, and as a program where there is no shell. */
const LOADED_BY_PATH = ['packages/plugin/compute-nodes.ts', 'packages/cli/fingerprint.ts'];

installDependencies();
rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
run(process.execPath, [
  join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'),
  ...['-p', 'tsconfig.build.json', '--emitDeclarationOnly'],
]);
const { build } = await import('esbuild');
await build({
  absWorkingDir: ROOT,
  entryPoints: [...rooms(), ...implementations(), ...LOADED_BY_PATH],
  outdir: 'dist',
  outbase: '.',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['source'],
  packages: 'external',
});

/** What `#room` stands for, but for the room that only tests use. */
function rooms() {
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return Object.values(imports).flatMap((conditions) => ('default' in conditions ? [conditions.source] : []));
}

/** What Nx is told to load for executors and generators. */
function implementations() {
  return ['executors', 'generators'].flatMap((kind) => {
    const entries = Object.values(JSON.parse(readFileSync(join(ROOT, kind, `${kind}.json`), 'utf8'))[kind]);
    return entries
      .flatMap(({ implementation, batchImplementation, factory }) => [implementation, batchImplementation, factory])
      .filter((path) => path !== undefined)
      .map((path) => path.replace('../dist/', '').replace(/\.js$/, '.ts'));
  });
}
