import { mutate, randomFrom } from '#testing';
import { parseLinkScript, type LinkScript } from './index.js';

const read = (text: string, file = 'scripts/build.sh'): LinkScript | undefined => parseLinkScript(file, text).value;
const words = (text: string, file?: string): string[] => read(text, file)?.words.map(({ word }) => word) ?? [];

describe('words for the linker', () => {
  it.each([
    ['CGO_LDFLAGS="-L../target/release -lx" go build ./...', '-L../target/release|-lx'],
    ["export CGO_LDFLAGS='-lx'", '-lx'],
    ['CGO_LDFLAGS+=" -lx" make', '-lx'],
    ['env CC=clang CGO_LDFLAGS=-lx go test', '-lx'],
    ['CGO_LDFLAGS="-L../a \\\n  -lx" \\\n  go build', '-L../a|-lx'],
    ['docker run -e CGO_LDFLAGS="-lx" golang go build', '-lx'],
    ['bash -c "CGO_LDFLAGS=-lx go build"', '-lx'],
    ['cd go && CGO_LDFLAGS=./libx.a go build', './libx.a'],
    ['LIBS="-lx -ly"\nCGO_LDFLAGS="-L. $LIBS" go build', '-L.|-lx|-ly'],
    ['CGO_LDFLAGS="-L$(pwd)/lib -lx" go build', '-L./lib|-lx'],
    ['go build -ldflags \'-linkmode external -extldflags "-L../a -lx"\'', '-L../a|-lx'],
    ['go build -ldflags="-extldflags=-lx" .', '-lx'],
    ['go build -ldflags "-s -w -extldflags \'-lx -lm\'" .', '-lx|-lm'],
    ['CGO_LDFLAGS="-L/a b/c" ; CGO_LDFLAGS=\'"-L/a b" -lx\' go build', '-L/a|b/c|-L/a b|-lx'],
  ])('in a shell script: %s', (text, wanted) => {
    expect(words(text).join('|')).toBe(wanted);
  });

  it.each([
    ['Makefile', 'build:\n\t@CGO_LDFLAGS="-L$(CURDIR)/../target/release -lx" go build', '-L./../target/release|-lx'],
    ['Makefile', 'export CGO_LDFLAGS := -L../t -lx # the library', '-L../t|-lx'],
    ['Makefile', 'CGO_LDFLAGS ?= -lx', '-lx'],
    ['Makefile', 'test: export CGO_LDFLAGS = -lx\ntest:\n\tgo test', '-lx'],
    ['Makefile', 'DIR := ../t\nbuild:\n\tCGO_LDFLAGS="-L$(DIR) -lx" go build', '-L../t|-lx'],
    ['rules.mk', 'build:\n\t-go build -ldflags \'-extldflags "-lx"\'', '-lx'],
    ['justfile', 'export CGO_LDFLAGS := "-L../t -lx"', '-L../t|-lx'],
    ['Taskfile.yml', 'env:\n  CGO_LDFLAGS: "-L../t -lx"\n', '-L../t|-lx'],
    ['Taskfile.yml', 'cmds:\n  - CGO_LDFLAGS="-lx" go build\n', '-lx'],
  ])('in a %s: %s', (file, text, wanted) => {
    expect(words(text, file).join('|')).toBe(wanted);
  });

  it.each([
    '# CGO_LDFLAGS="-lx" go build',
    'true # CGO_LDFLAGS="-lx"',
    'echo CGO_LDFLAGS="-lx"',
    'echo "set CGO_LDFLAGS=-lx"',
    'printf "%s" CGO_LDFLAGS=-lx',
    'cat <<EOF\nexport CGO_LDFLAGS="-lx"\nEOF',
    "cat <<-'END'\n\tCGO_LDFLAGS=-lx go build\n\tEND",
    'MY_CGO_LDFLAGS="-lx" go build',
    'grep CGO_LDFLAGS=-lx file',
    'CGO_LDFLAGS="-static" go build',
    'CGO_LDFLAGS= go build',
    'unset CGO_LDFLAGS',
    'CGO_CFLAGS="-lx"',
    'go build -ldflags "-lx"',
  ])('none in %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('says where', () => {
    const script = read('set -e\n\ncd go && \\\n  CGO_LDFLAGS="-lx" go build');
    expect(script?.words[0]?.span).toEqual({ file: 'scripts/build.sh', line: 4, column: 3, endColumn: 14 });
  });
});

