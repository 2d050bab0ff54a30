import type { Bridge } from '../bridge.js';
import { lengthName, tailLeaves, type Call, type Leaf, type Members } from '../crossing.js';
import { generatedHeader } from '../docs.js';
import { assignment, fieldDeclaration, indent, isBeyondLayout, rustString, signature } from './layout.js';
import { typeName, valueName } from './names.js';
import { printInfrastructure } from './infrastructure.js';
import { outStructName } from './out-struct.js';
import { printRequest } from './request.js';
import { printWriter } from './response.js';
import { messageType } from './rust-types.js';

/** src/generated/exports.rs: the functions that Go calls. */
export function printExports(bridge: Bridge): string {
  const sections = [
    [...generatedHeader('//', bridge.contract.files)],
    ['use super::api;', 'use grout::{Cx, ffi};', 'use std::sync::LazyLock;'],
    [
      "/// The user's implementation, made when the first call arrives.",
      'static SERVICE: LazyLock<crate::Service> = LazyLock::new(crate::Service::default);',
    ],
    ...printInfrastructure(bridge),
    ...bridge.calls.flatMap((call) => [printOutStruct(call), printExport(bridge, call)]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function printOutStruct(call: Call): string[] {
  const fields = outFields(call.response);
  if (tailLeaves(call.response).length > 0) fields.push('tail: ffi::Tail,');
  if (fields.length === 0) fields.push('unused: u8,');
  const doc = `/// The response of \`${call.displayName}\`, flattened. Go owns it, and passes it zeroed.`;
  return [doc, '#[repr(C)]', `pub struct ${outStructName(call)} {`, ...indent(fields), '}'];
}

function outFields({ leaves, nested }: Members): string[] {
  return [
    ...leaves.flatMap((leaf) => outField(leaf)),
    ...nested.flatMap((it) => [...fieldDeclaration(it.presence, 'bool', 4), ...outFields(it.members)]),
  ];
}

function outField({ crosses, name }: Leaf): string[] {
  if (crosses.kind === 'scalar') return fieldDeclaration(name, crosses.scalar, 4);
  return fieldDeclaration(lengthName(name), 'usize', 4);
}

function printExport({ service }: Bridge, call: Call): string[] {
  const { method, displayName, symbol } = call;
  const out = outStructName(call);
  const parameters = ['call: *mut ffi::Call', ...inputs(call.request), `out: *mut ${out}`];
  const body = [
    ...assignment('const SITE: ffi::Site', `IDENTITY.site(${rustString(displayName)})`, 4),
    'let serve = |cx: &Cx| {',
    ...indent(printRequest(call.request)),
    `    api::${typeName(service.name)}::${valueName(method.name)}(&*SERVICE, cx, request)`,
    '};',
    ...printWriter(call, `api::${messageType(method.response)}`, out),
    '// SAFETY: the caller keeps what is said above.',
    'unsafe { ffi::unary(&SITE, call, out, serve, write) }',
  ];
  return [
    `/// \`${displayName}\`.`,
    '///',
    '/// # Safety',
    '/// For the generated Go bindings: during the call, `call`, `out` and every pointer with its length are valid and',
    '/// not written by anyone else.',
    '#[unsafe(no_mangle)]',
    ...(isBeyondLayout(indent(body)) ? ['#[rustfmt::skip]'] : []),
    ...signature(`pub unsafe extern "C" fn ${symbol}`, parameters, ' -> u32 {', 0),
    ...indent(body),
    '}',
  ];
}

function inputs({ leaves, nested }: Members): string[] {
  return [
    ...leaves.flatMap((leaf) => inputLeaf(leaf)),
    ...nested.flatMap((it) => [`${it.presence}: bool`, ...inputs(it.members)]),
  ];
}

function inputLeaf({ crosses, name }: Leaf): string[] {
  return crosses.kind === 'scalar'
    ? [`${name}: ${crosses.scalar}`]
    : [`${name}: *const u8`, `${lengthName(name)}: usize`];
}
