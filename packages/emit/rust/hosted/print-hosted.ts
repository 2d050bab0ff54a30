import type { Bridge } from '../../bridge.js';
import { enumeration } from '../../docs.js';
import { useDeclaration } from '../layout.js';
import { propertyModule } from '../tests/property-tests.js';
import { archiveFeature } from './archive-feature.js';
import { printClient } from './client.js';
import { printConformance } from './conformance.js';
import { fixtures, objectSuites, printObjectConformance } from './conformance-objects.js';
import { printMocks } from './mock.js';
import { hostedNames, objectNames } from './names.js';
import { printObjects } from './objects.js';

/** Files of the Rust side of a bridge that Go implements. */
export function printHosted(bridge: Bridge): Readonly<Record<string, string>> {
  const { contract, hosted } = bridge;
  const suites = hosted.services.map((it) => [
    `${hostedNames(contract, it.service).conformance}.rs`,
    printConformance(contract, it, hosted.given),
  ]);
  return {
    'client.rs': printClient(bridge),
    ...(Object.fromEntries(suites) as Record<string, string>),
    ...(hosted.objects.length > 0 && { [`${objectSuites}.rs`]: printObjectConformance(bridge) }),
    'mock.rs': printMocks(bridge),
    ...(hosted.objects.length > 0 && { 'objects.rs': printObjects(bridge) }),
  };
}

/** How they belong together. */
export function hostedModules(bridge: Bridge): {
  readonly doc: string;
  readonly modules: readonly string[];
} {
  const { contract, hosted } = bridge;
  const withArchive = `#[cfg(feature = "${archiveFeature}")]`;
  const services = hosted.services.map(({ service }) => service);
  const objects = hosted.objects.map(({ handle }) => objectNames(handle));
  const names = services.map((service) => hostedNames(contract, service));
  const fullNames = enumeration(services.map(({ fullName }) => `\`${fullName}\``));
  const suites = [...names.map(({ conformance }) => conformance), ...(objects.length > 0 ? [objectSuites] : [])].sort();
  const what = services.length === 1 ? 'it' : 'them';
  return {
    doc: `The bridge to ${fullNames} of Go: \`client\` calls ${what}, \`mock\` stands in for ${what}.`,
    modules: [
      'mod api;',
      withArchive,
      'mod client;',
      ...suites.flatMap((suite) => ['#[cfg(test)]', `mod ${suite};`]),
      'mod mock;',
      ...(objects.length > 0 ? ['mod objects;'] : []),
      'mod pack;',
      ...propertyModule(bridge),
      '#[cfg(test)]',
      'mod tests;',
      '',
      'pub use api::*;',
      withArchive,
      ...useDeclaration(
        'pub use client',
        names.flatMap(({ client, connect }) => [client, connect]),
      ),
      ...(objects.length > 0 ? ['#[cfg(test)]', `pub use ${objectSuites}::${fixtures};`] : []),
      ...useDeclaration(
        'pub use mock',
        [...names, ...objects].map(({ mock }) => mock),
      ),
    ],
  };
}
