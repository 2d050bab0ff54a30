#[no_mangle]
pub extern "C" fn ruled_value() -> i32 {
    7
}
