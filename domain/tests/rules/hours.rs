//! Appointment hours: who changes whose, and what they can be (O-04).

use crate::cast::*;
use domain::audit::Recorded;
use domain::hours::change::Kept;
use domain::hours::edit::{Edit, check_day};
use domain::hours::{AppliedId, Block, Hours, Pattern, TemplateId, Week};
use domain::{Event, Field, OfficeId, Refusal, Why};
use jiff::civil::date;
use proptest::prelude::*;

fn block(office: OfficeId, from: u16, until: u16) -> Block {
    Block {
        from,
        until,
        office,
        automatic: true,
    }
}

fn week(blocks: &[Block]) -> Week {
    let mut week = Week::default();
    week.0[0] = blocks.to_vec();
    week
}

fn default(blocks: &[Block]) -> Edit {
    Edit::Default(week(blocks))
}

/// What Sam has in Ghent and Antwerp: a Monday, a template for Antwerp, and one that is applied.
fn kept() -> Kept {
    let both = [GHENT, ANTWERP];
    let edits = [
        default(&[block(GHENT, 540, 720), block(ANTWERP, 780, 900)]),
        Edit::Add(
            "Summer".into(),
            Pattern::Week(week(&[block(ANTWERP, 480, 600)])),
        ),
        Edit::Add("Short".into(), Pattern::Day(vec![block(GHENT, 600, 660)])),
        Edit::Apply(
            TemplateId::UNAVAILABLE,
            date(2026, 7, 1),
            date(2026, 7, 3),
            Some(ANTWERP),
        ),
    ];
    let hours = edits
        .into_iter()
        .try_fold(Hours::default(), |hours, edit| hours.edited(edit, &both));
    Kept {
        version: None,
        hours: hours.expect("allowed"),
    }
}

fn change(by: &Somebody, of: &Somebody, edit: Edit) -> Result<Hours, Refusal> {
    let before = kept();
    let changed = of
        .clone()
        .known()
        .change_hours(&by.asks(), &before, edit, AT)?;
    Ok(changed.map_or(before.hours, |changed| changed.hours.clone()))
}

fn refused(by: &Somebody, of: &Somebody, edit: Edit) -> Option<Refusal> {
    change(by, of, edit).err()
}

// O-04, section 8: oneself and Administrators everywhere, a manager in the offices they manage.
#[test]
fn who_changes_whose_hours() {
    let edit = || default(&[block(GHENT, 540, 600)]);
    for by in [sam(), max(), ada()] {
        assert_eq!(refused(&by, &sam(), edit()), None);
    }
    assert_eq!(refused(&kim(), &sam(), edit()), Some(Refusal::NotFound));
    assert_eq!(
        refused(&somebody(9), &sam(), edit()),
        Some(Refusal::NotFound)
    );
    let chief = sam().administrator();
    assert_eq!(refused(&max(), &chief, edit()), Some(Refusal::Forbidden));
    let suspended = somebody(4).holds(BRUGES, &[domain::Role::OfficeManager]);
    assert_eq!(refused(&suspended, &sam(), edit()), Some(Refusal::NotFound));
}

// Section 8: the manager of Ghent changes only what concerns Ghent; the rest stays as it is.
#[test]
fn a_manager_changes_only_what_concerns_their_offices() {
    let hours = change(&max(), &sam(), default(&[block(GHENT, 600, 660)])).expect("allowed");
    assert_eq!(
        hours.default.0[0],
        [block(GHENT, 600, 660), block(ANTWERP, 780, 900)]
    );
    let theirs = default(&[block(ANTWERP, 600, 660)]);
    let not_there = Some(Refusal::field(Field::Blocks, Why::NotInOffice));
    assert_eq!(refused(&max(), &sam(), theirs), not_there);
    let antwerp = Some(Refusal::NotYourOffices(vec![ANTWERP]));
    let july = (date(2026, 7, 1), date(2026, 7, 31));
    let apply = |office| Edit::Apply(TemplateId(2), july.0, july.1, office);
    assert_eq!(
        refused(&max(), &sam(), apply(None)),
        antwerp,
        "in all offices"
    );
    let elsewhere = Some(Refusal::field(Field::Office, Why::NotInOffice));
    assert_eq!(refused(&max(), &sam(), apply(Some(ANTWERP))), elsewhere);
    assert_eq!(refused(&max(), &sam(), apply(Some(GHENT))), None);
    assert_eq!(
        refused(&max(), &sam(), Edit::Withdraw(AppliedId(3))),
        antwerp
    );
    assert_eq!(
        refused(&max(), &sam(), Edit::Remove(TemplateId(1))),
        antwerp
    );
    assert_eq!(refused(&max(), &sam(), Edit::Remove(TemplateId(2))), None);
    for by in [sam(), ada()] {
        assert_eq!(refused(&by, &sam(), apply(None)), None);
        assert_eq!(refused(&by, &sam(), Edit::Remove(TemplateId(1))), None);
    }
}

