fn main() {
    go_bridge::Builder::new().with_go_src("./go").build();
}
