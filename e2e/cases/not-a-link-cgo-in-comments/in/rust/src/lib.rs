#[no_mangle]
pub extern "C" fn mentioned_value() -> i32 {
    7
}
