import type { Bridge } from '../../bridge.js';
import type { GivenService } from '../../callbacks.js';
import { docComment } from '../../docs.js';
import { assignment, indent, isBeyondLayout, rustString, signature } from '../layout.js';
import { typeName, valueName } from '../names.js';
import type { RustTypes } from '../rust-types.js';
import { siteConstant } from '../site.js';
import { methodHead, methods } from '../traits.js';
import { givenNames } from './names.js';

/** The trait of the objects that Go is given. */
export function printGivenTrait(types: RustTypes, { service, calls }: GivenService): string[] {
  return [
    ...docComment('///', service.doc, `The service \`${service.fullName}\`, of which Go is given objects.`),
    '///',
    '/// Go may call it from any thread, several at once, in the call that gives it and after it, until it lets go of it. A',
    '/// panic ends only its call: Go receives it as an error.',
    `pub trait ${typeName(service.name)}: Send + Sync + 'static {`,
    ...indent(methods(types, calls, { self: '&self', verb: 'Serves' })),
    '}',
  ];
}

/** Of the client: the objects that Go was given, and how Go calls them. */
export function printGiven({ hosted, names }: Bridge): string[][] {
  if (hosted.given.length === 0) return [];
  const binds = hosted.given.map(({ service }) => {
    const { serve, release } = givenNames(service);
    return `${names.callback(service.name).bind}(${serve}, ${release}, ffi::free_answer);`;
  });
  return [
    ...hosted.given.flatMap((given) => printObjects(given)),
    [
      '/// Tells Go by which functions it calls what it is given, and lets go of it.',
      'fn bind() {',
      ...indent([
        '// SAFETY: they may be called from any thread at any time, as Go calls them.',
        'unsafe {',
        ...indent(binds),
        '}',
      ]),
      '}',
    ],
  ];
}

function printObjects(given: GivenService): string[][] {
  const { service } = given;
  const { table, kind, release } = givenNames(service);
  const trait = `api::${typeName(service.name)}`;
  return [
    [
      `/// What Go was given of \`${service.fullName}\`, and has not let go of.`,
      ...assignment(
        `static ${table}: ffi::GivenObjects<dyn ${trait}>`,
        `ffi::GivenObjects::new(${rustString(service.name)})`,
        0,
      ),
    ],
    [`/// Tells these objects from others.`, `struct ${kind};`],
    [
      `impl ffi::Given for ${kind} {`,
      ...indent([
        `type Object = dyn ${trait};`,
        '',
        ...signature('fn objects', [], ` -> &'static ffi::GivenObjects<Self::Object> {`, 4),
        `    &${table}`,
        '}',
      ]),
      '}',
    ],
    printServe(given),
    [
      `/// Lets go of a \`${service.fullName}\` for Go.`,
      ...signature(`unsafe extern "C" fn ${release}`, ['object: u64'], ' {', 0),
      `    ffi::release_given(&${table}, object);`,
      '}',
    ],
  ];
}

/** The function by which Go calls the objects of a service. */
function printServe({ service, calls }: GivenService): string[] {
  const { table, serve } = givenNames(service);
  const arms = calls.flatMap(({ method, displayName, number }) => [
    `${number} => {`,
    ...indent([
      ...siteConstant(service, displayName),
      `ffi::serve_given(call, &SITE, &${table}, |object, cx, request| {`,
      `    object.${valueName(method.name)}(cx, request)`,
      '})',
    ]),
    '}',
  ]);
  const body = [
    '// SAFETY: Go lends the call, and what it points to, until this returns.',
    'unsafe {',
    ...indent(['match ffi::method_of(call) {', ...indent([...arms, '_ => ffi::STATUS_FRAME,']), '}']),
    '}',
  ];
  return [
    `/// Calls a \`${service.fullName}\` for Go.`,
    ...(isBeyondLayout(indent(body)) ? ['#[rustfmt::skip]'] : []),
    ...signature(`unsafe extern "C" fn ${serve}`, ['call: *mut ffi::Incoming'], ' -> u32 {', 0),
    ...indent(body),
    '}',
  ];
}

/** Of the mock: what it is given, as Go would hold it. */
export function printHeld(types: RustTypes, { service, calls }: GivenService): string[][] {
  const { held } = givenNames(service);
  const trait = `api::${typeName(service.name)}`;
  const bodies = calls.flatMap((call, at) => [
    ...(at > 0 ? [''] : []),
    ...methodHead(types, call, '&self', ' {', 'api::'),
    ...indent(printHeldCall(call.displayName, valueName(call.method.name))),
    '}',
  ]);
  return [
    [
      `/// A \`${service.fullName}\` as Go would hold it: what crosses is copied and checked, and a panic is an error.`,
      `struct ${held}(Arc<dyn ${trait}>);`,
    ],
    [`impl ${trait} for ${held} {`, ...indent(bodies), '}'],
  ];
}

function printHeldCall(displayName: string, method: string): string[] {
  const start = `${rustString(displayName)}, cx, &request, |cx, request|`;
  const body = `self.0.${method}(cx, request)`;
  const values = `${start} ${body}`;
  return values.length <= 60 ? [`ffi::held(${values})`] : [`ffi::held(${start} {`, `    ${body}`, '})'];
}

/** Of the suite: stands for an object that nobody calls. */
export function printNobody(types: RustTypes, given: readonly GivenService[]): string[][] {
  if (given.length === 0) return [];
  return [
    ['/// Is given where nothing comes of the call.', 'struct Nobody;'],
    ...given.map(({ service, calls }) => {
      const bodies = calls.flatMap((call, at) => [
        ...(at > 0 ? [''] : []),
        ...methodHead(types, call, '&self', ' {', 'api::'),
        '    unreachable!("nobody calls it")',
        '}',
      ]);
      return [
        '#[allow(unused_variables, reason = "nobody calls it")]',
        `impl api::${typeName(service.name)} for Nobody {`,
        ...indent(bodies),
        '}',
      ];
    }),
  ];
}
