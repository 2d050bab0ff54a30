#[no_mangle]
pub extern "C" fn filed_archive_value() -> i32 {
    7
}
