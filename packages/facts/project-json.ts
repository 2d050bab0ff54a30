import type { Diagnosed } from '#diagnostics';

/** What a project.json says that counts for the graph. */
export interface ProjectJson {
  readonly name?: string;
  readonly implicitDependencies: readonly string[];
}

/** A project.json that cannot be read is Nx's to report; here it only says nothing. */
export function parseProjectJson(_file: string, text: string): Diagnosed<ProjectJson | undefined> {
  return { value: readProjectJson(text), diagnostics: [] };
}

function readProjectJson(text: string): ProjectJson | undefined {
  try {
    const { name, implicitDependencies } = JSON.parse(text) as { name?: unknown; implicitDependencies?: unknown };
    return {
      ...(typeof name === 'string' && name !== '' ? { name } : {}),
      implicitDependencies: Array.isArray(implicitDependencies)
        ? implicitDependencies.filter((entry) => typeof entry === 'string')
        : [],
    };
  } catch {
    return undefined;
  }
}
