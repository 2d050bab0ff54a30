import type { Bridge } from '../bridge.js';
import type { BridgeFeature } from '../types.js';
import { UniqueNames } from '../unique-names.js';
import { snakeCase } from '../words.js';
import { goString, GoFile, indent, packingTag } from './go-file.js';
import { exportedName } from './names.js';

/** A feature, and the constant that says whether the program is built with it. */
interface FeatureConstant {
  readonly feature: BridgeFeature;
  readonly constant: string;
}

function featureConstants(features: readonly BridgeFeature[]): FeatureConstant[] {
  const names = new UniqueNames();
  return features.map((feature) => ({ feature, constant: names.claim(`has${exportedName(feature.name)}`) }));
}

/**
 * Two files for each feature, of which a build takes one. Their names do not end in the feature's: Go would read
 * `_windows.gen.go` as a constraint.
 */
export function printFeatures(bridge: Bridge): Record<string, string> {
  const stems = new UniqueNames();
  return Object.fromEntries(
    featureConstants(bridge.abi.features).flatMap(({ feature, constant }) => {
      const stem = stems.claim(`feature_${snakeCase(feature.name)}`);
      return [true, false].map((isOn) => [
        `${stem}_${isOn ? 'on' : 'off'}.gen.go`,
        printFeature(bridge, feature, constant, isOn),
      ]);
    }),
  );
}

function printFeature(bridge: Bridge, { name, goTags }: BridgeFeature, constant: string, isOn: boolean): string {
  const tags = goTags.join(' && ');
  const condition = isOn ? tags : `!${goTags.length === 1 ? tags : `(${tags})`}`;
  const always = packingTag(bridge);
  const file = new GoFile(bridge, { buildTag: always === undefined ? condition : `${always} && ${condition}` });
  file.add(
    `// ${constant}: this package is built ${isOn ? 'with' : 'without'} the feature ${name}.`,
    `const ${constant} = ${String(isOn)}`,
  );
  return file.render();
}

/** The member of the runtime's Identity that says what this package is built with; nothing where there are no features. */
export function featureList(file: GoFile, features: readonly BridgeFeature[]): string[] {
  if (features.length === 0) return [];
  const elements = featureConstants(features).map(
    ({ feature, constant }) => `{Name: ${goString(feature.name)}, IsOn: ${constant}},`,
  );
  return [`Features: []${file.grout('Feature')}{`, ...indent(elements), '},'];
}
