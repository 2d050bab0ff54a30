import type { Bridge } from '../bridge.js';
import { hasTail, requestSlots, responseSlots, type Call } from '../crossing.js';
import { generatedHeader } from '../docs.js';
import { printCallbacks } from './callbacks.js';
import { Cfg } from './cfg.js';
import { adoptCallback, invocation, pinReceiver, printObject } from './objects.js';
import { indent, isBeyondLayout, signature } from './layout.js';
import { printInfrastructure } from './infrastructure.js';
import { outStructName, slotType, structFields } from './out-struct.js';
import { printRequest, printTaking } from './request.js';
import { printWriter } from './response.js';
import { RustTypes } from './rust-types.js';
import { siteConstant } from './site.js';
import { printStub } from './stub.js';

/** src/generated/exports.rs: the functions that Go calls. */
export function printExports(bridge: Bridge): string {
  const sections = [
    [...generatedHeader('//', bridge.contract.files)],
    ['use super::api;', 'use grout::{Cx, ffi};', 'use std::sync::OnceLock;'],
    [
      "/// The user's implementation, made when the first call arrives. Where that panics, the next call tries again.",
      "fn service() -> &'static crate::Service {",
      '    static SERVICE: OnceLock<crate::Service> = OnceLock::new();',
      '    SERVICE.get_or_init(crate::Service::default)',
      '}',
    ],
    ...printInfrastructure(bridge),
    ...bridge.objects.flatMap((object) => printObject(bridge, object)),
    ...printCallbacks(bridge, new RustTypes(bridge.contract)),
    ...bridge.calls.flatMap((call) => [
      printOutStruct(call),
      printExport(bridge, call),
      ...printStub(new Cfg(bridge.abi.features), call.condition, call.displayName, call.symbol),
    ]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printOutStruct(call: Call): string[] {
  const fields = structFields(responseSlots(call), hasTail(call.response) ? 'ffi::Tail' : undefined);
  const doc = `/// The response of \`${call.displayName}\`, flattened. Go owns it, and passes it zeroed.`;
  const members = fields.length === 0 ? ['unused: u8,'] : fields;
  return [doc, '#[repr(C)]', `pub struct ${outStructName(call)} {`, ...indent(members), '}'];
}

function printExport(bridge: Bridge, call: Call): string[] {
  const { displayName, symbol } = call;
  const out = outStructName(call);
  const types = new RustTypes(bridge.contract);
  const inputs = requestSlots(call).map(({ name, type }) => `${name}: ${slotType(type)}`);
  const parameters = ['call: *mut ffi::Call', ...inputs, `out: *mut ${out}`];
  const body = [
    ...siteConstant(call.service, displayName),
    ...printTaking(call.request),
    ...adoptCallback(call),
    'let serve = |cx: &Cx| {',
    ...indent([...printRequest(types, call.request), ...pinReceiver(call)]),
    `    ${invocation(call)}`,
    '};',
    ...printWriter(types, call),
    '// SAFETY: the caller keeps what is said above.',
    'unsafe { ffi::unary(&SITE, call, out, serve, write) }',
  ];
  return [
    `/// \`${displayName}\`.`,
    '///',
    '/// # Safety',
    '/// For the generated Go bindings: during the call, `call`, `out` and every pointer with its length are valid and',
    '/// not written by anyone else.',
    ...new Cfg(bridge.abi.features).with(call.condition),
    '#[unsafe(no_mangle)]',
    ...(isBeyondLayout(indent(body)) ? ['#[rustfmt::skip]'] : []),
    ...signature(`pub unsafe extern "C" fn ${symbol}`, parameters, ' -> u32 {', 0),
    ...indent(body),
    '}',
  ];
}
