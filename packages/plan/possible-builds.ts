import type { Diagnostic } from '#diagnostics';
import type { GoSide } from '#graph';

/** What a go call is about to build. */
export interface WantedBuild {
  readonly tags: Iterable<string>;
  readonly goos: string;
  readonly goarch: string;
}

/** Tags that a mode or the machine sets, not the user. */
const SET_BY_MODE: ReadonlySet<string> = new Set(['race', 'msan', 'asan', 'grout_mock']);

/**
 * Whether the workspace said that such a build is never made. Then files that it takes are input of nothing, and its
 * result would be kept under the hash of another build.
 */
export function checkPossibleBuild({ possible, manifest }: GoSide, wanted: WantedBuild): Diagnostic | undefined {
  const { tags, platforms } = possible ?? {};
  const platform = `${wanted.goos}/${wanted.goarch}`;
  if (platforms?.includes(platform) === false) return impossible(manifest, 'goPlatforms', `the platform ${platform}`);
  const tag = tags && [...wanted.tags].find((name) => !SET_BY_MODE.has(name) && !tags.includes(name));
  return tag === undefined ? undefined : impossible(manifest, 'goTags', `the build tag \`${tag}\``);
}

function impossible(file: string, option: string, what: string): Diagnostic {
  return {
    code: 'plan/impossible-build',
    severity: 'error',
    message: `${what} is not among "${option}" of nx-grout in nx.json, so the graph left out what it brings in`,
    span: { file, line: 1, column: 1 },
    help: `add it to "${option}", or drop the option "${option}" to let every build count`,
  };
}
