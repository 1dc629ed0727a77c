//! One office, one agent, and how times are written here.

use domain::availability::{Diary, Need, Premises, Slot, Span, slots};
use domain::hours::{Block, Hours, Week};
use domain::office::Times;
use domain::{OfficeId, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

pub const GHENT: OfficeId = OfficeId(Uuid::from_u128(10));
pub const ANTWERP: OfficeId = OfficeId(Uuid::from_u128(11));

/// Zones whose clocks change in every way that clocks do: by one hour, by half an hour, by two, at
/// midnight, over midnight, twice within a month, and never.
pub const ZONES: [&str; 13] = [
    "Europe/Brussels",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Beirut",
    "Africa/Casablanca",
    "Atlantic/Azores",
    "Pacific/Chatham",
    "America/Havana",
    "Africa/Cairo",
    "Antarctica/Troll",
    "America/Nuuk",
    "Asia/Kathmandu",
];

pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone of the bundle")
}

pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn block(from: u16, until: u16) -> Block {
    let (office, automatic) = (GHENT, true);
    Block {
        from,
        until,
        office,
        automatic,
    }
}

/// The same blocks on each day of the week.
pub fn every_day(blocks: &[Block]) -> Hours {
    Hours {
        default: Week(std::array::from_fn(|_| blocks.to_vec())),
        ..Hours::default()
    }
}

pub fn ghent(name: &str) -> Premises {
    Premises {
        office: GHENT,
        zone: zone(name),
        times: Times::default(),
    }
}

pub fn diary(blocks: &[Block]) -> Diary {
    Diary {
        hours: every_day(blocks),
        ..Diary::default()
    }
}

/// Half an hour without buffers, asked for long before.
pub fn need() -> Need {
    Need {
        now: at("2000-01-01T00:00:00Z"),
        duration: 30,
        before: 0,
        after: 0,
        notice_least: 0,
        notice_most: u32::MAX,
        step: 30,
    }
}

/// The slots of a day of the office, as its clock shows them.
pub fn shown(premises: &Premises, diary: &Diary, need: &Need, day: &str) -> Vec<String> {
    let day = date(day);
    let midnight = |day: Date| day.to_zoned(premises.zone.clone()).expect("a day");
    let range = Span {
        from: midnight(day).timestamp(),
        until: midnight(day.tomorrow().expect("a day")).timestamp(),
    };
    let clock = |slot: Slot| slot.from.to_zoned(premises.zone.clone()).time().to_string();
    let slots = slots(premises, diary, need, range).into_iter();
    slots.map(|slot| clock(slot)[..5].to_owned()).collect()
}
