//! The `holdline` program.
fn main() {}
