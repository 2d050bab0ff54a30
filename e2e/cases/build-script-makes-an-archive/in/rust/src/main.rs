extern "C" {
    fn archived_value() -> i32;
}

fn main() {
    println!("{}", unsafe { archived_value() });
}
