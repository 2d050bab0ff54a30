#[no_mangle]
pub extern "C" fn described_value() -> i32 {
    7
}
