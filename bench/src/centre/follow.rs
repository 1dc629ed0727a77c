//! How soon a PBX is told: all of it, and one change.

use super::scene::Scene;
use crate::case::Caller;
use crate::goal::Goal;
use crate::load::refused;
use crate::process::Process;
use crate::report::Report;
use crate::{Result, http};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// How long a full export may take, in seconds.
const FULL: f64 = 3.0;
/// How long a change may take until the PBX's folder has it, in seconds.
const CHANGE: f64 = 1.0;
/// How many changes are followed.
const CHANGES: usize = 10;
/// How often it is looked whether the folder has it.
const LOOK: Duration = Duration::from_millis(2);
/// How long nothing may come before it counts as not told.
const PATIENCE: Duration = Duration::from_secs(60);

/// The folder of a server that has none yet, then changes one after another, each looked for in the file.
pub async fn measure(
    server: &Process,
    caller: &Caller,
    scene: &Scene,
    pbxs: &Path,
    report: &mut Report,
) -> Result<()> {
    let folder = pbxs.join(scene.pbx.to_string());
    let queues = folder.join("queues_staffroom.conf");
    until(|| queues.exists()).await?;
    let mut connection = http::Connection::open(server.address).await?;
    let mut send = async |request: Vec<u8>| -> Result<()> {
        let answer = connection.send(&request).await?;
        match answer.status {
            200 => Ok(()),
            status => Err(refused(&request, status, &answer.body)),
        }
    };

    // What is there already would not be written again.
    fs::remove_file(&queues)?;
    let id = scene.pbx.to_string();
    let again = http::post_form("/api/rewrite_pbx", &caller.ours, &[("id", &id)]);
    let begun = Instant::now();
    send(again).await?;
    until(|| queues.exists()).await?;
    let full = begun.elapsed().as_secs_f64();
    let what = format!(
        "full export of {} users and {} memberships into a folder",
        scene.users, scene.memberships
    );
    report
        .goals
        .push(Goal::at_most("C-17", what, FULL, full, "s"));

    let member = scene.member.to_string();
    let mut times = Vec::with_capacity(CHANGES);
    let mut before = fs::read(&queues)?;
    for number in 0..CHANGES {
        let state = ["on_break", "available"][number % 2];
        let fields = [("id", member.as_str()), ("state", state)];
        let set = http::post_form("/api/set_member_state", &caller.ours, &fields);
        let begun = Instant::now();
        send(set).await?;
        let mut after = Vec::new();
        until(|| {
            after = fs::read(&queues).unwrap_or_default();
            !after.is_empty() && after != before
        })
        .await?;
        times.push(begun.elapsed().as_secs_f64());
        before = after;
    }
    times.sort_by(f64::total_cmp);
    let slowest = times.last().copied().unwrap_or_default();
    let note = format!(
        "the slowest of {CHANGES}; the fastest {:.2} s",
        times.first().copied().unwrap_or_default()
    );
    let what = "from a change until the PBX's folder has it";
    report
        .goals
        .push(Goal::at_most("C-17", what, CHANGE, slowest, "s").noting(note));
    Ok(())
}

async fn until(mut holds: impl FnMut() -> bool) -> Result<()> {
    let begun = Instant::now();
    while !holds() {
        if begun.elapsed() > PATIENCE {
            return Err("the PBX was not told".into());
        }
        sleep(LOOK).await;
    }
    Ok(())
}
