//! Roles and offices.

use crate::cast::*;
use domain::audit::Recorded;
use domain::employee::{Assigned, Wish};
use domain::{Allowed, Employee, OfficeId, Place, Refusal, Role, Roles};
use proptest::prelude::*;

fn assign(by: &Somebody, whom: Somebody, wish: Wish) -> Result<Option<Allowed<Assigned>>, Refusal> {
    whom.known().assign(&by.asks(), &wish, 1, AT)
}

fn places(places: &[Place]) -> Wish {
    Wish {
        places: places.to_vec(),
        ..Wish::default()
    }
}

fn changed(done: Result<Option<Allowed<Assigned>>, Refusal>) -> Vec<Place> {
    done.expect("allowed").expect("a change").places.clone()
}

// E-12: for each office, the roles in it; offices that were not named stay.
#[test]
fn an_administrator_assigns_any_office() {
    let wish = places(&[
        place(GHENT, &[]),
        place(BRUGES, &[Role::Agent, Role::OfficeManager]),
    ]);
    let after = changed(assign(&ada(), sam(), wish));
    let expected = [
        place(ANTWERP, &[Role::Agent]),
        place(BRUGES, &[Role::Agent, Role::OfficeManager]),
    ];
    assert_eq!(after, expected);
}

// E-13: once the role is held somewhere, it is not wanted any more; other wishes stay.
#[test]
fn a_wanted_role_that_is_given_is_not_wanted_any_more() {
    let whom = somebody(9).with(|r| r.wanted = roles(&[Role::Agent, Role::OfficeManager]));
    let wish = places(&[place(GHENT, &[Role::Agent])]);
    let done = assign(&ada(), whom, wish)
        .expect("allowed")
        .expect("a change");
    assert_eq!(done.wanted, roles(&[Role::OfficeManager]));
}

// E-13: what is wanted is not held, so it gives no rights.
#[test]
fn a_wanted_role_gives_no_rights() {
    let whom = somebody(9).with(|r| r.wanted = roles(&[Role::Agent, Role::OfficeManager]));
    assert!(whom.clone().known().roles().is_empty());
    let refused = assign(&whom, kim(), places(&[place(GHENT, &[])])).expect_err("refused");
    assert_eq!(refused, Refusal::NotFound);
}

// E-14: a role switched off goes from every office that the actor may change, and only from those.
#[test]
fn a_role_switched_off_goes_from_the_offices_one_may_change() {
    let whom = || sam().holds(BRUGES, &[Role::OfficeManager]);
    let everywhere = whom().known().without_role(&ada().asks(), Role::Agent);
    assert_eq!(everywhere, [place(GHENT, &[]), place(ANTWERP, &[])]);
    let in_ghent = whom().known().without_role(&max().asks(), Role::Agent);
    assert_eq!(in_ghent, [place(GHENT, &[])]);
    let after = changed(assign(&max(), whom(), places(&in_ghent)));
    let rest = [
        place(ANTWERP, &[Role::Agent]),
        place(BRUGES, &[Role::OfficeManager]),
    ];
    assert_eq!(after, rest);
}

// Case 8: the manager of A takes an agent out of A; B is untouched.
#[test]
fn leaving_one_office_leaves_the_other_untouched() {
    let after = changed(assign(&max(), sam(), places(&[place(GHENT, &[])])));
    assert_eq!(after, [place(ANTWERP, &[Role::Agent])]);
}

// Section 8: a manager assigns between offices they manage.
#[test]
fn a_manager_assigns_between_their_offices() {
    let by = max().holds(BRUGES, &[Role::OfficeManager]);
    let wish = places(&[place(GHENT, &[]), place(BRUGES, &[Role::Agent])]);
    let after = changed(assign(&by, kim(), wish));
    assert_eq!(after, [place(BRUGES, &[Role::Agent])]);
}

// Section 8: bringing in somebody from elsewhere is the Administrator's.
#[test]
fn a_manager_brings_in_nobody_from_elsewhere() {
    for whom in [somebody(9), somebody(9).holds(ANTWERP, &[Role::Agent])] {
        let wish = places(&[place(GHENT, &[Role::Agent])]);
        assert_eq!(
            assign(&max(), whom, wish).expect_err("refused"),
            Refusal::NotFound
        );
    }
}

