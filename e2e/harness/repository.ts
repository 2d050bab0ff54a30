import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the package under test. */
export const REPOSITORY = join(fileURLToPath(new URL('.', import.meta.url)), '..', '..');
