use std::process::Command;

fn main() {
    let _ = Command::new("go").current_dir("../go").args(["build", "-buildmode=c-archive"]).status();
}
