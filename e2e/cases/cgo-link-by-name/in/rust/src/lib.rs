#[no_mangle]
pub extern "C" fn by_name_value() -> i32 {
    7
}
