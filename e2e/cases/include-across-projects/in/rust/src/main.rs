const TABLE: &str = include_str!("../../go/table.csv");

fn main() {
    // include_str!("../../go/other.csv") would be another one
    println!("{TABLE}");
}
