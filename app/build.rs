//! Turns the message catalogue in `messages/` into Rust before the crate is compiled.

#[path = "build/catalogue.rs"]
mod catalogue;

use std::{env, fs, path::Path};

/// English comes first: it says which messages exist and which arguments they take.
const LANGUAGES: [&str; 2] = ["en", "de"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=messages");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo names the crate's folder");
    let target = env::var("OUT_DIR").expect("cargo names the folder for what is generated");

    let sources: Vec<(&str, String)> = LANGUAGES
        .into_iter()
        .map(|code| {
            let file = Path::new(&root)
                .join("messages")
                .join(format!("{code}.toml"));
            (
                code,
                fs::read_to_string(&file)
                    .unwrap_or_else(|error| panic!("{}: {error}", file.display())),
            )
        })
        .collect();
    match catalogue::generate(&sources) {
        Ok(rust) => fs::write(Path::new(&target).join("messages.rs"), rust)
            .expect("the folder for what is generated is writable"),
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
        }
    }
}
