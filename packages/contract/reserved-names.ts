/** Method names that generated code, or the language, gives a meaning of its own; with what the name belongs to. */
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

/** Names of messages, error domains and services that would hide a name that the generated code relies on. */
export const reservedTypes: Readonly<Record<string, string>> = {
  Box: 'a type of the Rust prelude',
  Client: 'the Go client',
  Cx: 'the context of a call in Rust',
  Default: 'a trait of the Rust prelude',
  Err: 'a variant of the Rust prelude',
  Error: 'the error type of the runtime',
  From: 'a trait of the Rust prelude',
  Into: 'a trait of the Rust prelude',
  Mock: 'the Go mock',
  New: 'the constructor of the Go client',
  NewWith: 'the constructor of the Go client over another service',
  None: 'a variant of the Rust prelude',
  Ok: 'a variant of the Rust prelude',
  Option: 'a type of the Rust prelude',
  Result: 'a type of the Rust prelude',
  Self: 'a keyword of Rust',
  Send: 'a trait of the Rust prelude',
  Service: 'the Go interface that implementations and mocks satisfy',
  Some: 'a variant of the Rust prelude',
  String: 'a type of the Rust prelude',
  Sync: 'a trait of the Rust prelude',
  Vec: 'a type of the Rust prelude',
};
