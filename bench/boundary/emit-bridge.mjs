// What the plugin emits for a contract: read by buf, lowered, printed by both emitters of this repository.
import { abiHash, contractDigest, lowerContract } from '#contract';
import { emitGo, emitRust } from '#emit';
import { NodeProcesses, readContractImage } from '#workspace';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/install.mjs';

/** Module path and package names of everything that is put together here. */
export const RUNTIME = { root: 'libs/grout', module: 'example.com/bench/grout-go', crate: 'grout-rust' };

/** Calls `use` with a folder that has the contract, and grout's options. */
export async function withContract(name, text, use) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-grout-contract-'));
  try {
    cpSync(join(ROOT, 'packages/contract/proto'), folder, { recursive: true });
    writeFileSync(join(folder, `${name}.proto`), text);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function readImage(name, folder) {
  return valueOf(await readContractImage(new NodeProcesses(), { folder, path: `libs/${name}/contract` }));
}

export function lower(name, image) {
  return valueOf(lowerContract(name, image, (path) => ({ path: `libs/${name}/contract/${path}` })));
}

/** What the two sides compare before the first call. */
export function identify(name, text, contract) {
  const files = [{ path: `${name}.proto`, text }];
  return { hash: abiHash(contract), contractDigest: contractDigest(files), features: [] };
}

/** @param archive the static library that has the Rust side */
export function emit(name, contract, abi, archive) {
  const layout = layoutOf(name, archive);
  return [...emitGo(contract, layout, abi), ...emitRust(contract, layout, abi)];
}

function layoutOf(name, archive) {
  const root = `libs/${name}`;
  return {
    name,
    root,
    go: {
      folder: `${root}/go`,
      modulePath: `example.com/bench/${name}-go`,
      package: name,
      runtimeModule: RUNTIME.module,
    },
    rust: {
      folder: `${root}/rust`,
      packageName: `${name}-rust`,
      libName: `${name}_rust`,
      runtimePackage: RUNTIME.crate,
      runtimeFolder: `${RUNTIME.root}/rust`,
    },
    archive,
  };
}

function valueOf({ value, diagnostics }) {
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}
