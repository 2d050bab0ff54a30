#[no_mangle]
pub extern "C" fn printed_value() -> i32 {
    7
}
