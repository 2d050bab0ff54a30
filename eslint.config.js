import tseslint from 'typescript-eslint';

const ambient = (object, property, instead) => ({
  object,
  property,
  message: `Ambient state makes a room impure: ${instead}`,
});

/** The shell and the IO room may touch the process and the disk; every other room gets what it needs as arguments. */
const PURE = ['packages/{paths,diagnostics,cargo,go,contract,graph,plan,explain,emit,scaffold,run}/**/*.ts'];
const IO_MODULES = ['node:fs', 'node:fs/promises', 'node:child_process', 'execa', 'chokidar'];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'tmp/',
      '**/testdata/**',
      '**/files/**',
      '**/runtime/**',
      'e2e/cases/**',
      '**/*.js',
      '**/*.mjs',
      '**/*.cjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 45, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: PURE,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...IO_MODULES.map((name) => ({
              name,
              message: 'IO lives in packages/workspace; take a port as an argument.',
            })),
            { name: '@nx/devkit', message: 'Only the shell (plugin, cli, executors, generators) talks to Nx.' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        ambient('process', 'env', 'let the edge read the environment and pass it in.'),
        ambient('process', 'cwd', 'pass the folder in.'),
        ambient('Date', 'now', 'pass the time in.'),
        ambient('Math', 'random', 'pass what is random in.'),
      ],
    },
  },
  {
    files: ['**/*.spec.ts', 'e2e/**/*.ts', 'packages/testing/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@jest/globals',
              importNames: ['jest'],
              message: 'Where a test wants a mock of a module, a port is missing.',
            },
          ],
        },
      ],
      'no-restricted-properties': ['error', ambient('jest', 'mock', 'where a test wants it, a port is missing.')],
    },
  },
);
