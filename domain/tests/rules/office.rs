//! Offices.

use crate::cast::*;
use domain::office::OfficeCreated;
use domain::{Field, Office, OfficeId, Refusal, Version, Why};
use uuid::Uuid;

fn create(by: &Somebody, name: &str) -> Result<String, Refusal> {
    let id = OfficeId(Uuid::from_u128(50));
    OfficeCreated::allow(&by.asks(), id, name, true, AT).map(|created| created.name.clone())
}

fn ghent() -> Office {
    let (version, name) = (Version(3), "Ghent".to_owned());
    Office {
        organisation: OURS,
        id: GHENT,
        version,
        name,
        active: true,
    }
}

// O-01: Administrators create offices.
#[test]
fn only_administrators_create_offices() {
    assert_eq!(create(&ada(), " Ghent "), Ok("Ghent".into()));
    for by in [max(), kim(), somebody(9)] {
        assert_eq!(create(&by, "Ghent"), Err(Refusal::Forbidden));
    }
}

// O-01: an office has a name, which is one line of plain text.
#[test]
fn an_office_has_a_name() {
    let refused = |why| Err(Refusal::field(Field::Name, why));
    assert_eq!(create(&ada(), "  "), refused(Why::Required));
    assert_eq!(create(&ada(), &"x".repeat(101)), refused(Why::TooLong(100)));
    assert_eq!(create(&ada(), "a\u{1f}b"), refused(Why::NotPlainText));
}

// O-01: edited by Administrators and by its managers; for those who work there it can be seen.
#[test]
fn an_office_is_edited_by_its_managers() {
    let revise = |by: Somebody| {
        ghent()
            .revise(&by.asks(), "Gent", false, AT)
            .map(|_| ())
            .err()
    };
    for by in [ada(), max(), eve()] {
        assert_eq!(revise(by), None);
    }
    assert_eq!(revise(kim()), Some(Refusal::Forbidden));
    assert_eq!(revise(noor()), Some(Refusal::Forbidden));
    assert_eq!(revise(somebody(9)), Some(Refusal::NotFound));
    let stranger = ada().with(|record| record.organisation = THEIRS);
    assert_eq!(revise(stranger), Some(Refusal::NotFound));
}

// O-01: nothing changed is nothing written.
#[test]
fn an_office_that_stays_the_same_is_not_written() {
    assert!(
        ghent()
            .revise(&ada().asks(), " Ghent", true, AT)
            .expect("allowed")
            .is_none()
    );
}
