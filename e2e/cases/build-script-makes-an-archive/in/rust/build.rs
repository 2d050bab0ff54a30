use std::process::Command;

fn main() {
    let out = std::env::var("OUT_DIR").unwrap();
    let status = Command::new("go")
        .current_dir("../go/archive")
        .args(["build", "-buildmode=c-archive", "-o"])
        .arg(format!("{out}/libarchive.a"))
        .status()
        .unwrap();
    assert!(status.success());
    println!("cargo:rustc-link-search=native={out}");
    println!("cargo:rustc-link-lib=static=archive");
}
