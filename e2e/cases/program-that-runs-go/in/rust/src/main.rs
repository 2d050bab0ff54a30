use std::process::Command;

fn main() {
    let status = Command::new("go").current_dir("../go").args(["run", "."]).status().unwrap();
    std::process::exit(status.code().unwrap_or(1));
}
