//! How long it takes to find free times of fifty agents.

use super::scene::{AGENTS, Scene};
use crate::case::Caller;
use crate::contest::Servers;
use crate::demo::Place;
use crate::goal::{Figure, Goal};
use crate::load::{Load, of_sorted, refused};
use crate::process::Process;
use crate::report::{Report, Table};
use crate::{Result, http, sign_in, statements};
use std::path::Path;
use std::time::Instant;

/// The median in milliseconds.
const MEDIAN: f64 = 5.0;
/// The slowest hundredth in milliseconds.
const SLOWEST: f64 = 20.0;
/// How many pages are asked for: fewer than the booking page allows in a minute.
const PAGES: usize = 500;

/// The week that staff see, and the page that customers see, which looks ten weeks ahead.
pub async fn measure(
    servers: &Servers,
    caller: &Caller,
    scene: &Scene,
    load: Load,
    rounds: usize,
    report: &mut Report,
) -> Result<()> {
    let case = caller.free_times(scene.large, scene.long_subject);
    let outcome = servers.contest(&case, load, rounds).await?;
    let title = format!(
        "Free times of {AGENTS} agents among {} appointments, {} connections",
        scene.appointments, load.connections
    );
    report.tables.push(Table::of_outcomes(title, &[outcome]));

    let alone = load.over(1).on(&servers.ours, &case.ours).await?;
    let beside = load.over(1).on(&servers.yardstick, &case.yardstick).await?;
    let pages = pages(servers, scene).await?;
    let page = |share| of_sorted(&pages, share);
    for (share, limit) in [(0.5, MEDIAN), (0.99, SLOWEST)] {
        let what = format!("free times of {AGENTS} agents, p{:.0}", share * 100.0);
        let note = format!(
            "booking page, ten weeks ahead, {} appointments",
            scene.appointments
        );
        report
            .goals
            .push(Goal::at_most("P-03", what, limit, page(share), "ms").noting(note));
    }
    let mut table = Table::new("Free times, alone on the machine", &["", "p50", "p99"]);
    for (name, p50, p99) in [
        ("booking page, ten weeks", page(0.5), page(0.99)),
        (
            "a week for staff",
            alone.percentile(0.5),
            alone.percentile(0.99),
        ),
        (
            "yardstick: the rows of 30 days",
            beside.percentile(0.5),
            beside.percentile(0.99),
        ),
    ] {
        let figures = [p50, p99].map(|time| Figure(time, "ms").to_string());
        table.row([name.to_owned()].into_iter().chain(figures));
    }
    report.tables.push(table);
    Ok(())
}

/// The times of the booking page in milliseconds, sorted.
async fn pages(servers: &Servers, scene: &Scene) -> Result<Vec<f64>> {
    let mut connection = http::Connection::open(servers.ours.address).await?;
    let mut times = Vec::with_capacity(PAGES);
    for number in 0..PAGES {
        let request = http::from_customer("GET", &scene.page(), number, "");
        let begun = Instant::now();
        let answer = connection.send(&request).await?;
        if answer.status != 200 {
            return Err(refused(&request, answer.status, &answer.body));
        }
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    // The first ones read what is in no cache yet.
    times.drain(..PAGES / 10);
    times.sort_by(f64::total_cmp);
    Ok(times)
}

impl Scene {
    /// The step of the booking page that shows when anybody of the large office is free.
    fn page(&self) -> String {
        format!(
            "/book?office={}&subject={}&agent=any",
            self.large, self.long_subject
        )
    }
}

/// That the number of statements is the same for one agent and for fifty.
pub async fn count(place: &Place, folder: &Path, scene: &Scene, report: &mut Report) -> Result<()> {
    let log = folder.join("log");
    let mut command = place.staffroom(folder);
    command
        .env("RUST_LOG", "sqlx::query=debug")
        .args(["serve", "--log", "json"]);
    let server = Process::start(&mut command, &log)?;
    let caller = Caller {
        ours: sign_in::cookie(server.address).await?,
    };
    let mut connection = http::Connection::open(server.address).await?;
    let mut counts = Vec::new();
    for (office, subject) in [
        (scene.small, scene.short_subject),
        (scene.large, scene.long_subject),
    ] {
        let case = caller.free_times(office, subject);
        counts.push(statements::fewest(&mut connection, &log, || (case.ours)(0)).await?);
    }
    let more = counts[1].abs_diff(counts[0]) as f64;
    let note = format!("{} with the look-up of the session", counts[1]);
    let what = format!("statements that free times of {AGENTS} agents take more than those of one");
    report
        .goals
        .push(Goal::at_most("P-03", what, 0.0, more, "").noting(note));
    Ok(())
}
