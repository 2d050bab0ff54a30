import type { Bridge } from '../bridge.js';
import { spelledFeatures, type Condition } from '../conditions.js';
import { partsOf, type Part } from '../parts.js';
import { UniqueNames } from '../unique-names.js';
import { snakeCase } from '../words.js';
import { printClientMethods } from './api.js';
import { GoFile, indent } from './go-file.js';
import { GoTypes } from './go-types.js';
import { printInProcessPart } from './in-process.js';
import { mocksOf, printMockExtension, printMockOf, printMockWithout } from './mock.js';
import { extensionName, objectNames, serviceNames } from './names.js';
import { printObject, printObjectMethods } from './objects.js';
import { featureNames, methodDeclarations } from './signatures.js';
import { printBenchOfPart } from './tests/bench-test.js';
import { printConformanceOfPart, printConformanceWithout } from './tests/conformance-test.js';
import { printObjectsOfPart } from './tests/objects-test.js';

/**
 * The files of what is there with features only: those of builds with all features of a part, and, for what the rest of
 * the package embeds, those of builds without one of them. A name does not end in that of a feature, as Go would read
 * `_windows.gen.go` as a constraint.
 */
export function printConditional(bridge: Bridge): Record<string, string> {
  const stems = new UniqueNames();
  const [, ...parts] = partsOf(bridge);
  const files = parts.flatMap((part): [string, string | undefined][] => {
    const stem = stems.claim(['feature', ...part.condition.map(snakeCase)].join('_'));
    const tags = spelledFeatures(part.condition, bridge.abi.features).flatMap(({ goTags }) => goTags);
    const unique = [...new Set(tags)];
    const isOn = unique.join(' && ');
    const isOff = unique.length === 1 ? `!${isOn}` : `!(${isOn})`;
    return [
      [`${stem}_bench.gen_test.go`, printBenchOfPart(bridge, part, isOn)],
      [`${stem}_conformance.gen_test.go`, printConformanceOfPart(bridge, part, isOn)],
      [`${stem}_conformance_left_out.gen_test.go`, printConformanceWithout(bridge, part, isOff)],
      [`${stem}_inprocess.gen.go`, printInProcessPart(bridge, part, isOn)],
      [`${stem}_left_out.gen.go`, printLeftOut(bridge, part, isOff)],
      [`${stem}_objects.gen_test.go`, printObjectsOfPart(bridge, part, isOn)],
      [`${stem}_methods.gen.go`, printMethods(bridge, part, isOn)],
    ];
  });
  return Object.fromEntries(files.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

/** Interfaces, clients, objects and mocks, as far as they depend on the features. */
function printMethods(bridge: Bridge, part: Part, buildTag: string): string {
  const file = new GoFile(bridge, { buildTag });
  const types = new GoTypes(file);
  for (const { whole, calls } of part.services) {
    const { interface: type } = serviceNames(bridge.contract, whole.service);
    printExtension(file, type, part.condition, methodDeclarations(file, types, calls));
    printClientMethods(file, bridge, whole.service, calls);
  }
  for (const object of part.objects) {
    const { handle } = object.whole;
    if (object.isDeclared) {
      printObject(file, types, object);
    } else {
      const { service } = objectNames(handle.name);
      printExtension(file, service, part.condition, methodDeclarations(file, types, object.calls));
      printObjectMethods(file, types, handle, object.calls);
    }
  }
  for (const mock of mocksOf(file, bridge, part)) {
    if (mock.isDeclared) printMockOf(file, mock);
    else printMockExtension(file, mock, part.condition);
  }
  return file.render();
}

function printExtension(file: GoFile, type: string, condition: Condition, methods: readonly string[]): void {
  const name = extensionName(type, condition);
  file.add(
    `// ${name} is what a [${type}] has in builds with ${featureNames(condition)}.`,
    `type ${name} interface {`,
    ...indent(methods),
    '}',
  );
}

/** What interfaces and mocks embed in builds without one of the features; absent where they embed nothing. */
function printLeftOut(bridge: Bridge, part: Part, buildTag: string): string | undefined {
  const file = new GoFile(bridge, { buildTag });
  const extended = [
    ...part.services.map(({ whole }) => serviceNames(bridge.contract, whole.service)),
    ...part.objects
      .filter(({ isDeclared }) => !isDeclared)
      .map(({ whole }) => objectNames(whole.handle.name))
      .map(({ service, mock }) => ({ interface: service, mock })),
  ];
  for (const { interface: type, mock } of extended) {
    const name = extensionName(type, part.condition);
    file.add(
      `// ${name} is empty: this package is built without ${featureNames(part.condition)}.`,
      `type ${name} interface{}`,
    );
    printMockWithout(file, mock, part.condition);
  }
  return file.isEmpty ? undefined : file.render();
}
