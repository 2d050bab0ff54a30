import { abiHash, contractDigest, lowerContract, validateContract, type Contract } from '#contract';
import { joinPath, workspacePath, type AbsolutePath } from '#paths';
import { NodeProcesses } from '#workspace';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readContractImage } from '#workspace';
import {
  checkEmittable,
  emitGo,
  emitPage,
  emitRust,
  emitVectors,
  type BridgeFeature,
  type BridgeLayout,
  type GeneratedFile,
} from './index.js';

const room = import.meta.dirname;
const lessons = readdirSync(join(room, 'testdata')).sort();
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

/** Compares with the committed file; UPDATE_GOLDEN=1 writes it. */
function expectGolden(path: string, actual: string): void {
  if (isUpdate) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  expect(actual).toBe(
    existsSync(path) ? readFileSync(path, 'utf8') : `${path} does not exist: run with UPDATE_GOLDEN=1`,
  );
}

async function lowerLesson({ folder, layout }: Lesson): Promise<Contract> {
  const copy = mkdtempSync(join(tmpdir(), 'grout-lesson-')) as AbsolutePath;
  try {
    cpSync(join(room, '../contract/proto'), copy, { recursive: true });
    const others: Contract[] = [];
    for (const other of lessonsSharingWith(layout)) {
      for (const { path, placed } of protosOf(other)) cpSync(path, join(copy, placed));
      others.push(await lowerLesson(other));
    }
    const own = protosOf({ folder, layout });
    for (const { path, placed } of own) cpSync(path, join(copy, placed));
    const path = joinPath(layout.root, 'contract');
    const image = await readContractImage(new NodeProcesses(), { folder: copy, path });
    expect(image.diagnostics).toEqual([]);
    const findSource = (name: string) =>
      own.some(({ placed }) => placed === name) ? { path: joinPath(path, name) } : undefined;
    const lowered = lowerContract(layout.name, image.value ?? new Uint8Array(), findSource, others);
    expect(lowered.diagnostics).toEqual([]);
    if (lowered.value === undefined) throw new Error('not lowered');
    return lowered.value;
  } finally {
    rmSync(copy, { recursive: true });
  }
}

interface Lesson {
  readonly folder: string;
  readonly layout: BridgeLayout;
}

function readLesson(lesson: string): Lesson {
  const folder = join(room, 'testdata', lesson);
  return { folder, layout: JSON.parse(readFileSync(join(folder, 'layout.json'), 'utf8')) as BridgeLayout };
}

/** The lessons whose messages a lesson uses, by what its layout says of their bridges. */
function lessonsSharingWith({ sharing = {} }: BridgeLayout): Lesson[] {
  return lessons.map(readLesson).filter(({ layout }) => layout.name in sharing);
}

/** The .proto files of a lesson; `placed` is their name in the bridge, where a single one has the bridge's. */
function protosOf({ folder, layout: { name } }: Lesson): { path: string; placed: string }[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.proto'))
    .sort();
  return files.map((file) => ({
    path: join(folder, file),
    placed: file === 'contract.proto' ? `${name}.proto` : file,
  }));
}

/** What both sides of the lesson can be built with, where that is anything. */
function readFeatures(folder: string): BridgeFeature[] {
  const path = join(folder, 'features.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BridgeFeature[]) : [];
}

function isGenerated(path: string): boolean {
  return /\.(?:gen\.(?:go|h|json|md)|gen_test\.go)$|(?:^|\/)src\/generated\//.test(path);
}

function generatedIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => name.replaceAll('\\', '/')).filter((name) => isGenerated(name) && /\.\w+$/.test(name));
}

describe.each(lessons)('lesson %s', (lesson) => {
  const { folder, layout } = readLesson(lesson);

  it('has the contract that its .proto says, which this version can carry', async () => {
    const contract = await lowerLesson({ folder, layout });
    expectGolden(join(folder, 'contract.json'), `${JSON.stringify(contract, undefined, 2)}\n`);
    expect(validateContract(contract)).toEqual([]);
    expect(checkEmittable(contract, readFeatures(folder))).toEqual([]);
  });

  it('is emitted as committed, all of it and nothing else', () => {
    const contract = JSON.parse(readFileSync(join(folder, 'contract.json'), 'utf8')) as Contract;
    const protos = [{ folder, layout }, ...lessonsSharingWith(layout)].flatMap(protosOf).map(({ path, placed }) => {
      return { path: layout.sharing === undefined ? basename(path) : placed, text: readFileSync(path, 'utf8') };
    });
    const abi = { hash: abiHash(contract), contractDigest: contractDigest(protos), features: readFeatures(folder) };
    const emit = (): GeneratedFile[] => [
      ...emitGo(contract, layout, abi),
      ...emitRust(contract, layout, abi),
      ...emitVectors(contract, layout),
      ...emitPage(contract, layout, abi),
    ];
    const files = emit();
    expect(emit()).toEqual(files);
    const paths = files.map(({ path }) => workspacePath(path.slice(layout.root.length + 1)));
    files.forEach(({ text }, at) => {
      expectGolden(join(folder, paths[at] ?? ''), text);
    });
    expect(generatedIn(folder).sort()).toEqual([...paths].sort());
    expect(
      files.every(
        ({ owner, text }) =>
          owner === 'grout' && /^(?:\/\/|<!--|\{\n {2}"\/\/": ") ?Code generated by nx-grout from /.test(text),
      ),
    ).toBe(true);
  });
});
