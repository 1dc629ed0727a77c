//! O-04: which template counts on a day.

use crate::cast::*;
use crate::model::block_at;
use domain::OfficeId;
use domain::hours::edit::Edit;
use domain::hours::{Hours, Pattern, TemplateId, Week};

const SUMMER: TemplateId = TemplateId(1);
const SHORT: TemplateId = TemplateId(2);

/// A default week from 9 to 12, a week "Summer" from 8 to 10, and a day "Short" from 10 to 11.
fn agent() -> Hours {
    let summer = Week(std::array::from_fn(|_| vec![block(480, 600)]));
    every_day(&[block(540, 720)])
        .edited(Edit::Add("Summer".into(), Pattern::Week(summer)), &[GHENT])
        .and_then(|hours| {
            let short = Pattern::Day(vec![block(600, 660)]);
            hours.edited(Edit::Add("Short".into(), short), &[GHENT])
        })
        .expect("allowed")
}

fn apply(hours: &Hours, template: TemplateId, dates: [&str; 2], office: Option<OfficeId>) -> Hours {
    let edit = Edit::Apply(template, date(dates[0]), date(dates[1]), office);
    hours.edited(edit, &[GHENT, ANTWERP]).expect("allowed")
}

fn begins(hours: &Hours, on: &str) -> Option<u16> {
    let first = hours
        .blocks_in(GHENT, date(on))
        .map(|block| block.from)
        .min();
    let model = (0..1_440).find(|minute| block_at(hours, GHENT, date(on), *minute).is_some());
    assert_eq!(first, model, "as the model says");
    first
}

// O-04: day over applied week over default week, whichever was applied first.
#[test]
fn a_day_counts_before_a_week_before_the_default() {
    let july = ["2026-07-01", "2026-07-31"];
    let days = ["2026-07-10", "2026-07-11"];
    let one = apply(&apply(&agent(), SUMMER, july, None), SHORT, days, None);
    let other = apply(&apply(&agent(), SHORT, days, None), SUMMER, july, None);
    for hours in [one, other] {
        assert_eq!(begins(&hours, "2026-06-30"), Some(540));
        assert_eq!(begins(&hours, "2026-07-01"), Some(480));
        assert_eq!(begins(&hours, "2026-07-10"), Some(600));
        assert_eq!(begins(&hours, "2026-07-11"), Some(600));
        assert_eq!(begins(&hours, "2026-07-12"), Some(480));
        assert_eq!(begins(&hours, "2026-07-31"), Some(480));
        assert_eq!(begins(&hours, "2026-08-01"), Some(540));
    }
}

// O-04: "Unavailable" exists from the start.
#[test]
fn unavailable_exists_from_the_start() {
    let week = ["2026-07-06", "2026-07-12"];
    let hours = apply(&agent(), TemplateId::UNAVAILABLE, week, None);
    assert_eq!(begins(&hours, "2026-07-06"), None);
    assert_eq!(begins(&hours, "2026-07-13"), Some(540));
    let later = apply(&hours, SHORT, ["2026-07-08", "2026-07-08"], None);
    assert_eq!(
        begins(&later, "2026-07-08"),
        Some(600),
        "the later of two days"
    );
}

// O-04: a template can be applied in one office alone.
#[test]
fn a_template_can_count_in_one_office_alone() {
    let week = ["2026-07-06", "2026-07-12"];
    let there = apply(&agent(), TemplateId::UNAVAILABLE, week, Some(ANTWERP));
    assert_eq!(begins(&there, "2026-07-06"), Some(540));
    let here = apply(&agent(), TemplateId::UNAVAILABLE, week, Some(GHENT));
    assert_eq!(begins(&here, "2026-07-06"), None);
}

// O-04: a template that goes takes its applications with it; an application that goes leaves it.
#[test]
fn what_goes_counts_no_more() {
    let july = ["2026-07-01", "2026-07-31"];
    let hours = apply(&agent(), SUMMER, july, None);
    let withdrawn = hours.edited(Edit::Withdraw(hours.applied[0].id), &[GHENT]);
    let withdrawn = withdrawn.expect("allowed");
    assert_eq!(begins(&withdrawn, "2026-07-01"), Some(540));
    assert!(withdrawn.template(SUMMER).is_some());
    let removed = hours
        .edited(Edit::Remove(SUMMER), &[GHENT])
        .expect("allowed");
    assert_eq!(begins(&removed, "2026-07-01"), Some(540));
    assert!(removed.applied.is_empty());
    let next = removed.edited(Edit::Add("New".into(), Pattern::Day(Vec::new())), &[]);
    assert!(
        next.expect("allowed").templates[1].id > TemplateId(3),
        "no number comes twice"
    );
}
