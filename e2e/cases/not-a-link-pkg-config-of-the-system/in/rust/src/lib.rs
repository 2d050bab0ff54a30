#[no_mangle]
pub extern "C" fn tls_value() -> i32 {
    7
}
