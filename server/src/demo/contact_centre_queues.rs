//! The queues and agent groups of the demo (C-09, C-11); its users come into them with their profiles.

use super::chance::Chance;
use super::founding::{Founded, actor};
use domain::contact_centre::agent_group::AgentGroupCreated;
use domain::contact_centre::queue::{Draft, QueueCreated};
use domain::{AgentGroupId, PbxId, QueueId, Timestamp};
use store::{Result, Store};

/// Who sets them up.
const WHO: &str = "ada@demo.example";
const GROUPS: [&str; 3] = ["Daytime", "Evening", "Weekend"];

/// Name, direction, post-processing, strategy, ringing time.
const QUEUES: [[&str; 5]; 4] = [
    ["Loans", "inbound", "30", "longest_idle", "20"],
    ["Everyday banking", "inbound", "15", "in_turn", "15"],
    ["Complaints", "inbound", "manual", "fewest_calls", "30"],
    ["Call back", "outbound", "60", "all_at_once", "25"],
];

/// Creates the queues and groups on the first PBX; where there is none there is nothing to do.
///
/// # Errors
/// When the database can't.
pub(super) async fn set_up(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    now: Timestamp,
) -> Result<()> {
    let mut transaction = store.write(founded.organisation, None).await?;
    let pbxs = transaction.pbx_names().await?;
    let Some((first, _)) = pbxs.first().cloned() else {
        return Ok(());
    };
    let Some(ada) = transaction.employee_by_email(WHO).await? else {
        return Ok(());
    };
    let ada = actor(&mut transaction, ada.id, now).await?;
    let pbxs: Vec<PbxId> = pbxs.into_iter().map(|(id, _)| id).collect();
    for name in GROUPS {
        let id = AgentGroupId(chance.id());
        let created = AgentGroupCreated::allow(&ada, id, name, now)?;
        transaction.apply(created).await?;
    }
    for [name, direction, post_processing, strategy, ring_seconds] in QUEUES {
        let draft = Draft {
            name: name.into(),
            direction: direction.into(),
            post_processing: post_processing.into(),
            strategy: strategy.into(),
            ring_seconds: ring_seconds.into(),
        };
        let id = QueueId(chance.id());
        let created = QueueCreated::allow(&ada, id, (Some(first), &pbxs), &draft, now)?;
        transaction.apply(created).await?;
    }
    transaction.commit().await
}
