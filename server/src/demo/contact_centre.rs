//! The contact centre of the demo: a PBX, two tenants, seats, and a block of numbers (C-03, C-04,
//! C-06).

use super::chance::Chance;
use super::founding::{ADDRESS, Founded};
use domain::contact_centre::elsewhere::Elsewhere;
use domain::contact_centre::license::{CONTACT_CENTER, ENGAGE, ENGAGE_BUNDLED, ENGAGE_UNBUNDLED};
use domain::contact_centre::number::NumbersAdded;
use domain::contact_centre::pbx::{self, PbxCreated};
use domain::contact_centre::tenant::{Draft, FirstGroup, TenantCreated};
use domain::{AgentGroupId, PbxId, Refusal, TenantId, Timestamp};
use jiff::SignedDuration;
use store::{Result, Store, Transaction};

/// The tenants; the first is the default.
const TENANTS: [&str; 2] = ["Demo Care", "Demo Sales"];
/// How many seats there are of each license.
const SEATS: [(&str, &str); 4] = [
    (CONTACT_CENTER, "20"),
    (ENGAGE, "30"),
    (ENGAGE_BUNDLED, "20"),
    (ENGAGE_UNBUNDLED, "10"),
];
/// The first and the last number of the block.
const NUMBERS: (&str, &str) = ("+3292104400", "+3292104459");

/// Sets it up on the second day of the organisation, which began at `begin`.
///
/// # Errors
/// When the database can't.
pub(super) async fn set_up(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    begin: Timestamp,
) -> Result<()> {
    let mut own = chance.branch(0x6365_6e74_7265);
    let at = begin + SignedDuration::from_hours(26);
    let address = Some(ADDRESS.into());
    let mut transaction = store.write(founded.organisation, address).await?;
    let draft = pbx::Draft {
        name: "Ghent PBX".into(),
        host: "pbx.demo.example".into(),
    };
    let pbx = PbxId(own.id());
    let none = Elsewhere::default();
    let made = PbxCreated::allow(&founded.ada, pbx, &draft, 0, &none, at)?;
    transaction.apply(made).await?;
    add_tenants(&mut transaction, founded, &mut own, pbx, at).await?;
    for (code, seats) in SEATS {
        let license = transaction.license(code).await?;
        let license = license.ok_or(Refusal::NotFound)?;
        if let Some(changed) = license.set_seats(&founded.ada, seats, at)? {
            transaction.apply(changed).await?;
        }
    }
    let (first, last) = NUMBERS;
    let numbers = NumbersAdded::allow(&founded.ada, first, last, at)?;
    transaction.apply(numbers).await?;
    transaction.commit().await
}

async fn add_tenants(
    transaction: &mut Transaction,
    founded: &Founded,
    own: &mut Chance,
    pbx: PbxId,
    at: Timestamp,
) -> Result<()> {
    let pbxs = transaction.pbxs().await?;
    for (before, name) in TENANTS.into_iter().enumerate() {
        let draft = Draft {
            name: name.into(),
            pbx: Some(pbx),
            shows_cli: before == 0,
        };
        let group = FirstGroup {
            id: AgentGroupId(own.id()),
            name: "Ungrouped".into(),
        };
        let id = TenantId(own.id());
        let made = TenantCreated::allow(&founded.ada, id, &draft, &pbxs, before, group, at)?;
        transaction.apply(made).await?;
    }
    Ok(())
}
