import { readFileSync } from 'node:fs';
import { answerMonorepo } from './fixtures/answer-monorepo.js';
import { removeWorkspaces, Workspace } from './harness/workspace.js';

/** A crate that tells, by a panic, where it was compiled, and one that it depends on does as well. */
const DEEPER = {
  'crates/plain/src/lib.rs': `pub fn twice(number: u64) -> u64 {
    assert!(number < 1_000, "{} is too much, says {}", number, file!());
    2 * number
}
`,
  'crates/answer/Cargo.toml': `[package]
name = "answer"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["staticlib", "cdylib", "rlib"]

[dependencies]
plain = { path = "../plain" }
`,
  'crates/answer/src/lib.rs': `#[no_mangle]
pub extern "C" fn answer() -> u64 {
    plain::twice(21)
}
`,
};

let here: Workspace;
let elsewhere: Workspace;

beforeAll(async () => {
  here = await Workspace.create({ ...answerMonorepo(), ...DEEPER });
  await here.run('cargo', ['generate-lockfile', '--offline']);
  await here.commit('begin');
  elsewhere = await Workspace.cloneOf(here);
}, 120_000);

afterAll(removeWorkspaces);

describe('two checkouts of one commit', () => {
  it.each([
    ['debug', []],
    ['release', ['--configuration=production']],
  ])(
    'make the same bytes: %s',
    async (_profile, args) => {
      for (const workspace of [here, elsewhere]) {
        const run = await workspace.nx(['run-many', '-t', 'build', ...args]);
        expect(run).toMatchObject({ exitCode: 0 });
        expect(run.cached).toEqual([]);
      }
      const contents = here.contentsBelow('dist');
      expect(Object.keys(contents)).toEqual(
        expect.arrayContaining(['apps/teller/teller', 'crates/answer/libanswer.a', 'crates/answer/libanswer.so']),
      );
      expect(elsewhere.contentsBelow('dist')).toEqual(contents);
    },
    180_000,
  );

  it('and no artifact names the folder it was made in', () => {
    for (const file of here.filesBelow('dist')) {
      expect(`${file}: ${String(readFileSync(here.path(`dist/${file}`)).includes(here.root))}`).toBe(`${file}: false`);
    }
  });
});
