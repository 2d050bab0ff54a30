#[no_mangle]
pub extern "C" fn doubtful_value() -> i32 {
    1
}