// Section 8: in an office that one does not manage, one grants and removes nothing.
#[test]
fn a_manager_names_no_office_of_others() {
    for wished in [
        place(ANTWERP, &[]),
        place(ANTWERP, &[Role::OfficeManager]),
        place(BRUGES, &[Role::Agent]),
    ] {
        let wish = places(&[place(GHENT, &[]), wished]);
        let refused = assign(&max(), sam(), wish).expect_err("refused");
        assert_eq!(refused, Refusal::NotYourOffices(vec![wished.office]));
    }
}

// Section 8, case 8: an answer does not tell what somebody is in an office that one doesn't see.
#[test]
fn a_guess_at_the_roles_elsewhere_is_answered_the_same_right_or_wrong() {
    for whom in [sam(), sam().administrator()] {
        for guess in [
            place(ANTWERP, &[Role::Agent]),
            place(ANTWERP, &[Role::OfficeManager]),
        ] {
            let refused = assign(&max(), whom.clone(), places(&[guess])).expect_err("refused");
            assert_eq!(refused, Refusal::NotYourOffices(vec![ANTWERP]));
        }
    }
}

// Case 9: a manager edits the roles of a fellow manager, and their own.
#[test]
fn a_manager_changes_the_roles_of_fellow_managers() {
    let wish = || places(&[place(GHENT, &[Role::Agent])]);
    assert_eq!(
        changed(assign(&max(), eve(), wish())),
        [place(GHENT, &[Role::Agent])]
    );
    assert_eq!(
        changed(assign(&max(), max(), wish())),
        [place(GHENT, &[Role::Agent])]
    );
}

// Case 9: a manager grants nobody Administrator, themselves least of all.
#[test]
fn a_manager_grants_nobody_administrator() {
    for whom in [max(), kim(), eve()] {
        let wish = Wish {
            administrator: Some(true),
            ..Wish::default()
        };
        assert_eq!(
            assign(&max(), whom, wish).expect_err("refused"),
            Refusal::Forbidden
        );
    }
}

// Case 9: Administrator can't be smuggled in as a role of an office, nor as a wanted one.
#[test]
fn administrator_is_never_held_in_an_office() {
    let everything = Place {
        office: GHENT,
        roles: Roles(i32::MAX),
    };
    let wish = Wish {
        places: vec![everything],
        wanted: Some(Roles(-1)),
        administrator: None,
    };
    let done = assign(&max(), kim(), wish)
        .expect("allowed")
        .expect("a change");
    assert_eq!(
        done.places,
        [place(GHENT, &[Role::Agent, Role::OfficeManager])]
    );
    assert!(!done.administrator);
    assert_eq!(done.wanted, Roles::NONE);
}

// Section 8: an Office Manager never changes an Administrator who works in their office.
#[test]
fn a_manager_takes_no_role_from_an_administrator() {
    let wish = places(&[place(GHENT, &[])]);
    let refused = assign(&max(), kim().administrator(), wish).expect_err("refused");
    assert_eq!(refused, Refusal::Forbidden);
}

// E-18: nobody changes their own roles or offices but by the rights they have.
#[test]
fn an_agent_gives_themselves_nothing() {
    let own_office = places(&[place(GHENT, &[Role::OfficeManager])]);
    let refused = assign(&kim(), kim(), own_office).expect_err("refused");
    assert_eq!(refused, Refusal::NotYourOffices(vec![GHENT]));
    let wanted = Wish {
        wanted: Some(roles(&[Role::OfficeManager])),
        ..Wish::default()
    };
    assert_eq!(
        assign(&kim(), kim(), wanted).expect_err("refused"),
        Refusal::Forbidden
    );
    let administrator = Wish {
        administrator: Some(true),
        ..Wish::default()
    };
    assert_eq!(
        assign(&kim(), kim(), administrator).expect_err("refused"),
        Refusal::Forbidden
    );
}

// E-17: the last active Administrator is not demoted, by nobody.
#[test]
fn the_last_active_administrator_is_not_demoted() {
    let wish = Wish {
        administrator: Some(false),
        ..Wish::default()
    };
    let demote = |whom: Somebody, others| whom.known().assign(&ada().asks(), &wish, others, AT);
    assert_eq!(
        demote(ada(), 0).expect_err("refused"),
        Refusal::LastAdministrator
    );
    assert!(demote(ada(), 1).expect("allowed").is_some());
    assert!(
        demote(ada().suspended(), 0).is_ok(),
        "a suspended one is not the last active one"
    );
    assert!(
        demote(ada().pending(), 0).is_ok(),
        "nor is one who never activated"
    );
}

