import { GENERATED_FILES } from '#diagnostics';
import { joinPath } from '#paths';
import type { Bridge } from '../bridge.js';
import { docComment } from '../docs.js';
import type { GeneratedFile } from '../types.js';
import { printTypes } from './api.js';
import { GoFile } from './go-file.js';
import { printPropertyTest } from './tests/property-test.js';
import { printVectorsTest } from './tests/vectors-test.js';

/** Prints the Go side of a bridge that has messages only. */
export function printMessagesAlone(bridge: Bridge): GeneratedFile[] {
  const { contract, layout } = bridge;
  const doc = `Package ${layout.go.package} has the messages of ${contract.package}, which other bridges use.`;
  const api = new GoFile(bridge, { packageDoc: docComment('//', doc) });
  printTypes(api, bridge);
  const files: Readonly<Record<string, string>> = {
    [GENERATED_FILES.goApi]: api.render(),
    ...printPropertyTest(bridge),
    'vectors.gen_test.go': printVectorsTest(bridge),
  };
  return Object.entries(files).map(([name, text]) => ({
    path: joinPath(layout.go.folder, name),
    text,
    owner: 'grout',
  }));
}
