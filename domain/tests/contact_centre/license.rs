//! Licenses: seats, the pair, plans (C-03).

use crate::cast::*;
use domain::contact_centre::license::{
    BUILT_IN, ENGAGE_BUNDLED, Held, Kind, License, Licenses, PlanAdded, SEATS_MAX,
};
use domain::{Actor, Field, Refusal, Version, Why};
use proptest::prelude::*;

fn licenses(seats: [i64; 4], used: [i64; 4]) -> Licenses {
    let all = BUILT_IN.iter().zip(seats).zip(used);
    let license =
        |(((code, kind, name), seats), used): ((&(&str, Kind, &str), i64), i64)| License {
            code: (*code).into(),
            version: Version(1),
            kind: *kind,
            name: (*name).into(),
            seats,
            used,
        };
    Licenses(all.map(license).collect())
}

fn engage(plan: &str) -> Held {
    Held::Engage { plan: plan.into() }
}

// C-03, case 17: without a seat left it is refused beside the field, saying how many there are.
#[test]
fn without_a_seat_left_nobody_gets_one() {
    let seats = licenses([2, 5, 3, 0], [2, 4, 3, 0]);
    let none = Held::None;
    let no_center = Refusal::field(Field::License, Why::NoSeatLeft("Contact Center".into(), 2));
    assert_eq!(
        seats.admit(&none, &Held::ContactCenter),
        Err(no_center.clone())
    );
    assert_eq!(
        seats.admit(&Held::ContactCenter, &Held::ContactCenter),
        Ok(()),
        "kept"
    );
    let no_plan =
        |name: &str, seats| Refusal::field(Field::Plan, Why::NoSeatLeft(name.into(), seats));
    assert_eq!(
        seats.admit(&none, &engage(ENGAGE_BUNDLED)),
        Err(no_plan("Engage Bundled", 3))
    );
    assert_eq!(
        seats.admit(&none, &engage("engage_unbundled")),
        Err(no_plan("Engage Unbundled", 0))
    );
    let unknown = Err(Refusal::field(Field::Plan, Why::UnknownChoice));
    assert_eq!(seats.admit(&none, &engage("nothing")), unknown);
    assert_eq!(
        seats.admit(&none, &engage("contact_center")),
        unknown,
        "no plan"
    );
    let moved = seats.admit(&engage("engage_unbundled"), &engage(ENGAGE_BUNDLED));
    assert_eq!(
        moved,
        Err(no_plan("Engage Bundled", 3)),
        "another plan takes a seat of it"
    );
    let full = licenses([0, 1, 1, 1], [0, 1, 1, 0]);
    assert_eq!(
        full.admit(&engage(ENGAGE_BUNDLED), &engage("engage_unbundled")),
        Ok(())
    );
    assert_eq!(full.admit(&engage(ENGAGE_BUNDLED), &none), Ok(()));
    let Err(Refusal::Invalid(both)) = full.admit(&none, &engage(ENGAGE_BUNDLED)) else {
        panic!("it is not refused");
    };
    assert_eq!(both.len(), 2, "each half says so");
}

// C-03: seats are 0 to a million, and not fewer than are used.
#[test]
fn seats_are_not_fewer_than_are_used() {
    let license = &licenses([10, 0, 0, 0], [7, 0, 0, 0]).0[0];
    assert_eq!(license.left(), 3);
    let set = |by: &Actor, text: &str| {
        let changed = license.set_seats(by, text, AT);
        changed.map(|changed| changed.map(|changed| changed.seats))
    };
    assert_eq!(set(&ada(), " 7 "), Ok(Some(7)));
    assert_eq!(set(&ada(), "10"), Ok(None));
    assert_eq!(set(&ada(), "1000000"), Ok(Some(SEATS_MAX)));
    let refused = |why| Err(Refusal::field(Field::Seats, why));
    assert_eq!(set(&ada(), "6"), refused(Why::SeatsUsed(7)));
    assert_eq!(set(&ada(), ""), refused(Why::Required));
    for text in ["-1", "1000001", "2.5", "many", "+8", "99999999999999999999"] {
        assert_eq!(
            set(&ada(), text),
            refused(Why::OutOfRange(0, SEATS_MAX)),
            "{text}"
        );
    }
    assert_eq!(set(&person(false), "8"), Err(Refusal::Forbidden));
}

// C-03: an organisation adds plans, and deletes those that nobody has.
#[test]
fn plans_are_added_and_deleted() {
    let known = licenses([0; 4], [0; 4]).0;
    let add = |name: &str, seats: &str| {
        let added = PlanAdded::allow(&ada(), "x".into(), name, seats, &known, AT);
        added.map(|added| (added.name.clone(), added.seats))
    };
    assert_eq!(add(" Engage Night ", "5"), Ok(("Engage Night".into(), 5)));
    let taken = Err(Refusal::field(Field::Name, Why::Taken));
    assert_eq!(add("ENGAGE bundled", "5"), taken);
    let Err(Refusal::Invalid(problems)) = add("", "x") else {
        panic!("it is not refused");
    };
    assert_eq!(problems.len(), 2);
    let plan = |code: &str, used| License {
        code: code.into(),
        used,
        ..known[2].clone()
    };
    assert!(plan("x", 0).delete_plan(&ada(), AT).is_ok());
    let delete = |license: &License| license.delete_plan(&ada(), AT).err();
    assert_eq!(delete(&plan("x", 2)), Some(Refusal::PlanInUse(2)));
    assert_eq!(delete(&plan(ENGAGE_BUNDLED, 0)), Some(Refusal::WrongState));
    assert_eq!(delete(&known[0]), Some(Refusal::WrongState));
}

proptest! {
    // C-03: whatever is asked for, nobody takes a seat of a full license, and nobody loses theirs.
    #[test]
    fn a_full_license_takes_nobody(
        seats in prop::array::uniform4(0i64..4),
        used in prop::array::uniform4(0i64..4),
        before in 0usize..4,
        wanted in 0usize..4,
    ) {
        let held = [Held::None, Held::ContactCenter, engage(ENGAGE_BUNDLED), engage("engage_unbundled")];
        let all = licenses(seats, used);
        let (before, wanted) = (&held[before], &held[wanted]);
        let full = |code: &&str| all.of(code).is_some_and(|license| license.used >= license.seats);
        let kept = before.codes();
        let short = wanted.codes().into_iter().filter(|code| !kept.contains(code)).any(|code| full(&code));
        prop_assert_eq!(all.admit(before, wanted).is_err(), short);
        prop_assert_eq!(all.admit(wanted, wanted), Ok(()));
    }
}
