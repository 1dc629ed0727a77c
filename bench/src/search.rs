//! S-3: how long a search takes at a server that has nothing else to do.

use crate::Result;
use crate::case::Case;
use crate::contest::Servers;
use crate::goal::{Figure, Goal};
use crate::load::Load;
use crate::report::{Report, Table};

/// The median in milliseconds, at any size.
const MEDIAN: f64 = 1.5;
/// The slowest hundredth in milliseconds, at any size.
const SLOWEST: f64 = 10.0;

/// Asks over one connection, so that no request waits for another.
///
/// # Errors
/// When the server refuses a request.
pub async fn alone(
    servers: &Servers,
    searches: &[Case],
    load: Load,
    employees: usize,
    report: &mut Report,
) -> Result<()> {
    let title = format!("Search alone on the machine, {employees} employees");
    let mut table = Table::new(
        title,
        &["typed", "p50", "p99", "yardstick p50", "yardstick p99"],
    );
    for case in searches {
        let ours = load.over(1).on(&servers.ours, &case.ours).await?;
        let other = load.over(1).on(&servers.yardstick, &case.yardstick).await?;
        let goal = |limit, share| {
            let what = format!("{} of {employees}, p{:.0}", case.name, share * 100.0);
            Goal::at_most("S-3", what, limit, ours.percentile(share), "ms")
        };
        report.goals.push(goal(MEDIAN, 0.5));
        report.goals.push(goal(SLOWEST, 0.99));
        let figures = [(&ours, 0.5), (&ours, 0.99), (&other, 0.5), (&other, 0.99)];
        let figures =
            figures.map(|(sample, share)| Figure(sample.percentile(share), "ms").to_string());
        table.row([case.name.clone()].into_iter().chain(figures));
    }
    report.tables.push(table);
    Ok(())
}
