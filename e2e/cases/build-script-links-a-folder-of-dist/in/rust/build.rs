use std::env;
use std::path::{Path, PathBuf};

const CASE: &str = "build-script-links-a-folder-of-dist";

fn workspace() -> PathBuf {
    let here = env!("CARGO_MANIFEST_DIR");
    Path::new(here).ancestors().nth(2).unwrap().to_path_buf()
}

fn main() {
    let mut folder: PathBuf = [workspace(), "dist".into(), CASE.into()].iter().collect();
    folder.push("go");
    println!("cargo:rustc-link-search=native={}", folder.display());
    println!("cargo:rustc-link-lib=static={}", env::var("LIBRARY").unwrap());
}
