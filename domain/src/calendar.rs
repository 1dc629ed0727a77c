//! Calendars that agents link, and the private feed of their appointments (O-06).

use crate::audit::{Entry, Recorded, Value};
use crate::{
    About, Action, Actor, Allowed, CalendarId, CalendarLinkId, Employee, EmployeeId, Event, Field,
    Refusal, Timestamp, Why,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most links of one employee.
pub const LINKS_MAX: usize = 10;
/// The most calendars of one link; more are left out.
pub const CALENDARS_MAX: usize = 50;
/// The most characters of an address, a user name, a password.
pub const ACCESS_MAX: usize = 1_000;
/// The most characters of the name of a link or a calendar.
pub const NAME_MAX: usize = 100;

/// What stands behind a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A CalDAV account with calendars that can be read and, mostly, written.
    Account,
    /// An ICS address, which can only be read.
    Subscription,
}

impl Kind {
    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::Account => 1,
            Self::Subscription => 2,
        }
    }

    /// The kind of a stored number.
    pub fn from_number(number: i32) -> Option<Self> {
        [Self::Account, Self::Subscription]
            .into_iter()
            .find(|kind| kind.number() == number)
    }
}

/// Where it is and how to get in. `Debug` shows nothing of it: an ICS address is a secret too.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    pub address: String,
    /// Empty for an ICS address.
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access(…)")
    }
}

/// A link to calendars, as the store read it; without its secrets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    pub id: CalendarLinkId,
    pub employee: EmployeeId,
    pub kind: Kind,
    pub name: String,
    /// `None` while it answers.
    pub failing_since: Option<Timestamp>,
    /// Why it fails, by the word that the calendars' side has for it.
    pub failure: Option<String>,
    /// When it was last synchronized.
    pub synced_at: Option<Timestamp>,
    pub calendars: Vec<Calendar>,
}

/// One calendar of a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    pub id: CalendarId,
    pub name: String,
    /// Whether copies can be put there.
    pub writable: bool,
    /// "Copy appointments".
    pub copies: bool,
    /// "Use for availability".
    pub blocks: bool,
}

/// A calendar as it was found behind an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub id: CalendarId,
    pub name: String,
    /// Its own address at the server; empty for an ICS address.
    pub address: String,
    pub writable: bool,
}

/// Calendars that were not linked before. Each blocks bookings, and gets no copies.
#[derive(Debug)]
pub struct CalendarLinked {
    pub id: CalendarLinkId,
    pub employee: EmployeeId,
    pub kind: Kind,
    pub name: String,
    pub access: Access,
    pub calendars: Vec<Found>,
}

/// Another way into an account, such as a new password.
#[derive(Debug)]
pub struct CalendarRenewed {
    pub id: CalendarLinkId,
    pub employee: EmployeeId,
    pub name: String,
    pub access: Access,
}

/// A calendar with other switches.
#[derive(Debug)]
pub struct CalendarSwitched {
    pub employee: EmployeeId,
    pub before: Calendar,
    pub copies: bool,
    pub blocks: bool,
}

/// Calendars that are not linked any more; what is known of them goes too.
#[derive(Debug)]
pub struct CalendarUnlinked {
    pub id: CalendarLinkId,
    pub employee: EmployeeId,
    pub name: String,
}

/// A new secret address of an agent's appointments; the one before is dead.
#[derive(Debug)]
pub struct FeedMade(pub EmployeeId);

/// The address of an agent's appointments that shows nothing any more.
#[derive(Debug)]
pub struct FeedEnded(pub EmployeeId);

impl Employee {
    /// Whether the actor may link calendars of this employee, who has `links` already.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`] when there are too many.
    pub fn may_link_calendar(&self, actor: &Actor, links: usize) -> Result<(), Refusal> {
        actor.may(Action::LinkCalendar, self.target())?;
        match links < LINKS_MAX {
            true => Ok(()),
            false => {
                let most = i64::try_from(LINKS_MAX).unwrap_or(i64::MAX);
                let why = Why::OutOfRange(0, most);
                Err(Refusal::field(Field::CalendarAddress, why))
            }
        }
    }

    /// Allows a link to calendars that were found.
    ///
    /// # Errors
    /// As [`Employee::may_link_calendar`], and when nothing was found.
    pub fn link_calendar(
        &self,
        actor: &Actor,
        links: usize,
        linked: CalendarLinked,
        at: Timestamp,
    ) -> Result<Allowed<CalendarLinked>, Refusal> {
        self.may_link_calendar(actor, links)?;
        if linked.employee != self.id {
            return Err(Refusal::NotFound);
        }
        if linked.calendars.is_empty() {
            return Err(Refusal::field(Field::CalendarAddress, Why::NoCalendar));
        }
        Ok(Allowed::new(linked, actor, at))
    }

