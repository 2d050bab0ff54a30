import { abiMajor } from '#contract';
import { hostedService, type Bridge } from '../../bridge.js';
import { generatedHeader } from '../../docs.js';
import type { BridgeFeature } from '../../types.js';
import { predicateOf } from '../cfg.js';
import { printGoMethod, printGoStructs, goLayouts } from '../go-call.js';
import { arrayLiteral, indent, rustString, signature } from '../layout.js';
import { typeName } from '../names.js';
import { RustTypes } from '../rust-types.js';

/** src/generated/client.rs: calls the archive of Go that is linked into the program. */
export function printClient(bridge: Bridge): string {
  const sections = [
    [...generatedHeader('//', bridge.contract.files)],
    ['use super::api;', 'use grout::ffi;'],
    printSymbols(bridge),
    printArchive(bridge),
    printConnect(bridge),
    ...hostedService(bridge).calls.flatMap(printGoStructs),
    printService(bridge),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printSymbols({ names, abi }: Bridge): string[] {
  const { open, call, cancel } = names.hosted;
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
      ...declared(open, [invocation], ' -> u32'),
      ...declared(call, [invocation], ' -> u32'),
      ...declared(cancel, ['call: *mut ffi::Call'], ''),
    ]),
    '}',
  ];
}

function printArchive(bridge: Bridge): string[] {
  const { contract, names, abi, layout } = bridge;
  const { service, calls } = hostedService(bridge);
  const { open, call, cancel } = names.hosted;
  return [
    '/// What Go implements, and what this side knows of it.',
    'static GO: ffi::Hosted = {',
    ...indent([
      'let archive = ffi::Archive {',
      ...indent([
        `frame_version: ${names.abiSymbol(abi.hash)},`,
        `handshake: ${names.handshake},`,
        `open: ${open},`,
        `call: ${call},`,
        `cancel: ${cancel},`,
      ]),
      '};',
      'let identity = ffi::HostIdentity {',
      ...indent([
        `bindings: ${rustString(`the Rust crate ${layout.rust.packageName}`)},`,
        `service: ${rustString(service.fullName)},`,
        `abi_major: ${abiMajor(contract)},`,
        `abi_hash: 0x${abi.hash},`,
        `contract: ${rustString(abi.contractDigest)},`,
        ...arrayLiteral('layouts: &', calls.flatMap(goLayouts), ',', 8),
        ...featureList(abi.features),
      ]),
      '};',
      '// SAFETY: all of them are of the one archive that is linked, and its runtime takes calls from any thread.',
      'unsafe { ffi::Hosted::new(archive, identity) }',
    ]),
    '};',
  ];
}

function featureList(features: readonly BridgeFeature[]): string[] {
  if (features.length === 0) return ['features: &[],'];
  const elements = features.flatMap(({ name, cargo }) => [`#[cfg(${predicateOf(cargo)})]`, `${rustString(name)},`]);
  return ['features: &[', ...indent(elements), '],'];
}

function printConnect(bridge: Bridge): string[] {
  const { service } = hostedService(bridge);
  return [
    `/// Calls \`${service.fullName}\` of Go. Copies call the same service.`,
    '#[derive(Debug, Clone, Copy)]',
    'pub struct Client(());',
    '',
    '/// Connects to the implementation. The first call makes sure that both sides were generated from the same contract,',
    '/// and has Go make the service.',
    '///',
    '/// # Errors',
    '/// `HANDSHAKE` when the two sides do not fit together; the error of Go when the service could not be made, which the',
    '/// next call tries again.',
    'pub fn connect() -> Result<Client, grout::Error> {',
    '    GO.connect()?;',
    '    Ok(Client(()))',
    '}',
  ];
}

function printService(bridge: Bridge): string[] {
  const types = new RustTypes(bridge.contract);
  const { service, calls } = hostedService(bridge);
  const methods = calls.flatMap((call, at) => {
    const start = `GO.call(${rustString(call.displayName)}, cx, |go| {`;
    const within = { start, end: '})' };
    return [...(at > 0 ? [''] : []), ...printGoMethod(types, call, { callee: 'go', values: [], within })];
  });
  return [`impl api::${typeName(service.name)} for Client {`, ...indent(methods), '}'];
}
