#[no_mangle]
pub extern "C" fn configured_value() -> i32 {
    7
}
