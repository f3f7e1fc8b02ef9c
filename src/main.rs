//! noaber.
fn main() {}
