#[no_mangle]
pub extern "C" fn placed_value() -> i32 {
    1
}
