import type { CargoBin, CargoManifest } from './types.js';

/** Name of the library as code and linkers see it; undefined for a manifest without a package. */
export function libraryName(manifest: CargoManifest): string | undefined {
  return manifest.package === undefined
    ? undefined
    : (manifest.lib?.name ?? manifest.package.name.replaceAll('-', '_'));
}

/** Whether the package has a library. `files` are those of the package, posix and relative to its folder. */
export function hasLibrary(manifest: CargoManifest, files: readonly string[]): boolean {
  if (manifest.package === undefined) return false;
  return manifest.lib !== undefined || (manifest.package.autolib !== false && files.includes('src/lib.rs'));
}

/**
 * The binaries that cargo sees: the explicit ones, then those it discovers as src/main.rs, src/bin/<name>.rs and
 * src/bin/<name>/main.rs. `files` are those of the package, posix and relative to its folder.
 */
export function binaries(manifest: CargoManifest, files: readonly string[]): readonly CargoBin[] {
  const { package: cargoPackage, bins } = manifest;
  if (cargoPackage === undefined) return [];
  const found = discoverBinaries(cargoPackage.name, files);
  const explicit = bins.map((bin) => {
    const path = bin.path ?? found.find(({ name }) => name === bin.name)?.path;
    return path === undefined ? bin : { ...bin, path };
  });
  if (!cargoPackage.autobins) return explicit;
  const isTaken = ({ name, path }: CargoBin): boolean =>
    explicit.some((bin) => bin.name === name || (bin.path !== undefined && normalize(bin.path) === path));
  return [...explicit, ...found.filter((bin) => !isTaken(bin))];
}

function discoverBinaries(packageName: string, files: readonly string[]): CargoBin[] {
  const main = files.includes('src/main.rs') ? [{ name: packageName, path: 'src/main.rs', requiredFeatures: [] }] : [];
  const others = files.flatMap((path) => {
    const name = /^src\/bin\/([^./][^/]*?)(?:\.rs|\/main\.rs)$/.exec(path)?.[1];
    return name === undefined ? [] : [{ name, path, requiredFeatures: [] }];
  });
  return [...main, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function normalize(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

/** File names of a library by crate type, on all platforms; import libraries of DLLs too, as linkers take those. */
const LIBRARY_FILES: Readonly<Record<string, (name: string) => readonly string[]>> = {
  staticlib: (name) => [`lib${name}.a`, `${name}.lib`],
  cdylib: (name) => [...sharedLibraryFiles(name), `${name}.wasm`],
  dylib: (name) => sharedLibraryFiles(name),
};

function sharedLibraryFiles(name: string): readonly string[] {
  return [`lib${name}.so`, `lib${name}.dylib`, `${name}.dll`, `${name}.dll.lib`, `lib${name}.dll.a`];
}

/**
 * File names that the crate's artifacts can have on any platform: what another language links (staticlib, cdylib,
 * dylib) and binaries. An rlib or a procedural macro gives none: only cargo uses those.
 */
export function artifactFileNames(manifest: CargoManifest, files: readonly string[]): readonly string[] {
  const library = hasLibrary(manifest, files) ? libraryName(manifest) : undefined;
  const crateTypes = manifest.lib?.procMacro === true ? [] : (manifest.lib?.crateTypes ?? []);
  const libraries = library === undefined ? [] : crateTypes.flatMap((type) => libraryFiles(type, library));
  const programs = binaries(manifest, files).flatMap(({ name }) => [name, `${name}.exe`, `${name}.wasm`]);
  return [...new Set([...libraries, ...programs])];
}

function libraryFiles(crateType: string, name: string): readonly string[] {
  return Object.hasOwn(LIBRARY_FILES, crateType) ? (LIBRARY_FILES[crateType]?.(name) ?? []) : [];
}
