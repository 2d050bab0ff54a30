import process from 'node:process';
import { removeWorkspaces, Workspace } from './harness/workspace.js';
import { askAffected, showAffected } from './random/affected.js';
import { Choices } from './random/choices.js';
import { differences } from './random/differences.js';
import { randomEdit } from './random/edits.js';
import { randomMonorepo, renderMonorepo, sharedManifests, type RandomMonorepo } from './random/monorepo.js';
import { findTruth, type Truth } from './random/truth.js';

const FIRST_SEED = Number(process.env['RANDOM_SEED'] ?? 8);
const WORKSPACES = Number(process.env['RANDOM_WORKSPACES'] ?? 4);
const EDITS = Number(process.env['RANDOM_EDITS'] ?? 3);
const SEEDS = Array.from({ length: WORKSPACES }, (_, index) => FIRST_SEED + index);

afterAll(removeWorkspaces);

/** The seed is in the name of each test: `RANDOM_SEED=7 RANDOM_WORKSPACES=1` makes the workspace of seed 7 again. */
describe.each(SEEDS)('random workspace with seed %d: what cargo metadata and go list say is what Nx says', (seed) => {
  const choices = new Choices(seed);
  let monorepo: RandomMonorepo;
  let files: readonly string[];
  let workspace: Workspace;
  let truth: Truth;
  let roots: Readonly<Record<string, string>>;

  beforeAll(async () => {
    monorepo = randomMonorepo(choices);
    const rendered = renderMonorepo(monorepo);
    files = Object.keys(rendered);
    workspace = await Workspace.create(rendered);
    await workspace.commit('begin');
    truth = await findTruth(workspace, monorepo, files);
  }, 300_000);

  it('about a change of any one file', async () => {
    const shared = sharedManifests(monorepo);
    // Of files in the root Nx itself knows that some change everything.
    const changed = files.filter((file) => file.includes('/') || file === 'README.md');
    const answer = await askAffected(workspace, [...truth.keys()], changed);
    ({ roots } = answer);
    expect(Object.values(roots).sort()).toEqual([...(truth.get('build')?.keys() ?? [])].sort());
    const mayAffect = (target: string, file: string, root: string): boolean => {
      // Tests may read whatever lies in the folder of their project, so that no file of it is one too many.
      if (shared.has(file) || (target === 'test' && file.startsWith(`${root}/`))) return true;
      // go leaves hidden files out of a folder that it embeds; a glob that does so could take a header away as well.
      const embedded = file.replace('assets/.hidden', 'assets/deep/style.css');
      return embedded !== file && truth.get(target)?.get(root)?.has(embedded) === true;
    };
    const wrong = [...truth].flatMap(([target, takingPart]) =>
      differences(answer.affected[target] ?? {}, takingPart, (file, root) => mayAffect(target, file, root)).map(
        (difference) => `${target}: ${difference}`,
      ),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  for (let count = 1; count <= EDITS; count++) {
    it(`after edit ${count}`, async () => {
      const before = truth;
      const edited = randomEdit(monorepo, choices);
      ({ monorepo } = edited);
      for (const file of edited.changed) {
        const text = edited.files[file];
        if (text === undefined) workspace.remove(file);
        else workspace.write(file, text);
      }
      truth = await findTruth(workspace, monorepo, Object.keys(edited.files));
      const isAffected = (root: string): boolean =>
        [before, truth].some((each) => edited.changed.some((file) => each.get('build')?.get(root)?.has(file)));
      const wanted = [...(truth.get('build')?.keys() ?? [])].filter(isAffected).sort();
      const { what, changed } = edited;
      const affected = await showAffected(workspace, roots);
      await workspace.commit(what);
      expect({ what, changed, affected }).toEqual({ what, changed, affected: wanted });
    }, 60_000);
  }
});
