//! S-8 to S-10: what only a browser can tell, from `end2end/measure.ts`.

use crate::demo::{Place, Template};
use crate::goal::{Figure, Goal};
use crate::report::{Report, Table};
use crate::{Result, sign_in};
use serde::Deserialize;
use std::fs;
use std::net::TcpListener;
use std::process::Command;

/// What `end2end/measure.ts` writes.
#[derive(Deserialize)]
struct Measured {
    first: Visit,
    repeat: Visit,
    /// The first step of the booking page.
    booking: Visit,
    keys: Keys,
    lighthouse: Vec<Lighthouse>,
}

/// What went over the wire for the Employees page.
#[derive(Deserialize)]
struct Visit {
    files: Vec<Loaded>,
}

#[derive(Deserialize)]
struct Loaded {
    path: String,
    bytes: u64,
}

/// From key press to painted rows, in milliseconds.
#[derive(Deserialize)]
struct Keys {
    count: usize,
    p50: f64,
    p95: f64,
}

#[derive(Deserialize)]
struct Lighthouse {
    page: String,
    device: String,
    /// Milliseconds.
    lcp: f64,
    /// Milliseconds.
    tbt: f64,
    cls: f64,
    /// Of 100, like the next two.
    performance: f64,
    accessibility: f64,
    best_practices: f64,
    /// The audits that did not pass.
    failed: Vec<String>,
}

impl Visit {
    fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    fn wasm(&self) -> u64 {
        let wasm = self
            .files
            .iter()
            .filter(|file| file.path.ends_with(".wasm"));
        wasm.map(|file| file.bytes).sum()
    }
}

/// Serves a copy, and has a browser load, type and judge; `runs` of Lighthouse for each page, of
/// which the medians count.
///
/// # Errors
/// When the server does not start or the browser fails.
pub async fn measure(
    place: &Place,
    template: &Template,
    runs: usize,
    report: &mut Report,
) -> Result<()> {
    let folder = place.folder.join("browser");
    template.copy(&folder).await?;
    let server = place.serve(&folder)?;
    let cookie = sign_in::cookie(server.address).await?;
    let written = place.folder.join("browser.json");
    let _ = fs::remove_file(&written);
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let done = Command::new("node_modules/.bin/playwright")
        .args(["test", "--config", "measure.config.ts"])
        .current_dir("end2end")
        .env("BENCH_URL", format!("http://{}", server.address))
        .env("BENCH_COOKIE", cookie)
        .env("BENCH_REPORT", &written)
        .env("BENCH_PORT", port.to_string())
        .env("BENCH_RUNS", runs.to_string())
        .status()?;
    if !done.success() {
        return Err("the browser could not measure".into());
    }
    let measured: Measured = serde_json::from_slice(&fs::read(written)?)?;
    wire(&measured, report);
    typing(&measured.keys, template.employees, report);
    lighthouse(&measured.lighthouse, report);
    Ok(())
}

fn kilobytes(bytes: u64) -> f64 {
    (bytes as f64 / 100.0).round() / 10.0
}

fn wire(measured: &Measured, report: &mut Report) {
    let Measured {
        first,
        repeat,
        booking,
        ..
    } = measured;
    let requests = first.files.len() as f64;
    let others = repeat
        .files
        .iter()
        .filter(|file| !file.path.starts_with("/employees"))
        .count();
    let goal = |what, limit, measured, unit| Goal::at_most("S-8", what, limit, measured, unit);
    report.goals.extend([
        goal(
            "first load of Employees, over the wire",
            300.0,
            kilobytes(first.bytes()),
            "KB",
        ),
        goal(
            "WebAssembly of it, compressed",
            250.0,
            kilobytes(first.wasm()),
            "KB",
        ),
        goal("requests of it", 8.0, requests, ""),
        goal(
            "requests of a repeat visit beside the HTML",
            0.0,
            others as f64,
            "",
        ),
        Goal::at_most(
            "P-05",
            "first load of the booking page, over the wire",
            60.0,
            kilobytes(booking.bytes()),
            "KB",
        ),
    ]);
    let mut table = Table::new("First load of Employees", &["file", "KB over the wire"]);
    for Loaded { path, bytes } in &first.files {
        table.row([path.clone(), Figure(kilobytes(*bytes), "").to_string()]);
    }
    report.tables.push(table);
    let mut table = Table::new("Repeat visit of Employees", &["file", "KB over the wire"]);
    for Loaded { path, bytes } in &repeat.files {
        table.row([path.clone(), Figure(kilobytes(*bytes), "").to_string()]);
    }
    report.tables.push(table);
}

fn typing(keys: &Keys, employees: usize, report: &mut Report) {
    let goal = |share: &str, limit, measured| {
        let what = format!("key press to painted rows, {share}");
        let note = format!("{} presses in {employees} employees", keys.count);
        Goal::at_most("S-10", what, limit, measured, "ms").noting(note)
    };
    report.goals.push(goal("p50", 80.0, keys.p50));
    report.goals.push(goal("p95", 150.0, keys.p95));
}

fn lighthouse(runs: &[Lighthouse], report: &mut Report) {
    let head = [
        "page",
        "device",
        "LCP ms",
        "TBT ms",
        "CLS",
        "performance",
        "accessibility",
        "best practices",
        "did not pass",
    ];
    let mut table = Table::new("Lighthouse", &head);
    for run in runs {
        let mobile = run.device == "mobile";
        let (lcp, tbt) = if mobile {
            (2_000.0, 200.0)
        } else {
            (600.0, 50.0)
        };
        let named = |what: &str| format!("{}, {}, {what}", run.page, run.device);
        let most =
            |what, limit, measured, unit| Goal::at_most("S-9", named(what), limit, measured, unit);
        let least = |what, limit, measured| Goal::at_least("S-9", named(what), limit, measured, "");
        report.goals.push(most("LCP", lcp, run.lcp.round(), "ms"));
        report.goals.push(most("TBT", tbt, run.tbt.round(), "ms"));
        report.goals.push(most("CLS", 0.0, run.cls, ""));
        if mobile {
            // Customers have slower phones than staff.
            let limit = if run.page == "/book" { 98.0 } else { 95.0 };
            report
                .goals
                .push(least("performance", limit, run.performance));
        }
        report
            .goals
            .push(least("accessibility", 100.0, run.accessibility));
        report
            .goals
            .push(least("best practices", 100.0, run.best_practices));
        let figures = [
            run.lcp.round(),
            run.tbt.round(),
            run.cls,
            run.performance,
            run.accessibility,
            run.best_practices,
        ];
        let figures = figures.map(|figure| Figure(figure, "").to_string());
        let named = [run.page.clone(), run.device.clone()];
        table.row(
            named
                .into_iter()
                .chain(figures)
                .chain([run.failed.join(", ")]),
        );
    }
    report.tables.push(table);
}
