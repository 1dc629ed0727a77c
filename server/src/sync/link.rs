//! One synchronization of one link: copies first, so that what is read then holds them.

use super::Sync;
use crate::agenda;
use calendars::ics::{self, Budget, Calendar};
use calendars::{Account, Changes, Fault, Resource, changes, delete, put, subscription};
use domain::availability::Span;
use domain::calendar::{Access, Kind};
use domain::{Appointment, AppointmentId, Timestamp, Version};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashSet};
use std::time::Duration;
use store::calendar::{Claimed, ClaimedCalendar, Copied, Synced};
use store::now;

/// How long one link may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);
/// How far back and ahead busy times are known.
const PAST: SignedDuration = SignedDuration::from_hours(24);
const AHEAD: SignedDuration = SignedDuration::from_hours(400 * 24);
/// After how long a calendar is read as a whole again, since what recurs goes on.
const WHOLE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Why a link could not be synchronized.
pub(super) struct Failed {
    pub code: &'static str,
    /// Whether only people can mend it.
    pub for_good: bool,
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        let for_good = matches!(fault, Fault::Unauthorized | Fault::Forbidden | Fault::Gone);
        Self {
            code: fault.code(),
            for_good,
        }
    }
}

/// What a talk with a stranger's server comes to, inside of what our own database says.
type Talk<T> = store::Result<Result<T, Failed>>;

/// Hands what the stranger did wrong on; what the database did wrong stays outside.
macro_rules! heard {
    ($answer:expr) => {
        match $answer {
            Ok(heard) => heard,
            Err(failed) => return Ok(Err(failed.into())),
        }
    };
}

impl Sync {
    /// Writes copies, then reads what is busy.
    pub(super) async fn talk(&self, claimed: &Claimed, url: &str) -> Talk<Vec<Synced>> {
        let Some(access) = &claimed.access else {
            return Ok(Err(Failed {
                code: "sealed",
                for_good: true,
            }));
        };
        let mut budget = Budget::within(PATIENCE);
        let copied = match claimed.kind {
            Kind::Account => {
                self.copy(claimed, &account(access), url, &mut budget)
                    .await?
            }
            Kind::Subscription => Ok(()),
        };
        let mut synced = Vec::with_capacity(claimed.calendars.len());
        for calendar in claimed.calendars.iter().filter(|calendar| calendar.blocks) {
            let read = self.read(claimed, access, calendar, &mut budget).await?;
            synced.push(heard!(read));
        }
        // Where only the copying fails, what is busy is seen all the same.
        match copied {
            Ok(()) => Ok(Ok(synced)),
            Err(failed) => {
                self.store.half_synced(claimed, &synced, now()).await?;
                Ok(Err(failed))
            }
        }
    }

    /// Puts, changes and takes away copies until they are those of the appointments.
    async fn copy(
        &self,
        claimed: &Claimed,
        account: &Account,
        url: &str,
        budget: &mut Budget,
    ) -> Talk<()> {
        let (organisation, now) = (claimed.organisation, now());
        let mut reading = self.store.read(organisation).await?;
        let there = reading.copies_in(claimed.id, now).await?;
        let wanted = match claimed.calendars.iter().any(|calendar| calendar.copies) {
            true => reading.agenda(claimed.employee, now).await?,
            false => Vec::new(),
        };
        drop(reading);
        let addresses: BTreeMap<_, _> = claimed
            .calendars
            .iter()
            .map(|calendar| (calendar.id, calendar))
            .collect();
        for copied in &there {
            let Some(calendar) = addresses.get(&copied.calendar) else {
                continue;
            };
            let stays = wanted.iter().any(|one| one.id == copied.appointment);
            if !(stays && calendar.copies) {
                let (address, href) = (&calendar.address, &copied.href);
                heard!(delete(&self.client, account, address, href, budget).await);
                self.store.uncopied(organisation, copied).await?;
            }
        }
        for calendar in claimed.calendars.iter().filter(|calendar| calendar.copies) {
            for appointment in &wanted {
                if is_there(&there, calendar, appointment) {
                    continue;
                }
                let event = agenda::event(appointment, &claimed.video_link, url, now);
                let (text, name) = (ics::object(&event), format!("{}.ics", appointment.id));
                let (address, client) = (&calendar.address, &self.client);
                let kept = put(client, account, address, &name, &text, budget).await;
                let (href, etag) = heard!(kept);
                let copied = Copied {
                    calendar: calendar.id,
                    appointment: appointment.id,
                    href,
                    etag,
                    version: appointment.version,
                };
                self.store.copied(organisation, &copied).await?;
            }
        }
        Ok(Ok(()))
    }

