#[no_mangle]
pub extern "C" fn filed_shared_value() -> i32 {
    7
}
