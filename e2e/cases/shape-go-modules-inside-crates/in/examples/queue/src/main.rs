fn main() {
    println!("made");
}
