import type { Diagnostic } from '#diagnostics';
import { isInside, leavesWorkspace, workspacePath, type WorkspacePath } from '#paths';
import { BridgeLinks, isCrossingLink, isLinkOfGo, type CrossingLink } from './crossing-links.js';
import type { AllowedLink, LintRules, WorkspaceFacts } from './facts.js';
import { foldersUpwards } from './folder-index.js';
import type { BareLink, Edge, ProjectLint } from './model.js';
import { WrittenProjects } from './written-projects.js';

type LintFacts = Pick<WorkspaceFacts, 'lintRules' | 'bridgeFolders' | 'files'>;

export interface ResolvedLint {
  /** By root of the project whose lint it is. */
  readonly byProject: ReadonlyMap<WorkspacePath, ProjectLint>;
  /** The same edges; those that grout.toml allows with the reason for it. */
  readonly edges: readonly Edge[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the links between the languages that no bridge makes, and holds them against the allow-list of grout.toml.
 * @param edges all of them, also those inside one project
 * @param names of all projects, by root
 */
export function resolveLint(
  edges: readonly Edge[],
  facts: LintFacts,
  names: ReadonlyMap<WorkspacePath, string>,
): ResolvedLint {
  const { lintRules: rules, files } = facts;
  const bridges = new BridgeLinks(facts.bridgeFolders);
  const projects = new WrittenProjects(names);
  const resolved = rules.allow.map((entry) => resolveAllowance(entry, projects, files));
  const allowances = resolved.filter((entry) => 'entry' in entry);
  const crossing = edges.filter(isCrossingLink);
  const bare = crossing.filter((edge) => !bridges.make(edge));
  const allowing = new Map<Edge, Allowance[]>(
    bare.map((edge) => [edge, allowances.filter((allowance) => allows(allowance, edge))]),
  );
  const used = new Set([...allowing.values()].flat());
  const isSilent = rules.bareCgoLink === 'off' && rules.bareGoLibrary === 'off';
  const unused = isSilent ? [] : allowances.filter((allowance) => !used.has(allowance));
  const roots = new Set([...crossing, ...unused].map(({ from }) => from));
  const lintOf = (root: WorkspacePath): ProjectLint => ({
    bareLinks: firstOfEachFile(bare.filter(({ from }) => from === root)).map((edge) =>
      bareLink(edge, bridges, allowing.get(edge)?.length === 0 ? severityOf(edge, rules) : undefined),
    ),
    unused: unused.flatMap(({ from, entry }) =>
      from === root ? [{ from: entry.from, to: entry.to, span: entry.span }] : [],
    ),
  });
  return {
    byProject: new Map([...roots].map((root) => [root, lintOf(root)])),
    edges: edges.map((edge) => {
      const [allowance] = allowing.get(edge) ?? [];
      return allowance === undefined ? edge : { ...edge, why: allowance.entry.why };
    }),
    diagnostics: resolved.filter((entry) => 'code' in entry),
  };
}

/** An entry of the allow-list with what it means here. */
interface Allowance {
  /** Roots. */
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
  /** Where in the project the source of the link has to lie. */
  readonly folder: WorkspacePath | undefined;
  readonly entry: AllowedLink;
}

function resolveAllowance(
  entry: AllowedLink,
  projects: WrittenProjects,
  files: ReadonlySet<WorkspacePath>,
): Allowance | Diagnostic {
  const unknown = (end: 'from' | 'to', wanted: string): Diagnostic =>
    projects.unknown({ entry: 'an allowed link', end, word: entry[end], span: entry.span, wanted });
  const to = projects.rootOf(entry.to);
  const from = projects.rootOf(entry.from);
  const folder = from === undefined ? workspacePath(entry.from) : undefined;
  const owner = folder === undefined ? from : ownerOf(folder, projects, files);
  if (owner === undefined) return unknown('from', 'project, or folder in one');
  return to === undefined ? unknown('to', 'project') : { from: owner, to, folder, entry };
}

/** Root of the project in which the folder lies, where it is there at all. */
function ownerOf(
  folder: WorkspacePath,
  { names }: WrittenProjects,
  files: ReadonlySet<WorkspacePath>,
): WorkspacePath | undefined {
  const isThere = !leavesWorkspace(folder) && [...files].some((file) => isInside(file, folder));
  return isThere ? foldersUpwards(folder).find((above) => names.has(above)) : undefined;
}

function allows({ from, to, folder }: Allowance, edge: Edge): boolean {
  if (edge.from !== from || edge.to !== to) return false;
  return folder === undefined || isInside(workspacePath(edge.evidence.file), folder);
}

/** A file often has a line for each platform: it is one link to think about. */
function firstOfEachFile(edges: readonly CrossingLink[]): CrossingLink[] {
  const first = new Map<string, CrossingLink>();
  for (const edge of edges) {
    const key = `${edge.evidence.file}\n${edge.to}`;
    if (!first.has(key)) first.set(key, edge);
  }
  return [...first.values()];
}

function bareLink(
  { kind, to, evidence }: CrossingLink,
  bridges: BridgeLinks,
  severity: BareLink['severity'],
): BareLink {
  const bridge = bridges.goSideOver(to);
  return {
    kind,
    to,
    span: evidence,
    ...(bridge === undefined ? {} : { bridge }),
    ...(severity === undefined ? {} : { severity }),
  };
}

function severityOf(edge: Edge, { bareCgoLink, bareGoLibrary }: LintRules): BareLink['severity'] {
  const level = isLinkOfGo(edge) ? bareCgoLink : bareGoLibrary;
  if (level === 'off') return undefined;
  return level === 'warn' ? 'warning' : 'error';
}
