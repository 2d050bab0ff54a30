fn main() {
    compile_protos(&["../api/v1/order.proto"], &["../api"]);
}

fn compile_protos(_protos: &[&str], _includes: &[&str]) {}
