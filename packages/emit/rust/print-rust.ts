import { ownEnums } from '#contract';
import { GENERATED_FILES } from '#diagnostics';
import { baseName, folderOf, joinPath, workspacePath } from '#paths';
import type { Bridge } from '../bridge.js';
import { enumeration, generatedHeader } from '../docs.js';
import { ownValueMessages } from '../members.js';
import type { GeneratedFile } from '../types.js';
import { printApi } from './api.js';
import { Cfg } from './cfg.js';
import { printExports } from './exports.js';
import { hostedModules, printHosted } from './hosted/print-hosted.js';
import { printPack } from './pack.js';
import { printPropertyTests, propertyModule } from './tests/property-tests.js';
import { printTests } from './tests/print-tests.js';

/** Prints the Rust side of a bridge. */
export function printRust(bridge: Bridge): GeneratedFile[] {
  const files: Readonly<Record<string, string>> = {
    'api.rs': printApi(bridge),
    ...(bridge.implementedIn === 'go' && printHosted(bridge)),
    ...(bridge.implementedIn === 'rust' && { 'exports.rs': printExports(bridge) }),
    [baseName(GENERATED_FILES.rustModule)]: printModule(bridge),
    ...(isPacking(bridge) && { 'pack.rs': printPack(bridge) }),
    ...printPropertyTests(bridge),
    'tests.rs': printTests(bridge),
  };
  return Object.entries(files).map(([name, text]) => ({
    path: joinPath(bridge.layout.rust.folder, folderOf(workspacePath(GENERATED_FILES.rustModule)), name),
    text,
    owner: 'grout',
  }));
}

/** Whether the contract has a type of its own that can be packed; handles alone are none. */
function isPacking({ contract }: Bridge): boolean {
  return ownValueMessages(contract).length + ownEnums(contract).length > 0;
}

/** In a build without all features, what they need of the rest is not used. */
function printAllowance({ calls, abi }: Bridge): string[] {
  const condition = [...new Set(calls.flatMap((call) => call.condition))];
  if (condition.length === 0) return [];
  return [
    '#![cfg_attr(',
    `    not(${new Cfg(abi.features).predicate(condition)}),`,
    '    allow(',
    '        dead_code,',
    '        unused_imports,',
    '        reason = "what methods need that this build leaves out"',
    '    )',
    ')]',
  ];
}

/** The lints that are off judge names, shapes and comments that are the contract's. */
function printModule(bridge: Bridge): string {
  const { contract, implementedIn } = bridge;
  const { doc, modules } = implementedIn === 'go' ? hostedModules(bridge) : exportingModules(bridge);
  const lines = [
    ...generatedHeader('//', contract.files),
    '',
    `//! ${doc}`,
    '#![allow(',
    '    missing_docs,',
    '    clippy::doc_lazy_continuation,',
    '    clippy::enum_variant_names,',
    '    clippy::new_ret_no_self,',
    '    clippy::pedantic,',
    '    clippy::too_many_arguments,',
    '    clippy::wrong_self_convention,',
    '    reason = "names, shapes and comments are those of the contract"',
    ')]',
    ...printAllowance(bridge),
    '',
    ...modules,
  ];
  return `${lines.join('\n')}\n`;
}

function exportingModules(bridge: Bridge): { readonly doc: string; readonly modules: readonly string[] } {
  const names = enumeration(bridge.services.map(({ service }) => `\`${service.fullName}\``));
  const isCalled = bridge.implementedIn === 'rust';
  return {
    doc: isCalled
      ? `The bridge to Go of ${names}: \`api\` is what to implement, \`exports\` what Go calls.`
      : `The messages of \`${bridge.contract.package}\`, which other bridges use.`,
    modules: [
      'mod api;',
      ...(isCalled ? ['mod exports;'] : []),
      ...(isPacking(bridge) ? ['mod pack;'] : []),
      ...propertyModule(bridge),
      '#[cfg(test)]',
      'mod tests;',
      '',
      'pub use api::*;',
    ],
  };
}
