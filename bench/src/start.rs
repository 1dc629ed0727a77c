//! S-7: how long it takes from starting the process to its first answer.

use crate::demo::{Place, Template};
use crate::goal::Goal;
use crate::load::of_sorted;
use crate::report::Report;
use crate::{Result, http};
use std::time::Instant;

/// How long it may take, in milliseconds.
const LIMIT: f64 = 100.0;
/// How often it is started; the median counts.
const STARTS: usize = 7;

/// Starts it some times on a database whose tables are up to date.
///
/// # Errors
/// When it does not start.
pub async fn measure(place: &Place, template: &Template, report: &mut Report) -> Result<()> {
    let folder = place.folder.join("start");
    template.copy(&folder).await?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let server = place.serve(&folder)?;
        let mut connection = http::Connection::open(server.address).await?;
        let answer = connection.send(&http::page("/sign-in", "")).await?;
        if answer.status != 200 {
            return Err(format!("/sign-in was answered with {}", answer.status).into());
        }
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let what = format!("start to first page, {}", template.employees);
    let slowest = times.last().copied().unwrap_or_default();
    let goal = Goal::at_most("S-7", what, LIMIT, of_sorted(&times, 0.5), "ms");
    report
        .goals
        .push(goal.noting(format!("median of {STARTS}, slowest {slowest:.0} ms")));
    Ok(())
}
