//! S-5: how many SQL statements a page takes, counted in the server's own log.

use crate::case::Caller;
use crate::demo::{Place, Template};
use crate::goal::Goal;
use crate::load::refused;
use crate::report::{Report, Table};
use crate::{Result, http, sign_in};
use domain::listing::Query;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tokio::time::sleep;

/// Each request is made so often; background work may add to some, so the fewest count.
const TIMES: usize = 5;
/// How long a statement may take to reach the log after the answer.
const LOGGED: Duration = Duration::from_millis(40);
/// What each line about a statement holds.
const MARK: &str = "\"target\":\"sqlx::query\"";

/// Counts at each size; that a number does not depend on the size is a goal as well.
///
/// # Errors
/// When the server does not start or refuses a request.
pub async fn measure(place: &Place, templates: &[Template], report: &mut Report) -> Result<()> {
    let mut counted: Vec<Vec<usize>> = Vec::new();
    let mut names = Vec::new();
    for template in templates {
        let counts = count(place, template).await?;
        names = counts.iter().map(|(name, _)| *name).collect();
        counted.push(counts.into_iter().map(|(_, count)| count).collect());
    }
    let of = |name: &str| {
        let row = names.iter().position(|known| *known == name);
        row.and_then(|row| counted.iter().map(|counts| counts[row]).max())
            .unwrap_or_default()
    };
    for (name, limit) in [
        ("list", 3.0),
        ("list page", 3.0),
        ("one employee", 6.0),
        ("employee page", 6.0),
    ] {
        let goal = Goal::at_most(
            "S-5",
            format!("statements, {name}"),
            limit,
            of(name) as f64,
            "",
        );
        report
            .goals
            .push(goal.noting("the look-up of the session included"));
    }
    let same = counted.iter().all(|counts| Some(counts) == counted.first());
    let same = same && of("list") == of("list of 100");
    let differing = if same { 0.0 } else { 1.0 };
    let what = "pages whose number of statements depends on the number of rows";
    report
        .goals
        .push(Goal::at_most("S-5", what, 0.0, differing, ""));
    let sizes: Vec<String> = templates
        .iter()
        .map(|one| format!("{} employees", one.employees))
        .collect();
    let head: Vec<&str> = [""]
        .into_iter()
        .chain(sizes.iter().map(String::as_str))
        .collect();
    let mut table = Table::new("Statements", &head);
    for (row, name) in names.iter().enumerate() {
        let counts = counted.iter().map(|counts| counts[row].to_string());
        table.row([(*name).to_owned()].into_iter().chain(counts));
    }
    report.tables.push(table);
    Ok(())
}

async fn count(place: &Place, template: &Template) -> Result<Vec<(&'static str, usize)>> {
    let folder = place.folder.join("statements");
    template.copy(&folder).await?;
    let log = folder.join("log");
    let mut command = place.staffroom(&folder);
    command
        .env("RUST_LOG", "sqlx::query=debug")
        .args(["serve", "--log", "json"]);
    let server = crate::process::Process::start(&mut command, &log)?;
    let cookie = sign_in::cookie(server.address).await?;
    let caller = Caller {
        ours: cookie.clone(),
    };
    let people = &template.people;
    let hundred = Query {
        size: Some(100),
        ..Query::default()
    };
    let common = people
        .terms
        .last()
        .map(|(_, typed)| typed.clone())
        .unwrap_or_default();
    let search = Query {
        search: common,
        ..Query::default()
    };
    let one = people.some.first().ok_or("there is nobody")?;
    let asked = [
        ("sign-in page", http::page("/sign-in", "")),
        ("list", caller.list(&Query::default())),
        ("list of 100", caller.list(&hundred)),
        ("search", caller.list(&search)),
        ("list page", http::page("/employees", &cookie)),
        (
            "one employee",
            http::post_json(
                "/api/get_employee",
                &cookie,
                &format!("{{\"id\":\"{one}\"}}"),
            ),
        ),
        (
            "employee page",
            http::page(&format!("/employees/{one}"), &cookie),
        ),
    ];
    let mut connection = http::Connection::open(server.address).await?;
    let mut counts = Vec::new();
    for (name, request) in asked {
        counts.push((
            name,
            fewest(&mut connection, &log, || request.clone()).await?,
        ));
    }
    let (create, change) = (caller.create().ours, caller.change(people).ours);
    counts.push(("create", fewest(&mut connection, &log, || create(0)).await?));
    counts.push((
        "change a field",
        fewest(&mut connection, &log, || change(0)).await?,
    ));
    Ok(counts)
}

/// The fewest statements that a request took, of some tries.
///
/// # Errors
/// When the server refuses it.
pub async fn fewest(
    connection: &mut http::Connection,
    log: &Path,
    request: impl Fn() -> Vec<u8>,
) -> Result<usize> {
    let logged = || -> Result<usize> { Ok(fs::read_to_string(log)?.matches(MARK).count()) };
    let mut fewest = usize::MAX;
    for _ in 0..TIMES {
        let (before, request) = (logged()?, request());
        let answer = connection.send(&request).await?;
        if answer.status >= 400 {
            return Err(refused(&request, answer.status, &answer.body));
        }
        sleep(LOGGED).await;
        fewest = fewest.min(logged()? - before);
    }
    Ok(fewest)
}
