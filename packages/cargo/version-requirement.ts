/** A release; missing parts of a requirement such as `1.2` are undefined. */
interface Parts {
  readonly major: number;
  readonly minor?: number;
  readonly patch?: number;
}

const COMPARATOR = /^(\^|~|=|>=|<=|>|<)?\s*(\d+)(?:\.(\d+|[*xX]))?(?:\.(\d+|[*xX]))?$/;
const RELEASE = /^(\d+)\.(\d+)\.(\d+)(?:\+.*)?$/;

/**
 * Whether a locked version can be the one that a requirement of a Cargo.toml asks for
 * (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html). What this does not judge, such as
 * pre-releases, it takes to fit.
 */
export function mayFulfil(version: string, requirement: string): boolean {
  const [, major, minor, patch] = RELEASE.exec(version) ?? [];
  if (major === undefined) return true;
  const release = [Number(major), Number(minor), Number(patch)] as const;
  return requirement.split(',').every((comparator) => fits(release, comparator.trim()));
}

type Release = readonly [major: number, minor: number, patch: number];

function fits(release: Release, comparator: string): boolean {
  const [, operator = '^', major, minor, patch] = COMPARATOR.exec(comparator) ?? [];
  if (major === undefined) return true;
  const wanted: Parts = { major: Number(major), ...part('minor', minor), ...part('patch', patch) };
  const isWildcard = /[*xX]$/.test(comparator);
  const lowest: Release = [wanted.major, wanted.minor ?? 0, wanted.patch ?? 0];
  const next = afterPrefix(wanted);
  switch (isWildcard ? '=' : operator) {
    case '=':
      return compare(release, lowest) >= 0 && compare(release, next) < 0;
    case '>=':
      return compare(release, lowest) >= 0;
    case '>':
      return compare(release, next) >= 0;
    case '<':
      return compare(release, lowest) < 0;
    case '<=':
      return compare(release, next) < 0;
    case '~':
      return compare(release, lowest) >= 0 && compare(release, afterTilde(wanted)) < 0;
    default:
      return compare(release, lowest) >= 0 && compare(release, afterCaret(wanted)) < 0;
  }
}

function part(name: 'minor' | 'patch', digits: string | undefined): Partial<Parts> {
  return digits === undefined || !/^\d/.test(digits) ? {} : { [name]: Number(digits) };
}

/** The first release that does not begin with the given parts. */
function afterPrefix({ major, minor, patch }: Parts): Release {
  if (minor === undefined) return [major + 1, 0, 0];
  return patch === undefined ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

function afterTilde({ major, minor }: Parts): Release {
  return minor === undefined ? [major + 1, 0, 0] : [major, minor + 1, 0];
}

/** The leftmost part that is not zero must stay. */
function afterCaret({ major, minor, patch }: Parts): Release {
  if (major > 0 || minor === undefined) return [major + 1, 0, 0];
  if (minor > 0 || patch === undefined) return [0, minor + 1, 0];
  return [0, 0, patch + 1];
}

function compare(a: Release, b: Release): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
