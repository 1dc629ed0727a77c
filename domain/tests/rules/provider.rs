//! Identity providers: who sets one up, what of it can be taken, and when it can go.

use crate::cast::*;
use crate::sign_in::provider;
use domain::audit::Recorded;
use domain::provider::{
    CERTIFICATES_MAX, ClientSecret, ISSUER_MAX, NAME_MAX, Profile, Protocol, ProviderCreated,
};
use domain::{Actor, By, Event, Field, Problem, Provider, ProviderId, Refusal, Why};
use uuid::Uuid;

fn saml() -> Profile {
    provider(1).profile
}

fn open_id() -> Profile {
    Profile {
        name: "Provider".into(),
        issuer: "https://idp.example".into(),
        client_id: "staffroom".into(),
        ..Profile::default()
    }
}

fn create(by: &Somebody, protocol: Protocol, profile: Profile) -> Result<Profile, Refusal> {
    let id = ProviderId(Uuid::from_u128(250));
    let created = ProviderCreated::allow(&by.asks(), id, protocol, profile, None, AT)?;
    assert_eq!((created.id, created.protocol), (id, protocol));
    Ok(created.profile.clone())
}

/// What is wrong with a new provider.
fn problems(protocol: Protocol, profile: Profile) -> Vec<(Field, Why)> {
    match create(&ada(), protocol, profile) {
        Ok(_) => Vec::new(),
        Err(Refusal::Invalid(problems)) => {
            let pair = |Problem { field, why }| (field, why);
            problems.into_iter().map(pair).collect()
        }
        Err(other) => panic!("refused as {other}"),
    }
}

/// The same, switched off.
fn off(one: &Provider) -> Provider {
    Provider {
        enabled: false,
        ..one.clone()
    }
}

// Section 8: providers are settings: an Administrator's, of this organisation.
#[test]
fn only_administrators_change_providers() {
    let outcomes = |by: &Actor, one: &Provider| {
        let (id, saml) = (one.id, saml());
        [
            ProviderCreated::allow(by, id, Protocol::Saml, saml.clone(), None, AT).err(),
            one.revise(by, saml, None, AT).err(),
            off(one).switch(by, true, true, AT).err(),
            one.switch(by, false, true, AT).err(),
            one.delete(by, 0, AT).err(),
        ]
    };
    for by in [ada().asks(), Actor::system(OURS)] {
        assert_eq!(outcomes(&by, &provider(1)), [const { None }; 5]);
    }
    for by in [max(), kim(), somebody(9)] {
        let refused = [(); 5].map(|()| Some(Refusal::Forbidden));
        assert_eq!(outcomes(&by.asks(), &provider(1)), refused);
    }
    let elsewhere = Provider {
        organisation: THEIRS,
        ..provider(1)
    };
    for by in [ada(), kim()] {
        let [_, rest @ ..] = outcomes(&by.asks(), &elsewhere);
        let refused = [(); 4].map(|()| Some(Refusal::NotFound));
        assert_eq!(rest, refused, "of another organisation");
    }
}

// what a SAML provider needs, everything that is missing at once.
#[test]
fn a_saml_provider_says_what_it_needs() {
    let empty = problems(Protocol::Saml, Profile::default());
    let missing = [
        Field::Name,
        Field::Issuer,
        Field::Address,
        Field::Certificates,
    ];
    assert_eq!(empty, missing.map(|field| (field, Why::Required)));
    assert_eq!(problems(Protocol::Saml, saml()), []);
}

// what an OpenID Connect provider needs; no address or certificate, which it tells itself.
#[test]
fn an_openid_provider_says_what_it_needs() {
    let empty = problems(Protocol::OpenId, Profile::default());
    let missing = [Field::Name, Field::Issuer, Field::ClientId];
    assert_eq!(empty, missing.map(|field| (field, Why::Required)));
    assert_eq!(problems(Protocol::OpenId, open_id()), []);
}

