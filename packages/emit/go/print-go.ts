import { GENERATED_FILES } from '#diagnostics';
import { joinPath } from '#paths';
import type { Bridge } from '../bridge.js';
import type { GeneratedFile } from '../types.js';
import { printApi } from './api.js';
import { printConditional } from './conditional.js';
import { printConnectMock, printNoCgo } from './connect.js';
import { printCopy } from './copy.js';
import { printCallbacks } from './callbacks.js';
import { printFeatures } from './features.js';
import { headerName } from './header-name.js';
import { printHosted } from './hosted/print-hosted.js';
import { printMessagesAlone } from './messages-alone.js';
import { printHeader } from './header.js';
import { printInProcess } from './in-process.js';
import { printPack } from './pack.js';
import { printBenchTest } from './tests/bench-test.js';
import { printConformanceTest } from './tests/conformance-test.js';
import { printObjectsTest } from './tests/objects-test.js';
import { printPropertyTest } from './tests/property-test.js';
import { printVectorsTest } from './tests/vectors-test.js';
import { printMock } from './mock.js';

/** Prints the Go side of a bridge. */
export function printGo(bridge: Bridge): GeneratedFile[] {
  if (bridge.implementedIn === 'go') return printHosted(bridge);
  if (bridge.implementedIn === 'neither') return printMessagesAlone(bridge);
  const pack = printPack(bridge);
  const callbacks = printCallbacks(bridge);
  const objects = printObjectsTest(bridge);
  const files: Readonly<Record<string, string>> = {
    [GENERATED_FILES.goApi]: printApi(bridge),
    'bench.gen_test.go': printBenchTest(bridge),
    ...(callbacks !== undefined && { 'callbacks.gen.go': callbacks }),
    ...printFeatures(bridge),
    ...printConditional(bridge),
    'conformance.gen_test.go': printConformanceTest(bridge),
    'connect_mock.gen.go': printConnectMock(bridge),
    'copy.gen.go': printCopy(bridge),
    [GENERATED_FILES.goLink]: printInProcess(bridge),
    'mock.gen.go': printMock(bridge),
    'nocgo.gen.go': printNoCgo(bridge),
    ...(objects !== undefined && { 'objects.gen_test.go': objects }),
    ...(pack !== undefined && { 'pack.gen.go': pack }),
    ...printPropertyTest(bridge),
    'vectors.gen_test.go': printVectorsTest(bridge),
    [headerName(bridge.layout)]: printHeader(bridge),
  };
  return Object.entries(files).map(([name, text]) => ({
    path: joinPath(bridge.layout.go.folder, name),
    text,
    owner: 'grout',
  }));
}
