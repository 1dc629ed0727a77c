//! O-04, case 13: the days on which clocks change, written out.

use crate::cast::*;
use domain::availability::{Need, Premises, Span, is_automatic, obstacles, slots};
use domain::booking::Obstacle;
use domain::hours::Block;
use domain::office::{Closing, Opening, Times};

/// The slots of a block on a day in a zone.
fn day(name: &str, day: &str, from: u16, until: u16) -> Vec<String> {
    shown(&ghent(name), &diary(&[block(from, until)]), &need(), day)
}

// O-04: 09:00 stays 09:00 across daylight-saving changes.
#[test]
fn nine_stays_nine() {
    for date in [
        "2026-03-28",
        "2026-03-29",
        "2026-07-01",
        "2026-10-25",
        "2026-10-26",
    ] {
        let shown = day("Europe/Brussels", date, 540, 600);
        assert_eq!(shown, ["09:00", "09:30"], "{date}");
    }
}

// O-04: a time that does not exist that day is dropped.
#[test]
fn what_the_clock_skips_is_not_offered() {
    let skipped = day("Europe/Brussels", "2026-03-29", 60, 240);
    assert_eq!(skipped, ["01:00", "01:30", "03:00", "03:30"]);
    assert!(day("Europe/Brussels", "2026-03-29", 120, 180).is_empty());
    // At midnight, and by half an hour.
    let shown = day("Asia/Beirut", "2026-03-29", 0, 90);
    assert_eq!(shown, ["01:00"]);
    let shown = day("Australia/Lord_Howe", "2026-10-04", 90, 180);
    assert_eq!(shown, ["01:30", "02:30"]);
}

// O-04: a time that happens twice is not doubled.
#[test]
fn what_the_clock_shows_twice_is_offered_once() {
    let twice = day("Europe/Brussels", "2026-10-25", 60, 240);
    assert_eq!(
        twice,
        ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]
    );
    // The second of the two hours is nobody's: an appointment does not reach into it.
    let hour = Need {
        duration: 60,
        ..need()
    };
    let premises = ghent("Europe/Brussels");
    let shown = shown(&premises, &diary(&[block(60, 240)]), &hour, "2026-10-25");
    assert_eq!(shown, ["01:00", "01:30", "02:00", "03:00"]);
    // Where the hour before midnight comes twice, it belongs to the day before.
    let shown = day("America/Santiago", "2026-04-04", 1_380, 1_440);
    assert_eq!(shown, ["23:00", "23:30"]);
    let shown = day("America/Santiago", "2026-04-05", 0, 60);
    assert_eq!(shown, ["00:00", "00:30"]);
}

// Case 13: a block that ends at 24:00, also before a day whose midnight does not exist; and one that
// begins where it ends is no gap.
#[test]
fn a_block_ends_at_midnight() {
    let shown_on = |name, date| day(name, date, 1_380, 1_440);
    assert_eq!(
        shown_on("Europe/Brussels", "2026-06-01"),
        ["23:00", "23:30"]
    );
    assert_eq!(shown_on("Asia/Beirut", "2026-03-28"), ["23:00", "23:30"]);
    let hour = Need {
        duration: 60,
        ..need()
    };
    let night = diary(&[block(0, 60), block(1_380, 1_440)]);
    let shown = shown(&ghent("Europe/Brussels"), &night, &hour, "2026-06-01");
    assert_eq!(shown, ["00:00", "23:00", "23:30"]);
}

// Case 13: the clock that counts is that of the office, wherever agent and customer are.
#[test]
fn the_clock_of_the_office_counts() {
    let range = Span {
        from: at("2026-06-01T00:00:00Z"),
        until: at("2026-06-02T00:00:00Z"),
    };
    let first = |name| {
        let slots = slots(&ghent(name), &diary(&[block(540, 600)]), &need(), range);
        slots[0].from
    };
    assert_eq!(first("Europe/Brussels"), at("2026-06-01T07:00:00Z"));
    assert_eq!(first("America/New_York"), at("2026-06-01T13:00:00Z"));
    assert_eq!(first("Asia/Kathmandu"), at("2026-06-01T03:15:00Z"));
}

