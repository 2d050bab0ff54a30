//! Runs `Command::new("go").current_dir("../go")` for others.
use std::process::Command;

// Command::new("go").current_dir("../go")
pub const HELP: &str = r#"Command::new("go").current_dir("../go").arg("-buildmode=c-archive")"#;

pub fn build(folder: &str) -> Command {
    let mut command = Command::new("going");
    command.current_dir(folder).arg("-buildmode=c-archive");
    command
}
