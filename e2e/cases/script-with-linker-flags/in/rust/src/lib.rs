#[no_mangle]
pub extern "C" fn scripted_value() -> i32 {
    7
}
