//! When somebody is busy by a calendar, as the programs of others write it (O-06).

use crate::write::event;
use calendars::ics::{Budget, Method, Span, Unreadable, read, write};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::time::{Duration, Instant};

pub(crate) fn budget() -> Budget {
    Budget {
        bytes: 1 << 20,
        events: 5_000,
        repetitions: 50_000,
        deadline: Instant::now() + Duration::from_secs(5),
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// All of 2026.
fn window() -> Span {
    at("2026-01-01T00:00:00Z")..at("2027-01-01T00:00:00Z")
}

fn calendar(inside: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\n{}\nEND:VCALENDAR\n",
        inside.trim()
    )
    .replace('\n', "\r\n")
}

fn busy_within(inside: &str, window: Span) -> Vec<String> {
    let mut budget = budget();
    let read = read(&calendar(inside), &mut budget).unwrap();
    let zone = TimeZone::get("Europe/Brussels").unwrap();
    let spans = read.busy(&zone, &window, |_| false, &mut budget).unwrap();
    let told = |span: &Span| format!("{}/{}", span.start, span.end);
    spans.iter().map(told).collect()
}

fn busy(inside: &str) -> Vec<String> {
    busy_within(inside, window())
}

fn vevent(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:a\n{lines}\nEND:VEVENT")
}

// O-06: an instant, a local time with and without a zone, a whole day of the owner's zone.
#[test]
fn one_event_blocks_its_time() {
    for (lines, span) in [
        (
            "DTSTART:20260310T090000Z\nDTEND:20260310T100000Z",
            "2026-03-10T09:00:00Z/2026-03-10T10:00:00Z",
        ),
        (
            "DTSTART:20260710T090000\nDURATION:PT90M",
            "2026-07-10T07:00:00Z/2026-07-10T08:30:00Z",
        ),
        (
            "DTSTART;TZID=America/New_York:20260710T090000\nDTEND;TZID=America/New_York:20260710T093000",
            "2026-07-10T13:00:00Z/2026-07-10T13:30:00Z",
        ),
        (
            "DTSTART;TZID=\"/example.org/1/Europe/London\":20260110T090000\nDURATION:PT1H",
            "2026-01-10T09:00:00Z/2026-01-10T10:00:00Z",
        ),
        (
            "DTSTART;VALUE=DATE:20260710",
            "2026-07-09T22:00:00Z/2026-07-10T22:00:00Z",
        ),
        (
            "DTSTART;VALUE=DATE:20260327\nDTEND;VALUE=DATE:20260330",
            "2026-03-26T23:00:00Z/2026-03-29T22:00:00Z",
        ),
        (
            "DTSTART:20251231T230000Z\nDTEND:20260101T003000Z",
            "2025-12-31T23:00:00Z/2026-01-01T00:30:00Z",
        ),
        (
            "DTSTART:20260310T\n 090000Z\nDTEND:2026031\n\t0T100000Z",
            "2026-03-10T09:00:00Z/2026-03-10T10:00:00Z",
        ),
        // One that ends elsewhere than it begins.
        (
            "DTSTART;TZID=Europe/Brussels:20260310T090000\nDTEND;TZID=Europe/London:20260310T090000",
            "2026-03-10T08:00:00Z/2026-03-10T09:00:00Z",
        ),
    ] {
        assert_eq!(busy(&vevent(lines)), [span], "{lines}");
    }
}

// Case 14; O-06: what is not marked free blocks.
#[test]
fn what_is_free_or_cancelled_does_not_block() {
    let day = "DTSTART;VALUE=DATE:20260710";
    for free in [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    ] {
        assert!(
            busy(&vevent(&format!("{day}\n{free}"))).is_empty(),
            "{free}"
        );
    }
    for blocks in [
        "TRANSP:OPAQUE",
        "STATUS:TENTATIVE",
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
        "CLASS:PRIVATE",
    ] {
        assert_eq!(
            busy(&vevent(&format!("{day}\n{blocks}"))).len(),
            1,
            "{blocks}"
        );
    }
    for nothing in [
        "SUMMARY:no time",
        "DTSTART:20260310T090000Z",
        "DTSTART:20260310T090000Z\nDTEND:20260310T080000Z",
        "DTSTART:20270110T090000Z\nDURATION:PT1H",
        "DTSTART:20260231T090000Z\nDURATION:PT1H",
    ] {
        assert!(busy(&vevent(nothing)).is_empty(), "{nothing}");
    }
    let alarm = "DTSTART:20260310T090000Z\nDURATION:PT1H\nBEGIN:VALARM\nTRANSP:TRANSPARENT\nDURATION:PT9H\nEND:VALARM";
    assert_eq!(
        busy(&vevent(alarm)),
        ["2026-03-10T09:00:00Z/2026-03-10T10:00:00Z"]
    );
}

// O-06, case 13: a weekly meeting stays at nine by the clock on the wall.
#[test]
fn a_recurring_event_stays_at_its_time_of_day() {
    let lines =
        "DTSTART;TZID=Europe/Brussels:20160104T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO";
    let march = at("2026-03-22T00:00:00Z")..at("2026-04-07T00:00:00Z");
    assert_eq!(
        busy_within(&vevent(lines), march),
        [
            "2026-03-23T08:00:00Z/2026-03-23T09:00:00Z",
            "2026-03-30T07:00:00Z/2026-03-30T08:00:00Z",
            "2026-04-06T07:00:00Z/2026-04-06T08:00:00Z"
        ]
    );
    assert_eq!(busy(&vevent(lines)).len(), 52);
}

#[test]
fn rules_of_many_kinds() {
    let count = |rule: &str| {
        busy(&vevent(&format!(
            "DTSTART;TZID=Europe/Brussels:20250131T090000\nDURATION:PT1H\nRRULE:{rule}"
        )))
        .len()
    };
    assert_eq!(count("FREQ=DAILY"), 365);
    assert_eq!(count("FREQ=DAILY;INTERVAL=2"), 182);
    assert_eq!(count("FREQ=DAILY;COUNT=336"), 1);
    assert_eq!(count("FREQ=DAILY;UNTIL=20260103T080000Z"), 3);
    assert_eq!(count("FREQ=DAILY;UNTIL=20260103T075959Z"), 2);
    assert_eq!(count("FREQ=DAILY;UNTIL=20260103"), 3);
    assert_eq!(count("FREQ=MONTHLY"), 7);
    assert_eq!(count("FREQ=MONTHLY;BYMONTHDAY=-1"), 12);
    assert_eq!(count("FREQ=MONTHLY;BYDAY=2TU;WKST=SU"), 12);
    assert_eq!(count("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), 12);
    assert_eq!(count("FREQ=YEARLY"), 1);
    assert_eq!(
        count("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT;BYMONTH=3;BYDAY=-1SU"),
        1
    );
    assert_eq!(count("FREQ=HOURLY;INTERVAL=12"), 2 * 365);
    // What nobody can follow counts once, and that was in 2025.
    for strange in [
        "FREQ=MINUTELY",
        "FREQ=SECONDLY",
        "FREQ=FORTNIGHTLY",
        "BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=É",
        "FREQ=DAILY;X=1",
        "FREQ=DAILY;INTERVAL=0",
    ] {
        assert_eq!(count(strange), 0, "{strange}");
    }
}

// O-06: of a recurring event, single days are moved, cancelled, or free.
#[test]
fn exceptions_of_a_recurring_event() {
    let master = vevent(
        "DTSTART;TZID=Europe/Brussels:20260105T090000\nDTEND;TZID=Europe/Brussels:20260105T100000\nRRULE:FREQ=WEEKLY;COUNT=6\nEXDATE;TZID=Europe/Brussels:20260112T090000\nRDATE:20260301T100000Z",
    );
    let moved = vevent(
        "RECURRENCE-ID;TZID=Europe/Brussels:20260119T090000\nDTSTART:20260120T140000Z\nDTEND:20260120T150000Z",
    );
    let cancelled = vevent(
        "RECURRENCE-ID:20260126T080000Z\nDTSTART:20260126T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
    );
    assert_eq!(
        busy(&format!("{moved}\n{master}\n{cancelled}")),
        [
            "2026-01-05T08:00:00Z/2026-01-05T09:00:00Z",
            "2026-01-20T14:00:00Z/2026-01-20T15:00:00Z",
            "2026-02-02T08:00:00Z/2026-02-02T09:00:00Z",
            "2026-02-09T08:00:00Z/2026-02-09T09:00:00Z",
            "2026-03-01T10:00:00Z/2026-03-01T11:00:00Z",
        ]
    );
    let later = vevent(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Brussels:20260119T090000\nDTSTART;TZID=Europe/Brussels:20260119T110000\nDTEND;TZID=Europe/Brussels:20260119T113000",
    );
    assert_eq!(
        busy(&format!("{master}\n{later}"))[1..3],
        [
            "2026-01-19T10:00:00Z/2026-01-19T10:30:00Z",
            "2026-01-26T10:00:00Z/2026-01-26T10:30:00Z"
        ]
    );
    let days =
        vevent("DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260106");
    assert_eq!(busy(&days).len(), 2);
}

// O-06: Exchange names zones that nobody else knows, and says what they are.
#[test]
fn a_zone_is_known_by_its_rules() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE";
    let fixed = "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:-0330\nTZOFFSETTO:-0330\nEND:STANDARD\nEND:VTIMEZONE";
    let at =
        |id: &str, day: &str| vevent(&format!("DTSTART;TZID={id}:{day}T090000\nDURATION:PT1H"));
    let told = |id: &str, day: &str| busy(&format!("{zone}\n{fixed}\n{}", at(id, day))).remove(0);
    assert!(told("Customized Time Zone", "20260110").starts_with("2026-01-10T08:00:00Z"));
    assert!(told("Customized Time Zone", "20260328").starts_with("2026-03-28T08:00:00Z"));
    assert!(told("Customized Time Zone", "20260329").starts_with("2026-03-29T07:00:00Z"));
    assert!(told("Customized Time Zone", "20261025").starts_with("2026-10-25T08:00:00Z"));
    assert!(told("Mine", "20260110").starts_with("2026-01-10T12:30:00Z"));
    // One that nobody can know is where its owner is.
    assert!(told("Nowhere", "20260110").starts_with("2026-01-10T08:00:00Z"));
}

// O-06: our own copies never block themselves.
#[test]
fn what_is_ours_does_not_block() {
    let mut budget = budget();
    let text = write(Method::Publish, &[event()]);
    let read = read(&text, &mut budget).unwrap();
    assert_eq!(read.uids().collect::<Vec<_>>(), ["0192@staffroom"]);
    let mut busy = |ours: bool| {
        read.busy(&TimeZone::UTC, &window(), |_| ours, &mut budget)
            .unwrap()
    };
    assert_eq!(busy(true), []);
    assert_eq!(
        busy(false),
        [at("2026-11-23T09:00:00Z")..at("2026-11-23T09:45:00Z")]
    );
}

#[test]
fn times_that_touch_are_one() {
    let event = |uid: &str, from: &str, until: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nDTSTART:20260310T{from}00Z\nDTEND:20260310T{until}00Z\nEND:VEVENT\n"
        )
    };
    let all = [
        event("c", "1200", "1300"),
        event("a", "0900", "1100"),
        event("b", "0930", "1000"),
        event("d", "1100", "1130"),
    ];
    assert_eq!(
        busy(&all.concat()),
        [
            "2026-03-10T09:00:00Z/2026-03-10T11:30:00Z",
            "2026-03-10T12:00:00Z/2026-03-10T13:00:00Z"
        ]
    );
}

