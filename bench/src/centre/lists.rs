//! The list of users, the matrix, and who would be offered a call.

use super::scene::{MEMBERS, QUEUES, Scene};
use crate::Result;
use crate::case::Caller;
use crate::contest::Servers;
use crate::goal::{Figure, Goal};
use crate::load::Load;
use crate::report::{Report, Table};

/// A list may cost this many times the yardstick's (S-1).
const LIST: f64 = 1.0 / 0.9;
/// A page with a list may cost this many times the yardstick's list (S-1).
const PAGE: f64 = 6.0;
/// The slowest hundredth of the answers to "Who would be offered this call?", in milliseconds (C-15).
const OFFERS: f64 = 20.0;

/// Beside the bare rows that each of them shows.
pub async fn measure(
    servers: &Servers,
    caller: &Caller,
    scene: &Scene,
    load: Load,
    rounds: usize,
    report: &mut Report,
) -> Result<()> {
    let cases = [
        (caller.contact_users(), Some(LIST)),
        (caller.contact_users_page(), Some(PAGE)),
        (caller.matrix(), Some(LIST)),
        (caller.matrix_page(), Some(PAGE)),
        (caller.offers(scene.large), None),
    ];
    let mut outcomes = Vec::new();
    for (case, limit) in &cases {
        let outcome = servers.contest(case, load, rounds).await?;
        if let Some(limit) = limit {
            let goal = Goal::at_most("S-1", case.name.clone(), *limit, outcome.ratio(), "×");
            report
                .goals
                .push(goal.noting("computing beside the yardstick"));
        }
        outcomes.push(outcome);
    }
    let title = format!(
        "Contact centre: {} users, {QUEUES} queues, {} memberships",
        scene.users, scene.memberships
    );
    report.tables.push(Table::of_outcomes(title, &outcomes));
    let case = caller.offers(scene.large);
    let alone = load.over(1).on(&servers.ours, &case.ours).await?;
    let beside = load.over(1).on(&servers.yardstick, &case.yardstick).await?;
    let [p50, p99] = [0.5, 0.99].map(|share| Figure(beside.percentile(share), "ms"));
    let what = format!("who of {MEMBERS} members would be offered a call, p99");
    let note = format!(
        "p50 {}; the bare rows: p50 {p50}, p99 {p99}",
        Figure(alone.percentile(0.5), "ms")
    );
    let goal = Goal::at_most("C-15", what, OFFERS, alone.percentile(0.99), "ms");
    report.goals.push(goal.noting(note));
    Ok(())
}
