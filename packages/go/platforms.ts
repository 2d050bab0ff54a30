import { baseName } from '#paths';
import type { GoFileHeader } from './types.js';

/** Every GOOS that a file name can demand: past, present and announced ones. */
export const KNOWN_GOOS: ReadonlySet<string> = new Set(
  (
    'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd ' +
    'plan9 solaris wasip1 windows zos'
  ).split(' '),
);

/** The GOOS values that satisfy the tag `unix`; file names do not use it. */
export const UNIX_GOOS: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '),
);

/** Every GOARCH that a file name can demand. */
export const KNOWN_GOARCH: ReadonlySet<string> = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ' +
    'ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
);

/**
 * GOOS and GOARCH that a file's name demands: `x_linux.go`, `x_arm64.go`, `x_linux_arm64_test.go`. What stands before
 * the first underscore never counts, so that `linux.go` is for all.
 */
export function parseFileNameConstraint(file: string): GoFileHeader['fileNameConstraint'] {
  const stem = baseName(file).split('.')[0] ?? '';
  const words = stem.split('_').slice(1);
  if (words.at(-1) === 'test') words.pop();
  const last = words.at(-1) ?? '';
  const previous = words.at(-2) ?? '';
  if (KNOWN_GOARCH.has(last)) return KNOWN_GOOS.has(previous) ? { goos: previous, goarch: last } : { goarch: last };
  return KNOWN_GOOS.has(last) ? { goos: last } : {};
}

/** Reads `linux/amd64`; undefined when Go knows no such system or processor. */
export function parseGoPlatform(name: string): GoPlatform | undefined {
  const [goos = '', goarch = '', ...more] = name.split('/');
  return more.length === 0 && KNOWN_GOOS.has(goos) && KNOWN_GOARCH.has(goarch) ? { goos, goarch } : undefined;
}

export interface GoPlatform {
  readonly goos: string;
  readonly goarch: string;
}