// E-23: the trail says in which office which roles became which.
#[test]
fn the_trail_names_each_office_that_changed() {
    let wish = Wish {
        places: vec![
            place(GHENT, &[]),
            place(BRUGES, &[Role::Agent, Role::OfficeManager]),
        ],
        administrator: Some(true),
        wanted: None,
    };
    let whom = sam().with(|record| record.wanted = roles(&[Role::OfficeManager]));
    let done = assign(&ada(), whom, wish)
        .expect("allowed")
        .expect("a change");
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".into());
    let lines: Vec<String> = done
        .entry()
        .values
        .iter()
        .map(|v| format!("{} {} {}", v.field, text(&v.before), text(&v.after)))
        .collect();
    assert_eq!(
        lines,
        [
            format!("office:{GHENT} agent –"),
            format!("office:{BRUGES} – agent,office_manager"),
            "administrator off on".to_owned(),
            "roles office_manager –".to_owned(),
        ]
    );
}

/// Whoever there is, in any mixture of roles in three offices.
fn anybody(number: u128) -> impl Strategy<Value = Somebody> {
    let held = proptest::collection::vec((0..3_usize, 0..4_i32), 0..4);
    (held, proptest::bool::weighted(0.3)).prop_map(move |(held, administrator)| {
        let mut who = somebody(number).with(|record| record.administrator = administrator);
        for (office, bits) in held {
            let office = [GHENT, ANTWERP, BRUGES][office];
            if bits != 0 && !who.0.places.iter().any(|place| place.office == office) {
                let held: Vec<Role> = Roles(bits).iter().collect();
                who = who.holds(office, &held);
            }
        }
        who
    })
}

fn any_wish() -> impl Strategy<Value = Wish> {
    let places = proptest::collection::vec((0..3_usize, any::<i8>()), 0..5);
    let wanted = proptest::option::of(any::<i8>().prop_map(|bits| Roles(bits.into())));
    (places, proptest::option::of(any::<bool>()), wanted).prop_map(
        |(places, administrator, wanted)| {
            let place = |(office, bits): (usize, i8)| Place {
                office: [GHENT, ANTWERP, BRUGES][office],
                roles: Roles(bits.into()),
            };
            Wish {
                places: places.into_iter().map(place).collect(),
                administrator,
                wanted,
            }
        },
    )
}

fn after(whom: &Employee, done: &Assigned) -> Employee {
    let mut record = (**whom).clone();
    record.places = done.places.clone();
    (record.administrator, record.wanted) = (done.administrator, done.wanted);
    Employee::known(record)
}

fn roles_in(places: &[Place], office: OfficeId) -> Roles {
    places
        .iter()
        .find(|p| p.office == office)
        .map_or(Roles::NONE, |p| p.roles)
}

proptest! {
    // E-14: whatever is assigned in whatever order, each office stands there once, with a role.
    #[test]
    fn no_sequence_of_assigns_leaves_a_place_without_roles(
        start in anybody(20),
        steps in proptest::collection::vec((anybody(21), any_wish()), 1..6),
    ) {
        let mut whom = start.known();
        for (by, wish) in steps {
            let Ok(Some(done)) = whom.assign(&by.asks(), &wish, 1, AT) else { continue };
            whom = after(&whom, &done);
            prop_assert!(whom.places.iter().all(|p| p.roles == p.roles.in_office() && !p.roles.is_empty()));
            prop_assert!(whom.places.windows(2).all(|pair| pair[0].office < pair[1].office));
            prop_assert!(!whom.wanted.has(Role::Administrator));
            let held = whom.places.iter().fold(Roles::NONE, |all, p| all.and(p.roles));
            prop_assert!(whom.wanted.without(held) == whom.wanted, "what is held is not wanted");
        }
    }

    // Section 8: a manager's assign never changes an office they don't manage, nor an Administrator.
    #[test]
    fn a_manager_never_changes_an_office_of_others(by in anybody(21), whom in anybody(20), wish in any_wish()) {
        prop_assume!(!by.0.administrator);
        let (actor, administrator) = (by.asks(), whom.0.administrator);
        let whom = whom.known();
        if let Ok(Some(done)) = whom.assign(&actor, &wish, 1, AT) {
            prop_assert!(!administrator);
            prop_assert!(!done.administrator);
            for office in [GHENT, ANTWERP, BRUGES] {
                let same = roles_in(&whom.places, office) == roles_in(&done.places, office);
                prop_assert!(same || actor.manages(office));
            }
        }
    }
}
