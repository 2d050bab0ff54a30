// `npm run demo`: the main job in a fresh workspace under a temporary folder, every step checked as it goes.
import { rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { buildPackage, installDependencies } from './lib/install.mjs';
import { createWorkspace } from './lib/nx-workspace.mjs';

const HELLO = `// Command hello shows a value, an error and a panic that were made in Rust.
package main

import (
	"context"
	"errors"
	"fmt"
	"math"

	grout "example.com/acme/grout-go"
	pricing "example.com/acme/pricing-go"
)

func main() {
	client, err := pricing.New()
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	greeting, err := client.Greet(ctx, pricing.GreetRequest{Name: "Go"})
	fmt.Println("value:", greeting.Text, err)

	_, err = client.Greet(ctx, pricing.GreetRequest{})
	var failure *grout.Error
	if errors.As(err, &failure) && errors.Is(err, pricing.ErrEmptyName) {
		fmt.Printf("error: %s; %s; hint: %s\\n", failure.Name, failure.Message, failure.Hint)
	}

	_, err = client.Add(ctx, pricing.AddRequest{Left: math.MinInt64})
	fmt.Println("panic:", errors.Is(err, grout.ErrPanic), "and the process lives")
}
`;

const rows = [];

/** Runs Nx for a step of the table and fails when the exit code is not the one expected. */
function step(title, args, { expectCode = 0, env = {}, shows = () => '' } = {}) {
  const ended = workspace.nx(args, env);
  if (ended.code !== expectCode)
    throw new Error(`${title}: nx ${args.join(' ')} ended with ${ended.code}\n${ended.output}`);
  const names = (fate) => ended.tasks.filter((task) => task.fate === fate).map(({ task }) => task);
  rows.push({
    title,
    built: names('built'),
    cached: names('cached'),
    restored: names('restored'),
    shows: shows(ended.output),
  });
  console.log(`✔ ${title}`);
  return ended;
}

/** What a program printed: the lines that begin with one of the words. */
const lines =
  (...words) =>
  (output) =>
    output
      .split('\n')
      .filter((line) => words.some((word) => line.startsWith(word)))
      .join(' | ');

function expectShown(text) {
  const shown = rows.at(-1).shows;
  if (!shown.includes(text)) throw new Error(`${rows.at(-1).title}: expected to see "${text}", saw "${shown}"`);
}

/** PATH without the folders that hold a Rust toolchain. */
function pathWithoutRust() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !['cargo', 'rustc'].some((tool) => existsSync(join(folder, tool))))
    .join(delimiter);
}

installDependencies();
buildPackage();
console.log('making a workspace and installing the packed plugin …');
const workspace = createWorkspace();
const parent = dirname(workspace.folder);

try {
  workspace.must('npx', ['nx', 'g', 'nx-grout:init']);
  workspace.must('npx', [
    'nx',
    'g',
    'bridge-module',
    'pricing',
    '--directory=libs',
    '--goModulePrefix=example.com/acme',
    '--no-propertyTests',
  ]);
  workspace.write('apps/hello/main.go', HELLO);
  workspace.write(
    'apps/hello/go.mod',
    'module example.com/acme/hello\n\ngo 1.26\n\nrequire (\n\texample.com/acme/grout-go v0.0.0\n\texample.com/acme/pricing-go v0.0.0\n)\n',
  );
  workspace.must('go', ['work', 'use', './apps/hello']);
  workspace.write('apps/lonely/main.go', 'package main\n\nfunc main() {}\n');
  workspace.write('apps/lonely/go.mod', 'module example.com/acme/lonely\n\ngo 1.26\n');
  workspace.must('go', ['work', 'use', './apps/lonely']);
  const rust = 'libs/pricing/rust/src/lib.rs';
  workspace.edit(
    rust,
    'let AddRequest { left, right } = request;',
    'let AddRequest { left, right } = request;\n        assert_ne!(left, i64::MIN, "a bug in Rust");',
  );
  workspace.must('git', ['add', '-A']);
  workspace.must('git', [
    '-c',
    'user.name=demo',
    '-c',
    'user.email=demo@localhost',
    'commit',
    '--quiet',
    '-m',
    'start',
  ]);
  console.log('✔ scaffolded the bridge `pricing`');

  step('first build', ['run-many', '-t', 'build']);
  step('run the Go program', ['run', 'hello:run'], { shows: lines('value:', 'error:', 'panic:') });
  for (const text of ['Hello, Go!', 'EMPTY_NAME', 'panic: true']) expectShown(text);
  step('first test of both sides', ['run-many', '-t', 'test']);
  step('everything again', ['run-many', '-t', 'build', 'test']);
  if (rows.at(-1).built.length > 0) throw new Error(`not cached: ${rows.at(-1).built.join(', ')}`);

  workspace.edit(rust, 'Hello, {}!', 'Servus, {}!');
  step('Rust changed: affected builds', ['affected', '-t', 'build']);
  if (rows.at(-1).built.some((task) => task.startsWith('lonely'))) throw new Error('an unrelated project was rebuilt');
  step('run the Go program', ['run', 'hello:run'], { shows: lines('value:') });
  expectShown('Servus, Go!');
  step('the Go test sees it and fails', ['test', 'pricing-go'], { expectCode: 1, shows: lines('--- FAIL') });
  step('mock tests, no Rust on PATH', ['test-mock', 'pricing-go'], { env: { PATH: pathWithoutRust() } });

  workspace.edit(rust, 'Servus, {}!', 'Hello, {}!');
  rmSync(join(workspace.folder, 'dist'), { recursive: true });
  step('change reverted, dist deleted', ['run-many', '-t', 'build', 'test'], { shows: () => 'nothing compiled' });
  if (rows.at(-1).built.length > 0) throw new Error(`not restored: ${rows.at(-1).built.join(', ')}`);
  step('release on both sides', ['run', 'hello:run', '-c', 'production'], { shows: lines('value:') });
  expectShown('Hello, Go!');
  printTable();
} finally {
  if (process.env.KEEP_DEMO === '1') console.log(`kept: ${workspace.folder}`);
  else rmSync(parent, { recursive: true, force: true });
}

function printTable() {
  const cells = rows.map(({ title, built, cached, restored, shows }) => [
    title,
    built.length,
    cached.length,
    restored.length,
    shows || built.join(' '),
  ]);
  const table = [['step', 'built', 'cached', 'restored', 'what was built, or shown'], ...cells].map((row) =>
    row.map(String),
  );
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)));
  console.log();
  for (const row of table)
    console.log(row.map((cell, column) => (column < 4 ? cell.padEnd(widths[column]) : cell)).join('  '));
  console.log('\nbuilt: the tool ran; cached: outputs were in place; restored: outputs came from the cache');
}
