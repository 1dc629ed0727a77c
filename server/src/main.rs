//! The binary: one command line for serving Staffroom and looking after it.

use std::process::ExitCode;

/// A page is thousands of small pieces of memory, which this allocator gives out faster.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::command::run()
}
