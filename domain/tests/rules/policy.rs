//! What an organisation asks of those who sign in, and that somebody still gets in.

use crate::cast::*;
use crate::sign_in::provider;
use domain::audit::Recorded;
use domain::field::Email;
use domain::organisation::Settings;
use domain::policy::DOMAINS_MAX;
use domain::sign_in::{AdministratorsWay, Policy, Required, somebody_gets_in};
use domain::{
    Event, Field, Organisation, Problem, ProviderId, Refusal, Role, Roles, SignIn, Version, Why,
};

fn organisation(policy: Policy) -> Organisation {
    Organisation {
        id: OURS,
        version: Version(2),
        settings: Settings {
            name: "Acme".into(),
            time_zone: "Europe/Brussels".into(),
            country: "BE".into(),
            language: "en".into(),
            invitation_hours: 72,
        },
        policy,
        employees: 1,
    }
}

fn asks(single_sign_on: Required, domains: &[&str]) -> Policy {
    Policy {
        single_sign_on,
        domains: domains.iter().map(|&domain| domain.into()).collect(),
        ..Policy::default()
    }
}

// domains are typed as people type them: with any separator, an @ before, in any case, twice.
#[test]
fn domains_are_read_as_people_type_them() {
    let read = |text| {
        let policy = Policy::read(Roles::NONE, "domains", text).expect("taken");
        policy.domains.join(" ")
    };
    for text in [
        "x.example",
        " X.Example ",
        "@x.example",
        "x.example,X.EXAMPLE;@x.example",
        ",; \n x.example \r\n ;",
    ] {
        assert_eq!(read(text), "x.example", "{text}");
    }
    for text in [
        "b.example, a.example",
        "b.example\na.example",
        "b.example;a.example",
        "@b.example\t@a.example",
    ] {
        assert_eq!(read(text), "a.example b.example", "sorted: {text}");
    }
    assert_eq!(read("sub-1.x.example"), "sub-1.x.example");
    assert_eq!(read("MÜNCHEN.example"), "münchen.example");
}

// what is no mail domain is refused on its field, whatever else is asked for.
#[test]
fn what_is_no_domain_is_refused() {
    let long = format!("{}.example", "x".repeat(250));
    for text in [
        "example",
        "ada@x.example",
        "https://x.example",
        "*.x.example",
        "x_y.example",
        "x.example\0",
        "good.example <b>.example",
        long.as_str(),
    ] {
        for required in Required::ALL {
            let read = Policy::read(Roles::NONE, required.code(), text);
            let refused = Refusal::field(Field::Domains, Why::NotADomain);
            assert_eq!(read, Err(refused), "{text}");
        }
    }
}

// single sign-on for some domains needs at least one, and there is an end to them.
#[test]
fn domains_are_required_where_they_count() {
    let read = |required, domains: &str| Policy::read(Roles::NONE, required, domains);
    let required = Refusal::field(Field::Domains, Why::Required);
    for nothing in ["", " , ;\n", "@"] {
        assert_eq!(read("domains", nothing), Err(required.clone()));
        for without in [Required::Nobody, Required::Everybody] {
            assert_eq!(read(without.code(), nothing), Ok(asks(without, &[])));
        }
    }
    let many = |count| {
        let domains: Vec<String> = (0..count).map(|n| format!("x{n}.example")).collect();
        read("domains", &domains.join(" ")).map(|policy| policy.domains.len())
    };
    let most = i64::try_from(DOMAINS_MAX).expect("a few");
    let too_many = Refusal::field(Field::Domains, Why::OutOfRange(0, most));
    assert_eq!(many(DOMAINS_MAX), Ok(DOMAINS_MAX));
    assert_eq!(many(DOMAINS_MAX + 1), Err(too_many));
}

// roles and the choice are kept; a choice that does not exist is refused beside the rest.
#[test]
fn a_policy_is_read_as_a_whole() {
    let held = roles(&[Role::Administrator, Role::Agent]);
    let read = Policy::read(held, "everybody", "").expect("taken");
    assert_eq!(
        (read.second_factor, read.single_sign_on),
        (held, Required::Everybody)
    );
    let problems = [
        (Field::SingleSignOn, Why::UnknownChoice),
        (Field::Domains, Why::NotADomain),
    ];
    let problems = problems.map(|(field, why)| Problem { field, why });
    for choice in ["", "Everybody", "some"] {
        let refused = Policy::read(held, choice, "nonsense");
        assert_eq!(refused, Err(Refusal::Invalid(problems.to_vec())));
    }
}

