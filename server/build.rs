//! Has the server compiled again when the site that it carries inside has changed.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The folder has to be there before the server is compiled, or rust-embed would not find what is
    // put into it later: it compares each file with the folder's resolved path.
    std::fs::create_dir_all("../target/site").expect("target/site can be made");
    // A debug build reads the site from the disk while it runs.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../target/site");
    }
}