// each field is one line of plain text of some length.
#[test]
fn each_field_of_a_provider_is_a_line_of_some_length() {
    let long = |length| format!("https://{}", "x".repeat(length - 7));
    let name = Profile {
        name: "é".repeat(NAME_MAX + 1),
        ..saml()
    };
    let deceiving = Profile {
        name: "a\u{202e}b".into(),
        ..saml()
    };
    let issuer = Profile {
        issuer: long(ISSUER_MAX),
        ..saml()
    };
    let address = Profile {
        address: long(ISSUER_MAX),
        ..saml()
    };
    let client = Profile {
        client_id: "x".repeat(ISSUER_MAX + 1),
        ..open_id()
    };
    let too_long = Why::TooLong;
    for (protocol, profile, field, why) in [
        (Protocol::Saml, name, Field::Name, too_long(NAME_MAX)),
        (Protocol::Saml, deceiving, Field::Name, Why::NotPlainText),
        (Protocol::Saml, issuer, Field::Issuer, too_long(ISSUER_MAX)),
        (
            Protocol::Saml,
            address,
            Field::Address,
            too_long(ISSUER_MAX),
        ),
        (
            Protocol::OpenId,
            client,
            Field::ClientId,
            too_long(ISSUER_MAX),
        ),
    ] {
        assert_eq!(problems(protocol, profile), [(field, why)]);
    }
    let longest = Profile {
        name: "é".repeat(NAME_MAX),
        issuer: long(ISSUER_MAX - 1),
        ..saml()
    };
    assert_eq!(problems(Protocol::Saml, longest), []);
    let spaced = Profile {
        name: " Provider ".into(),
        issuer: " https://idp.example ".into(),
        ..saml()
    };
    let read = create(&ada(), Protocol::Saml, spaced).expect("allowed");
    assert_eq!(
        (read.name.as_str(), read.issuer.as_str()),
        ("Provider", "https://idp.example")
    );
}

// passwords and assertions go over https; without it only to this very machine.
#[test]
fn a_provider_is_reached_by_https() {
    for (address, taken) in [
        ("https://idp.example/sso", true),
        ("https://idp.example:8443/sso?a=b", true),
        ("http://localhost", true),
        ("http://localhost:8080/sso", true),
        ("http://127.0.0.1/sso", true),
        ("http://[::1]:8080/sso", true),
        ("http://localhost?a=b", true),
        ("http://idp.example/sso", false),
        ("http://localhost.idp.example/sso", false),
        ("http://localhosts/sso", false),
        ("http://127.0.0.1.idp.example/sso", false),
        ("http://127.0.0.1@idp.example/sso", false),
        ("http://127.0.0.10/sso", false),
        ("http://[::1].idp.example/sso", false),
        ("https://user@idp.example/sso", false),
        ("https://", false),
        ("//idp.example/sso", false),
        ("idp.example/sso", false),
        ("javascript:alert(1)", false),
        ("urn:idp:example", false),
    ] {
        let to = Profile {
            address: address.into(),
            ..saml()
        };
        let by = Profile {
            issuer: address.into(),
            ..open_id()
        };
        let problem = |field| match taken {
            true => Vec::new(),
            false => vec![(field, Why::NotAnHttpsAddress)],
        };
        assert_eq!(
            problems(Protocol::Saml, to),
            problem(Field::Address),
            "{address}"
        );
        assert_eq!(
            problems(Protocol::OpenId, by),
            problem(Field::Issuer),
            "{address}"
        );
    }
    let urn = Profile {
        issuer: "urn:idp:example".into(),
        ..saml()
    };
    assert_eq!(
        problems(Protocol::Saml, urn),
        [],
        "an entity id is any name"
    );
}

// two certificates at once for rotation, and some room.
#[test]
fn a_provider_has_several_certificates() {
    let with = |count| {
        let certificates = vec!["PEM".to_owned(); count];
        problems(
            Protocol::Saml,
            Profile {
                certificates,
                ..saml()
            },
        )
    };
    let most = i64::try_from(CERTIFICATES_MAX).expect("a few");
    assert_eq!(with(0), [(Field::Certificates, Why::Required)]);
    for count in [1, 2, CERTIFICATES_MAX] {
        assert_eq!(with(count), []);
    }
    assert_eq!(
        with(CERTIFICATES_MAX + 1),
        [(Field::Certificates, Why::OutOfRange(1, most))]
    );
}

// what belongs to the other protocol is not kept.
#[test]
fn what_belongs_to_the_other_protocol_is_dropped() {
    let both = Profile {
        expires_at: Some(AT),
        sign_requests: true,
        client_id: "staffroom".into(),
        ..saml()
    };
    let as_saml = create(&ada(), Protocol::Saml, both.clone()).expect("allowed");
    let without_client = Profile {
        client_id: String::new(),
        ..both.clone()
    };
    assert_eq!(as_saml, without_client);
    let as_open_id = create(&ada(), Protocol::OpenId, both.clone()).expect("allowed");
    let only_names = Profile {
        name: both.name,
        issuer: both.issuer,
        client_id: both.client_id,
        expires_at: both.expires_at,
        ..Profile::default()
    };
    assert_eq!(as_open_id, only_names);
}

