import { indent, type GoFile } from '../go-file.js';

/** What generators use that do not depend on the contract. */
export type Helper = keyof typeof helpers;

interface Printing {
  readonly file: GoFile;
  /** A symbol of the library. */
  readonly rapid: (name: string) => string;
}

/** By their names, in the order in which they are printed. Each prints the lines of its declaration. */
export const helpers = {
  boundaryDepth: (): string[] => [
    '// boundaryDepth is how deep messages that contain themselves lie in each other; the next ones are new.',
    'const boundaryDepth = 3',
  ],

  boundaryRepeated: ({ file, rapid }: Printing): string[] => [
    '// boundaryRepeated generates texts of so many bytes.',
    `func boundaryRepeated(least, most int) *${rapid('Generator')}[string] {`,
    ...indent([
      `return ${rapid('Map')}(${rapid('IntRange')}(least, most), func(n int) string { return ${file.std('strings', 'Repeat')}("x", n) })`,
    ]),
    '}',
  ],

  boundaryBuffers: ({ file, rapid }: Printing): string[] => [
    `func boundaryBuffers(most int) *${rapid('Generator')}[*${file.grout('Buffer')}] {`,
    ...indent([
      `return ${rapid('Map')}(${rapid('SliceOfN')}(${rapid('Byte')}(), 0, most), func(bytes []byte) *${file.grout('Buffer')} {`,
      '\tif len(bytes) == 0 {',
      '\t\treturn nil',
      '\t}',
      `\treturn ${file.grout('BufferOf')}(bytes)`,
      '})',
    ]),
    '}',
  ],

  boundaryAligned: ({ file, rapid }: Printing): string[] => [
    '// boundaryAligned generates bytes that start at a multiple of align.',
    `func boundaryAligned(most, align int) *${rapid('Generator')}[[]byte] {`,
    ...indent([
      `return ${rapid('Map')}(${rapid('SliceOfN')}(${rapid('Byte')}(), 0, most), func(bytes []byte) []byte {`,
      '\tif len(bytes) == 0 {',
      '\t\treturn nil',
      '\t}',
      `\treturn ${file.grout('AlignedClone')}(bytes, align)`,
      '})',
    ]),
    '}',
  ],

  boundaryOptionalBytes: ({ rapid }: Printing): string[] => [
    '// boundaryOptionalBytes generates bytes that are there, be they none, and nil for those that are not.',
    `func boundaryOptionalBytes(most int) *${rapid('Generator')}[[]byte] {`,
    ...indent([
      `return ${rapid('OneOf')}(${rapid('Just')}([]byte(nil)), ${rapid('SliceOfN')}(${rapid('Byte')}(), 0, most))`,
    ]),
    '}',
  ],

  boundaryList: ({ rapid }: Printing): string[] => [
    '// boundaryList generates lists; an empty one is nil.',
    `func boundaryList[E any](item *${rapid('Generator')}[E], least, most int) *${rapid('Generator')}[[]E] {`,
    ...indent([
      `return ${rapid('Map')}(${rapid('SliceOfN')}(item, least, most), func(items []E) []E {`,
      '\tif len(items) == 0 {',
      '\t\treturn nil',
      '\t}',
      '\treturn items',
      '})',
    ]),
    '}',
  ],

  boundaryMap: ({ rapid }: Printing): string[] => [
    '// boundaryMap generates maps; an empty one is nil.',
    'func boundaryMap[K comparable, V any](',
    `\tkey *${rapid('Generator')}[K], value *${rapid('Generator')}[V], least, most int,`,
    `) *${rapid('Generator')}[map[K]V] {`,
    ...indent([
      `return ${rapid('Map')}(${rapid('MapOfN')}(key, value, least, most), func(entries map[K]V) map[K]V {`,
      '\tif len(entries) == 0 {',
      '\t\treturn nil',
      '\t}',
      '\treturn entries',
      '})',
    ]),
    '}',
  ],

  boundaryTime: ({ file, rapid }: Printing): string[] => [
    '// boundaryTime generates times of the years 1 to 9999.',
    `func boundaryTime() *${rapid('Generator')}[${file.std('time', 'Time')}] {`,
    ...indent([
      `return ${rapid('Custom')}(func(t *${rapid('T')}) ${file.std('time', 'Time')} {`,
      `\tseconds := ${rapid('Int64Range')}(-62_135_596_800, 253_402_300_799).Draw(t, "seconds")`,
      `\tnanos := ${rapid('Int64Range')}(0, 999_999_999).Draw(t, "nanos")`,
      `\treturn ${file.std('time', 'Unix')}(seconds, nanos).UTC()`,
      '})',
    ]),
    '}',
  ],

  boundaryDuration: ({ file, rapid }: Printing): string[] => [
    `func boundaryDuration() *${rapid('Generator')}[${file.std('time', 'Duration')}] {`,
    ...indent([
      `return ${rapid('Map')}(${rapid('Int64')}(), func(nanos int64) ${file.std('time', 'Duration')} { return ${file.std('time', 'Duration')}(nanos) })`,
    ]),
    '}',
  ],

  boundaryFloat32: ({ file, rapid }: Printing): string[] => [
    '// boundaryFloat32 generates numbers, also what is none.',
    `func boundaryFloat32() *${rapid('Generator')}[float32] {`,
    ...indent([
      `inf, nan := float32(${file.std('math', 'Inf')}(1)), float32(${file.std('math', 'NaN')}())`,
      `return ${rapid('OneOf')}(${rapid('Float32')}(), ${rapid('SampledFrom')}([]float32{inf, -inf, nan, float32(${file.std('math', 'Copysign')}(0, -1))}))`,
    ]),
    '}',
  ],

  boundaryFloat64: ({ file, rapid }: Printing): string[] => [
    '// boundaryFloat64 generates numbers, also what is none.',
    `func boundaryFloat64() *${rapid('Generator')}[float64] {`,
    ...indent([
      `inf, nan := ${file.std('math', 'Inf')}(1), ${file.std('math', 'NaN')}()`,
      `return ${rapid('OneOf')}(${rapid('Float64')}(), ${rapid('SampledFrom')}([]float64{inf, -inf, nan, ${file.std('math', 'Copysign')}(0, -1)}))`,
    ]),
    '}',
  ],
} satisfies Record<string, (printing: Printing) => string[]>;
