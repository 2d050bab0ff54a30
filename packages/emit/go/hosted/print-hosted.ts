import { GENERATED_FILES } from '#diagnostics';
import { joinPath } from '#paths';
import type { Bridge } from '../../bridge.js';
import type { GeneratedFile } from '../../types.js';
import { printFeatures } from '../features.js';
import { headerName } from '../header-name.js';
import { printPack } from '../pack.js';
import { printPropertyTest } from '../tests/property-test.js';
import { printVectorsTest } from '../tests/vectors-test.js';
import { printHostedApi } from './api.js';
import { archiveFolder, printArchive, printArchiveHeader } from './archive.js';
import { printGiven } from './given.js';
import { printServer } from './server.js';

/** Prints the Go side of a bridge that Go implements. */
export function printHosted(bridge: Bridge): GeneratedFile[] {
  const pack = printPack(bridge);
  const given = printGiven(bridge);
  const archive = archiveFolder(bridge.layout);
  const files: Readonly<Record<string, string>> = {
    [GENERATED_FILES.goApi]: printHostedApi(bridge),
    [`${archive}/exports.gen.go`]: printArchive(bridge),
    [`${archive}/${headerName(bridge.layout)}`]: printArchiveHeader(bridge),
    ...printFeatures(bridge),
    ...(given !== undefined && { 'given.gen.go': given }),
    ...(pack !== undefined && { 'pack.gen.go': pack }),
    ...printPropertyTest(bridge),
    'server.gen.go': printServer(bridge),
    'vectors.gen_test.go': printVectorsTest(bridge),
  };
  return Object.entries(files).map(([name, text]) => ({
    path: joinPath(bridge.layout.go.folder, name),
    text,
    owner: 'grout',
  }));
}
