#[no_mangle]
pub extern "C" fn filed_named_value() -> i32 {
    7
}
