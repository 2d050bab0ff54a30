#[no_mangle]
pub extern "C" fn current_value() -> i32 {
    1
}
