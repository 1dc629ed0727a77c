//! S-11: what a sign-in costs beside the bare hash, and what a flood of them does to the list.

mod second;

use crate::case::Caller;
use crate::demo::{Place, Template};
use crate::goal::{Figure, Goal};
use crate::load::{Load, Requests, Sample, refused};
use crate::process::{Process, cpu};
use crate::report::{Report, Table};
use crate::{Result, http};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::listing::Query;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, available_parallelism};
use std::time::{Duration, Instant};

/// Whom everything is asked as.
const EMAIL: &str = "ada@demo.example";
/// The password of all demo accounts.
const PASSWORD: &str = "staffroom demo only";
/// A sign-in may cost this many times the bare hash.
const BESIDE_HASH: f64 = 1.0 / 0.85;
/// A flood may make the slowest hundredth of lists this many times as slow.
const FLOODED: f64 = 2.0;

fn request(email: &str) -> Vec<u8> {
    let fields = [("email", email), ("password", PASSWORD), ("to", "")];
    http::post_form("/api/sign_in", "", &fields)
}

/// Some who sign in by password: whoever tries one account many times at once is slowed down.
async fn emails(database: &Path) -> Result<Vec<String>> {
    let mut connection = SqliteConnectOptions::new()
        .filename(database)
        .connect()
        .await?;
    let sql = "SELECT email FROM employee
         WHERE status = 2 AND sign_in = 1 AND password IS NOT NULL
         ORDER BY email_folded LIMIT 256";
    Ok(sqlx::query_scalar(sql).fetch_all(&mut connection).await?)
}

/// Signs in; answers with name and value of the session cookie.
///
/// # Errors
/// When that is refused.
pub async fn cookie(server: SocketAddr) -> Result<String> {
    let answer = http::Connection::open(server)
        .await?
        .send(&request(EMAIL))
        .await?;
    let (status, body) = (answer.status, answer.body);
    answer
        .cookie
        .filter(|_| status < 400)
        .ok_or_else(|| refused(&request(EMAIL), status, &body))
}

/// Signs in and hashes by turns, then asks for the list with and without a flood of sign-ins.
///
/// # Errors
/// When the server refuses a request.
pub async fn measure(
    place: &Place,
    template: &Template,
    load: Load,
    rounds: usize,
    report: &mut Report,
) -> Result<()> {
    let folder = place.folder.join("sign-in");
    template.copy(&folder).await?;
    let everybody = emails(&folder.join("staffroom.db")).await?;
    let server = place.serve(&folder)?;
    let some = everybody.clone();
    let signing_in: Requests = Arc::new(move |connection| request(&some[connection % some.len()]));
    let (mut ours, mut hashes) = (Sample::default(), Hashes::default());
    for _ in 0..rounds {
        ours.add(load.on(&server, &signing_in).await?);
        hashes.add(hash(load.time)?);
    }
    let (sign_in, bare) = (ours.cpu_ms(), hashes.cpu_ms());
    let what = "sign-in beside the bare Argon2id hash";
    let goal = Goal::at_most("S-11", what, BESIDE_HASH, sign_in / bare, "×");
    report
        .goals
        .push(goal.noting(format!("{sign_in:.1} ms, hash {bare:.1} ms")));

    let caller = Caller {
        ours: cookie(server.address).await?,
    };
    let asked = caller.list(&Query::default());
    let list: Requests = Arc::new(move |_| asked.clone());
    let (quiet, flooded) = flood(&server, &list, &signing_in, load, rounds).await?;
    let (calm, slow) = (quiet.percentile(0.99), flooded.percentile(0.99));
    let what = "slowest hundredth of lists during a flood of sign-ins";
    let goal = Goal::at_most("S-11", what, FLOODED, slow / calm, "×");
    report
        .goals
        .push(goal.noting(format!("{slow:.1} ms, without {calm:.1} ms")));

    let second = second::step(&server, &everybody).await?;
    let what = "second step (recovery code) beside the bare Argon2id hash";
    let goal = Goal::at_most("S-11", what, BESIDE_HASH, second / bare, "×");
    report.goals.push(goal.noting(format!("{second:.1} ms")));

    let mut table = Table::new(
        "Signing in",
        &["", "CPU ms", "per second", "p50 ms", "p99 ms"],
    );
    let samples = [
        ("sign-in", ours),
        ("list alone", quiet),
        ("list during a flood", flooded),
    ];
    for (name, sample) in samples {
        let figures = [
            sample.cpu_ms(),
            sample.per_second(),
            sample.percentile(0.5),
            sample.percentile(0.99),
        ];
        let figures = figures.map(|figure| Figure(figure, "").to_string());
        table.row([name.to_owned()].into_iter().chain(figures));
    }
    table.row([
        "bare hash".to_owned(),
        Figure(bare, "").to_string(),
        Figure(hashes.per_second(), "").to_string(),
        String::new(),
        String::new(),
    ]);
    table.row([
        "second step".to_owned(),
        Figure(second, "").to_string(),
        String::new(),
        String::new(),
        String::new(),
    ]);
    report.tables.push(table);
    Ok(())
}

/// The list without and with a flood, by turns. The server's computing belongs to both then, so
/// only the times of answers say something.
async fn flood(
    server: &Process,
    list: &Requests,
    signing_in: &Requests,
    load: Load,
    rounds: usize,
) -> Result<(Sample, Sample)> {
    let (mut quiet, mut flooded) = (Sample::default(), Sample::default());
    for _ in 0..rounds {
        quiet.add(load.on(server, list).await?);
        let (list, _) = tokio::try_join!(load.on(server, list), load.on(server, signing_in))?;
        flooded.add(list);
    }
    Ok((quiet, flooded))
}

/// Bare hashes and what they cost.
#[derive(Clone, Copy, Default, Debug)]
struct Hashes {
    done: u32,
    cpu: Duration,
    time: Duration,
}

impl Hashes {
    fn add(&mut self, other: Self) {
        self.done += other.done;
        self.cpu += other.cpu;
        self.time += other.time;
    }

    fn cpu_ms(self) -> f64 {
        self.cpu.as_secs_f64() * 1_000.0 / f64::from(self.done.max(1))
    }

    fn per_second(self) -> f64 {
        f64::from(self.done) / self.time.as_secs_f64()
    }
}

/// Hashes on every core for some time, with the parameters of A-03.
fn hash(time: Duration) -> Result<Hashes> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| error.to_string())?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let (begun, before) = (Instant::now(), cpu("self")?);
    let until = begun + time;
    let one = || {
        let (mut done, mut out) = (0, [0; 32]);
        while Instant::now() < until {
            let hashed =
                argon2.hash_password_into(PASSWORD.as_bytes(), b"staffroom-bench-", &mut out);
            done += u32::from(hashed.is_ok());
        }
        done
    };
    let cores = available_parallelism().map_or(1, usize::from);
    let done = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(one)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_default())
            .sum()
    });
    Ok(Hashes {
        done,
        cpu: cpu("self")? - before,
        time: begun.elapsed(),
    })
}
