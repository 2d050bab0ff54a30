fn main() {
    println!("cargo:rerun-if-changed=../shared/limits.txt");
}