    /// Allows another way into one of this employee's accounts; the address stays.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn renew_calendar(
        &self,
        actor: &Actor,
        link: &Link,
        access: Access,
        at: Timestamp,
    ) -> Result<Allowed<CalendarRenewed>, Refusal> {
        actor.may(Action::LinkCalendar, self.target())?;
        self.owns_link(link)?;
        let renewed = CalendarRenewed {
            id: link.id,
            employee: self.id,
            name: link.name.clone(),
            access,
        };
        Ok(Allowed::new(renewed, actor, at))
    }

    /// Allows other switches of one of this employee's calendars; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn switch_calendar(
        &self,
        actor: &Actor,
        link: &Link,
        calendar: CalendarId,
        copies: bool,
        blocks: bool,
        at: Timestamp,
    ) -> Result<Option<Allowed<CalendarSwitched>>, Refusal> {
        actor.may(Action::SwitchCalendar, self.target())?;
        self.owns_link(link)?;
        let mut calendars = link.calendars.iter();
        let before = calendars
            .find(|one| one.id == calendar)
            .ok_or(Refusal::NotFound)?;
        // Nothing can be written where one may only read.
        let copies = copies && before.writable;
        let changed = (copies, blocks) != (before.copies, before.blocks);
        let switched = || CalendarSwitched {
            employee: self.id,
            before: before.clone(),
            copies,
            blocks,
        };
        Ok(changed.then(|| Allowed::new(switched(), actor, at)))
    }

    /// Allows that calendars are not linked any more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn unlink_calendar(
        &self,
        actor: &Actor,
        link: &Link,
        at: Timestamp,
    ) -> Result<Allowed<CalendarUnlinked>, Refusal> {
        actor.may(Action::SwitchCalendar, self.target())?;
        self.owns_link(link)?;
        let unlinked = CalendarUnlinked {
            id: link.id,
            employee: self.id,
            name: link.name.clone(),
        };
        Ok(Allowed::new(unlinked, actor, at))
    }

    /// Whether the actor may have this employee's calendars synchronized at once.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may_sync_calendar(&self, actor: &Actor, link: &Link) -> Result<(), Refusal> {
        actor.may(Action::SwitchCalendar, self.target())?;
        self.owns_link(link)
    }

    /// Allows a new address of this employee's feed. Whoever knows it sees their appointments, so
    /// nobody else makes one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn make_feed(&self, actor: &Actor, at: Timestamp) -> Result<Allowed<FeedMade>, Refusal> {
        actor.may(Action::LinkCalendar, self.target())?;
        Ok(Allowed::new(FeedMade(self.id), actor, at))
    }

    /// Allows the end of this employee's feed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn end_feed(&self, actor: &Actor, at: Timestamp) -> Result<Allowed<FeedEnded>, Refusal> {
        actor.may(Action::SwitchCalendar, self.target())?;
        Ok(Allowed::new(FeedEnded(self.id), actor, at))
    }

    fn owns_link(&self, link: &Link) -> Result<(), Refusal> {
        match link.employee == self.id {
            true => Ok(()),
            false => Err(Refusal::NotFound),
        }
    }
}

fn entry(event: Event, employee: EmployeeId, values: &[Option<Value>]) -> Entry {
    Entry {
        event,
        subject: About::Employee(employee),
        values: values.iter().flatten().cloned().collect(),
    }
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

impl Recorded for CalendarLinked {
    fn entry(&self) -> Entry {
        let name = Value::changed("calendar", "", &self.name);
        entry(Event::CalendarLinked, self.employee, &[name])
    }
}

impl Recorded for CalendarRenewed {
    fn entry(&self) -> Entry {
        let name = Value::changed("calendar", "", &self.name);
        entry(Event::CalendarLinked, self.employee, &[name])
    }
}

impl Recorded for CalendarSwitched {
    fn entry(&self) -> Entry {
        let before = &self.before;
        let values = [
            Value::changed("calendar", "", &before.name),
            Value::changed("copies", word(before.copies), word(self.copies)),
            Value::changed("blocks_bookings", word(before.blocks), word(self.blocks)),
        ];
        entry(Event::CalendarSwitched, self.employee, &values)
    }
}

impl Recorded for CalendarUnlinked {
    fn entry(&self) -> Entry {
        let name = Value::changed("calendar", &self.name, "");
        entry(Event::CalendarUnlinked, self.employee, &[name])
    }
}

impl Recorded for FeedMade {
    fn entry(&self) -> Entry {
        entry(Event::FeedMade, self.0, &[])
    }
}

impl Recorded for FeedEnded {
    fn entry(&self) -> Entry {
        entry(Event::FeedEnded, self.0, &[])
    }
}
