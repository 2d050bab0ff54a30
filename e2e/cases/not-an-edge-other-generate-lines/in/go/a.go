package idle

//go:generate cargo fmt
//go:generate cargo install idle
//go:generate echo cargo run -p idle
// //go:generate cargo run --manifest-path ../rust/Cargo.toml
	//go:generate cargo run --manifest-path ../rust/Cargo.toml
