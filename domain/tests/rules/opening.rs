//! Opening hours and closing days of offices.

use crate::cast::*;
use crate::office::ghent;
use domain::office::{Times, TimesDraft};
use domain::{Field, Refusal, Why};
use jiff::civil::date;
use proptest::prelude::*;

fn row(weekday: i8, from: &str, until: &str) -> (i8, String, String) {
    (weekday, from.into(), until.into())
}

fn days(first: &str, last: &str, reason: &str) -> (String, String, String) {
    (first.into(), last.into(), reason.into())
}

fn read(draft: &TimesDraft) -> Result<Times, Refusal> {
    let revised = ghent().revise_times(&max().asks(), &Times::default(), draft, AT);
    revised.map(|change| {
        change
            .map(|change| change.times.clone())
            .unwrap_or_default()
    })
}

fn open(opening: Vec<(i8, String, String)>) -> Result<Times, Refusal> {
    read(&TimesDraft {
        opening,
        ..TimesDraft::default()
    })
}

fn closed(closing: Vec<(String, String, String)>) -> Result<Times, Refusal> {
    read(&TimesDraft {
        closing,
        ..TimesDraft::default()
    })
}

// O-01: several blocks a day, in any order; a row that is empty is none; midnight ends a day.
#[test]
fn opening_hours_are_blocks_of_weekdays() {
    let times = open(vec![
        row(5, "18:00", "00:00"),
        row(1, "13:30", "17:00"),
        row(1, " 9:00 ", "12:30"),
        row(2, "", " "),
    ]);
    let times = times.expect("read");
    assert_eq!(
        times.opening_text(),
        "1 09:00–12:30, 1 13:30–17:00, 5 18:00–24:00"
    );
    assert_eq!(
        times.open_on(date(2026, 11, 23)),
        [(540, 750), (810, 1_020)],
        "a Monday"
    );
    assert_eq!(times.open_on(date(2026, 11, 24)), [], "a Tuesday");
    assert_eq!(
        times.open_on(date(2026, 11, 27)),
        [(1_080, 1_440)],
        "a Friday"
    );
    let always = Times::default();
    assert_eq!(
        always.open_on(date(2026, 11, 24)),
        [(0, 1_440)],
        "as its agents are"
    );
    let touching = open(vec![row(1, "09:00", "12:00"), row(1, "12:00", "13:00")]);
    assert!(touching.is_ok(), "one may begin when another ends");
}

// O-01, case 13: a block over midnight, overlapping blocks and what is no time are refused.
#[test]
fn what_can_not_be_opening_hours_is_refused() {
    for (rows, why) in [
        (vec![row(1, "22:00", "02:00")], Why::Backward),
        (vec![row(1, "09:00", "09:00")], Why::Backward),
        (vec![row(1, "00:00", "24:01")], Why::NotATime),
        (vec![row(1, "24:00", "24:00")], Why::Backward),
        (vec![row(1, "09:60", "10:00")], Why::NotATime),
        (vec![row(1, "09:00", "")], Why::NotATime),
        (vec![row(1, "", "10:00")], Why::NotATime),
        (vec![row(1, "-1:00", "10:00")], Why::NotATime),
        (vec![row(0, "09:00", "10:00")], Why::UnknownChoice),
        (vec![row(8, "09:00", "10:00")], Why::UnknownChoice),
        (
            vec![row(1, "09:00", "12:00"), row(1, "11:59", "13:00")],
            Why::Overlapping,
        ),
    ] {
        assert_eq!(
            open(rows.clone()),
            Err(Refusal::field(Field::Opening, why)),
            "{rows:?}"
        );
    }
}

// O-01: closing days are ranges with a reason; one day needs no last one.
#[test]
fn closing_days_are_ranges() {
    let times = closed(vec![
        days("2027-01-01", "", "New Year"),
        days("2026-12-24", "2026-12-26", ""),
        days("", "", " "),
    ]);
    let times = times.expect("read");
    assert_eq!(
        times.closing_text(),
        "2026-12-24–2026-12-26, 2027-01-01 New Year"
    );
    for (day, closed) in [
        (date(2026, 12, 23), false),
        (date(2026, 12, 24), true),
        (date(2026, 12, 26), true),
        (date(2026, 12, 27), false),
        (date(2027, 1, 1), true),
    ] {
        assert_eq!(times.is_closed_on(day), closed, "{day}");
        assert_eq!(times.open_on(day).is_empty(), closed, "{day}");
    }
    for (rows, why) in [
        (vec![days("2026-12-26", "2026-12-24", "")], Why::EndsFirst),
        (vec![days("2026-02-30", "", "")], Why::NotADate),
        (vec![days("", "2026-12-24", "")], Why::NotADate),
        (vec![days("", "", "Holiday")], Why::NotADate),
        (
            vec![
                days("2026-12-24", "2026-12-26", ""),
                days("2026-12-26", "", ""),
            ],
            Why::Overlapping,
        ),
        (
            vec![days("2026-12-24", "", &"x".repeat(201))],
            Why::TooLong(200),
        ),
    ] {
        assert_eq!(
            closed(rows.clone()),
            Err(Refusal::field(Field::Closing, why)),
            "{rows:?}"
        );
    }
}

// O-01: edited by Administrators and its managers; nothing changed is nothing written.
#[test]
fn opening_hours_are_edited_by_managers() {
    let draft = TimesDraft {
        opening: vec![row(1, "09:00", "17:00")],
        ..TimesDraft::default()
    };
    let revise = |by: Somebody| {
        let revised = ghent().revise_times(&by.asks(), &Times::default(), &draft, AT);
        revised.map(|change| change.is_some())
    };
    assert_eq!(revise(ada()), Ok(true));
    assert_eq!(revise(max()), Ok(true));
    assert_eq!(revise(kim()), Err(Refusal::Forbidden));
    assert_eq!(revise(somebody(9)), Err(Refusal::NotFound));
    let times = read(&draft).expect("read");
    let same = ghent().revise_times(&ada().asks(), &times, &draft, AT);
    assert!(same.expect("allowed").is_none());
}

proptest! {
    // O-01: whatever is taken is in order, inside a day, and overlaps nowhere.
    #[test]
    fn what_is_taken_never_overlaps(rows in prop::collection::vec((1i8..=7, 0i32..=24, 0i32..60, 0i32..=24, 0i32..60), 0..12)) {
        let clock = |hour: i32, minute: i32| format!("{hour}:{minute:02}");
        let rows = rows.into_iter().map(|(day, a, b, c, d)| (day, clock(a, b), clock(c, d)));
        if let Ok(times) = open(rows.collect()) {
            for block in &times.opening {
                prop_assert!(0 <= block.from && block.from < block.until && block.until <= 1_440);
            }
            for pair in times.opening.windows(2) {
                prop_assert!(pair[0].weekday < pair[1].weekday || pair[0].until <= pair[1].from);
            }
        }
    }
}
