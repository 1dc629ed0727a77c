//! Signing in: what a proof is worth, and what the organisation asks for.

use crate::cast::*;
use domain::provider::{Profile, Protocol};
use domain::sign_in::{Method, Policy, Proof, Required, Step};
use domain::{OrganisationId, Provider, ProviderId, Refusal, Role, Version};
use uuid::Uuid;

/// An enabled provider, by a number.
pub fn provider(number: u128) -> Provider {
    Provider {
        organisation: OURS,
        id: ProviderId(Uuid::from_u128(200 + number)),
        version: Version(3),
        protocol: Protocol::Saml,
        enabled: true,
        profile: Profile {
            name: format!("Provider {number}"),
            issuer: format!("https://idp{number}.example/metadata"),
            address: format!("https://idp{number}.example/sso"),
            certificates: vec!["PEM".into()],
            ..Profile::default()
        },
        has_secret: false,
    }
}

/// Somebody whom provider 1 knows as `external_id`.
fn known_as(external_id: &str) -> Somebody {
    kim()
        .by_single_sign_on(external_id)
        .with(|record| record.provider = Some(provider(1).id))
}

fn asks(single_sign_on: Required, domains: &[&str]) -> Policy {
    Policy {
        single_sign_on,
        domains: domains.iter().map(|&domain| domain.into()).collect(),
        ..Policy::default()
    }
}

fn method(
    whom: Somebody,
    proof: Proof<'_>,
    second: bool,
    policy: &Policy,
) -> Result<Option<Method>, Refusal> {
    match whom.known().sign_in(proof, second, policy, AT)? {
        Step::In(allowed) => Ok(Some(allowed.method)),
        Step::SecondFactor => Ok(None),
    }
}

const NO: Result<Option<Method>, Refusal> = Err(Refusal::WrongCredentials);

// only an active employee with a password signs in by one; nobody is told why not.
#[test]
fn only_active_employees_with_a_password_sign_in_by_it() {
    let usual = Policy::default();
    let by_password = |whom: Somebody| method(whom, Proof::Password, false, &usual);
    assert_eq!(by_password(kim()), Ok(Some(Method::Password)));
    for whom in [kim().pending(), kim().suspended(), known_as("S-1")] {
        for proof in [Proof::Password, Proof::SecondFactor, Proof::Passkey] {
            assert_eq!(method(whom.clone(), proof, false, &usual), NO);
        }
    }
}

// with a second factor the password is only the first step; a passkey is both.
#[test]
fn a_second_factor_is_asked_for_after_the_password() {
    let usual = Policy::default();
    let with_factor = |proof| method(kim(), proof, true, &usual);
    assert_eq!(with_factor(Proof::Password), Ok(None));
    assert_eq!(
        with_factor(Proof::SecondFactor),
        Ok(Some(Method::SecondFactor))
    );
    assert_eq!(with_factor(Proof::Passkey), Ok(Some(Method::Passkey)));
}

// case 5: by provider and NameID, exactly, and by nothing else.
#[test]
fn a_provider_vouches_for_whom_it_knows_and_nobody_else() {
    let usual = Policy::default();
    let vouches = |whom: Somebody, provider: &Provider, subject: &str| {
        let proof = Proof::Provider {
            provider,
            subject,
            proved_at: None,
        };
        method(whom, proof, false, &usual)
    };
    let one = provider(1);
    assert_eq!(
        vouches(known_as("S-1"), &one, "S-1"),
        Ok(Some(Method::SingleSignOn))
    );
    for subject in ["", "s-1", "S-1 ", " S-1", "S-2", "person4@x.example"] {
        assert_eq!(vouches(known_as("S-1"), &one, subject), NO, "{subject}");
    }
    assert_eq!(vouches(known_as("S-1"), &provider(2), "S-1"), NO, "another");
    let switched_off = Provider {
        enabled: false,
        ..provider(1)
    };
    assert_eq!(vouches(known_as("S-1"), &switched_off, "S-1"), NO);
    let elsewhere = Provider {
        organisation: OrganisationId(Uuid::from_u128(9)),
        ..provider(1)
    };
    assert_eq!(vouches(known_as("S-1"), &elsewhere, "S-1"), NO);
    assert_eq!(vouches(known_as("S-1").suspended(), &one, "S-1"), NO);
    let with_password = known_as("S-1").with(|record| record.sign_in = domain::SignIn::Password);
    assert_eq!(
        vouches(with_password, &one, "S-1"),
        NO,
        "signs in by password"
    );
    let of_none = kim().by_single_sign_on("S-1");
    assert_eq!(vouches(of_none, &one, "S-1"), NO, "of no provider yet");
}

// single sign-on can be required of everybody or a mail domain, with named exceptions.
#[test]
fn a_password_does_not_do_where_single_sign_on_is_required() {
    let exempt = || kim().with(|record| record.exempt = true);
    let by = |whom: Somebody, policy: &Policy| method(whom, Proof::Password, false, policy);
    let everybody = asks(Required::Everybody, &[]);
    assert_eq!(by(kim(), &everybody), NO);
    assert_eq!(by(exempt(), &everybody), Ok(Some(Method::Password)));
    assert_eq!(method(kim(), Proof::Passkey, true, &everybody), NO);
    let theirs = asks(Required::Domains, &["x.example"]);
    assert_eq!(by(kim(), &theirs), NO);
    let others = asks(Required::Domains, &["y.example", "sub.x.example"]);
    assert_eq!(by(kim(), &others), Ok(Some(Method::Password)));
    assert!(theirs.asks_for_provider(" Ada@X.Example "));
    assert!(!theirs.asks_for_provider("x.example"));
}

// a forgotten password is replaced only where there is one to be used.
#[test]
fn a_link_replaces_only_a_password_that_counts() {
    let may = |whom: Somebody, policy: &Policy| whom.known().may_reset_password(policy);
    let usual = Policy::default();
    assert!(may(kim(), &usual));
    for whom in [kim().pending(), kim().suspended(), known_as("S-1")] {
        assert!(!may(whom, &usual));
    }
    assert!(!may(kim(), &asks(Required::Everybody, &[])));
    let other = domain::field::Email::read("other@x.example").expect("an address");
    let hash = domain::credential::PasswordHash("hash".into());
    let reset = kim()
        .known()
        .reset_password(&other, &usual, hash, false, AT);
    assert_eq!(reset.expect_err("refused"), Refusal::DeadLink);
}

// a role can need a second factor.
#[test]
fn a_second_factor_is_asked_of_roles() {
    let policy = Policy {
        second_factor: roles(&[Role::Administrator, Role::OfficeManager]),
        ..Policy::default()
    };
    assert!(policy.asks_for_second_factor(roles(&[Role::Agent, Role::OfficeManager])));
    assert!(!policy.asks_for_second_factor(roles(&[Role::Agent])));
    assert!(!policy.asks_for_second_factor(roles(&[])));
}
