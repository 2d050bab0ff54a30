import { joinPath } from '#paths';
import type { Bridge } from '../bridge.js';
import { generatedHeader } from '../docs.js';
import type { GeneratedFile } from '../types.js';
import { printApi } from './api.js';
import { printExports } from './exports.js';

/** Prints the Rust side of a bridge. */
export function printRust(bridge: Bridge): GeneratedFile[] {
  const files: Readonly<Record<string, string>> = {
    'api.rs': printApi(bridge),
    'exports.rs': printExports(bridge),
    'mod.rs': printModule(bridge),
  };
  return Object.entries(files).map(([name, text]) => ({
    path: joinPath(bridge.layout.rust.folder, 'src/generated', name),
    text,
    owner: 'grout',
  }));
}

/** The lints that are off judge names, shapes and comments that are the contract's. */
function printModule({ contract, service }: Bridge): string {
  const lines = [
    ...generatedHeader('//', contract.files),
    '',
    `//! The bridge to Go of \`${service.fullName}\`: \`api\` is what to implement, \`exports\` what Go calls.`,
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
    '',
    'pub use api::*;',
  ];
  return `${lines.join('\n')}\n`;
}
