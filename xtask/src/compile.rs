//! Compiles the crate `frontend` to WebAssembly, in a target folder of its own.

use crate::Profile;
use anyhow::{Context, Result, ensure};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";

impl Profile {
    /// The cargo profile.
    fn cargo(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "wasm-release",
        }
    }

    /// The folder that cargo gives to the profile.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "wasm-release",
        }
    }
}

/// Where everything that is made for the browser is kept; cargo in one folder with another set of
/// features would rebuild everything each time.
pub fn folder(root: &Path) -> PathBuf {
    root.join("target").join("wasm")
}

/// Runs cargo and returns the linked module, with the relocations that splitting needs.
///
/// The argument for the linker goes to this one crate, so that whatever stands in `RUSTFLAGS`
/// holds as well and the dependencies can be shared with a plain `cargo check`.
pub fn wasm(root: &Path, profile: Profile) -> Result<Vec<u8>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let status = Command::new(cargo)
        .current_dir(root)
        .args(["rustc", "--package", "frontend", "--lib"])
        .args(["--crate-type", "cdylib", "--target", TARGET])
        .args(["--profile", profile.cargo(), "--target-dir"])
        .arg(folder(root))
        .args(["--", "-Clink-arg=--emit-relocs"])
        .status()
        .context("cargo could not be started")?;
    ensure!(status.success(), "the crate frontend did not compile");
    let module = folder(root)
        .join(TARGET)
        .join(profile.folder())
        .join("frontend.wasm");
    fs::read(&module).with_context(|| format!("{} is missing", module.display()))
}
