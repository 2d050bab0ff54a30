import { FactCache, readFacts } from '#facts';
import {
  readGraphSettings,
  resolveProjectModel,
  type GraphOptions,
  type ProjectModel,
  type WorkspaceFacts,
} from '#graph';
import { workspacePath } from '#paths';
import { MemoryFileSystem } from './memory-file-system.js';

/** What the files of a workspace say, given as texts and as symbolic links by path; parsed by the real parsers. */
export function factsOf(
  texts: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): WorkspaceFacts {
  const listed = Object.keys({ ...texts, ...links }).map((path) => ({ path: workspacePath(path) }));
  return readFacts(
    listed,
    new MemoryFileSystem(texts, links),
    new FactCache({ read: () => undefined, write: () => undefined }, ''),
  );
}

/** The project model of a workspace given as texts by path. */
export function modelOf(texts: Readonly<Record<string, string>>, options: GraphOptions = {}): ProjectModel {
  return resolveProjectModel(factsOf(texts), readGraphSettings(options).value);
}
