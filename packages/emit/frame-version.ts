/** Version of the call frame, the tail and the encoding of packed values: rule V3. Both runtimes have the same number. */
export const frameVersion = 3;
