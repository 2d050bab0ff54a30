import { logger } from '@nx/devkit';
import type { AbsolutePath } from '#paths';
import type { Processes } from '#workspace';

/**
 * Brings Cargo.lock in step with new members, which need nothing from a registry: else the first build would change an
 * input of the next. Where cargo is missing the first build does it.
 */
export async function updateCargoLock(root: AbsolutePath, processes: Processes): Promise<void> {
  const ended = await processes.capture({ program: 'cargo', args: ['update', '--workspace', '--offline'], cwd: root });
  if (ended.exitCode === 0) return;
  const reason = ended.spawnError === 'ENOENT' ? 'cargo is not on PATH' : ended.stderr.trim();
  logger.warn(`Cargo.lock was not brought up to date (${reason}); the first build does it.`);
}