describe('the folder that is built', () => {
  const folders = (text: string, file?: string): string[] =>
    read(text, file)?.words.map(({ word, folder }) => `${word} ${folder ?? '?'}`) ?? [];

  it.each([
    ['cd go && CGO_LDFLAGS=-lx go build', '-lx go'],
    ['cd go\nCGO_LDFLAGS=-lx go build ./cmd/x', '-lx go/cmd/x'],
    ['CGO_LDFLAGS=-lx go build -o ./bin/x ./cmd/x', '-lx cmd/x'],
    ['CGO_LDFLAGS=-lx go -C ../go test ./...', '-lx ../go'],
    ['CGO_LDFLAGS=-lx go test ./go/...', '-lx go'],
    ['cd rust && cargo build && cd ../go && CGO_LDFLAGS=-lx go build', '-lx rust/../go'],
    ['(cd rust && cargo build)\nCGO_LDFLAGS=-lx go build ./x', '-lx x'],
    ['cd "$(dirname "$0")/../go"\nCGO_LDFLAGS=-lx go build', '-lx ../go'],
    ['cd "$ROOT_DIR/go"\nCGO_LDFLAGS=-lx go build', '-lx go'],
    ['export CGO_LDFLAGS=-lx\ncd go && go build', '-lx go'],
    ['cd "$target" && CGO_LDFLAGS=-lx go build', '-lx ?'],
    ['CGO_LDFLAGS=-lx go build', '-lx ?'],
    ['export CGO_LDFLAGS=-lx\ncd a && go build && cd ../b && go build', '-lx ?'],
  ])('%s', (text, wanted) => {
    expect(folders(text)).toEqual([wanted]);
  });

  it('begins anew with each line of a recipe', () => {
    expect(folders('b:\n\tcd go && go vet\n\tCGO_LDFLAGS=-lx go build ./a', 'Makefile')).toEqual(['-lx a']);
  });
});

describe('runs of protoc', () => {
  it('reads what is compiled, searched and written, with variables and continuations', () => {
    const text = 'proto:\n\t@$(PROTOC) \\\n\t\t-I../idl/ --go_out=gen \\\n\t\t../idl/a.proto ../idl/b.proto\n';
    expect(read(text, 'go/Makefile')).toEqual({
      file: 'go/Makefile',
      words: [],
      protocCalls: [
        {
          protos: ['../idl/a.proto', '../idl/b.proto'],
          importFolders: ['../idl/'],
          outFolders: ['gen'],
          folder: '.',
          span: { file: 'go/Makefile', line: 4, column: 3, endColumn: 17 },
        },
      ],
    });
  });

  it.each([
    ['cd idl && protoc --proto_path . --go-grpc_out plugins=grpc:../gen a.proto', 'idl . ../gen a.proto'],
    ['PROTOS="a.proto b.proto"\nprotoc --go_out=. $PROTOS', '.  . a.proto b.proto'],
  ])('%s', (text, wanted) => {
    const [call] = read(text)?.protocCalls ?? [];
    expect([call?.folder, call?.importFolders.join(), call?.outFolders.join(), ...(call?.protos ?? [])].join(' ')).toBe(
      wanted,
    );
  });

  it.each([
    'protoc --python_out=. a.proto',
    'echo protoc --go_out=. a.proto',
    '# protoc --go_out=. a.proto',
    'protoc --go_out=.',
    'protoc-gen-go --go_out=. a.proto',
  ])('none in %s', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

it('never throws, whatever the text', () => {
  const random = randomFrom(20_260_103);
  const seeds = [
    'A="x"\ncd "$A" && CGO_LDFLAGS="-L$(pwd) -lx" go build ./x',
    'b: c\n\t@protoc -I. --go_out=$(OUT) \\\n a.proto',
  ];
  const splinters = [
    '"',
    "'",
    '$(',
    '${',
    '`',
    '\\',
    '\n',
    '<<EOF',
    '&&',
    ';',
    '#',
    '=',
    'CGO_LDFLAGS=',
    '-extldflags ',
  ];
  let spoke = 0;
  for (let round = 0; round < 3000; round++) {
    if (read(mutate(seeds[round % seeds.length] ?? '', splinters, random)) !== undefined) spoke++;
  }
  expect(spoke).toBeGreaterThan(300);
});
