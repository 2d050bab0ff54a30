import type { GoSide, OutsideInput, Project, ProjectModel, RustSide } from '#graph';
import type { WorkspacePath } from '#paths';
import { capped, cappedWords } from './capped.js';
import { spellPlace } from './edge-words.js';
import { featureRows, unsetRows, type Switching } from './feature-rows.js';
import type { Need, Needs } from './needs.js';
import { paragraphs, section, table } from './text-layout.js';

/** What there is to know besides who needs whom. */
export interface ExplainedWorkspace {
  readonly model: ProjectModel;
  readonly switching: Switching;
}

/** A project in words: what it is, what it needs and who needs it, each with the place that shows it. */
export function explainProject(project: Project, { model, switching }: ExplainedWorkspace, needs: Needs): string {
  const { root, name } = project;
  const outside = model.outsideInputs.filter(({ from }) => from === root);
  const leftOut = new Set(model.leftOut.map(({ from, to, kind }) => `${from}\n${to}\n${kind}`));
  const isLeftOut = ({ from, to, kind }: Need): boolean => leftOut.has(`${from}\n${to}\n${kind}`);
  const row = (need: Need, other: WorkspacePath): string[] => [
    need.kind,
    spellProject(other, needs),
    need.place ?? 'as Nx knows',
    remarksOf(need),
  ];
  const own = needs.of(root);
  return paragraphs([
    [`${spellProject(root, needs)} is ${descriptionOf(project)}`],
    section(
      `${name} needs`,
      table(own.filter((need) => !isLeftOut(need)).map((need) => row(need, need.to))),
      'no other project',
    ),
    section(
      'Left out of the graph, since each would close a cycle; its files are inputs all the same',
      table(own.filter(isLeftOut).map((need) => row(need, need.to))),
    ),
    section('Read from elsewhere', table(outside.map(outsideRow))),
    section(
      `Who needs ${name}`,
      capped(table(needs.on(root).map((need) => row(need, need.from))), 50),
      'no other project',
    ),
    section('Links', linkLines(project, needs)),
    section('Features', table(featureRows(project, switching))),
    section('Build tags that nothing sets', table(unsetRows(project, switching))),
    section('Commands', commandLines(project, model, needs)),
  ]);
}

function spellProject(root: WorkspacePath, needs: Needs): string {
  return `${needs.nameOf(root)} (${root})`;
}

function remarksOf({ forTests, why }: Pick<Need, 'forTests' | 'why'>): string {
  return [...(forTests ? ['for its tests alone'] : []), ...(why === undefined ? [] : [`“${why}”`])].join(', ');
}

function outsideRow({ kind, path, isFolder, evidence, testOnly }: OutsideInput): string[] {
  return [kind, isFolder ? `${path}/` : path, spellPlace(evidence), testOnly === true ? 'for its tests alone' : ''];
}

function descriptionOf({ rust, go }: Project): string {
  return [rust === undefined ? [] : [crateText(rust)], go === undefined ? [] : [moduleText(go)]].flat().join(', and ');
}

function crateText({ package: name, library, binaries }: RustSide): string {
  const makes = [
    ...(library === undefined ? [] : [`the library ${library.name} (${library.crateTypes.join(', ')})`]),
    ...binaries.map((binary) => `the binary ${binary}`),
  ];
  return `the crate ${name}${makes.length === 0 ? '' : `; it makes ${cappedWords(makes, 10)}`}`;
}

function moduleText({ module, mains }: GoSide): string {
  const commands = mains.map(({ name }) => `the command ${name}`);
  return `the Go module ${module}${commands.length === 0 ? '' : `; it makes ${cappedWords(commands, 10)}`}`;
}

/** The crates in its binaries, each by a way that leads there. */
function linkLines({ root, go }: Project, needs: Needs): string[] {
  const linked = [...new Set([...(go?.linkedCrates ?? []), ...(go?.testLinkedCrates ?? [])])];
  return linked.map((crate) => {
    const chain = needs.chain(root, crate) ?? [];
    return `${spellProject(crate, needs)}${chain.length === 0 ? '' : `: ${needs.spell(chain)}`}`;
  });
}

/** Of a module with several commands: what each is made from, as a change rebuilds only those that it is in. */
function commandLines({ root, go }: Project, model: ProjectModel, needs: Needs): string[] {
  const commands = model.participants.get(root)?.commands;
  if (go === undefined || go.mains.length < 2) return [];
  return go.mains.map(({ name, folder, linkedCrates }) => {
    const made = commands?.get(folder);
    const packages = [...(made?.packages ?? [])].map(
      ([module, folders]) => `${cappedWords(folders, 10)} of ${needs.nameOf(module)}`,
    );
    const crates = [...(made?.crates ?? []), ...linkedCrates].map((crate) => needs.nameOf(crate));
    const rust = crates.length === 0 ? '' : `; the crates ${cappedWords([...new Set(crates)], 10)}`;
    return `${name} (${folder}): the packages ${packages.join(', ')}${rust}`;
  });
}
