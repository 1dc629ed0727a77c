//! Absences (O-05).

use crate::cast::*;
use domain::absence::{Absence, AbsenceEntered, REASON_MAX};
use domain::audit::Recorded;
use domain::availability::Span;
use domain::{AbsenceId, Allowed, Event, Field, Refusal, Timestamp, Why};
use uuid::Uuid;

fn span(from: i64, until: i64) -> Span {
    let at = |hour: i64| Timestamp::from_second(hour * 3_600).expect("an hour");
    Span {
        from: at(from),
        until: at(until),
    }
}

fn enter(
    by: &Somebody,
    of: Somebody,
    span: Span,
    reason: &str,
) -> Result<Allowed<AbsenceEntered>, Refusal> {
    let id = AbsenceId(Uuid::from_u128(70));
    of.known().enter_absence(&by.asks(), id, span, reason, AT)
}

fn of(who: &Somebody) -> Absence {
    Absence {
        id: AbsenceId(Uuid::from_u128(70)),
        employee: who.0.id,
        span: span(8, 32),
        reason: "Holiday".into(),
    }
}

// O-05: oneself, one's manager, and Administrators enter absences.
#[test]
fn absences_are_entered_by_oneself_ones_manager_and_administrators() {
    let by = |by: Somebody, of| enter(&by, of, span(0, 8), "Holiday").map(|_| ()).err();
    for somebody in [sam(), max(), ada()] {
        assert_eq!(by(somebody, sam()), None);
    }
    assert_eq!(by(kim(), sam()), Some(Refusal::NotFound), "a colleague");
    assert_eq!(by(somebody(9), sam()), Some(Refusal::NotFound));
    assert_eq!(by(max(), noor().administrator()), Some(Refusal::Forbidden));
    let stranger = ada().with(|record| record.organisation = THEIRS);
    assert_eq!(by(stranger, sam()), Some(Refusal::NotFound));
}

// O-05: a range that goes forward and is not for ever, with a reason of one line.
#[test]
fn an_absence_has_a_range_and_a_reason() {
    let refused = |span, reason: &str| enter(&sam(), sam(), span, reason).map(|_| ()).err();
    let field = |field, why| Some(Refusal::field(field, why));
    assert_eq!(refused(span(0, 1), " Holiday "), None);
    for backward in [span(8, 8), span(9, 8)] {
        assert_eq!(
            refused(backward, "Holiday"),
            field(Field::Until, Why::EndsFirst)
        );
    }
    let years = span(0, 24 * 733);
    assert_eq!(
        refused(years, "Away"),
        field(Field::Until, Why::OutOfRange(1, 732))
    );
    assert_eq!(
        refused(span(0, 1), " "),
        field(Field::Reason, Why::Required)
    );
    assert_eq!(
        refused(span(0, 1), "a\nb"),
        field(Field::Reason, Why::NotPlainText)
    );
    let long = "x".repeat(REASON_MAX + 1);
    assert_eq!(
        refused(span(0, 1), &long),
        field(Field::Reason, Why::TooLong(REASON_MAX))
    );
}

// O-05: changed and removed by the same people, and only as one's own.
#[test]
fn an_absence_is_changed_and_removed_by_the_same_people() {
    let absence = of(&sam());
    let change = |by: Somebody, of: Somebody| {
        let employee = of.known();
        let revised = employee.revise_absence(&by.asks(), &absence, span(8, 12), "Training", AT);
        let removed = employee.remove_absence(&by.asks(), &absence, AT);
        (revised.map(|_| ()).err(), removed.map(|_| ()).err())
    };
    let both = |refusal: Option<Refusal>| (refusal.clone(), refusal);
    for by in [sam(), max(), ada()] {
        assert_eq!(change(by, sam()), both(None));
    }
    assert_eq!(change(kim(), sam()), both(Some(Refusal::NotFound)));
    // Whoever may change Kim's absences can't name one of Sam's.
    assert_eq!(change(kim(), kim()), both(Some(Refusal::NotFound)));
    let same = sam().known();
    let same = same.revise_absence(&ada().asks(), &absence, absence.span, " Holiday ", AT);
    assert!(same.expect("allowed").is_none(), "nothing changed");
}

// E-23: the trail says what became what.
#[test]
fn an_entry_says_what_became_what() {
    let absence = of(&sam());
    let sam = sam().known();
    let revised = sam.revise_absence(&ada().asks(), &absence, span(8, 12), "Holiday", AT);
    let entry = revised.expect("allowed").expect("a change").entry();
    assert_eq!(entry.event, Event::AbsenceRevised);
    assert_eq!(entry.subject, domain::About::Employee(sam.id));
    let values: Vec<_> = entry.values.iter().map(|v| v.field.as_str()).collect();
    assert_eq!(values, ["until"]);
    let removed = sam
        .remove_absence(&ada().asks(), &absence, AT)
        .expect("allowed")
        .entry();
    assert_eq!(removed.event, Event::AbsenceRemoved);
    assert_eq!(removed.values.len(), 3);
}
