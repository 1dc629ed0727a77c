//! Builds the site that the server carries inside: `cargo run -p xtask -- site [--dev]`.

mod asset;
mod bundle;
mod compile;
mod publish;
mod site;
mod split;
mod style;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// How carefully the site is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build, large, with names of functions; nothing is compressed.
    Dev,
    /// What people are served.
    Release,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let profile = match arguments[..] {
        ["site"] => Profile::Release,
        ["site", "--dev"] => Profile::Dev,
        _ => {
            eprintln!("usage: cargo run -p xtask -- site [--dev]");
            return ExitCode::from(2);
        }
    };
    let Some(root) = root() else {
        eprintln!("xtask: start me with cargo run -p xtask -- site");
        return ExitCode::from(2);
    };
    match site::build(&root, profile) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace, which `cargo run` names to what it starts.
fn root() -> Option<PathBuf> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR")?;
    Path::new(&own).parent().map(Path::to_path_buf)
}
