#[no_mangle]
pub extern "C" fn implied_value() -> i32 {
    7
}
