// `npm run bench:link`: what a program weighs whose three crates are one archive, next to one archive for each.
//   -- --keep       leave the scratch folder, and say where it is
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { installOurs } from '../graph/installs.mjs';
import { describeMachine } from '../graph/machine.mjs';
import { nxEnvironment, runNode } from '../graph/processes.mjs';
import { table } from '../graph/tables.mjs';

const { values: options } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const BRIDGES = ['left', 'right', 'third'];
const RELEASE = '--configuration=production';
const COLLECTED = `--ldflags=-s -w '-extldflags=-Wl,--gc-sections'`;

/** Standard library enough to matter, shared by all three. */
const SHARED = `use std::collections::BTreeMap;

/// Counts words and says the most frequent.
pub fn summary(text: &str) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let longest = sorted.iter().map(|(word, _)| word.len()).max().unwrap_or(0);
    sorted.iter().map(|(word, count)| format!("{word:>longest$} {count:?}\\n")).collect()
}
`;

const bridgeSource = (name) => `use std::ffi::{c_char, CStr, CString};

/// # Safety
/// The text ends with a zero; the result is the caller's, and never freed here.
#[no_mangle]
pub unsafe extern "C" fn ${name}_summary(text: *const c_char) -> *mut c_char {
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    let said = std::panic::catch_unwind(|| format!("${name}: {}", shared::summary(&text)));
    CString::new(said.unwrap_or_default()).unwrap_or_default().into_raw()
}
`;

const manifest = (name, rest) => `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${rest}`;
const program = `package main

/*
${BRIDGES.map((name) => `#cgo LDFLAGS: -l${name}`).join('\n')}
${BRIDGES.map((name) => `char *${name}_summary(const char *text);`).join('\n')}
*/
import "C"

func main() {
	text := C.CString("to be or not to be")
${BRIDGES.map((name) => `\tprint(C.GoString(C.${name}_summary(text)))`).join('\n')}
}
`;

const filesWith = (lto, linkTargetName) => ({
  'package.json': '{"name": "workspace", "private": true}',
  'nx.json': JSON.stringify({
    neverConnectToCloud: true,
    analytics: false,
    plugins: [{ plugin: 'nx-grout', options: { linkTargetName } }],
  }),
  'Cargo.toml': `[workspace]\nresolver = "2"\nmembers = ["shared", ${BRIDGES.map((name) => `"${name}"`).join(', ')}]\n\n[profile.release]\nlto = ${lto}\n`,
  'shared/Cargo.toml': manifest('shared', ''),
  'shared/src/lib.rs': SHARED,
  ...Object.fromEntries(
    BRIDGES.flatMap((name) => [
      [
        `${name}/Cargo.toml`,
        manifest(
          name,
          '\n[lib]\ncrate-type = ["staticlib", "rlib"]\n\n[dependencies]\nshared = { path = "../shared" }\n',
        ),
      ],
      [`${name}/src/lib.rs`, bridgeSource(name)],
    ]),
  ),
  'app/go.mod': 'module example.com/app\n\ngo 1.26\n',
  'app/main.go': program,
});

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'nx-grout-bench-')));
try {
  measure();
} finally {
  if (options.keep) console.log(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function measure() {
  const install = join(scratch, 'ours');
  installOurs(install);
  const nx = join(install, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  const rows = ['false', '"fat"'].flatMap((lto) => rowsWith(lto, { install, nx }));
  console.log(`# Results of \`npm run bench:link\`\n\n${describeMachine()}\n`);
  console.log(
    table(['three crates in one program, release', 'archives, MB', 'program, MB', 'sections collected, MB'], ...rows),
  );
}

function rowsWith(lto, { install, nx }) {
  return [
    ['one archive', 'link', 'dist/app/.link'],
    ['an archive each', false, undefined],
  ].map(([title, linkTargetName, linked]) => {
    const folder = join(install, 'workspaces', `${title}-${lto}`.replaceAll(/\W+/g, '-'));
    for (const [path, text] of Object.entries(filesWith(lto, linkTargetName))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const build = (...more) => runNode([nx, 'build', 'app', RELEASE, ...more], { cwd: folder, env: nxEnvironment() });
    const weigh = (path) => statSync(join(folder, path)).size;
    build();
    const plain = weigh('dist/app/app');
    build(COLLECTED);
    const folders = linked === undefined ? BRIDGES.map((name) => `dist/${name}`) : [linked];
    const archives = folders.flatMap((path) =>
      readdirSync(join(folder, path))
        .filter((name) => name.endsWith('.a'))
        .map((name) => weigh(`${path}/${name}`)),
    );
    const total = archives.reduce((sum, size) => sum + size, 0);
    return [
      `${title}, lto = ${lto}`,
      ...[total, plain, weigh('dist/app/app')].map((bytes) => (bytes / 1e6).toFixed(2)),
    ];
  });
}