// stored choices come back; one that is not known is taken as the strictest.
#[test]
fn an_unknown_requirement_is_the_strictest() {
    for one in Required::ALL {
        assert_eq!(Required::from_number(one.number()), one);
        assert_eq!(Required::from_code(one.code()), Some(one));
    }
    for number in [-1, 3, i32::MAX] {
        assert_eq!(Required::from_number(number), Required::Everybody);
    }
}

// Section 8, A-11: an Administrator of this organisation changes it, while somebody still gets in.
#[test]
fn a_policy_is_changed_while_somebody_gets_in() {
    let change = |by: Somebody, policy: Policy, leaves_somebody| {
        let done =
            organisation(Policy::default()).change_policy(&by.asks(), policy, leaves_somebody, AT);
        done.map(|changed| changed.map(|changed| changed.policy.clone()))
    };
    let other = || asks(Required::Everybody, &[]);
    assert_eq!(change(ada(), other(), true), Ok(Some(other())));
    assert_eq!(change(ada(), other(), false), Err(Refusal::LastWayIn));
    for leaves_somebody in [true, false] {
        let same = change(ada(), Policy::default(), leaves_somebody);
        assert_eq!(same, Ok(None), "the same is no change");
    }
    for by in [max(), kim(), somebody(9)] {
        assert_eq!(change(by, other(), true), Err(Refusal::Forbidden));
    }
    let stranger = ada().with(|record| record.organisation = THEIRS);
    assert_eq!(change(stranger, other(), true), Err(Refusal::NotFound));
}

// E-23: the trail says what is asked for now, and what was before.
#[test]
fn another_policy_is_noted() {
    let before = asks(Required::Domains, &["x.example", "y.example"]);
    let after = Policy {
        second_factor: roles(&[Role::Administrator]),
        ..asks(Required::Everybody, &["x.example", "y.example"])
    };
    let changed = organisation(before)
        .change_policy(&ada().asks(), after, true, AT)
        .expect("allowed")
        .expect("a change");
    assert_eq!(changed.decided_on(), Some(Version(2)));
    let entry = changed.entry();
    assert_eq!(entry.event, Event::PolicyChanged);
    let values: Vec<_> = entry
        .values
        .iter()
        .map(|v| (v.field.as_str(), v.before.as_deref(), v.after.as_deref()))
        .collect();
    assert_eq!(
        values,
        [
            ("second_factor", None, Some("administrator")),
            ("single_sign_on", Some("domains"), Some("everybody")),
        ]
    );
}

// whether an Administrator still gets in: by a password where that does, or by a provider
// that is switched on.
#[test]
fn somebody_gets_in_by_password_or_by_an_enabled_provider() {
    let way = |sign_in, provider, exempt| AdministratorsWay {
        employee: ada().known().id,
        email: Email::read("ada@x.example").expect("an address"),
        sign_in,
        provider,
        exempt,
    };
    let password = || way(SignIn::Password, None, false);
    let exempt = || way(SignIn::Password, None, true);
    let known = |number| way(SignIn::SingleSignOn, Some(provider(number).id), false);
    let of_none = || way(SignIn::SingleSignOn, None, true);
    let nobody = asks(Required::Nobody, &["x.example"]);
    let theirs = asks(Required::Domains, &["x.example"]);
    let others = asks(Required::Domains, &["y.example"]);
    let everybody = asks(Required::Everybody, &[]);
    let (none, first): (&[ProviderId], &[ProviderId]) = (&[], &[provider(1).id]);
    for (administrators, enabled, policy, gets_in) in [
        (vec![], first, &nobody, false),
        (vec![password()], none, &nobody, true),
        (vec![password()], none, &others, true),
        (vec![password()], first, &theirs, false),
        (vec![password()], first, &everybody, false),
        (vec![exempt()], none, &theirs, true),
        (vec![exempt()], none, &everybody, true),
        (vec![known(1)], first, &nobody, true),
        (vec![known(1)], first, &everybody, true),
        (vec![known(1)], none, &nobody, false),
        (vec![known(2)], first, &nobody, false),
        (vec![of_none()], first, &nobody, false),
        (vec![password(), known(1)], first, &everybody, true),
        (vec![password(), known(1)], none, &everybody, false),
        (vec![password(), known(2)], none, &nobody, true),
        (
            vec![password(), of_none(), known(2)],
            first,
            &everybody,
            false,
        ),
    ] {
        let answer = somebody_gets_in(&administrators, enabled, policy);
        assert_eq!(answer, gets_in, "{administrators:?} {enabled:?} {policy:?}");
    }
}