// P-03: the office is open, by its week and its closing days.
#[test]
fn the_office_has_to_be_open() {
    let monday = Opening {
        weekday: 1,
        from: 600,
        until: 660,
    };
    let premises = Premises {
        times: Times {
            opening: vec![monday],
            closing: Vec::new(),
        },
        ..ghent("Europe/Brussels")
    };
    let all_day = diary(&[block(0, 1_440)]);
    let offered = |premises: &Premises, date| shown(premises, &all_day, &need(), date);
    assert_eq!(offered(&premises, "2026-06-01"), ["10:00", "10:30"]);
    assert!(offered(&premises, "2026-06-02").is_empty(), "a Tuesday");
    let closing = Closing {
        first: date("2026-05-30"),
        last: date("2026-06-01"),
        reason: String::new(),
    };
    let closed = Premises {
        times: Times {
            closing: vec![closing],
            ..premises.times.clone()
        },
        ..premises
    };
    assert!(offered(&closed, "2026-06-01").is_empty());
    assert_eq!(offered(&closed, "2026-06-08"), ["10:00", "10:30"]);
    let against = obstacles(&closed, &all_day, &need(), at("2026-06-01T08:00:00Z"));
    assert_eq!(against, [Obstacle::OfficeClosed]);
}

// O-04: hours in another office are none here, and may overlap with those here.
#[test]
fn a_block_belongs_to_one_office() {
    let there = Block {
        office: ANTWERP,
        ..block(540, 720)
    };
    let both = diary(&[block(600, 660), there]);
    let shown = shown(&ghent("Europe/Brussels"), &both, &need(), "2026-06-01");
    assert_eq!(shown, ["10:00", "10:30"]);
}

// O-04: a block says whether bookings in it are confirmed; one in two blocks needs both.
#[test]
fn a_block_says_who_confirms() {
    let by_hand = Block {
        automatic: false,
        ..block(600, 660)
    };
    let (premises, diary) = (ghent("Europe/Brussels"), diary(&[block(540, 600), by_hand]));
    let need = Need { step: 15, ..need() };
    let range = Span {
        from: at("2026-06-01T00:00:00Z"),
        until: at("2026-06-02T00:00:00Z"),
    };
    let slots = slots(&premises, &diary, &need, range);
    let automatic: Vec<_> = slots.iter().map(|slot| slot.automatic).collect();
    assert_eq!(automatic, [true, true, true, false, false, false, false]);
    for slot in slots {
        let again = is_automatic(&premises, &diary.hours, &need, slot.from);
        assert_eq!(again, slot.automatic);
    }
}

// P-03: buffers keep their distance to what is there, and may lie outside of hours and in absences.
#[test]
fn buffers_keep_their_distance() {
    let mut diary = diary(&[block(540, 720)]);
    let noon = |from: &str, until: &str| Span {
        from: at(from),
        until: at(until),
    };
    diary
        .taken
        .push(noon("2026-06-01T08:00:00Z", "2026-06-01T08:30:00Z"));
    diary
        .absences
        .push(noon("2026-06-01T09:30:00Z", "2026-06-02T00:00:00Z"));
    let need = Need {
        before: 10,
        after: 20,
        ..need()
    };
    let shown = shown(&ghent("Europe/Brussels"), &diary, &need, "2026-06-01");
    assert_eq!(
        shown,
        ["09:00", "11:00"],
        "10:00 is taken, 09:30 and 10:30 are too near"
    );
    let against = |time| obstacles(&ghent("Europe/Brussels"), &diary, &need, at(time));
    assert_eq!(against("2026-06-01T07:30:00Z"), [Obstacle::Taken]);
    assert_eq!(against("2026-06-01T08:39:00Z"), [Obstacle::Taken]);
    assert_eq!(against("2026-06-01T08:40:00Z"), []);
    assert_eq!(against("2026-06-01T09:01:00Z"), [Obstacle::Absent]);
}

// P-03: within the earliest and the latest notice.
#[test]
fn notice_is_kept() {
    let now = at("2026-06-01T07:00:00Z");
    let need = Need {
        now,
        notice_least: 60,
        notice_most: 150,
        ..need()
    };
    let premises = ghent("Europe/Brussels");
    let diary = diary(&[block(0, 1_440)]);
    let offered = shown(&premises, &diary, &need, "2026-06-01");
    assert_eq!(offered, ["10:00", "10:30", "11:00", "11:30"]);
    let against = |time| obstacles(&premises, &diary, &need, at(time));
    assert_eq!(against("2026-06-01T06:59:00Z"), [Obstacle::Past]);
    assert_eq!(against("2026-06-01T07:59:00Z"), [Obstacle::TooSoon]);
    assert_eq!(against("2026-06-01T08:00:00Z"), []);
    assert_eq!(against("2026-06-01T09:30:00Z"), []);
    assert_eq!(against("2026-06-01T09:31:00Z"), [Obstacle::TooFar]);
}
