import type { Diagnostic } from '#diagnostics';
import { isLinkOfGo, linksOf, type BareLink, type CrossingKind, type Project } from '#graph';
import type { WorkspacePath } from '#paths';
import type { BuildOptions } from './options.js';

/** What lint of one side of the project has to say of links between the languages. */
export function checkLinks(
  project: Project,
  side: 'go' | 'rust',
  projects: ReadonlyMap<WorkspacePath, Project>,
  { denyWarnings }: BuildOptions,
): Diagnostic[] {
  // A folder with both languages is linted twice: what is said of it as a whole, Go's lint says.
  const speaksForAll = side === 'go' || project.go === undefined;
  const found = [
    ...linksOf(project, side).flatMap((link) => bareLink(link, project, projects)),
    ...(speaksForAll ? (project.lint?.unused ?? []).map(unusedAllowance) : []),
  ];
  return denyWarnings === true ? found.map((diagnostic) => ({ ...diagnostic, severity: 'error' as const })) : found;
}

/** By what the one links the other. */
const MEANS: Readonly<Record<CrossingKind, string>> = {
  'cgo-link': 'this `#cgo LDFLAGS` line links',
  'cgo-pkg-config': 'this `#cgo pkg-config` line links',
  'cgo-script': 'linker flags in this script link',
  'go-library': 'this build script links',
  'c-archive': 'this build script builds and links',
};

const RISK =
  'no contract says what crosses, no handshake notices sides that were built apart, and nothing stops a panic at the boundary';

function bareLink(link: BareLink, project: Project, projects: ReadonlyMap<WorkspacePath, Project>): Diagnostic[] {
  const { kind, to, span, bridge, severity } = link;
  if (severity === undefined) return [];
  const other = projects.get(to);
  const isOfGo = isLinkOfGo(link);
  const crate = (isOfGo ? other : project)?.rust?.package ?? '';
  const what = isOfGo ? `the crate \`${crate}\`` : `the Go module \`${other?.go?.module ?? ''}\``;
  const beside = bridge === undefined ? 'without a bridge' : 'beside the bridge that is there for it';
  return [
    {
      code: isOfGo ? 'lint/bare-cgo-link' : 'lint/bare-go-library',
      severity,
      message: `${MEANS[kind]} ${what} (${to}) ${beside}: ${RISK}`,
      span,
      help: `${remedy(crate, isOfGo, bridge)}; or allow the link in grout.toml:\n${allowance(project.root, to)}`,
    },
  ];
}

function remedy(crate: string, isOfGo: boolean, bridge: WorkspacePath | undefined): string {
  if (bridge !== undefined) return `call the Go side of the bridge, which is in ${bridge}`;
  const command = `\`npx nx g nx-grout:bridge-module ${bridgeName(crate)}\``;
  return isOfGo
    ? `scaffold a bridge with ${command}, let its Rust side call \`${crate}\`, and call its Go side here`
    : `a bridge leads from Go to Rust: scaffold one with ${command} where Go can be the one that calls`;
}

/** A name that a bridge may have and that no word of a language is; the crate keeps its own. */
function bridgeName(crate: string): string {
  const words = crate.toLowerCase().split(/[^a-z0-9]+/);
  const plain = words.filter((word) => word !== '').join('-');
  const kept = plain.replace(/^[^a-z]+/, '').replace(/-(?:rs|rust|ffi|sys|bridge)$/, '');
  return kept === '' ? 'rust-bridge' : `${kept}-bridge`;
}

function allowance(from: WorkspacePath, to: WorkspacePath): string {
  const link = `link = { from = ${JSON.stringify(from)}, to = ${JSON.stringify(to)} }`;
  return ['[[lint.allow]]', link, 'why = "…"'].map((line) => `    ${line}`).join('\n');
}

function unusedAllowance({ from, to, span }: NonNullable<Project['lint']>['unused'][number]): Diagnostic {
  return {
    code: 'lint/unused-allowance',
    severity: 'warning',
    message: `nothing in \`${from}\` links \`${to}\` without a bridge, so this entry allows nothing`,
    span,
    help: 'remove it, so that a link that comes later is noticed',
  };
}
