//! Many customers at the same moment, and few times: each time is booked once (P-04).

use super::scene::Scene;
use crate::contest::Servers;
use crate::goal::{Figure, Goal};
use crate::http::{self, Connection};
use crate::load::{of_sorted, refused};
use crate::report::{Report, Table};
use crate::{Failure, Result};
use serde_json::json;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// How many customers there are.
const CUSTOMERS: usize = 200;
/// How many times they want.
const TIMES: usize = 20;
/// Within how many milliseconds all but a hundredth of them are answered.
const SLOWEST: f64 = 300.0;

/// What became of a customer, and after how many milliseconds.
struct Answered {
    status: u16,
    body: String,
    after: f64,
}

/// # Errors
/// When a server can't be asked, or a time was booked twice or not at all.
pub async fn measure(servers: &Servers, scene: &Scene, report: &mut Report) -> Result<()> {
    println!("{CUSTOMERS} customers for {TIMES} times");
    let times = free(servers.ours.address, scene).await?;
    let wishes = (0..CUSTOMERS).map(|number| {
        let (office, subject) = (scene.small.to_string(), scene.short_subject.to_string());
        let email = format!("rush{number}@home.example");
        let fields = [
            ("office", office.as_str()),
            ("subject", &subject),
            ("agent", "any"),
            ("meeting", "phone"),
            ("at", &times[number % TIMES]),
            ("name", "Rita Rush"),
            ("email", &email),
            ("phone", "+32470000000"),
        ];
        http::from_customer("POST", "/book", number, &http::form(&fields))
    });
    let ours = at_once(servers.ours.address, wishes.collect()).await?;
    let beside = (0..CUSTOMERS).map(|number| {
        let wish = json!({ "employee": scene.alone, "time": number % TIMES });
        http::post_json("/book", "", &wish.to_string())
    });
    let beside = at_once(servers.yardstick.address, beside.collect()).await?;

    let booked = |all: &[Answered]| all.iter().filter(|one| one.status < 400).count();
    let suggested = ours
        .iter()
        .filter(|one| one.status == 409 && one.body.contains("name=\"at\""));
    let (booked_here, suggested) = (booked(&ours), suggested.count());
    if let Some(odd) = ours.iter().find(|one| ![303, 409].contains(&one.status)) {
        return Err(refused(b"POST /book", odd.status, odd.body.as_bytes()));
    }
    let after = |all: &[Answered], share| {
        let mut sorted: Vec<f64> = all.iter().map(|one| one.after).collect();
        sorted.sort_by(f64::total_cmp);
        of_sorted(&sorted, share)
    };
    let wrong = booked_here.abs_diff(TIMES) as f64;
    let unhelped = (CUSTOMERS - TIMES).saturating_sub(suggested) as f64;
    let slowest = after(&ours, 0.99);
    report.goals.extend([
        Goal::at_most(
            "P-04",
            format!("of {TIMES} times booked by {CUSTOMERS} at once, wrongly"),
            0.0,
            wrong,
            "",
        ),
        Goal::at_most(
            "P-04",
            "who got no time and no other to choose",
            0.0,
            unhelped,
            "",
        ),
        Goal::at_most(
            "P-04",
            format!("{CUSTOMERS} book at once, p99"),
            SLOWEST,
            slowest,
            "ms",
        ),
    ]);
    let title = format!("{CUSTOMERS} customers at once for {TIMES} times");
    let mut table = Table::new(title, &["", "booked", "p50", "p99"]);
    for (name, all) in [("Staffroom", &ours), ("yardstick", &beside)] {
        let figures = [0.5, 0.99].map(|share| Figure(after(all, share), "ms").to_string());
        table.row(
            [name.to_owned(), booked(all).to_string()]
                .into_iter()
                .chain(figures),
        );
    }
    report.tables.push(table);
    Ok(())
}

/// All times of a day of the single agent.
async fn free(server: SocketAddr, scene: &Scene) -> Result<Vec<String>> {
    let page = format!(
        "/book?office={}&subject={}&agent=any",
        scene.small, scene.short_subject
    );
    let request = http::from_customer("GET", &page, 0, "");
    let answer = Connection::open(server).await?.send(&request).await?;
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for value in body.split("name=\"at\" value=\"").skip(1) {
        let time = value.split('"').next().unwrap_or_default().to_owned();
        let day = time.chars().take(10).collect();
        days.entry(day).or_default().push(time);
    }
    let whole = days.into_values().find(|times| times.len() == TIMES);
    whole.ok_or_else(|| refused(&request, answer.status, &answer.body))
}

/// Sends each over a connection of its own, all at the same moment.
async fn at_once(server: SocketAddr, requests: Vec<Vec<u8>>) -> Result<Vec<Answered>> {
    let start = Arc::new(Barrier::new(requests.len()));
    let mut askers = JoinSet::new();
    for request in requests {
        let start = start.clone();
        askers.spawn(async move {
            let mut connection = Connection::open(server).await?;
            start.wait().await;
            let begun = Instant::now();
            let answer = connection.send(&request).await?;
            Ok::<_, Failure>(Answered {
                status: answer.status,
                body: String::from_utf8_lossy(&answer.body).into_owned(),
                after: begun.elapsed().as_secs_f64() * 1_000.0,
            })
        });
    }
    let mut all = Vec::new();
    while let Some(answered) = askers.join_next().await {
        all.push(answered??);
    }
    Ok(all)
}
