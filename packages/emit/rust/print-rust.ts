import { joinPath } from '#paths';
import type { Bridge } from '../bridge.js';
import { enumeration, generatedHeader } from '../docs.js';
import type { GeneratedFile } from '../types.js';
import { printApi } from './api.js';
import { printExports } from './exports.js';
import { printPack } from './pack.js';
import { printTests } from './tests/print-tests.js';

/** Prints the Rust side of a bridge. */
export function printRust(bridge: Bridge): GeneratedFile[] {
  const files: Readonly<Record<string, string>> = {
    'api.rs': printApi(bridge),
    'exports.rs': printExports(bridge),
    'mod.rs': printModule(bridge),
    ...(isPacking(bridge) && { 'pack.rs': printPack(bridge) }),
    'tests.rs': printTests(bridge),
  };
  return Object.entries(files).map(([name, text]) => ({
    path: joinPath(bridge.layout.rust.folder, 'src/generated', name),
    text,
    owner: 'grout',
  }));
}

/** Whether a type of the contract is packed; lists and maps of numbers and texts need nothing of their own. */
function isPacking({ packed: { all } }: Bridge): boolean {
  return all.messages.length + all.oneofs.length + all.enums.length > 0;
}

/** The lints that are off judge names, shapes and comments that are the contract's. */
function printModule(bridge: Bridge): string {
  const { contract, services } = bridge;
  const names = enumeration(services.map(({ service }) => `\`${service.fullName}\``));
  const lines = [
    ...generatedHeader('//', contract.files),
    '',
    `//! The bridge to Go of ${names}: \`api\` is what to implement, \`exports\` what Go calls.`,
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
    '',
    'mod api;',
    'mod exports;',
    ...(isPacking(bridge) ? ['mod pack;'] : []),
    '#[cfg(test)]',
    'mod tests;',
    '',
    'pub use api::*;',
  ];
  return `${lines.join('\n')}\n`;
}
