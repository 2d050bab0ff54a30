import { execSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintProgram } from './fingerprint-program.js';

describe('fingerprintProgram', () => {
  it('is found from the workspace root, names no folder above it, and prints what of the machine counts', () => {
    const root = mkdtempSync(join(tmpdir(), 'grout-root-'));
    try {
      const program = fingerprintProgram(root);
      expect(program).toMatch(/^sh \.\.\//);
      expect(execSync(`${program} go .`, { cwd: root, encoding: 'utf8' })).toMatch(/^nx-grout \d.*\n/);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
