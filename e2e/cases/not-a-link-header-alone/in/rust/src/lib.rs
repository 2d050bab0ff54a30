#[no_mangle]
pub extern "C" fn headed_value() -> i32 {
    7
}
