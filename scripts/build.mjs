// Compiles the package: dist/ is what ships besides the schemas, templates and runtimes.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, ROOT, run } from './lib/install.mjs';

installDependencies();
rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
