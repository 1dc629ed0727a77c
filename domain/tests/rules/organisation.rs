//! The organisation's settings.

use crate::cast::*;
use domain::organisation::{Known, OrganisationCreated, Settings};
use domain::{Field, Organisation, Problem, Refusal, Version, Why};

fn settings() -> Settings {
    Settings {
        name: "Acme".into(),
        time_zone: "Europe/Brussels".into(),
        country: "BE".into(),
        language: "en".into(),
        invitation_hours: 72,
    }
}

fn known() -> Known<'static> {
    Known {
        languages: &["en", "de"],
        time_zone: &|zone| zone == "Europe/Brussels",
        country: &|country| country == "BE",
    }
}

fn change(by: &Somebody, settings: Settings) -> Result<bool, Refusal> {
    let organisation = Organisation {
        id: OURS,
        version: Version(2),
        settings: self::settings(),
        policy: domain::sign_in::Policy::default(),
        employees: 1,
    };
    let done = organisation.change_settings(&by.asks(), settings, known(), AT);
    done.map(|changed| changed.is_some())
}

// an invitation can be made to live from 1 to 720 hours.
#[test]
fn invitations_live_from_1_to_720_hours() {
    for hours in [1, 24, 720] {
        assert_eq!(
            change(
                &ada(),
                Settings {
                    invitation_hours: hours,
                    ..settings()
                }
            ),
            Ok(true)
        );
    }
    for hours in [0, -1, 721, i32::MAX] {
        let refused = change(
            &ada(),
            Settings {
                invitation_hours: hours,
                ..settings()
            },
        );
        let why = Why::OutOfRange(1, 720);
        assert_eq!(refused, Err(Refusal::field(Field::InvitationHours, why)));
    }
}

// Section 9: time zone, country and language are ones that exist; everything is said at once.
#[test]
fn settings_are_choices_that_exist() {
    let wrong = Settings {
        name: " ".into(),
        time_zone: "Mars/Olympus".into(),
        country: "XX".into(),
        language: "xx".into(),
        invitation_hours: 0,
    };
    let problems = [
        (Field::Name, Why::Required),
        (Field::TimeZone, Why::UnknownChoice),
        (Field::Country, Why::UnknownChoice),
        (Field::Language, Why::UnknownChoice),
        (Field::InvitationHours, Why::OutOfRange(1, 720)),
    ];
    let expected = problems.map(|(field, why)| Problem { field, why }).to_vec();
    assert_eq!(
        change(&ada(), wrong.clone()),
        Err(Refusal::Invalid(expected.clone()))
    );
    let created = OrganisationCreated::allow(OURS, None, wrong, known(), AT);
    assert_eq!(created.expect_err("refused"), Refusal::Invalid(expected));
}

// Section 8: settings are an Administrator's of this organisation.
#[test]
fn only_administrators_change_settings() {
    let other = || Settings {
        name: "Other".into(),
        ..settings()
    };
    for by in [max(), kim(), somebody(9)] {
        assert_eq!(change(&by, other()), Err(Refusal::Forbidden));
    }
    let stranger = ada().with(|record| record.organisation = THEIRS);
    assert_eq!(change(&stranger, other()), Err(Refusal::NotFound));
    assert_eq!(change(&ada(), other()), Ok(true));
    assert_eq!(
        change(&ada(), settings()),
        Ok(false),
        "the same settings are no change"
    );
}
