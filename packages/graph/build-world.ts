import type { PossibleBuilds } from '#go';

/** Which Go builds a workspace makes at all; a file that none of them takes draws no edge. */
export type BuildWorld = Omit<PossibleBuilds, 'cgo'>;
