/**
 * Method names that mean something to every caller, or to the language, with what the name belongs to. Names that would
 * hide a type of the generated code are the emitters' to refuse: they alone know how a name is spelled there.
 */
export const reservedMethods: Readonly<Record<string, string>> = {
  Clone: 'the method of the Rust trait Clone',
  Close: 'the method by which Go code ends a client',
  Default: 'the constructor of the Rust trait Default',
  Drop: 'the method of the Rust trait Drop',
  Error: 'the method that makes a Go type an error',
  Handshake: 'the function by which the two sides check each other',
  New: 'the constructor of the Go client',
  NewWith: 'the constructor of the Go client over another service',
  String: "the method that Go's fmt prints a value with",
};