// O-06: recurring events are expanded within a budget.
#[test]
fn more_than_the_budget_is_refused() {
    let text = calendar(&vevent(
        "DTSTART:20200101T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY",
    ));
    let tried = |budget: &mut Budget| {
        let calendar = read(&text, budget)?;
        calendar.busy(&TimeZone::UTC, &window(), |_| false, budget)
    };
    assert_eq!(tried(&mut budget()).unwrap().len(), 365);
    let small = [
        Budget {
            bytes: 10,
            ..budget()
        },
        Budget {
            events: 0,
            ..budget()
        },
        Budget {
            repetitions: 100,
            ..budget()
        },
        Budget {
            deadline: Instant::now(),
            ..budget()
        },
    ];
    for mut small in small {
        assert_eq!(tried(&mut small), Err(Unreadable::TooMuch), "{small:?}");
    }
}

#[test]
fn what_is_no_calendar_is_refused() {
    for text in [
        "",
        "<html>",
        "BEGIN:VCARD\nEND:VCARD",
        "BEGIN:VEVENT\nEND:VEVENT",
    ] {
        assert_eq!(
            read(text, &mut budget()).err(),
            Some(Unreadable::NotACalendar),
            "{text}"
        );
    }
    assert!(read("\u{feff}begin:vcalendar", &mut budget()).is_ok());
}

