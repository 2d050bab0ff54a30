/**
 * The libraries that make values up for the property tests of bridges: the only dependencies of a bridge that come from a
 * registry. Their versions stand here and nowhere else.
 */
export const propertyLibraries = {
  go: {
    module: 'pgregory.net/rapid',
    version: 'v1.3.0',
    /** Its lines of go.sum. It needs no other module. */
    sums: [
      'pgregory.net/rapid v1.3.0 h1:vBvO0VSqti75J1jjYqpgPNBLKMd1+gxa9fYo7vk/Exc=',
      'pgregory.net/rapid v1.3.0/go.mod h1:dPlE4OBBxgXPqkP79flB6sJL1dx5azpI7HQ9MY9Z7uk=',
    ],
  },
  rust: {
    package: 'proptest',
    /** As `[dev-dependencies]` has it: without what forks processes and writes files. */
    dependency: 'proptest = { version = "1.12", default-features = false, features = ["std"] }',
  },
} as const;
