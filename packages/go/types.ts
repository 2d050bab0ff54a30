import type { Span } from '#diagnostics';
import type { TestPath } from './test-paths.js';
import type { ProtocCall } from './protoc-call.js';

/** What a go.mod says; https://go.dev/ref/mod#go-mod-file */
export interface GoMod {
  readonly file: string;
  readonly module: string;
  readonly moduleSpan: Span;
  readonly go?: { readonly version: string; readonly span: Span };
  readonly toolchain?: { readonly name: string; readonly span: Span };
  readonly require: readonly GoRequire[];
  readonly replace: readonly GoReplace[];
  readonly exclude: readonly { readonly path: string; readonly version: string }[];
  /** `name=value`, as written. */
  readonly godebug: readonly string[];
}

export interface GoRequire {
  readonly path: string;
  readonly version: string;
  readonly indirect: boolean;
  readonly span: Span;
}

export interface GoReplace {
  readonly path: string;
  /** Absent: every version is replaced. */
  readonly version?: string;
  /** A folder (begins with `./`, `../` or `/`) or a module path. */
  readonly with: string;
  readonly withVersion?: string;
  readonly span: Span;
}

/** What a go.work says; https://go.dev/ref/mod#workspaces */
export interface GoWork {
  readonly file: string;
  readonly go?: { readonly version: string; readonly span: Span };
  readonly toolchain?: { readonly name: string; readonly span: Span };
  readonly use: readonly { readonly path: string; readonly span: Span }[];
  readonly replace: readonly GoReplace[];
  /** `name=value`, as written. */
  readonly godebug: readonly string[];
}

/** What a go.sum or go.work.sum says; https://go.dev/ref/mod#go-sum-files */
export interface GoSum {
  readonly file: string;
  /** Lines for a module's content; those for its go.mod alone are left out. */
  readonly modules: readonly { readonly path: string; readonly version: string; readonly hash: string }[];
}

/** The header of a .go file: all that the graph needs, without the body but for directives that may stand anywhere. */
export interface GoFileHeader {
  readonly file: string;
  readonly package: string;
  /** `_test.go`. */
  readonly isTest: boolean;
  readonly imports: readonly { readonly path: string; readonly span: Span }[];
  /** Tree of the `//go:build` line, else of the `// +build` lines; absent when there is none. */
  readonly constraint?: BuildConstraint;
  readonly constraintSpan?: Span;
  /** GOOS and GOARCH that the file name demands. */
  readonly fileNameConstraint: { readonly goos?: string; readonly goarch?: string };
  /** Whether the file has `import "C"`. */
  readonly importsC: boolean;
  /** `#cgo` lines of the real preamble of `import "C"`; text in comments or strings elsewhere does not count. */
  readonly cgo: readonly CgoDirective[];
  /** `#include "x.h"` (quoted only) lines of the preamble. */
  readonly cIncludes: readonly { readonly path: string; readonly span: Span }[];
  /** Patterns of `//go:embed` lines. */
  readonly embeds: readonly { readonly pattern: string; readonly span: Span }[];
  /** Of a test: literals that name what lies beyond its folder; absent where there are none. */
  readonly testPaths?: readonly TestPath[];
  /** Commands of `//go:generate` lines. */
  readonly generates: readonly { readonly command: string; readonly span: Span }[];
  /** The .proto that a generated file names as its source, relative to a folder that the compiler searched. */
  readonly protoSource?: { readonly path: string; readonly span: Span };
}

/** What a C or assembler source takes in besides the sources of its folder. */
export interface CSource {
  readonly file: string;
  /** As written, relative to the folder of the source or to one that the compiler searches. */
  readonly takesIn: readonly string[];
}

/** What a shell script, Makefile or the like says about Go builds. */
export interface LinkScript {
  readonly file: string;
  /** Words for the linker (CGO_LDFLAGS, -extldflags). */
  readonly words: readonly {
    readonly word: string;
    readonly span: Span;
    /** Folder or package that the go command builds with them, relative to the script's folder or to the workspace's root. */
    readonly folder?: string;
  }[];
  /** Runs of protoc that write Go, with the folder that they start in, relative to one of the same two. */
  readonly protocCalls: readonly (ProtocCall & { readonly folder?: string; readonly span: Span })[];
}

/** One `#cgo [constraints] VERB: words` line of a preamble; https://pkg.go.dev/cmd/cgo */
export interface CgoDirective {
  /** `CFLAGS`, `CPPFLAGS`, `CXXFLAGS`, `FFLAGS`, `LDFLAGS`, `pkg-config`, `noescape`, `nocallback`. */
  readonly verb: string;
  /** Space-separated GOOS/GOARCH/tag options before the verb: any of them satisfied is enough. Empty: always. */
  readonly constraints: readonly string[];
  /** Words after the colon, split as cgo splits them (quotes and backslashes understood), `${SRCDIR}` kept. */
  readonly words: readonly string[];
  /** Spans the whole directive line. */
  readonly span: Span;
}

export type BuildConstraint =
  | { readonly op: 'tag'; readonly tag: string }
  | { readonly op: 'not'; readonly operand: BuildConstraint }
  | { readonly op: 'and' | 'or'; readonly left: BuildConstraint; readonly right: BuildConstraint };

/** What build constraints are evaluated against. */
export interface BuildContext {
  /** User tags (`-tags`), and those that a mode sets: `race`, `msan`, `asan`, `goexperiment.x`. */
  readonly tags: ReadonlySet<string>;
  readonly goos: string;
  readonly goarch: string;
  /** Whether cgo is on (`CGO_ENABLED`). */
  readonly cgo: boolean;
  /** N of the go1.N in use: `go1.1` to `go1.N` hold. Default: the lowest Go that this product supports. */
  readonly goMinor?: number;
}
