//! What happens to each person of the demo, and when.

use super::chance::Chance;
use super::people::{Person, Standing};
use domain::{Role, Timestamp};
use jiff::SignedDuration;

/// Something that happens to somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum What {
    Create,
    Assign,
    Invite {
        by_mail: bool,
    },
    Revoke,
    Activate,
    Revise,
    Suspend,
    Reactivate,
    SignIn,
    /// Gets appointment hours.
    PlanHours,
    /// An absence is entered.
    GoAway,
}

/// What happens to the person at `who` in the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Happening {
    pub at: Timestamp,
    pub who: usize,
    pub what: What,
}

const fn minutes(minutes: usize) -> SignedDuration {
    SignedDuration::from_mins(minutes as i64)
}

const fn hours(hours: usize) -> SignedDuration {
    minutes(60 * hours)
}

const fn days(days: usize) -> SignedDuration {
    hours(24 * days)
}

/// Everything that happens to everybody but the first, between `begin` and `now`, in its order.
pub(super) fn plan(
    people: &[Person],
    chance: &mut Chance,
    begin: Timestamp,
    now: Timestamp,
) -> Vec<Happening> {
    let mut all = Vec::new();
    for (who, person) in people.iter().enumerate().skip(1) {
        let happens = life(who, person, chance, begin, now);
        all.extend(
            happens
                .into_iter()
                .map(|(at, what)| Happening { at, who, what }),
        );
    }
    let seen = now - minutes(4);
    all.push(Happening {
        at: seen,
        who: 0,
        what: What::SignIn,
    });
    all.retain(|happening| happening.at <= now);
    all.sort();
    all
}

fn life(
    who: usize,
    person: &Person,
    chance: &mut Chance,
    begin: Timestamp,
    now: Timestamp,
) -> Vec<(Timestamp, What)> {
    let created = match person.standing {
        Standing::Mailed => now - minutes(20 + chance.below(20 * 60)),
        Standing::HandedOver => now - hours(50),
        Standing::Revoked => now - days(5),
        Standing::Expired => now - days(12 + chance.below(6)),
        Standing::SuspendedEarly => now - days(20),
        _ if who < super::LEAST => begin + days(who),
        _ => begin + days(7 + who * 7) + minutes(chance.below(9 * 60)),
    };
    let mut happens = vec![(created, What::Create)];
    if person.places.iter().any(|roles| !roles.is_empty()) {
        happens.push((created + minutes(3), What::Assign));
    }
    if !person.elsewhere {
        let by_mail = person.standing == Standing::Mailed;
        happens.push((created, What::Invite { by_mail }));
    }
    if person.standing.activated() {
        let activated = created + hours(1 + chance.below(40));
        if !person.elsewhere {
            happens.push((activated, What::Activate));
        }
        if chance.percent(30) {
            happens.push((activated + days(20 + chance.below(60)), What::Revise));
        }
    }
    happens.extend(hours_of(who, person, created, now));
    happens.extend(end(person, chance, now));
    happens
}

/// Agents have appointment hours once they are there, and some are away soon.
fn hours_of(
    who: usize,
    person: &Person,
    created: Timestamp,
    now: Timestamp,
) -> Vec<(Timestamp, What)> {
    let agent = person.places.iter().any(|held| held.has(Role::Agent));
    let mut happens = Vec::new();
    if agent && person.standing.activated() {
        happens.push((created + hours(44), What::PlanHours));
        if who % 3 == 2 {
            happens.push((now - days(2 + who % 6), What::GoAway));
        }
    }
    happens
}

/// What happened to somebody lately.
fn end(person: &Person, chance: &mut Chance, now: Timestamp) -> Vec<(Timestamp, What)> {
    let suspended = now - days(25 + chance.below(15));
    let seen_before = (suspended - hours(1 + chance.below(60)), What::SignIn);
    match person.standing {
        Standing::Active => {
            // Somebody who never came by since the account was made.
            let never = person.elsewhere && chance.percent(25);
            let seen = (last_seen(chance, now), What::SignIn);
            if never { Vec::new() } else { vec![seen] }
        }
        Standing::Suspended => vec![seen_before, (suspended, What::Suspend)],
        Standing::Returned => vec![
            seen_before,
            (suspended, What::Suspend),
            (suspended + days(9), What::Reactivate),
            (last_seen(chance, now), What::SignIn),
        ],
        Standing::SuspendedEarly => vec![(now - days(19), What::Suspend)],
        Standing::Revoked => vec![(now - days(4), What::Revoke)],
        Standing::Mailed | Standing::HandedOver | Standing::Expired => Vec::new(),
    }
}

/// Most people were here lately, and some were not for weeks.
pub(super) fn last_seen(chance: &mut Chance, now: Timestamp) -> Timestamp {
    now - match chance.below(100) {
        0..30 => minutes(1 + chance.below(59)),
        30..60 => minutes(60 + chance.below(23 * 60)),
        60..85 => hours(24 + chance.below(13 * 24)),
        _ => days(14 + chance.below(10)),
    }
}
