const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'nodenext' } },
  ],
};

/** Rooms are tested from their sources: no dist is needed, `#room` resolves through the `source` condition. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages', '<rootDir>/executors', '<rootDir>/generators', '<rootDir>/e2e'],
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['/testdata/', '/files/', '<rootDir>/dist/', '<rootDir>/e2e/cases/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform,
  testTimeout: 30_000,
};
