//! The linked calendar of the demo: one that stopped answering, as they do (O-06).

use super::chance::Chance;
use super::founding::{Founded, actor};
use domain::calendar::{Access, CalendarLinked, Found, Kind};
use domain::{CalendarId, CalendarLinkId, Timestamp};
use jiff::SignedDuration;
use store::{Result, Store};

/// Whose it is.
const WHOSE: &str = "sam@demo.example";
/// There is no host under `.invalid` (RFC 2606), so it stays silent.
const HOST: &str = "calendar.demo.invalid";

/// Links it two months ago; it was last heard of the day before yesterday.
///
/// # Errors
/// When the database can't.
pub(super) async fn link(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    now: Timestamp,
) -> Result<()> {
    let before = |hours| now - SignedDuration::from_hours(hours);
    let (linked_at, heard_at) = (before(60 * 24), before(50));
    let id = CalendarLinkId(chance.id());
    let mut found = |name: &str| Found {
        id: CalendarId(chance.id()),
        name: name.into(),
        address: format!("https://{HOST}/sam/{}/", name.to_lowercase()),
        writable: true,
    };
    let calendars = vec![found("Work"), found("Family")];
    let mut transaction = store.write(founded.organisation, None).await?;
    let Some(sam) = transaction.employee_by_email(WHOSE).await? else {
        return Ok(());
    };
    let actor = actor(&mut transaction, sam.id, linked_at).await?;
    let linked = CalendarLinked {
        id,
        employee: sam.id,
        kind: Kind::Account,
        name: HOST.into(),
        access: Access {
            address: format!("https://{HOST}/"),
            user: "sam".into(),
            password: "of the demo".into(),
        },
        calendars,
    };
    let change = sam.link_calendar(&actor, 0, linked, linked_at)?;
    transaction.apply(change).await?;
    transaction.commit().await?;
    for claimed in store
        .claim_calendars(founded.organisation, 1, heard_at)
        .await?
    {
        store.synced(&claimed, &[], heard_at).await?;
        let silent_at = heard_at + SignedDuration::from_mins(10);
        store
            .sync_failed(&claimed, "unreachable", false, silent_at)
            .await?;
    }
    Ok(())
}
