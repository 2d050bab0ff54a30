import { abiMajor } from '#contract';
import { isOnlyService } from '../../abi-names.js';
import type { Bridge } from '../../bridge.js';
import { frameWitness } from '../../frame-version.js';
import type { CallbackService } from '../../callbacks.js';
import { generatedHeader } from '../../docs.js';
import type { BridgeFeature } from '../../types.js';
import { predicateOf } from '../cfg.js';
import { printGoMethod, printGoStructs, goLayouts } from '../go-call.js';
import { arrayLiteral, callExpression, indent, rustString, signature } from '../layout.js';
import { typeName } from '../names.js';
import { RustTypes } from '../rust-types.js';
import { printGiven } from './given.js';
import { hostedNames } from './names.js';
import { printObjectInGo } from './objects.js';

/** src/generated/client.rs: calls the archive of Go that is linked into the program. */
export function printClient(bridge: Bridge): string {
  const sections = [
    [...generatedHeader('//', bridge.contract.files)],
    ['use super::api;', 'use grout::ffi;'],
    printSymbols(bridge),
    ...(isOnlyService(bridge.contract)
      ? bridge.hosted.services.map((it) => printHost(bridge, it))
      : printHosts(bridge)),
    ...printGiven(bridge),
    ...bridge.hosted.services.flatMap((service) => [
      printConnect(bridge, service),
      ...service.calls.flatMap(printGoStructs),
      printService(bridge, service),
    ]),
    ...bridge.hosted.objects.flatMap((object) => [
      ...object.calls.flatMap(printGoStructs),
      ...printObjectInGo(bridge, new RustTypes(bridge.contract), object),
    ]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printSymbols({ hosted, names, abi }: Bridge): string[] {
  const services = hosted.services.map(({ service }) => names.hosted(service));
  const declared = (name: string, parameters: readonly string[], result: string): string[] =>
    signature(`fn ${name}`, parameters, `${result};`, 4);
  const invocation = 'call: *mut ffi::Invocation';
  return [
    '#[allow(improper_ctypes, reason = "what is behind a frame is for the runtimes")]',
    'unsafe extern "C" {',
    ...indent([
      '/// Only an archive with this ABI has this symbol: another one does not link.',
      ...declared(names.abiSymbol(abi.hash), [], ' -> u8'),
      ...declared(names.handshake, ['make_room: ffi::MakeRoomFn', invocation], ' -> u32'),
      ...services.flatMap(({ open }) => declared(open, [invocation], ' -> u32')),
      ...services.flatMap(({ call }) => declared(call, [invocation], ' -> u32')),
      ...hosted.objects.flatMap(({ handle }) => declared(names.callObject(handle.name), [invocation], ' -> u32')),
      ...hosted.given.flatMap(({ service }) => {
        const functions = ['serve: ffi::ServeFn', 'release: ffi::ReleaseFn', 'free: ffi::FreeAnswerFn'];
        return declared(names.callback(service.name).bind, functions, '');
      }),
      ...declared(names.cancel, ['call: *mut ffi::Call'], ''),
    ]),
    '}',
  ];
}

/** What the client of a service that is alone calls. */
function printHost(bridge: Bridge, { service }: CallbackService): string[] {
  const { host } = hostedNames(bridge.contract, service);
  const { open, call } = bridge.names.hosted(service);
  const values = {
    open: `open: ${open}`,
    call: `call: ${call}`,
    service: `service: ${rustString(service.fullName)}`,
    layouts: arrayLiteral('layouts: &', layoutsOf(bridge), ',', 8),
  };
  return [
    '/// What Go implements, and what this side knows of it.',
    `static ${host}: ffi::Hosted = {`,
    ...indent(printMaking(bridge, values)),
    '};',
  ];
}

/** What the clients of several services call: they are of one archive. */
function printHosts(bridge: Bridge): string[][] {
  return [
    [
      '/// Size and alignment of the structs of all methods.',
      ...arrayLiteral('const LAYOUTS: &[[usize; 2]] = &', layoutsOf(bridge), ';', 0),
    ],
    [
      '/// A service that Go implements, and what this side knows of it.',
      ...signature(
        'const fn host',
        ["service: &'static str", 'open: ffi::CallFn', 'call: ffi::CallFn'],
        ' -> ffi::Hosted {',
        0,
      ),
      ...indent(
        printMaking(bridge, { open: 'open', call: 'call', service: 'service', layouts: ['layouts: LAYOUTS,'] }),
      ),
      '}',
    ],
    ...bridge.hosted.services.map(({ service }) => {
      const { host } = hostedNames(bridge.contract, service);
      const { open, call } = bridge.names.hosted(service);
      return [
        `/// \`${service.fullName}\` of Go.`,
        ...callExpression(`static ${host}: ffi::Hosted = host`, [rustString(service.fullName), open, call], ';', 0),
      ];
    }),
  ];
}

function layoutsOf({ callbacks }: Bridge): string[] {
  return callbacks.flatMap(({ calls }) => calls.flatMap(goLayouts));
}

/** Members of what a `Hosted` is made of, as fields without a comma; but for the layouts, which are lines. */
interface Members {
  readonly open: string;
  readonly call: string;
  readonly service: string;
  readonly layouts: readonly string[];
}

/** The expression that makes a `Hosted`. */
function printMaking({ contract, names, abi, layout }: Bridge, own: Members): string[] {
  return [
    'let archive = ffi::Archive {',
    ...indent([
      `frame_version: ${names.abiSymbol(abi.hash)},`,
      `handshake: ${names.handshake},`,
      `${own.open},`,
      `${own.call},`,
      `cancel: ${names.cancel},`,
    ]),
    '};',
    'let identity = ffi::HostIdentity {',
    ...indent([
      `bindings: ${rustString(`the Rust crate ${layout.rust.packageName}`)},`,
      `${own.service},`,
      `frame_version: ffi::${frameWitness.rust},`,
      `abi_major: ${abiMajor(contract)},`,
      `abi_hash: 0x${abi.hash},`,
      `contract: ${rustString(abi.contractDigest)},`,
      ...own.layouts,
      ...featureList(abi.features),
    ]),
    '};',
    '// SAFETY: all of them are of the one archive that is linked, and its runtime takes calls from any thread.',
    'unsafe { ffi::Hosted::new(archive, identity) }',
  ];
}

function featureList(features: readonly BridgeFeature[]): string[] {
  if (features.length === 0) return ['features: &[],'];
  const elements = features.flatMap(({ name, cargo }) => [`#[cfg(${predicateOf(cargo)})]`, `${rustString(name)},`]);
  return ['features: &[', ...indent(elements), '],'];
}

function printConnect({ contract, hosted }: Bridge, { service }: CallbackService): string[] {
  const { client, connect, host } = hostedNames(contract, service);
  return [
    `/// Calls \`${service.fullName}\` of Go. Copies call the same service.`,
    '#[derive(Debug, Clone, Copy)]',
    `pub struct ${client}(());`,
    '',
    '/// Connects to the implementation. The first call makes sure that both sides were generated from the same contract,',
    '/// and has Go make the service.',
    '///',
    '/// # Errors',
    '/// `HANDSHAKE` when the two sides do not fit together; the error of Go when the service could not be made, which the',
    '/// next call tries again.',
    `pub fn ${connect}() -> Result<${client}, grout::Error> {`,
    `    ${host}.connect()?;`,
    ...(hosted.given.length > 0 ? ['    bind();'] : []),
    `    Ok(${client}(()))`,
    '}',
  ];
}

function printService({ contract }: Bridge, { service, calls }: CallbackService): string[] {
  const types = new RustTypes(contract);
  const { client, host } = hostedNames(contract, service);
  const methods = calls.flatMap((call, at) => {
    const start = `${host}.call(${rustString(call.displayName)}, cx, |go| {`;
    const within = { start, end: '})' };
    return [...(at > 0 ? [''] : []), ...printGoMethod(types, call, { callee: 'go', values: [], within })];
  });
  return [`impl api::${typeName(service.name)} for ${client} {`, ...indent(methods), '}'];
}
