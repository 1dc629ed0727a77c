//! How soon a PBX is told: all of it, and one change.

use super::scene::Scene;
use crate::case::Caller;
use crate::goal::Goal;
use crate::load::{of_sorted, refused};
use crate::process::Process;
use crate::report::Report;
use crate::{Result, http};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// How long a full export may take, in seconds.
const FULL: f64 = 3.0;
/// How long a change may take until the PBX is told, in seconds.
const CHANGE: f64 = 1.0;
/// How many changes are followed.
const CHANGES: usize = 10;
/// How often it is looked whether the PBX was told.
const LOOK: Duration = Duration::from_millis(2);
/// How long nothing may come before it counts as not told.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a PBX is told, and how one sees that it was.
pub enum Told {
    /// In the file with the queues.
    Files(PathBuf),
    /// In the database with the tables.
    Tables(SqliteConnection),
}

impl Told {
    /// What a server has just begun to write into this folder, once it is there.
    pub async fn first(folder: &Path, in_tables: bool) -> Result<Self> {
        let (files, tables) = ("queues_staffroom.conf", "realtime.sqlite3");
        let begun = Instant::now();
        while !folder.join(files).exists() && !folder.join(tables).exists() {
            wait(begun).await?;
        }
        if !in_tables {
            return Ok(Self::Files(folder.join(files)));
        }
        let options = SqliteConnectOptions::new().filename(folder.join(tables));
        let mut connection = options.connect().await?;
        // Members come last, with the note that their hints were read.
        let done = "SELECT 1 FROM sqlite_schema WHERE name = 'staffroom_tables'";
        let noted = "SELECT 1 FROM staffroom_tables WHERE table_name = 'dialplan'";
        for sql in [done, noted] {
            while sqlx::query(sql)
                .fetch_optional(&mut connection)
                .await?
                .is_none()
            {
                wait(begun).await?;
            }
        }
        Ok(Self::Tables(connection))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Files(_) => "folder",
            Self::Tables(_) => "tables",
        }
    }

    /// Something that is another after each writing.
    async fn mark(&mut self) -> Result<u64> {
        match self {
            // Each writing makes a file of its own.
            Self::Files(path) => Ok(fs::metadata(path).map_or(0, |file| file.ino())),
            Self::Tables(connection) => {
                let version: i64 = sqlx::query_scalar("PRAGMA data_version")
                    .fetch_one(connection)
                    .await?;
                Ok(version.unsigned_abs())
            }
        }
    }

    /// Takes everything out of it.
    async fn empty(&mut self) -> Result<()> {
        match self {
            Self::Files(path) => fs::remove_file(path)?,
            Self::Tables(connection) => {
                for table in [
                    "ps_endpoints",
                    "ps_auths",
                    "ps_aors",
                    "queues",
                    "queue_members",
                    "extensions",
                ] {
                    let sql = format!("DELETE FROM {table}");
                    sqlx::query(AssertSqlSafe(sql))
                        .execute(&mut *connection)
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// How many seconds it takes from a request until it is told.
    async fn after(&mut self, change: impl AsyncFnOnce() -> Result<()>) -> Result<f64> {
        let before = self.mark().await?;
        let begun = Instant::now();
        change().await?;
        while self.mark().await? == before {
            wait(begun).await?;
        }
        Ok(begun.elapsed().as_secs_f64())
    }
}

async fn wait(begun: Instant) -> Result<()> {
    if begun.elapsed() > PATIENCE {
        return Err("the PBX was not told".into());
    }
    sleep(LOOK).await;
    Ok(())
}

/// Everything into a place that was emptied, then changes one after another.
pub async fn measure(
    server: &Process,
    caller: &Caller,
    scene: &Scene,
    mut told: Told,
    report: &mut Report,
) -> Result<()> {
    let mut connection = http::Connection::open(server.address).await?;
    let mut send = async |request: Vec<u8>| -> Result<()> {
        let answer = connection.send(&request).await?;
        match answer.status {
            200 => Ok(()),
            status => Err(refused(&request, status, &answer.body)),
        }
    };
    told.empty().await?;
    let id = scene.pbx.to_string();
    let again = http::post_form("/api/rewrite_pbx", &caller.ours, &[("id", &id)]);
    let full = told.after(async || send(again).await).await?;
    let name = told.name();
    let what = format!(
        "full export of {} users and {} memberships, {name}",
        scene.users, scene.memberships
    );
    report
        .goals
        .push(Goal::at_most("C-17", what, FULL, full, "s"));

    let member = scene.member.to_string();
    let mut times = Vec::with_capacity(CHANGES);
    for number in 0..CHANGES {
        let state = ["on_break", "available"][number % 2];
        let fields = [("id", member.as_str()), ("state", state)];
        let set = http::post_form("/api/set_member_state", &caller.ours, &fields);
        times.push(told.after(async || send(set).await).await?);
    }
    times.sort_by(f64::total_cmp);
    let note = format!(
        "the slowest of {CHANGES}; the fastest {:.2} s",
        of_sorted(&times, 0.0)
    );
    let what = format!("from a change until a PBX is told, {name}");
    report
        .goals
        .push(Goal::at_most("C-17", what, CHANGE, of_sorted(&times, 1.0), "s").noting(note));
    Ok(())
}