// O-04: hours are had where one is an agent.
#[test]
fn hours_are_had_where_one_is_an_agent() {
    let elsewhere = default(&[block(BRUGES, 540, 600)]);
    let not_there = Some(Refusal::field(Field::Blocks, Why::NotInOffice));
    assert_eq!(refused(&ada(), &sam(), elsewhere), not_there);
    // Noor manages Antwerp and is an agent in Ghent.
    let managed = default(&[block(ANTWERP, 540, 600)]);
    assert_eq!(refused(&noor(), &noor(), managed), not_there);
    assert_eq!(
        noor().known().hours_offices(&noor().asks()),
        Ok(vec![GHENT])
    );
    assert_eq!(sam().known().hours_offices(&max().asks()), Ok(vec![GHENT]));
    assert_eq!(
        sam().known().hours_offices(&sam().asks()),
        Ok(vec![GHENT, ANTWERP])
    );
}

// Section 8: a manager sees of the hours only what concerns the offices that they manage.
#[test]
fn hours_are_shown_as_far_as_they_concern() {
    let seen = kept().hours.only(&[GHENT]);
    assert_eq!(seen.default.0[0], [block(GHENT, 540, 720)]);
    assert!(seen.templates[0].pattern.days().concat().is_empty());
    assert!(seen.applied.is_empty());
    assert_eq!(kept().hours.only(&[GHENT, ANTWERP]), kept().hours);
}

// Case 13: a block over midnight and overlapping blocks are refused; ends that touch are none.
#[test]
fn blocks_end_by_midnight_and_do_not_overlap() {
    let day = |blocks: &[Block]| check_day(blocks);
    assert_eq!(day(&[block(GHENT, 0, 1_440)]), Ok(()));
    assert_eq!(day(&[block(GHENT, 0, 1_441)]), Err(Why::Backward));
    assert_eq!(day(&[block(GHENT, 1_320, 120)]), Err(Why::Backward));
    assert_eq!(day(&[block(GHENT, 540, 540)]), Err(Why::Backward));
    let touching = [block(GHENT, 720, 780), block(GHENT, 540, 720)];
    assert_eq!(day(&touching), Ok(()));
    let overlapping = [block(GHENT, 719, 780), block(GHENT, 540, 720)];
    assert_eq!(day(&overlapping), Err(Why::Overlapping));
    let elsewhere = [block(ANTWERP, 719, 780), block(GHENT, 540, 720)];
    assert_eq!(
        day(&elsewhere),
        Ok(()),
        "blocks of different offices may overlap"
    );
    let edit = default(&overlapping);
    let refusal = Refusal::field(Field::Blocks, Why::Overlapping);
    assert_eq!(refused(&sam(), &sam(), edit), Some(refusal));
}

