import { joinPath, type WorkspacePath } from '#paths';
import { artifactFolder, stagingFolder } from '#plan';
import { writing } from './artifacts.js';
import type { RunRequest } from './run-request.js';

const NAME = /^\.staging-(.+)$/;

/**
 * Gives the work an empty folder beside the artifacts and takes it away afterwards, with those of runs that were killed
 * before they could do the same.
 */
export async function withStaging<T>(request: RunRequest, work: (staging: WorkspacePath) => Promise<T>): Promise<T> {
  const staging = stagingFolder(request.project.root, request.runId);
  try {
    writing(staging, () => {
      removeAbandoned(request);
      request.files.makeFolder(staging);
    });
    return await work(staging);
  } finally {
    request.files.remove(staging);
  }
}

function removeAbandoned(request: RunRequest): void {
  const folder = artifactFolder(request.project.root);
  for (const name of request.files.list(folder)) {
    const runId = NAME.exec(name)?.[1];
    if (runId !== undefined && !request.isRunning(runId)) request.files.remove(joinPath(folder, name));
  }
}
