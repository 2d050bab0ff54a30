/** What strategies use that does not depend on the contract, in the order in which it is printed, as rustfmt has it. */
const helpers: readonly { readonly use: RegExp; readonly lines: readonly string[] }[] = [
  {
    use: /\bDEPTH\b/,
    lines: [
      '/// How deep messages that contain themselves lie in each other; the next ones are new.',
      'const DEPTH: u32 = 3;',
    ],
  },
  {
    use: /\blent_text\(/,
    lines: [
      "fn lent_text(bytes: RangeInclusive<usize>) -> impl Strategy<Value = &'static str> {",
      '    text(bytes).prop_map(|text| testing::keep(text).as_str())',
      '}',
    ],
  },
  {
    use: /\blent_bytes\(/,
    lines: [
      "fn lent_bytes(len: RangeInclusive<usize>) -> impl Strategy<Value = &'static [u8]> {",
      '    vec(any::<u8>(), len).prop_map(|bytes| testing::keep(bytes).as_slice())',
      '}',
    ],
  },
  {
    use: /\b(?:lent_)?text\(/,
    lines: [
      '/// Texts of so many bytes, with characters of any length as far as they fit.',
      'fn text(bytes: RangeInclusive<usize>) -> impl Strategy<Value = String> {',
      '    (bytes, vec(any::<char>(), 0..=8)).prop_map(|(len, characters)| {',
      '        let mut text = String::with_capacity(len);',
      '        for character in characters {',
      '            if text.len() + character.len_utf8() <= len {',
      '                text.push(character);',
      '            }',
      '        }',
      '        text.push_str(&"x".repeat(len - text.len()));',
      '        text',
      '    })',
      '}',
    ],
  },
  {
    use: /\btime\(\)/,
    lines: [
      '/// Times of the years 1 to 9999.',
      'fn time() -> impl Strategy<Value = SystemTime> {',
      '    let seconds = -62_135_596_800_i64..=253_402_300_799;',
      '    (seconds, 0..1_000_000_000_u32).prop_map(|(seconds, nanos)| testing::time(seconds, nanos))',
      '}',
    ],
  },
];

/** The helpers that a text uses, each set off from the others. */
export function printHelpers(text: string): string[][] {
  return helpers.filter(({ use }) => use.test(text)).map(({ lines }) => [...lines]);
}