// O-04: templates have names of their own; "Unavailable" can't be changed.
#[test]
fn templates_have_names_of_their_own() {
    let add = |name: &str| Edit::Add(name.into(), Pattern::Day(Vec::new()));
    let name = |why| Some(Refusal::field(Field::Template, why));
    assert_eq!(refused(&sam(), &sam(), add(" ")), name(Why::Required));
    assert_eq!(refused(&sam(), &sam(), add("SUMMER")), name(Why::Taken));
    assert_eq!(refused(&sam(), &sam(), add("Sommer")), None);
    let keeps = |id, name: &str| Edit::Template(id, name.into(), Pattern::Week(Week::default()));
    assert_eq!(
        refused(&sam(), &sam(), keeps(TemplateId(1), "summer")),
        None
    );
    assert_eq!(
        refused(&sam(), &sam(), keeps(TemplateId(1), "Short")),
        name(Why::Taken)
    );
    let unavailable = TemplateId::UNAVAILABLE;
    let gone = Some(Refusal::NotFound);
    assert_eq!(refused(&sam(), &sam(), keeps(unavailable, "x")), gone);
    assert_eq!(refused(&sam(), &sam(), Edit::Remove(unavailable)), gone);
    assert_eq!(refused(&sam(), &sam(), Edit::Withdraw(AppliedId(99))), gone);
    let backward = Edit::Apply(TemplateId(9), date(2026, 7, 2), date(2026, 7, 1), None);
    let Some(Refusal::Invalid(problems)) = refused(&sam(), &sam(), backward) else {
        panic!("it was not refused")
    };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, [Field::Template, Field::LastDay]);
}

// E-23: the trail says what became what, office by office, and nothing when nothing did.
#[test]
fn an_entry_says_what_became_what() {
    let (sam, before) = (sam(), kept());
    let edit = default(&[block(GHENT, 540, 720), block(ANTWERP, 780, 840)]);
    let changed = sam
        .clone()
        .known()
        .change_hours(&sam.asks(), &before, edit, AT);
    let entry = changed.expect("allowed").expect("a change").entry();
    assert_eq!(entry.event, Event::HoursChanged);
    assert_eq!(entry.values.len(), 1);
    let value = &entry.values[0];
    assert_eq!(value.field, format!("hours:{ANTWERP}"));
    assert_eq!(value.before.as_deref(), Some("1 780-900"));
    assert_eq!(value.after.as_deref(), Some("1 780-840"));
    assert!(value.concerns(&[ANTWERP]) && !value.concerns(&[GHENT]));
    let same = default(&[block(ANTWERP, 780, 900), block(GHENT, 540, 720)]);
    let same = sam
        .clone()
        .known()
        .change_hours(&sam.asks(), &before, same, AT);
    assert!(same.expect("allowed").is_none());
}

proptest! {
    // Section 8: whatever a manager of Ghent does, what stands in Antwerp stays on every day.
    #[test]
    fn what_stands_elsewhere_stays(
        which in 0..8_u32, from in 0..1_440_u16, length in 1..600_u16, here in any::<bool>(),
        first in 0..40_i8, days in 0..10_i64, scope in prop::option::of(any::<bool>()),
    ) {
        let office = if here { GHENT } else { ANTWERP };
        let blocks = [block(office, from, from.saturating_add(length))];
        let first = date(2026, 6, 20).checked_add(jiff::Span::new().days(first)).expect("a day");
        let last = first.checked_add(jiff::Span::new().days(days)).expect("a day");
        let scope = scope.map(|here| if here { GHENT } else { ANTWERP });
        let edit = match which {
            0 => default(&blocks),
            1 => Edit::Template(TemplateId(1), "Summer".into(), Pattern::Week(week(&blocks))),
            2 => Edit::Template(TemplateId(2), "Short".into(), Pattern::Day(blocks.to_vec())),
            3 => Edit::Add("New".into(), Pattern::Day(blocks.to_vec())),
            4 => Edit::Remove(TemplateId(1 + length as u32 % 2)),
            5 => Edit::Withdraw(AppliedId(3)),
            _ => Edit::Apply(TemplateId(length as u32 % 3), first, last, scope),
        };
        if let Ok(hours) = change(&max(), &sam(), edit) {
            let mut day = date(2026, 6, 1);
            while day < date(2026, 8, 31) {
                let before: Vec<_> = kept().hours.blocks_in(ANTWERP, day).collect();
                let after: Vec<_> = hours.blocks_in(ANTWERP, day).collect();
                prop_assert_eq!(before, after, "on {}", day);
                day = day.tomorrow().expect("a day");
            }
        }
    }
}
