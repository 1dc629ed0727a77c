//! Has the server compiled again when the site that it carries inside has changed.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build reads the site from the disk while it runs.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../target/site");
    }
}
