#[no_mangle]
pub extern "C" fn reversed_value() -> i32 {
    7
}
