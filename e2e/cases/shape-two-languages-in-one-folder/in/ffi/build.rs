fn main() {
    println!("cargo:rerun-if-changed=cbindgen.toml");
}
