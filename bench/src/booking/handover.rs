//! What somebody leaves behind, handed over one by one as the page does it, with progress (P-06).

use super::scene::{LEFT, Scene};
use crate::Result;
use crate::case::Caller;
use crate::contest::Servers;
use crate::goal::{Figure, Goal};
use crate::http::{self, Connection};
use crate::load::refused;
use crate::report::{Report, Table};
use serde::Deserialize;
use serde_json::json;
use std::time::Instant;
use uuid::Uuid;

/// How many seconds it may take, the suggestions included.
const LONGEST: f64 = 5.0;

/// What `get_leaving` answers, as far as it is needed.
#[derive(Deserialize)]
struct Leaving {
    left: Vec<Left>,
}

#[derive(Deserialize)]
struct Left {
    row: Row,
    /// Id, name and why they.
    candidates: Vec<(Uuid, String, String)>,
}

#[derive(Deserialize)]
struct Row {
    id: Uuid,
    version: i64,
}

/// # Errors
/// When a server refuses a request, or an appointment was not handed over.
pub async fn measure(
    servers: &Servers,
    caller: &Caller,
    scene: &Scene,
    report: &mut Report,
) -> Result<()> {
    println!("handing over {LEFT} appointments");
    let mut connection = Connection::open(servers.ours.address).await?;
    let begun = Instant::now();
    let ask = json!({ "id": scene.leaving, "all": true }).to_string();
    let ask = http::post_json("/api/get_leaving", &caller.ours, &ask);
    let answer = connection.send(&ask).await?;
    if answer.status != 200 {
        return Err(refused(&ask, answer.status, &answer.body));
    }
    let suggested = begun.elapsed().as_secs_f64();
    let leaving: Leaving = serde_json::from_slice(&answer.body)?;
    if leaving.left.len() != LEFT {
        return Err(format!("{} appointments lie ahead, not {LEFT}", leaving.left.len()).into());
    }
    for left in &leaving.left {
        let best = left.candidates.first();
        let choice = best.map_or_else(|| "cancel".to_owned(), |(id, _, _)| id.to_string());
        let (id, version) = (left.row.id.to_string(), left.row.version.to_string());
        let leaving = scene.leaving.to_string();
        let fields = [
            ("id", leaving.as_str()),
            ("appointments[0]", &id),
            ("versions[0]", &version),
            ("choices[0]", &choice),
        ];
        let request = http::post_form("/api/hand_over", &caller.ours, &fields);
        let answer = connection.send(&request).await?;
        let done = String::from_utf8_lossy(&answer.body).contains("\"done\":true");
        if answer.status != 200 || !done {
            return Err(refused(&request, answer.status, &answer.body));
        }
    }
    let ours = begun.elapsed().as_secs_f64();

    let mut connection = Connection::open(servers.yardstick.address).await?;
    let begun = Instant::now();
    for number in 0..LEFT {
        let to = scene.colleagues[number % scene.colleagues.len()];
        let change = json!({ "id": leaving.left[number].row.id, "employee": to });
        let request = http::post_json("/hand-over", &Caller::yardstick(), &change.to_string());
        let answer = connection.send(&request).await?;
        if answer.status >= 400 {
            return Err(refused(&request, answer.status, &answer.body));
        }
    }
    let beside = begun.elapsed().as_secs_f64();

    let what = format!("{LEFT} appointments handed over, one by one");
    report
        .goals
        .push(Goal::at_most("P-06", what, LONGEST, ours, "s"));
    let mut table = Table::new(
        format!("Handing over {LEFT} appointments"),
        &["", "seconds"],
    );
    for (name, seconds) in [
        ("Staffroom: suggestions for all", suggested),
        (
            "Staffroom: suggestions and each handed over, with its mails",
            ours,
        ),
        ("yardstick: a row and its audit entry each", beside),
    ] {
        table.row([name.to_owned(), Figure(seconds, "s").to_string()]);
    }
    report.tables.push(table);
    Ok(())
}
