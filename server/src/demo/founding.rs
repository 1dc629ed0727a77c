//! How the demo begins: the organisation, its first Administrator, and the offices she makes.

use super::chance::Chance;
use super::names::CITIES;
use super::offering;
use super::people::OFFICES;
use app::settings::known::known;
use domain::booking::settings::Draft as BookingDraft;
use domain::credential::PasswordHash;
use domain::employee::Created;
use domain::office::{Draft, OfficeCreated};
use domain::organisation::{OrganisationCreated, Settings};
use domain::sign_in::{Policy, Proof, Step};
use domain::{
    Actor, Employee, EmployeeId, OfficeId, OrganisationId, Refusal, SubjectId, Timestamp,
    invitation,
};
use jiff::ToSpan;
use store::link::Purpose;
use store::session::Device;
use store::{Result, Store, Transaction};

/// From how many employees on there are more offices than the three of the people with names.
const MANY: usize = 1_000;

/// From where everything in the demo is done: an address of the documentation (RFC 5737).
pub(super) const ADDRESS: &str = "203.0.113.24";

/// What there is after the first day.
pub(super) struct Founded {
    pub organisation: OrganisationId,
    pub settings: Settings,
    /// The first Administrator, with whose rights most is done.
    pub ada: Actor,
    /// In the order of [`OFFICES`], then the others.
    pub offices: Vec<OfficeId>,
    /// What appointments can be about.
    pub subjects: Vec<SubjectId>,
}

pub(super) async fn found(
    store: &Store,
    chance: &mut Chance,
    employees: usize,
    password: &PasswordHash,
    begin: Timestamp,
) -> Result<Founded> {
    let (organisation, id) = (OrganisationId(chance.id()), EmployeeId(chance.id()));
    let settings = Settings {
        name: "Demo Bank".into(),
        time_zone: "Europe/Brussels".into(),
        country: "BE".into(),
        language: "en".into(),
        invitation_hours: invitation::USUAL_HOURS,
    };
    let made = OrganisationCreated::allow(organisation, None, settings.clone(), known(), begin)?;
    let first = Created::first_administrator(organisation, id, "ada@demo.example", begin)?;
    let mut transaction = store.write(organisation, Some(ADDRESS.into())).await?;
    transaction.apply(made).await?;
    transaction.mark_as_demo().await?;
    transaction.apply(first).await?;
    let system = Actor::system(organisation);
    let ada = read(&mut transaction, id).await?;
    let invited = ada.invite(&system, settings.invitation_hours, false, begin)?;
    let link = transaction.apply(invited).await?;
    let at = begin + 1.hours();
    let holder = transaction.use_link(&link, Purpose::Invitation, at).await?;
    let activated = ada.activate(&holder.address, "Ada", "Lindqvist", password.clone(), at)?;
    transaction.apply(activated).await?;
    let ada = actor(&mut transaction, id, at).await?;
    let cities = CITIES.iter().copied().filter(|_| employees > MANY);
    let mut offices = Vec::new();
    for name in OFFICES.into_iter().chain(cities) {
        let office = OfficeId(chance.id());
        let made = OfficeCreated::allow(
            &ada,
            office,
            &Draft::named(name, true),
            &settings.country,
            known(),
            at + 1.hours(),
        )?;
        transaction.apply(made).await?;
        offices.push(office);
    }
    let mut own = chance.branch(0x6f66_6665_7200);
    let by = (&ada, &settings);
    let subjects =
        offering::furnish(&mut transaction, by, &offices, &mut own, at + 2.hours()).await?;
    let page = BookingDraft {
        enabled: true,
        welcome: "Welcome to Demo Bank. Choose what you would like to talk about.".into(),
        reminder_hours: "24".into(),
        digest: true,
        ..BookingDraft::default()
    };
    let bookings = transaction.bookings().await?;
    if let Some(changed) = bookings.change(&ada, &page, at + 2.hours())? {
        transaction.apply(changed).await?;
    }
    transaction.commit().await?;
    Ok(Founded {
        organisation,
        settings,
        ada,
        offices,
        subjects,
    })
}

/// Somebody who was made before.
pub(super) async fn read(transaction: &mut Transaction, id: EmployeeId) -> Result<Employee> {
    let employee = transaction.employee(id).await?;
    Ok(employee.ok_or(Refusal::NotFound)?)
}

/// The rights of somebody, as they have them when they sign in.
pub(super) async fn actor(
    transaction: &mut Transaction,
    id: EmployeeId,
    at: Timestamp,
) -> Result<Actor> {
    let policy = Policy::default();
    let step = read(transaction, id)
        .await?
        .sign_in(Proof::Password, false, &policy, at)?;
    let Step::In(sign_in) = step else {
        return Err(Refusal::WrongCredentials.into());
    };
    let token = transaction
        .begin_session(sign_in, &Device::default(), None)
        .await?;
    let session = transaction.session(&token, at).await?;
    transaction.end_session(&token).await?;
    Ok(session.ok_or(Refusal::NotFound)?.actor)
}
