//! What the contact centre costs: its lists beside the yardstick's, who would be offered a call, and a
//! PBX that follows (C-01, C-10, C-15, C-17).

mod follow;
mod lists;
mod scene;

use crate::case::Caller;
use crate::contest::Servers;
use crate::demo::{DATABASE, Place, Template};
use crate::load::Load;
use crate::process::Process;
use crate::report::Report;
use crate::yardstick::Synchronous;
use crate::{Result, sign_in};
use follow::Told;
use scene::Scene;

/// Makes every employee of a copy a contact-centre user, and measures there.
///
/// # Errors
/// When a server does not start or refuses a request.
pub async fn measure(
    place: &Place,
    template: &Template,
    load: Load,
    rounds: usize,
    report: &mut Report,
) -> Result<()> {
    let folder = place.folder.join("centre");
    template.copy(&folder).await?;
    let scene = Scene::fill(&folder.join(DATABASE)).await?;
    let servers = Servers {
        ours: place.serve(&folder)?,
        yardstick: place.yardstick(&folder, Synchronous::Full)?,
    };
    let caller = Caller {
        ours: sign_in::cookie(servers.ours.address).await?,
    };
    lists::measure(&servers, &caller, &scene, load, rounds, report).await?;
    drop(servers);
    for in_tables in [false, true] {
        let pbxs = folder.join(if in_tables { "tables" } else { "files" });
        let mut command = place.staffroom(&folder);
        command.arg("serve").arg("--pbx-directory").arg(&pbxs);
        if in_tables {
            command.args(["--pbx-tables", "sqlite"]);
        }
        let server = Process::start(&mut command, &folder.join("log"))?;
        let caller = Caller {
            ours: sign_in::cookie(server.address).await?,
        };
        let pbx = pbxs.join(scene.pbx.to_string());
        let told = Told::first(&pbx, in_tables).await?;
        follow::measure(&server, &caller, &scene, told, report).await?;
    }
    Ok(())
}
