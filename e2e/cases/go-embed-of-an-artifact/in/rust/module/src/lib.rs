#[no_mangle]
pub extern "C" fn embedded_value() -> i32 {
    7
}
