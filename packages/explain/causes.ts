import { GROUT_LOCK, isAboutFeature, type OutsideInput } from '#graph';
import { workspacePath, type WorkspacePath } from '#paths';
import { cappedWords } from './capped.js';
import { spellPlace } from './edge-words.js';
import type { LockChanges } from './lock-changes.js';
import { isLockFile } from './lock-files.js';
import type { Need, Needs, NxGraph } from './needs.js';
import { findReader } from './outside-readers.js';
import { wordsOf } from './reason-words.js';
import { reasonsFor, type Reason, type Verdict } from './verdict.js';

/** Something that changed, and the way by which it matters. */
export interface Cause {
  readonly what: string;
  readonly chain: readonly Need[];
}

export interface CauseSources {
  readonly root: WorkspacePath;
  readonly task: string;
  readonly verdict: Verdict;
  readonly needs: Needs;
  readonly graph: NxGraph;
  readonly locks: LockChanges;
  readonly outsideInputs: readonly OutsideInput[];
}

export interface Causes {
  /** Those with the shortest way first. */
  readonly causes: readonly Cause[];
  /** Files that are among them. */
  readonly files: ReadonlySet<WorkspacePath>;
}

/** Puts Nx's reasons into words, also those of tasks whose outputs the task reads. */
export function findCauses(sources: CauseSources): Causes {
  const search = new CauseSearch(sources);
  const others: [task: string, reason: Reason][] = [];
  // A Set visits what is added while it is gone through.
  const tasks = new Set([sources.task]);
  for (const task of tasks) {
    for (const reason of reasonsFor(sources.verdict, task) ?? []) {
      if (reason.producer !== undefined) tasks.add(reason.producer);
      else if (reason.kind === 'input-file') search.addInput(task, reason);
      else others.push([task, reason]);
    }
  }
  for (const [task, reason] of others) search.addOther(task, reason);
  return search.end();
}

class CauseSearch {
  readonly #sources: CauseSources;
  readonly #files = new Set<WorkspacePath>();
  readonly #configurations = new Set<WorkspacePath>();
  readonly #bySource = new Map<WorkspacePath, Set<WorkspacePath>>();
  readonly #causes = new Map<string, Cause>();

  constructor(sources: CauseSources) {
    this.#sources = sources;
  }

  /** A file among the inputs of a task. */
  addInput(task: string, reason: Reason): void {
    if (reason.file === undefined) return;
    const { needs, root } = this.#sources;
    const file = workspacePath(reason.file);
    this.#files.add(file);
    if (isLockFile(file) && this.#addLocks(task, file, reason)) return;
    const reader = findReader(file, this.#sources.outsideInputs, needs.reach(root));
    const owner = needs.ownerOf(file);
    if (reader !== undefined && isNamedBy(reason, reader)) this.#noteRead(file, reader);
    else if (owner !== undefined && needs.chain(root, owner) !== undefined) this.#addSource(owner, file);
    else if (reader !== undefined) this.#noteRead(file, reader);
    else this.#note(`${file} changed, an input of ${task}`, this.#projectOf(task)?.root, file);
  }

  /** Anything else; a file that is a cause by what is in it need not be another one by what it is for. */
  addOther(task: string, reason: Reason): void {
    const { needs } = this.#sources;
    const file = reason.file === undefined ? undefined : workspacePath(reason.file);
    if (file !== undefined && this.#files.has(file)) return;
    this.#note(wordsOf(reason), file === undefined ? this.#projectOf(task)?.root : needs.ownerOf(file));
    if (file !== undefined) this.#configurations.add(file);
  }

  end(): Causes {
    const { needs } = this.#sources;
    for (const [owner, files] of this.#bySource) {
      const what = files.size === 1 ? 'a source' : 'sources';
      this.#note(`${cappedWords([...files].sort(), 3)} changed, ${what} of ${needs.nameOf(owner)}`, owner);
    }
    const causes = [...this.#causes.values()].sort(
      (a, b) => a.chain.length - b.chain.length || (a.what < b.what ? -1 : 1),
    );
    return { causes, files: new Set([...this.#files, ...this.#configurations]) };
  }

  /** A Cargo.toml or go.mod is a lockfile to some tasks and a source to others: false for the latter. */
  #addLocks(task: string, file: WorkspacePath, { pattern }: Reason): boolean {
    const { locks, needs, graph } = this.#sources;
    const project = this.#projectOf(task);
    if (project === undefined || (pattern !== file && file !== GROUT_LOCK)) return false;
    const target = task.slice(project.name.length + 1).split(':')[0] ?? '';
    const inputs = graph.projects.find(({ root }) => root === project.root)?.targets.get(target) ?? [];
    const sources = locks.sources(project.root, inputs, needs);
    for (const [source, changes] of sources) {
      const [features, others] = [changes.filter(isAboutFeature), changes.filter((change) => !isAboutFeature(change))];
      if (features.length > 0) this.#note(`what features mean changed: ${cappedWords(features, 5)}`, project.root);
      if (others.length === 0) continue;
      this.#note(`locked dependencies of ${needs.nameOf(source)} changed: ${cappedWords(others, 5)}`, source);
    }
    if (file !== GROUT_LOCK) {
      const why = `all of which counts, as ${GROUT_LOCK} does not follow it (run \`nx sync\`)`;
      this.#note(`${file} changed, ${why}`, project.root);
    } else if (sources.size === 0) {
      this.#note(`${file} has another digest for ${task}, though the lockfiles say the same`, project.root);
    }
    return true;
  }

  #noteRead(file: WorkspacePath, { from, evidence }: OutsideInput): void {
    const { needs } = this.#sources;
    this.#note(`${file} changed, which ${needs.nameOf(from)} reads (${spellPlace(evidence)})`, from);
  }

  #addSource(owner: WorkspacePath, file: WorkspacePath): void {
    const files = this.#bySource.get(owner);
    if (files === undefined) this.#bySource.set(owner, new Set([file]));
    else files.add(file);
  }

  /** What is noted of one subject by the task asked about, or by a nearer one, stands for what others say of it. */
  #note(what: string, at: WorkspacePath | undefined, subject = what): void {
    const { needs, root } = this.#sources;
    const chain = at === undefined ? undefined : needs.chain(root, at);
    if (!this.#causes.has(subject)) this.#causes.set(subject, { what, chain: chain ?? [] });
  }

  #projectOf(task: string): { readonly root: WorkspacePath; readonly name: string } | undefined {
    const { projects } = this.#sources.graph;
    const named = projects.filter(({ name }) => task.startsWith(`${name}:`));
    return named.sort((a, b) => b.name.length - a.name.length)[0];
  }
}

/** What a project reads elsewhere is an input by its own path; a folder's files are inputs of its owner too. */
function isNamedBy({ pattern }: Reason, { path, isFolder }: OutsideInput): boolean {
  return pattern === (isFolder ? `${path}/**/*` : path);
}
