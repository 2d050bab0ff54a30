import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = dirname(fileURLToPath(import.meta.url));

interface Schema {
  readonly $id: string;
  readonly additionalProperties: boolean;
  readonly properties: Record<string, { readonly description?: string }>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(FOLDER, path), 'utf8'));
const { executors } = readJson('executors.json') as {
  executors: Record<string, { implementation: string; schema: string; description: string }>;
};
const schemas = Object.entries(executors).map(([name, { schema }]) => ({ name, schema: readJson(schema) as Schema }));

it.each(Object.entries(executors))('%s has an implementation and a description', (_name, entry) => {
  expect(entry.description).not.toBe('');
  const source = entry.implementation.replace('../dist/executors/', '').replace(/\.js$/, '.ts');
  expect(existsSync(join(FOLDER, source))).toBe(true);
});

it.each(schemas)('the schema of $name describes every option and refuses others', ({ schema }) => {
  expect(schema.$id).toMatch(/^NxGrout/);
  expect(schema.additionalProperties).toBe(false);
  for (const property of Object.values(schema.properties)) expect(property.description).toBeTruthy();
});

it('all executors but watch share one vocabulary', () => {
  const vocabularies = schemas.filter(({ name }) => name !== 'watch').map(({ schema }) => schema.properties);
  for (const vocabulary of vocabularies) expect(vocabulary).toEqual(vocabularies[0]);
});

it('no option is a oneOf of string and list: Nx splits the value of such an option at commas', () => {
  for (const { schema } of schemas) expect(JSON.stringify(schema.properties)).not.toContain('"oneOf"');
});
