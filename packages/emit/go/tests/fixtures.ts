import type { Bridge } from '../../bridge.js';
import type { Condition } from '../../conditions.js';
import type { Part } from '../../parts.js';
import { indent, type GoFile } from '../go-file.js';
import { exportedName, extensionName, objectNames } from '../names.js';
import { featureNames } from '../signatures.js';

/** The variable with what opens objects of that condition. */
export function fixturesOf(condition: Condition): string {
  return condition.length === 0 ? 'boundaryFixtures' : extensionName('boundaryFixtures', condition);
}

/** Statements that make `callback` what a test gives to a method; `t` is the test. */
export function givenObject(type: string, t: string): string[] {
  return [
    `var callback ${type} = &Mock${type}{}`,
    `if boundaryFixtures.${type} != nil {`,
    `\tcallback = boundaryFixtures.${type}(${t})`,
    '}',
  ];
}

/** What users can set: how an object is opened that an empty request does not open. */
export function printFixtures(file: GoFile, { callbacks }: Bridge, { condition, objects }: Part): void {
  const tb = (): string => `t ${file.std('testing', 'TB')}`;
  const opened = objects
    .filter(({ isDeclared }) => isDeclared)
    .map(({ whole }): Hook => {
      const { type } = objectNames(whole.handle.name);
      return [type, `func(${tb()}) *${type}`];
    });
  const services = condition.length === 0 ? callbacks.map(({ service }) => exportedName(service.name)) : [];
  const given = services.map((type): Hook => [type, `func(${tb()}) ${type}`]);
  if (opened.length + given.length === 0) return;
  const fixtures = fixturesOf(condition);
  const doc = [
    `// ${fixtures} opens what the suite and the benchmarks use and close. Without a function an empty request opens an`,
    '// object, of which the suite calls no more than what is refused, and an object of Go is a mock. Set a function in an init',
    '// function of another test file: the methods of what it opens are called with empty requests too.',
  ];
  file.add(
    ...(condition.length === 0 ? doc : [`// ${fixtures} is the same for objects with ${featureNames(condition)}.`]),
    ...printHooks(fixtures, [...opened, ...given]),
  );
  if (given.length === 0) return;
  file.add(
    '// boundaryCallers have Rust call an object of Go and let go of it, and return how that ended. Without a function the',
    '// suite knows of no such call, and skips what is about it.',
    ...printHooks(
      'boundaryCallers',
      services.map((type): Hook => [type, `func(${tb()}, object ${type}) error`]),
    ),
  );
}

/** A field and its type. */
type Hook = readonly [field: string, type: string];

function printHooks(name: string, hooks: readonly Hook[]): string[] {
  const width = Math.max(...hooks.map(([field]) => field.length));
  return [`var ${name} struct {`, ...indent(hooks.map(([field, type]) => `${field.padEnd(width)} ${type}`)), '}'];
}
