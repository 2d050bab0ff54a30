import { abiHash, type Contract, type Message } from '#contract';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareBridge } from '../bridge.js';
import type { BridgeFeature, BridgeLayout } from '../types.js';
import { printPage } from './page.js';

const lessons = join(import.meta.dirname, '../testdata');

function pageOf(
  lesson: string,
  change = (contract: Contract): Contract => contract,
): { page: string; contract: Contract } {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(lessons, lesson, name), 'utf8'));
  const contract = change(read('contract.json') as Contract);
  const hasFeatures = existsSync(join(lessons, lesson, 'features.json'));
  const features = hasFeatures ? (read('features.json') as BridgeFeature[]) : [];
  const abi = { hash: abiHash(contract), contractDigest: '', features };
  return { contract, page: printPage(prepareBridge(contract, read('layout.json') as BridgeLayout, abi)) };
}

it.each(readdirSync(lessons))('the page of %s has every method, object, code and enum of its contract', (lesson) => {
  const { page, contract } = pageOf(lesson);
  for (const service of contract.services) {
    expect(page).toContain(`## Service \`${service.fullName}\``);
    for (const { name } of service.methods) expect(page).toContain(`### \`${service.name}.${name}\``);
  }
  const handles = contract.messages.filter(({ handle }) => handle !== undefined);
  for (const { fullName } of handles) expect(page).toContain(`## Object \`${fullName}\``);
  for (const { codes } of contract.errorDomains)
    for (const { name } of codes) expect(page).toContain(`- \`${name}\` = `);
  for (const { fullName } of contract.enums) expect(page).toContain(`### \`${fullName}\``);
  expect(page.includes(`hash \`${abiHash(contract)}\``)).toBe(contract.services.length > 0);
});

it('says for how long bytes are there, and who frees them', () => {
  const { page } = pageOf('views');
  expect(page).toMatch(/`key`, text: lent to Rust for the call, where Go has it \(O13\); UTF-8 \(L7\)/);
  expect(page).toMatch(/`query`, `shelf\.v1\.Query`: lent to Rust for the call where its message says so \(O13\)/);
  expect(page).toMatch(/`word`, text, alternative 1 of `of`; lent for the call \(O13\)/);
  expect(page).toMatch(/`body`, bytes: a view of bytes in Rust, shared with the service; Go frees it with Release/);
  expect(page).toMatch(
    /`reversed`, bytes: a view of bytes in Rust, given away by the service.*at most 2000000 bytes \(L8\)/,
  );
});

// Rule O27
it('says what becomes of the fields of messages in responses', () => {
  const { page } = pageOf('views');
  expect(page).toMatch(/`card`, `shelf\.v1\.Card`: views in Rust where its message says so \(O27\)/);
  const part = page.slice(page.indexOf('## Messages in responses')).split('\n## ')[0] ?? '';
  expect(part).toMatch(/### `shelf\.v1\.Card`\n\nWhat tells of a text\.\n\n- `title`, text: a view of text in Rust/);
  expect(part).toMatch(
    /- `shouted`, text: a view of text in Rust, given away by the service; Go frees it with Release \(O26\)/,
  );
  expect(part).toMatch(/- `kind`, text: copied/);
  // What is packed elsewhere is described there.
  expect(part).not.toMatch(/### `shelf\.v1\.Scan`/);
  expect(page).toMatch(/\n### `shelf\.v1\.Scan`\n\n- `body`, bytes; a view/);
  expect(part).not.toMatch(/### `shelf\.v1\.ReadResponse`/);
});

it('says what is given away, and where bytes start', () => {
  const { page } = pageOf('moves');
  expect(page).toMatch(
    /`body`, bytes: given away: a buffer that NewBuffer makes.*\(O21, O22\); at a multiple of 64 \(L14\)/,
  );
  expect(page).toMatch(
    /`lent`, bytes: lent to Rust for the call, where Go has it \(O13\); at a multiple of 64 \(L14\)/,
  );
  expect(page).toMatch(
    /`page`, bytes: a view of bytes in Rust, given away by the service.*at a multiple of 4096 \(L14\)/,
  );
});

it('says how a result lies in memory', () => {
  const { page } = pageOf('handles');
  expect(page).toContain('Result `docindex_v1_get_out`: `document_len: length`; its tail: `document`');
  expect(page).toContain(
    'C function `docindex_v1_get`, after the frame: `object: u64`, `key: pointer`, `key_len: length`',
  );
});

it('lists what is packed in the order of the bytes: alternatives lie where their first one is declared (L4)', () => {
  const parentFirst = ({ fields, ...rest }: Message): Message => ({
    ...rest,
    fields: [...fields].sort((one, other) => Number(other.name === 'parent') - Number(one.name === 'parent')),
  });
  const { page } = pageOf('every-type', (contract) => ({
    ...contract,
    messages: contract.messages.map((message) => (message.name === 'Tree' ? parentFirst(message) : message)),
  }));
  const tree = page.slice(page.indexOf('### `catalog.v1.Tree`')).split('\n\n')[1] ?? '';
  const names = Array.from(tree.matchAll(/^- `(\w+)`/gm), ([, name]) => name);
  expect(names).toEqual(['parent', 'seed', 'name', 'children', 'twin']);
});

it('says how each side declares a method', () => {
  const { page } = pageOf('handles');
  expect(page).toContain('- Go: `Get(ctx context.Context, req GetRequest) (GetResponse, error)`');
  expect(page).toMatch(
    /- Rust: `fn next\(&mut self, cx: &grout::Cx, request: NextRequest\) -> Result<NextResponse, grout::Error>`/,
  );
  expect(page).toMatch(/- Rust: `fn get\(&self, /);
});

it('says how a call of a service of Go lies in memory', () => {
  const { page } = pageOf('callbacks');
  expect(page).toContain(
    'Struct of the request: `title: pointer`, `title_len: length`, `has_body: bool`, `body: pointer`, `body_len: length`, `pack: pointer`, `pack_len: length`',
  );
  expect(page).toContain('Struct of the response: `weight: f64`, `proof_len: length`; its tail: `proof`');
  expect(page).toContain('`weight`, f64: by value');
});
