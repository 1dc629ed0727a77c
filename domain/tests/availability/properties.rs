//! O-04, P-03: the engine says what the model says, on days on which clocks change and on others.

use crate::cast::*;
use crate::model::Model;
use domain::Timestamp;
use domain::availability::{Diary, Need, Premises, Span, is_automatic, obstacles, slots};
use domain::booking::Obstacle;
use domain::hours::edit::check_day;
use domain::hours::{Applied, AppliedId, Block, Hours, Pattern, Template, TemplateId, Week};
use domain::office::{Closing, Opening, Times};
use jiff::{SignedDuration, ToSpan};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// How long a case is looked at, and what is modelled around it.
const LOOKED_AT: i64 = 30 * 60;
const AROUND: i64 = 5 * 60;

/// Minutes of a day: often those at which clocks change, or the ends.
fn minute() -> impl Strategy<Value = u16> {
    prop_oneof![
        0..=1440_u16,
        (0..=48_u16).prop_map(|half| half * 30),
        Just(0),
        Just(1440)
    ]
}

fn day() -> impl Strategy<Value = Vec<Block>> {
    let block = (minute(), minute(), any::<bool>(), prop::bool::weighted(0.8));
    let block = block.prop_map(|(a, b, automatic, here)| Block {
        from: a.min(b),
        until: a.max(b),
        office: if here { GHENT } else { ANTWERP },
        automatic,
    });
    vec(block, 0..4).prop_map(|blocks| {
        let mut day: Vec<Block> = Vec::new();
        for block in blocks {
            day.push(block);
            if check_day(&day).is_err() {
                day.pop();
            }
        }
        day
    })
}

fn week() -> impl Strategy<Value = Week> {
    vec(day(), 7).prop_map(|days| Week(days.try_into().expect("seven")))
}

/// A zone, and an instant near one of its changes of 2025 to 2028, or anywhere in that time.
fn place_and_time() -> impl Strategy<Value = (&'static str, Timestamp)> {
    let begin = at("2025-01-01T00:00:00Z");
    let zones = prop::sample::select(ZONES.to_vec());
    (zones, 0..8_usize, 0..2_880_i64, 0..3_i64 * 525_600).prop_map(
        move |(name, nth, before, anywhere)| {
            let zone = zone(name);
            let change = zone.following(begin).nth(nth);
            let near = change.map(|c| c.timestamp() - SignedDuration::from_mins(before));
            let near = near.filter(|at| nth < 7 && *at < at_end());
            (
                name,
                near.unwrap_or_else(|| begin + SignedDuration::from_mins(anywhere)),
            )
        },
    )
}

fn at_end() -> Timestamp {
    at("2030-01-01T00:00:00Z")
}

/// Spans of whole minutes around `begin`.
fn spans(begin: Timestamp) -> impl Strategy<Value = Vec<Span>> {
    let span = (-AROUND..LOOKED_AT + AROUND, 0..120_i64);
    vec(span, 0..3).prop_map(move |spans| {
        let after = |minutes| begin + SignedDuration::from_mins(minutes);
        spans
            .into_iter()
            .map(|(from, length)| Span {
                from: after(from),
                until: after(from + length),
            })
            .collect()
    })
}

prop_compose! {
    fn hours(begin: Timestamp)(
        default in week(),
        other in week(),
        one in day(),
        applied in vec((0..3_u32, -2..4_i64, 0..3_i64, prop::option::of(any::<bool>())), 0..5),
    ) -> Hours {
        let today = begin.to_zoned(jiff::tz::TimeZone::UTC).date();
        let template = |id, pattern| Template { id: TemplateId(id), name: id.to_string(), pattern };
        let applied = applied.into_iter().zip(10..).map(|((template, from, length, office), id)| {
            let first = today + from.days();
            Applied {
                id: AppliedId(id),
                template: TemplateId(template),
                first,
                last: first + length.days(),
                office: office.map(|here| if here { GHENT } else { ANTWERP }),
            }
        });
        Hours {
            default,
            templates: vec![template(1, Pattern::Week(other)), template(2, Pattern::Day(one))],
            applied: applied.collect(),
            numbered: 20,
        }
    }
}

prop_compose! {
    fn premises(name: &'static str, begin: Timestamp)(
        opening in prop_oneof![
            2 => Just(Vec::new()),
            1 => vec((1..=7_i8, minute(), minute()), 1..20),
        ],
        closing in prop::option::weighted(0.3, (-2..3_i64, 0..2_i64)),
    ) -> Premises {
        let today = begin.to_zoned(jiff::tz::TimeZone::UTC).date();
        let opening = opening.into_iter().map(|(weekday, a, b)| Opening {
            weekday,
            from: a.min(b).into(),
            until: a.max(b).into(),
        });
        let closing = closing.map(|(from, length)| Closing {
            first: today + from.days(),
            last: today + (from + length).days(),
            reason: String::new(),
        });
        Premises {
            times: Times {
                opening: opening.collect(),
                closing: closing.into_iter().collect(),
            },
            ..ghent(name)
        }
    }
}

