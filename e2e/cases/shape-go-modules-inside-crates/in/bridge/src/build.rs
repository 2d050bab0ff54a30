use std::process::Command;

pub struct Builder {
    go_src: String,
}

impl Builder {
    pub fn new() -> Self {
        Builder { go_src: String::new() }
    }

    pub fn with_go_src(mut self, path: &str) -> Self {
        self.go_src = path.to_owned();
        self
    }

    pub fn build(self) {
        let mut go_build = Command::new("go");
        go_build.current_dir(self.go_src).args(["build", "-buildmode=c-archive"]);
        let _ = go_build.status();
    }
}
