//! S-7: what the server holds of the machine's memory, at rest and under many connections.

use crate::case::Caller;
use crate::demo::{Place, Template};
use crate::goal::{Figure, Goal};
use crate::load::{Load, Requests};
use crate::process::Memory;
use crate::report::{Report, Table};
use crate::{Result, http, sign_in};
use domain::listing::Query;
use std::sync::Arc;

/// A megabyte in bytes.
const MEGABYTE: f64 = 1e6;
/// How much may be held at rest for each 10,000 employees, in megabytes.
const IDLE: f64 = 15.0;
/// How much may be held under [`MANY`] connections, in megabytes.
const BUSY: f64 = 60.0;
/// How many connections are many.
const MANY: usize = 64;

/// Measures a server of its own, at rest after its first page and then under load.
///
/// # Errors
/// When the server does not start or refuses a request.
pub async fn measure(
    place: &Place,
    template: &Template,
    load: Load,
    report: &mut Report,
) -> Result<()> {
    let folder = place.folder.join("memory");
    template.copy(&folder).await?;
    let server = place.serve(&folder)?;
    let mut connection = http::Connection::open(server.address).await?;
    connection.send(&http::page("/sign-in", "")).await?;
    let idle = server.memory()?;

    let cookie = sign_in::cookie(server.address).await?;
    let caller = Caller {
        ours: cookie.clone(),
    };
    let requests = [
        caller.list(&Query::default()),
        http::page("/employees", &cookie),
    ];
    let requests: Requests = Arc::new(move |index| requests[index % 2].clone());
    load.over(MANY).on(&server, &requests).await?;
    let busy = server.memory()?;

    let employees = template.employees;
    let rest = IDLE * (employees as f64 / 10_000.0).max(1.0);
    let goal = |what: String, limit, bytes: u64| {
        Goal::at_most("S-7", what, limit, bytes as f64 / MEGABYTE, "MB")
            .noting("resident, the mapped database and binary included")
    };
    report.goals.push(goal(
        format!("memory at rest, {employees}"),
        rest,
        idle.resident,
    ));
    report.goals.push(goal(
        format!("memory under {MANY} connections, {employees}"),
        BUSY,
        busy.peak,
    ));
    let title = format!("Memory, {employees} employees");
    let mut table = Table::new(title, &["", "resident", "of its own", "peak"]);
    for (name, memory) in [("at rest", idle), ("under 64 connections", busy)] {
        let Memory {
            resident,
            anonymous,
            peak,
        } = memory;
        let figures = [resident, anonymous, peak];
        let figures = figures
            .map(|bytes| Figure((bytes as f64 / MEGABYTE * 10.0).round() / 10.0, "MB").to_string());
        table.row([name.to_owned()].into_iter().chain(figures));
    }
    report.tables.push(table);
    Ok(())
}