prop_compose! {
    fn diary_of(begin: Timestamp)(
        hours in hours(begin),
        against in prop_oneof![9 => Just(Vec::new()), 1 => Just(vec![Obstacle::NotActive])],
        taken in spans(begin),
        busy in spans(begin),
        absences in spans(begin),
    ) -> Diary {
        Diary { hours, against, taken, busy, absences }
    }
}

prop_compose! {
    fn need_at(begin: Timestamp)(
        now in -60 * 24 * 60..LOOKED_AT,
        duration in prop_oneof![1..=90_u32, Just(30), Just(60)],
        before in prop_oneof![Just(0), 0..=60_u32],
        after in prop_oneof![Just(0), 0..=60_u32],
        notice_least in prop_oneof![Just(0), 0..=2_000_u32],
        notice_most in prop_oneof![2 => Just(5_000_000), 1 => 0..=100_000_u32],
        step in prop::sample::select(vec![1, 5, 10, 15, 20, 30, 45, 60, 7]),
    ) -> Need {
        let now = begin + SignedDuration::from_mins(now);
        Need { now, duration, before, after, notice_least, notice_most, step }
    }
}

prop_compose! {
    fn case()((name, begin) in place_and_time())(
        premises in premises(name, begin),
        diary in diary_of(begin),
        need in need_at(begin),
        begin in Just(begin),
    ) -> (Premises, Diary, Need, Span) {
        (premises, diary, need, Span { from: begin, until: begin + SignedDuration::from_mins(LOOKED_AT) })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    // P-03, case 13: minute by minute, a slot is offered iff it lies on the grid and nothing stands
    // against it, and what stands against it is what the model finds.
    #[test]
    fn the_engine_says_what_the_model_says((premises, diary, need, range) in case()) {
        let around = SignedDuration::from_mins(AROUND);
        let over = Span { from: range.from - around, until: range.until + around };
        let model = Model::of(&premises, &diary, &need, over);
        let offered = slots(&premises, &diary, &need, range);
        let begins: BTreeSet<_> = offered.iter().map(|slot| slot.from).collect();
        prop_assert_eq!(begins.len(), offered.len(), "none twice");
        prop_assert!(offered.is_sorted());
        let mut at = range.from;
        let mut sampled = 0;
        while at < range.until {
            let against = model.obstacles(at);
            let offers = begins.contains(&at);
            prop_assert_eq!(offers, against.is_empty() && model.on_grid(at), "at {}: {:?}", at, against);
            // Each alone costs more than all together, so not each minute is asked.
            sampled += 1;
            if offers || sampled % 7 == 0 {
                let found = obstacles(&premises, &diary, &need, at);
                prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), against, "at {}", at);
            }
            at += MINUTE;
        }
        for slot in &offered {
            prop_assert_eq!(slot.automatic, model.automatic(slot.from));
            prop_assert_eq!(slot.automatic, is_automatic(&premises, &diary.hours, &need, slot.from));
            prop_assert_eq!(slot.until, slot.from + SignedDuration::from_mins(need.duration.into()));
        }
    }

    // P-03: what is booked takes its time with its buffers, and whatever is offered then does not touch it.
    #[test]
    fn a_slot_that_is_taken_leaves_no_other_that_overlaps((premises, diary, need, range) in case(), pick in any::<prop::sample::Index>()) {
        let offered = slots(&premises, &diary, &need, range);
        prop_assume!(!offered.is_empty());
        let booked = need.busy(offered[pick.index(offered.len())].from);
        let mut diary = diary;
        diary.taken.push(booked);
        for slot in slots(&premises, &diary, &need, range) {
            prop_assert!(!need.busy(slot.from).overlaps(&booked), "{} overlaps {:?}", slot.from, booked);
        }
    }

    // Instants between seconds round so that nothing overlaps.
    #[test]
    fn what_ends_between_two_seconds_blocks_both(nanos in 1..999_999_999_i32, before in 0..20_u32) {
        let mut diary = diary(&[block(0, 1440)]);
        let end = at("2026-06-01T10:00:00Z") + SignedDuration::new(0, nanos);
        diary.busy.push(Span { from: at("2026-06-01T09:00:00Z"), until: end });
        let need = Need { before, step: 1, ..need() };
        let range = Span { from: at("2026-06-01T09:00:00Z"), until: at("2026-06-01T12:00:00Z") };
        let first = slots(&ghent("Europe/Brussels"), &diary, &need, range)[0].from;
        prop_assert_eq!(first, at("2026-06-01T10:01:00Z") + SignedDuration::from_mins(before.into()));
        // The last second before a time that is asked for, and a part of it.
        let (from, until) = (end - SignedDuration::from_secs(1), at("2026-06-01T11:00:00Z"));
        diary.busy = vec![Span { from, until }];
        let range = Span { from: at("2026-06-01T09:00:00Z"), until: at("2026-06-01T10:00:00Z") };
        let last = slots(&ghent("Europe/Brussels"), &diary, &need, range).pop();
        prop_assert_eq!(last.map(|slot| slot.from), Some(at("2026-06-01T09:29:00Z")));
    }
}
