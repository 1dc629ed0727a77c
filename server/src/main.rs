//! The binary: one command line for serving Staffroom and looking after it.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::command::run()
}
