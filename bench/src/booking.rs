//! What appointments cost: free times, many customers at once for few of them, and handing over what
//! somebody leaves behind (P-03, P-04, P-06).

mod handover;
mod rush;
mod scene;
mod times;

use crate::case::Caller;
use crate::contest::Servers;
use crate::demo::{DATABASE, Place, Template};
use crate::load::Load;
use crate::process::Process;
use crate::report::Report;
use crate::yardstick::Synchronous;
use crate::{Result, sign_in};
use scene::Scene;

/// How many appointments the organisation has; fewer for a quick look.
pub const APPOINTMENTS: usize = 1_000_000;
/// The same for a quick look.
pub const FEW: usize = 100_000;

/// Fills a copy with appointments, and measures there.
///
/// # Errors
/// When a server does not start, refuses a request, or books a time twice.
pub async fn measure(
    place: &Place,
    template: &Template,
    load: Load,
    rounds: usize,
    appointments: usize,
    report: &mut Report,
) -> Result<()> {
    let folder = place.folder.join("booking");
    template.copy(&folder).await?;
    let scene = Scene::fill(&folder.join(DATABASE), appointments).await?;
    let mut command = place.staffroom(&folder);
    // Each customer comes from an address of their own.
    command
        .env("STAFFROOM_TRUSTED_PROXIES", "127.0.0.1")
        .arg("serve");
    let servers = Servers {
        ours: Process::start(&mut command, &folder.join("log"))?,
        yardstick: place.yardstick(&folder, Synchronous::Full)?,
    };
    let caller = Caller {
        ours: sign_in::cookie(servers.ours.address).await?,
    };
    times::measure(&servers, &caller, &scene, load, rounds, report).await?;
    rush::measure(&servers, &scene, report).await?;
    handover::measure(&servers, &caller, &scene, report).await?;
    drop(servers);
    times::count(place, &folder, &scene, report).await
}
