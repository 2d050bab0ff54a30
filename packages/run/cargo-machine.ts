import { dirname, resolve } from 'node:path';
import { parseCargoConfiguration, type CargoConfiguration } from '#cargo';
import type { AbsolutePath, WorkspacePath } from '#paths';
import { reproducibleCargo, targetFolderArgument, tripleOf, type CargoMachine, type UnshownSettings } from '#plan';
import type { RunRequest } from './run-request.js';

/**
 * Settings by which cargo, run in that folder, names no folder of this machine in what it makes; for what is kept it does
 * without incremental compilation, whose output is not always the same, unless the environment decides that.
 */
export function readReproducibleCargo(request: RunRequest, folder: WorkspacePath, isKept: boolean): UnshownSettings {
  const settings = reproducibleCargo(readCargoMachine(request, folder));
  if (!isKept || request.machine.environment['CARGO_INCREMENTAL'] !== undefined) return settings;
  return { ...settings, env: { ...settings.env, CARGO_INCREMENTAL: '0' } };
}

/** What decides over compiler flags where cargo is run in that folder. */
export function readCargoMachine(request: RunRequest, folder: WorkspacePath): CargoMachine {
  const { environment, cargoHome, rustupHome } = request.machine;
  return {
    environment,
    configured: readConfiguration(request, request.files.absolute(folder)).map(({ said }) => said),
    folders: [
      { path: request.files.root, standIn: '.' },
      { path: cargoHome, standIn: '/cargo' },
      { path: rustupHome, standIn: '/rustup' },
    ],
  };
}

/**
 * Where cargo, run in that folder, puts what it makes: workspaces may share one folder.
 * Source of the order: https://doc.rust-lang.org/cargo/reference/config.html#buildtarget-dir
 */
function readTargetFolder(request: RunRequest, folder: WorkspacePath): string {
  const own = request.files.absolute(folder);
  const { CARGO_TARGET_DIR, CARGO_BUILD_TARGET_DIR } = request.machine.environment;
  const set = targetFolderArgument(request.options) ?? CARGO_TARGET_DIR ?? CARGO_BUILD_TARGET_DIR;
  if (set !== undefined && set !== '') return resolve(own, set);
  const configured = readConfiguration(request, own).find(({ said }) => said.targetFolder !== undefined);
  return resolve(configured?.holder ?? own, configured?.said.targetFolder ?? 'target');
}

/** Below it, where the artifacts of the request's profile and platform go: tasks that share it share what they build. */
export function readPlaceOfCargo(request: RunRequest, folder: WorkspacePath): string {
  const triple = tripleOf(request.options);
  const parts = [readTargetFolder(request, folder), triple, profileFolder(request.options.profile)];
  return parts.filter((part) => part !== undefined).join('/');
}

/** Profiles that cargo builds into one folder. Source: https://doc.rust-lang.org/cargo/guide/build-cache.html */
function profileFolder(profile: string | undefined): string {
  if (profile === undefined || ['dev', 'test'].includes(profile)) return 'debug';
  return profile === 'bench' ? 'release' : profile;
}

/** A configuration file, and the folder that paths in it start from. */
interface PlacedConfiguration {
  readonly said: CargoConfiguration;
  readonly holder: string;
}

/** Cargo reads configuration from the folder it runs in, from every folder above, and from its home. */
function readConfiguration({ files, machine }: RunRequest, folder: AbsolutePath): PlacedConfiguration[] {
  const folders = foldersAbove(folder).map((above) => `${above}/.cargo`);
  return [...new Set([...folders, machine.cargoHome])].flatMap((place) => {
    for (const name of ['config', 'config.toml']) {
      const path = `${place}/${name}` as AbsolutePath;
      const text = files.readForeignText(path);
      if (text !== undefined) return [{ said: parseCargoConfiguration(path, text), holder: dirname(place) }];
    }
    return [];
  });
}

/** The folder and all above it. */
function foldersAbove(folder: string): string[] {
  const end = folder.replaceAll('\\', '/').lastIndexOf('/');
  return end < 0 ? [folder] : [folder, ...foldersAbove(folder.slice(0, end))];
}
