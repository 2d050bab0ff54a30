import { logger } from '@nx/devkit';
import { propertyLibraries, type BridgeLayout } from '#emit';
import type { AbsolutePath } from '#paths';
import type { Processes } from '#workspace';

/**
 * Brings Cargo.lock in step with the members of a new bridge: else the first build would change an input of the next. Only
 * property tests need something from a registry. Where it cannot be done the first build does it.
 */
export async function updateCargoLock(
  root: AbsolutePath,
  processes: Processes,
  { name, go, rust, propertyTests = false }: BridgeLayout,
): Promise<void> {
  const update = (...more: readonly string[]) =>
    processes.capture({ program: 'cargo', args: ['update', '--workspace', ...more], cwd: root });
  const offline = await update('--offline');
  if (offline.exitCode === 0) return;
  const ended = propertyTests ? await update() : offline;
  if (ended.exitCode === 0) return;
  const reason = ended.spawnError === 'ENOENT' ? 'cargo is not on PATH' : ended.stderr.trim();
  const { package: crate } = propertyLibraries.rust;
  const help = propertyTests
    ? ` Where cargo has no registry, no crate of the workspace is built as long as that of ${name} asks for ${crate}: take it out of ${rust.folder}/Cargo.toml, ${propertyLibraries.go.module} out of ${go.folder}/go.mod and property-tests out of grout.toml, and run nx sync; \`--no-propertyTests\` scaffolds the next bridge without.`
    : '';
  logger.warn(`Cargo.lock was not brought up to date (${reason}); the first build does it.${help}`);
}
