#[no_mangle]
pub extern "C" fn worded_quoted_value() -> i32 {
    7
}
