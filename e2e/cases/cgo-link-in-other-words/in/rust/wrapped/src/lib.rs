#[no_mangle]
pub extern "C" fn worded_wrapped_value() -> i32 {
    7
}
