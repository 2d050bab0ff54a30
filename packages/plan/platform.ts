import type { Diagnostic } from '#diagnostics';
import type { BuildOptions } from './options.js';

/** Rust triples whose Go counterpart is certain. The first triple of a pair is the one that the pair stands for. */
const PLATFORMS: readonly (readonly [triple: string, goos: string, goarch: string])[] = [
  ['x86_64-unknown-linux-gnu', 'linux', 'amd64'],
  ['aarch64-unknown-linux-gnu', 'linux', 'arm64'],
  ['x86_64-unknown-linux-musl', 'linux', 'amd64'],
  ['aarch64-unknown-linux-musl', 'linux', 'arm64'],
  ['i686-unknown-linux-gnu', 'linux', '386'],
  ['armv7-unknown-linux-gnueabihf', 'linux', 'arm'],
  ['riscv64gc-unknown-linux-gnu', 'linux', 'riscv64'],
  ['powerpc64le-unknown-linux-gnu', 'linux', 'ppc64le'],
  ['s390x-unknown-linux-gnu', 'linux', 's390x'],
  ['x86_64-apple-darwin', 'darwin', 'amd64'],
  ['aarch64-apple-darwin', 'darwin', 'arm64'],
  ['x86_64-pc-windows-gnu', 'windows', 'amd64'],
  ['aarch64-pc-windows-gnullvm', 'windows', 'arm64'],
  ['x86_64-pc-windows-msvc', 'windows', 'amd64'],
  ['x86_64-unknown-freebsd', 'freebsd', 'amd64'],
];

export interface GoPlatform {
  readonly goos?: string;
  readonly goarch?: string;
}

/** GOOS and GOARCH of a build: as given, else what the target triple stands for, else empty (the host's). */
export function goPlatform(options: BuildOptions): { platform: GoPlatform; diagnostics: readonly Diagnostic[] } {
  const given = { ...pick('goos', options.goos), ...pick('goarch', options.goarch) };
  if (options.target === undefined) return { platform: given, diagnostics: [] };
  const known = PLATFORMS.find(([triple]) => triple === options.target);
  if (known !== undefined) return { platform: { goos: known[1], goarch: known[2], ...given }, diagnostics: [] };
  if (options.goos !== undefined && options.goarch !== undefined) return { platform: given, diagnostics: [] };
  return { platform: given, diagnostics: [unknownTriple(options.target)] };
}

/** Target triple of a Rust build: as given, else what GOOS and GOARCH stand for, else undefined (the host's). */
export function rustTriple(options: BuildOptions): { triple?: string; diagnostics: readonly Diagnostic[] } {
  if (options.target !== undefined) return { triple: options.target, diagnostics: [] };
  const { goos, goarch } = options;
  if (goos === undefined && goarch === undefined) return { diagnostics: [] };
  if (goos === undefined || goarch === undefined) return { diagnostics: [halfPlatform()] };
  const known = PLATFORMS.find((platform) => platform[1] === goos && platform[2] === goarch);
  return known === undefined ? { diagnostics: [unknownPair(goos, goarch)] } : { triple: known[0], diagnostics: [] };
}

function pick(name: 'goos' | 'goarch', value: string | undefined): GoPlatform {
  return value === undefined ? {} : { [name]: value };
}

function unknownTriple(target: string): Diagnostic {
  return {
    code: 'plan/unknown-platform',
    severity: 'error',
    message: `no GOOS and GOARCH are known for the target \`${target}\``,
    help: 'give --goos and --goarch beside --target',
  };
}

function unknownPair(goos: string, goarch: string): Diagnostic {
  return {
    code: 'plan/unknown-platform',
    severity: 'error',
    message: `no Rust target is known for GOOS ${goos} and GOARCH ${goarch}`,
    help: 'give --target with the triple beside --goos and --goarch',
  };
}

function halfPlatform(): Diagnostic {
  return {
    code: 'plan/unknown-platform',
    severity: 'error',
    message: 'a Rust build needs both GOOS and GOARCH, or a target triple',
    help: 'give both --goos and --goarch, or --target',
  };
}