// entered anew by the same rules, on the version that was read.
#[test]
fn a_provider_is_revised_by_the_same_rules() {
    let revise = |profile| provider(1).revise(&ada().asks(), profile, None, AT);
    let nameless = Profile {
        name: " ".into(),
        ..saml()
    };
    let refused = revise(nameless).expect_err("refused");
    assert_eq!(refused, Refusal::field(Field::Name, Why::Required));
    let other = Profile {
        name: "Other".into(),
        ..saml()
    };
    let revised = revise(other).expect("allowed");
    assert_eq!(
        (revised.from, revised.decided_on()),
        (provider(1).version, Some(provider(1).version))
    );
    assert_eq!(
        (revised.before.name.as_str(), revised.profile.name.as_str()),
        ("Provider 1", "Other")
    );
}

// the last way in of the Administrators is not switched off; any is switched on.
#[test]
fn the_last_way_in_is_not_switched_off() {
    let switch = |enabled, leaves_somebody| {
        let one = if enabled {
            off(&provider(1))
        } else {
            provider(1)
        };
        let done = one.switch(&ada().asks(), enabled, leaves_somebody, AT);
        done.map(|switched| switched.enabled)
    };
    assert_eq!(switch(false, false), Err(Refusal::LastWayIn));
    assert_eq!(switch(false, true), Ok(false));
    assert_eq!(switch(true, false), Ok(true));
    assert_eq!(switch(true, true), Ok(true));
    let again = provider(1).switch(&ada().asks(), true, true, AT);
    assert_eq!(again.err(), Some(Refusal::WrongState), "it is on already");
}

// a provider by which somebody signs in stays, and it is said how many do.
#[test]
fn a_provider_in_use_is_not_deleted() {
    let delete = |users| provider(1).delete(&ada().asks(), users, AT).err();
    assert_eq!(delete(0), None);
    for users in [1, 100_000] {
        assert_eq!(delete(users), Some(Refusal::InUse(users)));
    }
}

// E-23, safe: the trail says what changed of a provider, and never its secret; nor does a log.
#[test]
fn a_client_secret_is_shown_nowhere() {
    let secret = || Some(ClientSecret("hush-hush".into()));
    let revised = provider(1)
        .revise(&ada().asks(), saml(), secret(), AT)
        .expect("allowed");
    let entry = revised.entry();
    assert_eq!(entry.event, Event::ProviderRevised);
    let fields: Vec<&str> = entry.values.iter().map(|v| v.field.as_str()).collect();
    assert_eq!(fields, ["client_secret"]);
    let id = ProviderId(Uuid::from_u128(250));
    let by = ada().asks();
    let created = ProviderCreated::allow(&by, id, Protocol::OpenId, open_id(), secret(), AT);
    let created = created.expect("allowed");
    for text in [
        format!("{revised:?}"),
        format!("{entry:?}"),
        format!("{created:?}"),
        format!("{:?}", created.entry()),
    ] {
        assert!(!text.contains("hush"), "{text}");
    }
    assert_eq!(created.secret, secret(), "it is there all the same");
}

// E-23, A-05: switching, deleting and refusals are noted by what they are, without a person's name.
#[test]
fn what_becomes_of_a_provider_is_noted() {
    let (one, by) = (provider(1), ada().asks());
    let switched = |enabled| {
        let one = if enabled { off(&one) } else { one.clone() };
        one.switch(&by, enabled, true, AT).expect("allowed")
    };
    assert_eq!(switched(true).entry().event, Event::ProviderEnabled);
    assert_eq!(switched(false).entry().event, Event::ProviderDisabled);
    let deleted = one.delete(&by, 0, AT).expect("allowed");
    assert_eq!(deleted.entry().event, Event::ProviderDeleted);
    let refused = one.refused("replayed", "", AT);
    assert_eq!(refused.by(), By::System);
    let entry = refused.entry();
    assert_eq!(entry.event, Event::SignInRefused);
    assert_eq!(entry.values[0].after.as_deref(), Some("replayed"));
}
