// Text of the Go side: the Go workspace and its modules.
import { MODULES } from './pinned.mjs';

const PREFIX = 'example.com/mono';
const GO = 'go 1.26';

/** All files of the Go workspace by path. */
export function goFiles(modules) {
  return { 'go.work': workspace(modules), ...Object.assign({}, ...modules.map(moduleFiles)) };
}

function workspace(modules) {
  const libraries = modules.filter(({ isProgram }) => !isProgram);
  return lines(
    ...[GO, '', 'use ('],
    ...modules.map(({ root }) => `\t./${root}`).sort(),
    ...[')', '', 'replace ('],
    ...libraries.map(({ name, root }) => `\t${PREFIX}/${name} v0.0.0 => ./${root}`).sort(),
    ')',
  );
}

function moduleFiles(module) {
  const { name, root, externals, isProgram } = module;
  const clause = `package ${isProgram ? 'main' : name}`;
  return {
    [`${root}/go.mod`]: goMod(module),
    ...(externals.length === 0 ? {} : { [`${root}/go.sum`]: goSum(externals) }),
    [`${root}/${isProgram ? 'main' : name}.go`]: source(clause, module),
    [`${root}/extra_off.go`]: lines('//go:build !extra', '', clause, '', 'const extra = 0'),
    [`${root}/extra_on.go`]: lines('//go:build extra', '', clause, '', 'const extra = 1'),
    [`${root}/${name}_test.go`]: lines(
      ...[clause, '', 'import "testing"', '', 'func TestCount(t *testing.T) {', '\tif Count() < 1 {'],
      ...['\t\tt.Fatal("does not count itself")', '\t}', '}'],
    ),
    [`${root}/README.md`]: lines(`# ${name}`),
  };
}

function goMod({ name, needs, externals }) {
  const required = [
    ...needs.map((need) => `\t${PREFIX}/${need} v0.0.0`),
    ...externals.map((external) => `\t${external} ${MODULES[external].version}`),
  ];
  return lines(
    ...[`module ${PREFIX}/${name}`, '', GO],
    ...(required.length === 0 ? [] : ['', 'require (', ...required.sort(), ')']),
  );
}

function goSum(externals) {
  const sums = externals.flatMap((external) => {
    const { version, sum, modSum } = MODULES[external];
    return [`${external} ${version} h1:${sum}`, `${external} ${version}/go.mod h1:${modSum}`];
  });
  return lines(...sums.sort());
}

/** Every module counts itself and all that it was built from, once more with the tag `extra`. */
function source(clause, { needs, externals, isProgram, links }) {
  const imported = [
    ...needs.map((need) => `${PREFIX}/${need}`),
    ...externals.map((external) => MODULES[external].importPath ?? external),
  ];
  const terms = ['1', 'extra', ...needs.map((need) => `${need}.Count()`)];
  if (links !== undefined) terms.push(`int(C.${links.replaceAll('-', '_')}_count())`);
  return lines(
    ...[clause, ''],
    ...(links === undefined ? [] : preamble(links)),
    ...(imported.length === 0 ? [] : ['import (', ...imported.map((path) => `\t"${path}"`).sort(), ')', '']),
    ...externals.flatMap((external) => [MODULES[external].declaration, '']),
    ...['// Count counts what this was built from.', 'func Count() int {', `\treturn ${terms.join(' + ')}`, '}'],
    ...(isProgram ? ['', 'func main() {', '\tprintln(Count())', '}'] : []),
  );
}

/** A link into cargo's target folder, as sources have it that are built by hand. */
function preamble(crate) {
  return [
    '/*',
    `#cgo CFLAGS: -I\${SRCDIR}/../../crates/${crate}/include`,
    `#cgo LDFLAGS: \${SRCDIR}/../../target/debug/lib${crate.replaceAll('-', '_')}.a -lm -ldl -lpthread`,
    `#include "${crate}.h"`,
    ...['*/', 'import "C"', ''],
  ];
}

function lines(...all) {
  return `${all.join('\n')}\n`;
}
