import { abiMajor } from '#contract';
import { hostedService, type Bridge } from '../../bridge.js';
import { featureList } from '../features.js';
import { goString, GoFile, indent } from '../go-file.js';
import { bindings } from '../in-process.js';
import { printServed, servedLayouts, servedMethods } from '../served.js';

/** server.gen.go: how calls of Rust reach the service. Plain Go, so that the package needs no C compiler. */
export function printServer(bridge: Bridge): string {
  const { contract, layout, abi } = bridge;
  const file = new GoFile(bridge);
  const hosted = hostedService(bridge);
  const server = `*${file.grout('Server')}[Service]`;
  file.add(
    '// NewServer makes what the archive of the service gives Rust. For generated code.',
    `func NewServer(makeRoom ${file.grout('MakeRoom')}, open func() (Service, error)) ${server} {`,
    ...indent([
      `identity := ${file.grout('Identity')}{`,
      ...indent([
        `Bindings: ${goString(bindings(layout))},`,
        `ABIMajor: ${abiMajor(contract)},`,
        `ABIHash:  0x${abi.hash},`,
        `Contract: ${goString(abi.contractDigest)},`,
        'Layouts: [][2]uintptr{',
        ...indent(servedLayouts(file, bridge, hosted)),
        '},',
        ...featureList(file, abi.features),
      ]),
      '}',
      `return ${file.grout('NewServer')}(${goString(hosted.service.fullName)}, identity, makeRoom, open, []${file.grout('Served')}[Service]{`,
      ...indent(servedMethods(bridge, hosted)),
      '})',
    ]),
    '}',
  );
  for (const call of hosted.calls) printServed(file, bridge, 'Service', call);
  return file.render();
}
