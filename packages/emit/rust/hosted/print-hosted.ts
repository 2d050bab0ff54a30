import { hostedService, type Bridge } from '../../bridge.js';
import { archiveFeature } from './archive-feature.js';
import { printClient } from './client.js';
import { printConformance } from './conformance.js';
import { printMock } from './mock.js';

/** Files of the Rust side of a bridge that Go implements. */
export function printHosted(bridge: Bridge): Readonly<Record<string, string>> {
  return {
    'client.rs': printClient(bridge),
    'conformance.rs': printConformance(bridge),
    'mock.rs': printMock(bridge),
  };
}

/** How they belong together. */
export function hostedModules(bridge: Bridge): { readonly doc: string; readonly modules: readonly string[] } {
  const withArchive = `#[cfg(feature = "${archiveFeature}")]`;
  return {
    doc: `The bridge to \`${hostedService(bridge).service.fullName}\` of Go: \`client\` calls it, \`mock\` stands in for it.`,
    modules: [
      'mod api;',
      withArchive,
      'mod client;',
      '#[cfg(test)]',
      'mod conformance;',
      'mod mock;',
      'mod pack;',
      '#[cfg(test)]',
      'mod tests;',
      '',
      'pub use api::*;',
      withArchive,
      'pub use client::{Client, connect};',
      'pub use mock::Mock;',
    ],
  };
}
