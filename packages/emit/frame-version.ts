/** Version of the call frame, the tail and the encoding of packed values: rule V3. Both runtimes have the same number. */
export const frameVersion = 3;

/** What the runtimes of this version alone declare, and the code that is generated for it names. */
export const frameWitness = {
  go: `FrameVersion${String(frameVersion)}`,
  rust: `FRAME_VERSION_${String(frameVersion)}`,
} as const;