// O-06: a rule that never comes true costs little.
#[test]
fn a_rule_without_any_day_ends() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;INTERVAL=65535",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4;COUNT=5",
    ] {
        let begun = Instant::now();
        busy(&vevent(&format!(
            "DTSTART:20260105T000000Z\nDURATION:PT1H\nRRULE:{rule}"
        )));
        assert!(
            begun.elapsed() < Duration::from_secs(4),
            "{rule}: {:?}",
            begun.elapsed()
        );
    }
}

/// Lines that nearly make sense, in any order.
fn strange() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID;RANGE=THISANDFUTURE",
        "RECURRENCE-ID",
        "UID",
        "DTSTART;TZID=Z",
        "EXDATE;TZID=Europe/Paris",
        "BEGIN",
        "END",
        "TZID",
        "TZOFFSETTO",
        "TZOFFSETFROM",
    ]);
    let value = prop_oneof![
        "[0-9]{8}(T[0-9]{6}Z?)?",
        "(0001|1969|2026|9999)(01|02|03|12)(01|28|31)(T(00|02|23)(00|30|59)00Z?)?",
        "P[0-9]{0,9}[WDHMS]?T?[0-9]{0,9}[HMS]?",
        "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)(;INTERVAL=[0-9]{1,5})?(;COUNT=[0-9]{1,6})?(;UNTIL=[0-9]{8})?(;BYDAY=-?[0-9]{0,3}(MO|SU))?(;BYMONTHDAY=-?[0-9]{1,2})?(;BYMONTH=[0-9]{1,2})?(;BYYEARDAY=-?[0-9]{1,3})?(;BYWEEKNO=-?[0-9]{1,2})?(;BYSETPOS=-?[0-9]{1,3})?(;BYHOUR=[0-9]{1,2})?",
        Just("VEVENT".to_owned()),
        Just("VTIMEZONE".to_owned()),
        Just("STANDARD".to_owned()),
        Just("DAYLIGHT".to_owned()),
        Just("Z".to_owned()),
        "[+-]?[0-9]{4,6}",
        any::<String>(),
    ];
    prop::collection::vec((name, value), 0..24).prop_map(|lines| {
        lines
            .into_iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    // O-06: nothing that a stranger writes makes us panic, or find times outside of the window.
    #[test]
    fn nothing_panics(inside in strange(), around in any::<bool>()) {
        let inside = if around { vevent(&inside) } else { inside };
        let mut budget = Budget { repetitions: 2_000, deadline: Instant::now() + Duration::from_millis(500), ..budget() };
        if let Ok(read) = read(&calendar(&inside), &mut budget) {
            let zone = TimeZone::get("Europe/Brussels").unwrap();
            if let Ok(spans) = read.busy(&zone, &window(), |_| false, &mut budget) {
                for pair in spans.windows(2) {
                    prop_assert!(pair[0].end < pair[1].start);
                }
                for span in spans {
                    prop_assert!(span.start < span.end);
                    prop_assert!(span.start < window().end && span.end > window().start);
                }
            }
        }
    }

    #[test]
    fn nothing_panics_on_any_text(text in any::<String>()) {
        let mut budget = budget();
        let _ = read(&text, &mut budget);
        let _ = read(&format!("BEGIN:VCALENDAR\n{text}"), &mut budget);
    }

    // O-06: what we write, we read.
    #[test]
    fn what_is_written_is_read(seconds in 0_i64..31_000_000, minutes in 1_i64..600, text in any::<String>()) {
        let begins_at = at("2026-01-02T00:00:00Z") + jiff::SignedDuration::from_secs(seconds);
        let ends_at = begins_at + jiff::SignedDuration::from_mins(minutes);
        let written = calendars::ics::Event { begins_at, ends_at, summary: text.clone(), description: text, ..event() };
        let mut budget = budget();
        let read = read(&write(Method::Publish, &[written]), &mut budget).unwrap();
        let spans = read.busy(&TimeZone::UTC, &(begins_at..ends_at), |_| false, &mut budget).unwrap();
        prop_assert_eq!(spans, [begins_at..ends_at]);
    }
}
