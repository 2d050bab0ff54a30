/**
 * Files that `nx sync` writes for each bridge, relative to the folder of its side: those by which the graph knows that it is
 * there. Emitters write them, the graph looks for them.
 */
export const GENERATED_FILES = {
  goApi: 'api.gen.go',
  /** The one that links the library of the other side. */
  goLink: 'inprocess.gen.go',
  rustModule: 'src/generated/mod.rs',
} as const;
