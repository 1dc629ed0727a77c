//! S-6: writes at once, each on disk before it is answered, beside the same without a disk.

use crate::case::{Caller, writes};
use crate::contest::{Outcome, Servers};
use crate::demo::{Place, Template};
use crate::goal::{Figure, Goal};
use crate::load::{Load, Sample, of_sorted};
use crate::report::{Report, Table};
use crate::yardstick::Synchronous;
use crate::{Result, sign_in};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Within how many milliseconds all but a hundredth of the writes are to be answered.
const SLOWEST: f64 = 50.0;
/// How fast they are to be beside the same without waiting for a disk.
const BESIDE_MEMORY: f64 = 0.8;
/// How often the disk is asked how long it takes.
const SYNCS: usize = 100;

/// Measures the disk, then creations and changes by turns over all connections at once.
///
/// # Errors
/// When a server does not start or refuses a request, such as by "database is locked".
pub async fn measure(
    place: &Place,
    template: &Template,
    load: Load,
    rounds: usize,
    report: &mut Report,
) -> Result<()> {
    let (sync, slow_sync) = fsync(&place.folder)?;
    report.about.push(format!(
        "the disk: fsync takes {sync:.2} ms, the slowest hundredth {slow_sync:.2} ms"
    ));

    let disk = Contestant::new(place, template, &place.folder.join("writes")).await?;
    let memory = match memory_folder() {
        Some(folder) => Some(Contestant::new(place, template, &folder).await?),
        None => None,
    };
    let unsynced = place.folder.join("writes-unsynced");
    template.copy(&unsynced).await?;
    let unsynced = place.yardstick(&unsynced, Synchronous::Off)?;
    let beside = disk.cases().yardstick;
    let (mut ours, mut in_memory, mut other) =
        (Sample::default(), Sample::default(), Sample::default());
    let ours_writes = disk.cases().ours;
    let memory_writes = memory.as_ref().map(|memory| memory.cases().ours);
    for _ in 0..rounds {
        ours.add(load.on(&disk.server, &ours_writes).await?);
        if let (Some(memory), Some(requests)) = (&memory, &memory_writes) {
            in_memory.add(load.on(&memory.server, requests).await?);
        }
        other.add(load.on(&unsynced, &beside).await?);
    }

    let connections = load.connections;
    let what = format!("writes, {connections} at once, p99");
    let goal = Goal::at_most("S-6", what, SLOWEST, ours.percentile(0.99), "ms");
    report
        .goals
        .push(goal.noting(format!("fsync takes {sync:.2} ms")));
    if in_memory.requests() > 0 {
        let ratio = ours.per_second() / in_memory.per_second();
        let what = "writes per second beside the same without fsync";
        let goal = Goal::at_least("S-6", what, BESIDE_MEMORY, ratio, "×");
        report
            .goals
            .push(goal.noting("the same binary, its database in memory"));
    }
    let ratio = ours.per_second() / other.per_second();
    let what = "writes per second beside the yardstick without fsync";
    let goal = Goal::at_least("S-6", what, BESIDE_MEMORY, ratio, "×");
    report
        .goals
        .push(goal.noting("PRAGMA synchronous=OFF, one audit row, no chain"));

    let title = format!("Creations and changes by turns, {connections} at once");
    let mut table = Table::new(title, &["", "per second", "CPU ms", "p50 ms", "p99 ms"]);
    let samples = [
        ("Staffroom", ours),
        ("Staffroom, database in memory", in_memory),
        ("yardstick without fsync", other),
    ];
    for (name, sample) in samples
        .into_iter()
        .filter(|(_, sample)| sample.requests() > 0)
    {
        let figures = [
            sample.per_second().round(),
            sample.cpu_ms(),
            sample.percentile(0.5),
            sample.percentile(0.99),
        ];
        let figures = figures.map(|figure| Figure(figure, "").to_string());
        table.row([name.to_owned()].into_iter().chain(figures));
    }
    report.tables.push(table);
    if let Some(folder) = memory_folder() {
        drop(memory);
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Creating and changing, at both servers of a contest whose database grows by it.
///
/// # Errors
/// When a server refuses a request.
pub async fn contest(
    servers: &Servers,
    caller: &Caller,
    template: &Template,
    load: Load,
    rounds: usize,
) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for case in [caller.create(), caller.change(&template.people)] {
        outcomes.push(servers.contest(&case, load, rounds).await?);
    }
    Ok(outcomes)
}

/// A server with somebody signed in, and what they write there.
struct Contestant<'a> {
    server: crate::process::Process,
    caller: Caller,
    template: &'a Template,
}

impl<'a> Contestant<'a> {
    async fn new(place: &Place, template: &'a Template, folder: &Path) -> Result<Self> {
        template.copy(folder).await?;
        let server = place.serve(folder)?;
        let caller = Caller {
            ours: sign_in::cookie(server.address).await?,
        };
        Ok(Self {
            server,
            caller,
            template,
        })
    }

    fn cases(&self) -> crate::case::Case {
        writes(
            self.caller.create(),
            self.caller.change(&self.template.people),
        )
    }
}

/// A folder in the machine's memory, where fsync waits for nothing.
fn memory_folder() -> Option<PathBuf> {
    let memory = Path::new("/dev/shm");
    memory
        .is_dir()
        .then(|| memory.join(format!("staffroom-bench-{}", std::process::id())))
}

/// How long the disk of a folder takes to keep a page, in milliseconds: the median, and the
/// slowest hundredth.
fn fsync(folder: &Path) -> Result<(f64, f64)> {
    let path = folder.join("fsync");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..SYNCS {
        file.write_all(&[7; 4096])?;
        let begun = Instant::now();
        file.sync_data()?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    fs::remove_file(path)?;
    times.sort_by(f64::total_cmp);
    Ok((of_sorted(&times, 0.5), of_sorted(&times, 0.99)))
}
