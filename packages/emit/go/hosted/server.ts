import { abiMajor } from '#contract';
import { hostedService, type Bridge } from '../../bridge.js';
import { printServe, printSites } from '../callbacks.js';
import { featureList } from '../features.js';
import { goString, GoFile, indent } from '../go-file.js';
import { GoTypes } from '../go-types.js';
import { bindings } from '../in-process.js';

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
        ...featureList(file, abi.features),
      ]),
      '}',
      `return ${file.grout('NewServer')}(`,
      ...indent([
        `${goString(hosted.service.fullName)},`,
        'identity,',
        'makeRoom,',
        'open,',
        'serve,',
        ...printSites(file, hosted),
      ]),
      ')',
    ]),
    '}',
  );
  printServe(file, new GoTypes(file), hosted, { name: 'serve', type: 'Service' });
  return file.render();
}
