import { lockIndexOf } from '#testing';
import { externalNodes } from '../index.js';

const found = externalNodes(
  lockIndexOf({
    'Cargo.toml': '[workspace]\nmembers = ["*"]\n[workspace.dependencies]\nserde = "1"\n',
    'Cargo.lock': `version = 4
[[package]]
name = "a"
version = "0.1.0"
dependencies = [
 "b",
 "itoa 1.0.9",
 "serde",
]
[[package]]
name = "b"
version = "0.1.0"
dependencies = [
 "itoa 0.4.8",
]
[[package]]
name = "itoa"
version = "0.4.8"
source = "registry+x"
checksum = "old"
[[package]]
name = "itoa"
version = "1.0.9"
source = "registry+x"
checksum = "new"
[[package]]
name = "serde"
version = "1.0.200"
source = "git+https://example.com/serde#abc"
dependencies = [
 "itoa 1.0.9",
]
`,
    'a/Cargo.toml':
      '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nb = { path = "../b" }\nserde.workspace = true\n[dev-dependencies]\nitoa = "1"\n',
    'b/Cargo.toml': '[package]\nname = "b"\nversion = "0.1.0"\n[dependencies]\nitoa = "0.4"\n',
    'g/go.mod': 'module example.com/g\n\ngo 1.26\n\nrequire github.com/google/uuid v1.5.0\n',
    'g/go.sum': 'github.com/google/uuid v1.5.0 h1:uuid=\ngithub.com/google/uuid v1.5.0/go.mod h1:mod=\n',
    'g/g.go': 'package g\n\nimport "fmt"\n',
    'g/g_test.go': 'package g\n\nimport "github.com/google/uuid"\n',
    'h/go.mod': 'module example.com/h\n\ngo 1.26\n\nrequire github.com/google/uuid v1.6.0\n',
    'h/h.go': 'package h\n\nimport "github.com/google/uuid"\n',
  }),
);

describe('externalNodes', () => {
  it('gives every version a node of its own, by its checksum or commit', () => {
    expect(found.nodes).toEqual([
      { type: 'cargo', name: 'cargo:itoa@0.4.8', data: { version: '0.4.8', packageName: 'itoa', hash: 'old' } },
      { type: 'cargo', name: 'cargo:itoa@1.0.9', data: { version: '1.0.9', packageName: 'itoa', hash: 'new' } },
      {
        type: 'cargo',
        name: 'cargo:serde@1.0.200',
        data: { version: '1.0.200', packageName: 'serde', hash: 'git+https://example.com/serde#abc' },
      },
      {
        type: 'go',
        name: 'go:github.com/google/uuid@v1.5.0',
        data: { version: 'v1.5.0', packageName: 'github.com/google/uuid', hash: 'h1:uuid=' },
      },
      {
        type: 'go',
        name: 'go:github.com/google/uuid@v1.6.0',
        data: { version: 'v1.6.0', packageName: 'github.com/google/uuid' },
      },
    ]);
  });

  it('tells what each project needs directly, its tests included', () => {
    expect(Object.fromEntries(found.byProject)).toEqual({
      a: ['cargo:serde@1.0.200', 'cargo:itoa@1.0.9'],
      b: ['cargo:itoa@0.4.8'],
      g: ['go:github.com/google/uuid@v1.5.0'],
      h: ['go:github.com/google/uuid@v1.6.0'],
    });
  });
});
