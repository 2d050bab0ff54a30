// `npm run bench:boundary`: what a call over a generated bridge costs, next to a C ABI by hand in the same program; and
// what it takes to generate a large bridge.
//   -- --windows=N  windows of each case; default 60
//   -- --window=T   length of a window, as Go writes it; default 10ms
//   -- --samples=N  processes that emit the large contract; default 9
//   -- --keep       leave the scratch folder with the program (`dist/program -help`), and say where it is
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage, installDependencies } from '../../scripts/lib/install.mjs';
import { describeMachine } from '../graph/machine.mjs';
import { runNode, toolEnvironment } from '../graph/processes.mjs';
import { callTable, emissionTable } from './rows.mjs';

const { values: options } = parseArgs({
  options: {
    windows: { type: 'string', default: '60' },
    window: { type: 'string', default: '10ms' },
    samples: { type: 'string', default: '9' },
    keep: { type: 'boolean', default: false },
  },
});
const METHODS = '200';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'nx-grout-bench-')));
try {
  await measure();
} finally {
  if (options.keep) console.log(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function measure() {
  installDependencies();
  buildPackage();
  // The emitters are those of the package as it was compiled just now.
  const { buildPrograms } = await import('./workspace.mjs');
  const programs = await buildPrograms(scratch);
  console.log('# Results of `npm run bench:boundary`');
  console.log(`\n${describeMachine()}\n- ${options.windows} windows of ${options.window}, cases in turn`);
  const flags = [`-windows=${options.windows}`, `-window=${options.window}`];
  const measured = programs.map((program) =>
    JSON.parse(execFileSync(program, flags, { env: toolEnvironment(), encoding: 'utf8', maxBuffer: 1 << 28 })),
  );
  console.log(`\n${callTable(Object.assign({}, ...measured))}`);
  console.log(`\n${emissionTable(measureEmission())}`);
}

function measureEmission() {
  const script = join(import.meta.dirname, 'emission.mjs');
  return Array.from({ length: Number(options.samples) }, () =>
    JSON.parse(runNode([script, METHODS], { cwd: scratch, env: toolEnvironment() }).stdout),
  );
}
