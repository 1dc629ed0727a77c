//! Who handles what in an office.

use crate::cast::*;
use crate::subject::mortgage;
use domain::expertise::Ticks;
use domain::{OfficeId, Refusal, Role, SubjectId};
use uuid::Uuid;

const MORTGAGE: SubjectId = SubjectId(Uuid::from_u128(30));
const GONE: SubjectId = SubjectId(Uuid::from_u128(39));

fn handle(by: &Somebody, whom: Somebody, office: OfficeId, ticks: &Ticks) -> Result<bool, Refusal> {
    let changed = whom
        .known()
        .handle(&by.asks(), office, (&[], &[mortgage()]), ticks, AT);
    changed.map(|change| change.is_some())
}

fn on() -> Ticks {
    Ticks {
        added: vec![MORTGAGE],
        removed: vec![],
    }
}

// O-03, section 8: managers say who handles what in their offices, and in no other; agents read.
#[test]
fn managers_say_who_handles_what_in_their_office() {
    assert_eq!(handle(&ada(), kim(), GHENT, &on()), Ok(true));
    assert_eq!(handle(&max(), kim(), GHENT, &on()), Ok(true));
    assert_eq!(
        handle(&eve(), eve(), GHENT, &on()),
        Ok(true),
        "also of oneself"
    );
    assert_eq!(
        handle(&max(), sam(), ANTWERP, &on()),
        Err(Refusal::NotFound)
    );
    assert_eq!(handle(&kim(), kim(), GHENT, &on()), Err(Refusal::Forbidden));
    assert_eq!(handle(&noor(), kim(), GHENT, &on()), Err(Refusal::NotFound));
    assert_eq!(
        handle(&noor(), sam(), GHENT, &on()),
        Err(Refusal::Forbidden),
        "agent there, manager elsewhere"
    );
    let chief = kim().administrator();
    assert_eq!(
        handle(&max(), chief.clone(), GHENT, &on()),
        Err(Refusal::Forbidden)
    );
    assert_eq!(handle(&ada(), chief, GHENT, &on()), Ok(true));
}

// O-03: who is no Agent in the office handles nothing there.
#[test]
fn only_agents_of_an_office_handle_subjects_in_it() {
    assert_eq!(
        handle(&ada(), max(), GHENT, &on()),
        Err(Refusal::WrongState)
    );
    assert_eq!(
        handle(&ada(), kim(), BRUGES, &on()),
        Err(Refusal::WrongState)
    );
    let both = somebody(8).holds(GHENT, &[Role::Agent, Role::OfficeManager]);
    assert_eq!(handle(&ada(), both, GHENT, &on()), Ok(true));
}

// O-03: what is ticked is added and what is unticked is taken away; the rest stays.
#[test]
fn ticks_change_what_they_name_and_nothing_else() {
    let other = SubjectId(Uuid::from_u128(32));
    let mut second = mortgage();
    (second.id, second.profile.title) = (other, "Savings".into());
    let subjects = [mortgage(), second];
    let handle = |handled: &[SubjectId], added: &[SubjectId], removed: &[SubjectId]| {
        let ticks = Ticks {
            added: added.to_vec(),
            removed: removed.to_vec(),
        };
        let change = kim()
            .known()
            .handle(&ada().asks(), GHENT, (handled, &subjects), &ticks, AT);
        let change = change.expect("allowed");
        change.map(|change| {
            (
                change.added.clone(),
                change.removed.clone(),
                change.titles.clone(),
            )
        })
    };
    let titles = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    assert_eq!(
        handle(&[MORTGAGE], &[other], &[]),
        Some((vec![other], vec![], titles("Mortgage", "Mortgage, Savings")))
    );
    assert_eq!(
        handle(&[MORTGAGE, other], &[], &[MORTGAGE]),
        Some((
            vec![],
            vec![MORTGAGE],
            titles("Mortgage, Savings", "Savings")
        ))
    );
    assert_eq!(handle(&[MORTGAGE], &[MORTGAGE], &[other]), None);
    assert_eq!(
        handle(&[], &[other], &[other]).map(|change| change.0),
        Some(vec![other])
    );
    let unknown = Ticks {
        added: vec![GONE],
        removed: vec![],
    };
    let refused = kim()
        .known()
        .handle(&ada().asks(), GHENT, (&[], &subjects), &unknown, AT);
    assert_eq!(refused.map(|_| ()), Err(Refusal::NotFound));
}
