#[no_mangle]
pub extern "C" fn suffixed_value() -> i32 {
    7
}
