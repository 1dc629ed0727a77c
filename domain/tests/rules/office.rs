//! Offices.

use crate::cast::*;
use domain::office::{Draft, OfficeCreated, Profile, Standing, TAKEN_OUT_MAX};
use domain::{Field, Office, OfficeId, Refusal, Version, Why};
use uuid::Uuid;

fn create(by: &Somebody, name: &str) -> Result<String, Refusal> {
    let id = OfficeId(Uuid::from_u128(50));
    OfficeCreated::allow(&by.asks(), id, &Draft::named(name, true), "BE", known(), AT)
        .map(|created| created.profile.name.clone())
}

pub fn ghent() -> Office {
    Office {
        organisation: OURS,
        id: GHENT,
        version: Version(3),
        profile: Profile {
            name: "Ghent".to_owned(),
            active: true,
            ..Profile::default()
        },
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
            .revise(&by.asks(), &Draft::named("Gent", false), "BE", known(), AT)
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
            .revise(
                &ada().asks(),
                &Draft::named(" Ghent", true),
                "BE",
                known(),
                AT
            )
            .expect("allowed")
            .is_none()
    );
}

// O-01, section 9: every field is read as the specification says, and all problems are told at once.
#[test]
fn what_is_said_of_an_office_is_read() {
    let draft = Draft {
        external_id: Some(" GNT-1 ".into()),
        email: Some(" ghent@x.example ".into()),
        phone: Some("09 210 44 18".into()),
        address: Some("Korenmarkt 1\r\n9000 Ghent".into()),
        time_zone: Some("Europe/Brussels".into()),
        virtual_only: Some(true),
        ..Draft::default()
    };
    let revise = |office: &Office, draft: &Draft| {
        let revised = office.revise(&ada().asks(), draft, "BE", known(), AT);
        revised.map(|change| change.map(|change| change.profile.clone()))
    };
    let profile = revise(&ghent(), &draft)
        .expect("allowed")
        .expect("a change");
    assert_eq!(profile.name, "Ghent", "what is not in the form stays");
    assert_eq!(profile.external_id.as_deref(), Some("GNT-1"));
    assert_eq!(
        profile.email.as_ref().map(|email| email.as_str()),
        Some("ghent@x.example")
    );
    assert_eq!(
        profile.phone.as_ref().map(|phone| phone.as_str()),
        Some("+3292104418")
    );
    assert_eq!(profile.address, "Korenmarkt 1\n9000 Ghent");
    assert_eq!(profile.time_zone.as_deref(), Some("Europe/Brussels"));
    assert!(profile.virtual_only && profile.active);
    let full = Office { profile, ..ghent() };
    assert_eq!(full.zone("Asia/Tokyo"), "Europe/Brussels");
    assert_eq!(
        ghent().zone("Asia/Tokyo"),
        "Asia/Tokyo",
        "the organisation's"
    );
    let emptied = Draft {
        external_id: Some(String::new()),
        email: Some(" ".into()),
        phone: Some(String::new()),
        address: Some(String::new()),
        time_zone: Some(String::new()),
        virtual_only: Some(false),
        ..Draft::default()
    };
    let profile = revise(&full, &emptied).expect("allowed").expect("a change");
    assert_eq!(profile, ghent().profile, "empty clears");
    let wrong = Draft {
        name: Some(String::new()),
        email: Some("nobody".into()),
        phone: Some("letters".into()),
        time_zone: Some("Mars/Olympus".into()),
        ..Draft::default()
    };
    let Err(Refusal::Invalid(problems)) = revise(&ghent(), &wrong) else {
        panic!("it is not refused");
    };
    let mut fields: Vec<&str> = problems
        .iter()
        .map(|problem| problem.field.name())
        .collect();
    fields.sort_unstable();
    assert_eq!(fields, ["email", "name", "phone", "time_zone"]);
}

// O-01, case 20: deleted by Administrators when the name was typed and nobody is expected any more.
#[test]
fn an_office_is_deleted_when_nobody_is_expected() {
    let delete = |by: &Somebody, typed: &str, employees, appointments| {
        let standing = Standing {
            employees,
            appointments,
        };
        let deleted = ghent().delete(&by.asks(), typed, standing, AT);
        deleted.map(|deleted| deleted.from)
    };
    assert_eq!(delete(&ada(), " ghent ", 3, 0), Ok(Version(3)));
    assert_eq!(delete(&ada(), "Ghent", 3, 1), Err(Refusal::Awaited(1)));
    let many = TAKEN_OUT_MAX + 1;
    assert_eq!(
        delete(&ada(), "Ghent", many, 0),
        Err(Refusal::TooManyEmployees(many))
    );
    let differs = Refusal::field(Field::Confirmation, Why::DoesNotMatch);
    assert_eq!(delete(&ada(), "Gent", 0, 0), Err(differs));
    for by in [max(), kim(), noor()] {
        assert_eq!(delete(&by, "Ghent", 0, 0), Err(Refusal::Forbidden));
    }
    assert_eq!(delete(&somebody(9), "Ghent", 0, 0), Err(Refusal::NotFound));
}