    /// Reads what changed in one calendar, and when it says busy.
    async fn read(
        &self,
        claimed: &Claimed,
        access: &Access,
        calendar: &ClaimedCalendar,
        budget: &mut Budget,
    ) -> Talk<Synced> {
        let now = now();
        let window = (now - PAST)..(now + AHEAD);
        let changes = match claimed.kind {
            Kind::Account => {
                let fresh = calendar.read_whole_at().is_some_and(|at| at + WHOLE > now);
                let token = calendar.sync_token.as_deref().filter(|_| fresh);
                let (account, address) = (account(access), &calendar.address);
                let told = changes(&self.client, &account, address, token, &window, budget);
                heard!(told.await)
            }
            Kind::Subscription => {
                let text = subscription(&self.client, &access.address, budget).await;
                let only = Resource {
                    href: String::new(),
                    text: heard!(text),
                };
                Changes {
                    whole: true,
                    resources: vec![only],
                    ..Changes::default()
                }
            }
        };
        let strict = claimed.kind == Kind::Subscription;
        let (resources, ids, left) =
            heard!(parsed(changes.resources, strict, budget.clone()).await);
        *budget = left;
        let mut reading = self.store.read(claimed.organisation).await?;
        let ours = reading.appointments_among(&ids).await?;
        drop(reading);
        let zone = TimeZone::get(&claimed.zone).unwrap_or(TimeZone::UTC);
        let (busy, left) = heard!(busy(resources, zone, window, ours, budget.clone()).await);
        *budget = left;
        Ok(Ok(Synced {
            calendar: calendar.id,
            whole: changes.whole,
            token: changes.token,
            busy,
            gone: changes.gone,
        }))
    }
}

/// A copy of this very version stands there.
fn is_there(there: &[Copied], calendar: &ClaimedCalendar, appointment: &Appointment) -> bool {
    let version: Version = appointment.version;
    there.iter().any(|copied| {
        (copied.calendar, copied.appointment, copied.version)
            == (calendar.id, appointment.id, version)
    })
}

fn account(access: &Access) -> Account {
    Account {
        address: access.address.clone(),
        user: access.user.clone(),
        password: access.password.clone(),
    }
}

type Parsed = (Vec<(String, Calendar)>, Vec<AppointmentId>, Budget);

/// Reads texts on a thread of their own, and finds the ids that may be appointments of ours. One
/// event that can't be read does not keep the others from being seen.
async fn parsed(
    resources: Vec<Resource>,
    strict: bool,
    mut budget: Budget,
) -> Result<Parsed, Fault> {
    let reading = move || {
        let (mut read, mut ids) = (Vec::with_capacity(resources.len()), HashSet::new());
        for resource in resources {
            match ics::read(&resource.text, &mut budget) {
                Ok(calendar) => {
                    ids.extend(calendar.uids().filter_map(id));
                    read.push((resource.href, calendar));
                }
                Err(ics::Unreadable::NotACalendar) if !strict => {}
                Err(unreadable) => return Err(Fault::from(unreadable)),
            }
        }
        Ok((read, ids.into_iter().collect(), budget))
    };
    tokio::task::spawn_blocking(reading)
        .await
        .unwrap_or(Err(Fault::NotACalendar))
}

/// The appointment that an event may be of.
fn id(uid: &str) -> Option<AppointmentId> {
    uid.strip_suffix("@staffroom")?.parse().ok()
}

type Busy = (Vec<(String, Vec<Span>)>, Budget);

async fn busy(
    resources: Vec<(String, Calendar)>,
    zone: TimeZone,
    window: std::ops::Range<Timestamp>,
    ours: HashSet<AppointmentId>,
    mut budget: Budget,
) -> Result<Busy, Fault> {
    let reading = move || {
        let is_ours = |uid: &str| id(uid).is_some_and(|id| ours.contains(&id));
        let mut busy = Vec::with_capacity(resources.len());
        for (href, calendar) in resources {
            let spans = calendar.busy(&zone, &window, is_ours, &mut budget)?;
            let span = |span: ics::Span| Span {
                from: span.start,
                until: span.end,
            };
            busy.push((href, spans.into_iter().map(span).collect()));
        }
        Ok((busy, budget))
    };
    tokio::task::spawn_blocking(reading)
        .await
        .unwrap_or(Err(Fault::NotACalendar))
}
