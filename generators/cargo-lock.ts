import { logger } from '@nx/devkit';
import type { BridgeLayout } from '#emit';
import type { AbsolutePath } from '#paths';
import type { Processes } from '#workspace';

/**
 * Brings Cargo.lock in step with the members of a new bridge: else the first build would change an input of the next. Only
 * property tests need something from a registry. Where it cannot be done the first build does it.
 */
export async function updateCargoLock(
  root: AbsolutePath,
  processes: Processes,
  { name, propertyTests = false }: BridgeLayout,
): Promise<void> {
  const args = ['update', '--workspace', ...(propertyTests ? [] : ['--offline'])];
  const ended = await processes.capture({ program: 'cargo', args, cwd: root });
  if (ended.exitCode === 0) return;
  const reason = ended.spawnError === 'ENOENT' ? 'cargo is not on PATH' : ended.stderr.trim();
  const help = propertyTests ? ` Where that has no registry, scaffold ${name} with --no-propertyTests.` : '';
  logger.warn(`Cargo.lock was not brought up to date (${reason}); the first build does it.${help}`);
}
