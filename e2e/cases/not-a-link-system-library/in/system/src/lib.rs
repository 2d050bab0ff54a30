#[no_mangle]
pub extern "C" fn systemlike_value() -> i32 {
    7
}
