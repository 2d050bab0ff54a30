use std::env;
use std::path::Path;

fn main() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let folder = dist.join(env::var("MODULE").unwrap());
    println!("cargo:rustc-link-search=native={}", folder.display());
}
