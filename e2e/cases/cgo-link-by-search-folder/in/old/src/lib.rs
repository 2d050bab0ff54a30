#[no_mangle]
pub extern "C" fn searched_value() -> i32 {
    1
}
