#[no_mangle]
pub extern "C" fn worded_apart_value() -> i32 {
    7
}
