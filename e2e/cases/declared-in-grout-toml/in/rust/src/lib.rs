#[no_mangle]
pub extern "C" fn opened_value() -> i32 {
    7
}
