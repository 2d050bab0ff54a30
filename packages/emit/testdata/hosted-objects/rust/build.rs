//! Links the archive of Go that `nx build journal-go` places.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_ARCHIVE").is_none() {
        return;
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../dist/libs/journal/go");
    println!("cargo::rerun-if-changed={folder}/libjournal-archive.a");
    println!("cargo::rustc-link-search=native={folder}");
    println!("cargo::rustc-link-lib=static=journal-archive");
}
