#[no_mangle]
pub extern "C" fn committed_value() -> i32 {
    7
}
