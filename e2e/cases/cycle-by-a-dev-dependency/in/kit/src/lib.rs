pub fn expected() -> i32 {
    cycled_core::one()
}
