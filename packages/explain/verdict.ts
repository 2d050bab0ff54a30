/** Why a task is affected, as `nx show projects --affected --explain=stdout` puts it. */
export interface Reason {
  readonly kind: string;
  readonly file?: string;
  /** The input that the file matched. */
  readonly pattern?: string;
  readonly package?: string;
  readonly ecosystem?: string;
  /** Task whose outputs the task reads. */
  readonly producer?: string;
}

type ReasonsByTask = Readonly<Record<string, readonly Reason[]>>;

/** What Nx says is affected. The words around it are ours, the answer is not: it cannot differ from `nx affected`. */
export interface Verdict {
  readonly affected: ReasonsByTask;
  /** Tasks that are not asked about, and that affect those that are. */
  readonly upstream: ReasonsByTask;
}

/** @param output of Nx: the JSON begins at the first line that is a brace; undefined where there is none to be read */
export function parseVerdict(output: string): Verdict | undefined {
  const start = /^\{/m.exec(output)?.index;
  if (start === undefined) return undefined;
  try {
    const { affected, upstream = {} } = JSON.parse(output.slice(start)) as Partial<Verdict>;
    return affected === undefined ? undefined : { affected, upstream };
  } catch {
    return undefined;
  }
}

/** Undefined when the task is not affected. */
export function reasonsFor({ affected, upstream }: Verdict, task: string): readonly Reason[] | undefined {
  return affected[task] ?? upstream[task];
}

/** The task as Nx calls it, `project:target`; it appends the name of a default configuration. */
export function findTask({ affected }: Verdict, task: string): string | undefined {
  return Object.keys(affected).find((id) => id === task || id.startsWith(`${task}:`));
}
