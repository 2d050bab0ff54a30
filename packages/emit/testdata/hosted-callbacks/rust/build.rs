//! Links the archive of Go that `nx build beacon-go` places.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_ARCHIVE").is_none() {
        return;
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../dist/libs/beacon/go");
    println!("cargo::rerun-if-changed={folder}/libbeacon-archive.a");
    println!("cargo::rustc-link-search=native={folder}");
    println!("cargo::rustc-link-lib=static=beacon-archive");
}
