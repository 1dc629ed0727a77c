//! Measures Staffroom beside its yardstick: what `bin/bench` runs.

mod booking;
mod browser;
mod case;
mod centre;
mod contest;
mod demo;
mod goal;
mod http;
mod load;
mod measure;
mod memory;
mod people;
mod plot;
mod process;
mod report;
mod search;
mod sign_in;
mod start;
mod statements;
mod writes;
mod yardstick;

use clap::Parser;
use std::error::Error;
use std::process::ExitCode;

/// Why something could not be measured, as a sentence.
type Failure = Box<dyn Error + Send + Sync>;
/// What measuring comes to.
type Result<T> = std::result::Result<T, Failure>;

#[derive(Parser, Debug)]
#[command(name = "bench", arg_required_else_help = true)]
enum Line {
    /// Measures everything, and writes target/bench/report.md and target/bench/cost.svg
    Measure(measure::Measure),
    /// Serves the yardstick: the least that anybody could write over the same tables
    Yardstick(yardstick::Yardstick),
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Line::parse() {
        Line::Measure(measure) => measure.run().await,
        Line::Yardstick(yardstick) => yardstick.serve().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}
