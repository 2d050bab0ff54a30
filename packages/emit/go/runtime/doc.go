// Package grout is the runtime of the bridges that nx-grout generates between Go and Rust: the errors that a call can
// end with, and what generated code needs to make a call.
//
// Users of a bridge meet [Error], [Kind], [Retry] and the Err… kinds that every bridge shares. Everything that is
// documented as being for generated code changes together with the generator.
package grout
