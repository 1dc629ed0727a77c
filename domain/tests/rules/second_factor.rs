//! Second factors: one's own, kept while something needs them, and reset by an Administrator.

use crate::cast::*;
use domain::audit::Recorded;
use domain::credential::PASSWORD_MIN;
use domain::factor::{Factors, NAME_MAX, PASSKEYS_MAX, Passkey, PasskeyAdded, Removal};
use domain::{Actor, By, EmployeeId, Event, Field, PasskeyId, Refusal, Why};
use uuid::Uuid;

fn id(number: usize) -> PasskeyId {
    PasskeyId(Uuid::from_u128(300 + number as u128))
}

/// So many passkeys, with an authenticator app or without.
fn factors(passkeys: usize, authenticator: bool) -> Factors {
    let passkey = |number| Passkey {
        id: id(number),
        name: format!("Key {number}"),
        created_at: AT,
        used_at: None,
    };
    Factors {
        passkeys: (0..passkeys).map(passkey).collect(),
        authenticator: authenticator.then_some(AT),
        ..Factors::default()
    }
}

/// A passkey as a request brings it, which may name anybody as its owner.
fn passkey(name: &str) -> PasskeyAdded {
    PasskeyAdded {
        employee: EmployeeId(Uuid::from_u128(999)),
        id: id(77),
        name: name.into(),
        credential: b"credential".to_vec(),
        content: "public key".into(),
    }
}

/// What comes of everything that is done to one's own second factors.
fn outcomes(by: &Actor, whom: Somebody) -> [Option<Refusal>; 5] {
    let (whom, has) = (whom.known(), factors(2, true));
    let (app, codes) = (Removal::Authenticator, vec![vec![1]]);
    [
        whom.add_passkey(by, &has, passkey("Phone"), AT).err(),
        whom.rename_passkey(by, &has, id(0), "Phone", AT).err(),
        whom.add_authenticator(by, vec![1], 1, AT).err(),
        whom.remove_factor(by, &has, app, false, AT).err(),
        whom.make_recovery_codes(by, &has, codes, AT).err(),
    ]
}

// A-07, section 8: second factors are one's own: nobody makes or takes one for somebody else.
#[test]
fn second_factors_are_ones_own() {
    let all = |refusal: Option<Refusal>| [(); 5].map(|()| refusal.clone());
    assert_eq!(outcomes(&kim().asks(), kim()), all(None));
    for by in [ada(), max()] {
        let refused = all(Some(Refusal::Forbidden));
        assert_eq!(outcomes(&by.asks(), kim()), refused, "seen, not touched");
    }
    let refused = all(Some(Refusal::Forbidden));
    assert_eq!(outcomes(&Actor::system(OURS), kim()), refused, "nor by us");
    let stranger = ada().with(|record| record.organisation = THEIRS);
    for by in [sam(), noor(), somebody(9), stranger] {
        assert_eq!(outcomes(&by.asks(), kim()), all(Some(Refusal::NotFound)));
    }
}

// an account that signs in by single sign-on holds no second factor.
#[test]
fn accounts_of_single_sign_on_hold_none() {
    let whom = kim().by_single_sign_on("S-1");
    let refused = [(); 5].map(|()| Some(Refusal::SignsInElsewhere));
    assert_eq!(outcomes(&whom.asks(), whom), refused);
}

// a passkey is of whoever registers it, whatever the request says.
#[test]
fn a_passkey_is_of_whoever_registers_it() {
    let has = Factors::default();
    let added = kim()
        .known()
        .add_passkey(&kim().asks(), &has, passkey(" Phone "), AT)
        .expect("allowed");
    let own = kim().known().id;
    assert_eq!((added.employee, added.by()), (own, By::Person(own)));
    assert_eq!((added.id, added.name.as_str()), (id(77), "Phone"));
    assert_eq!(added.credential, b"credential");
}

// passkeys have names that their owner tells them apart by, one line of plain text.
#[test]
fn a_passkey_has_a_name() {
    let (long, longest) = ("é".repeat(NAME_MAX + 1), "é".repeat(NAME_MAX));
    for (name, why) in [
        ("", Some(Why::Required)),
        (" \t ", Some(Why::Required)),
        (long.as_str(), Some(Why::TooLong(NAME_MAX))),
        ("a\u{202e}b", Some(Why::NotPlainText)),
        (longest.as_str(), None),
        ("<b>Phone</b>", None),
    ] {
        let refused = why.map(|why| Refusal::field(Field::Name, why));
        let (whom, has) = (kim().known(), factors(1, false));
        let added = whom.add_passkey(&kim().asks(), &has, passkey(name), AT);
        assert_eq!(added.err(), refused, "{name}");
        let renamed = whom.rename_passkey(&kim().asks(), &has, id(0), name, AT);
        assert_eq!(renamed.err(), refused, "{name}");
    }
}

// a passkey gets another name; the same one is no change, and another's is not there.
#[test]
fn a_passkey_is_renamed() {
    let has = factors(2, false);
    let rename = |id, name| {
        let renamed = kim()
            .known()
            .rename_passkey(&kim().asks(), &has, id, name, AT);
        renamed.map(|renamed| renamed.map(|one| (one.id, one.before.clone(), one.name.clone())))
    };
    let renamed = (id(1), "Key 1".to_owned(), "Phone".to_owned());
    assert_eq!(rename(id(1), " Phone "), Ok(Some(renamed)));
    assert_eq!(rename(id(1), " Key 1 "), Ok(None));
    assert_eq!(rename(id(2), "Phone"), Err(Refusal::NotFound));
}

// there is an end to the passkeys of one account.
#[test]
fn there_are_at_most_so_many_passkeys() {
    let add = |count| {
        let added =
            kim()
                .known()
                .add_passkey(&kim().asks(), &factors(count, true), passkey("One"), AT);
        added.err()
    };
    let most = i64::try_from(PASSKEYS_MAX).expect("a few");
    let full = Refusal::field(Field::Name, Why::OutOfRange(0, most));
    assert_eq!(add(PASSKEYS_MAX - 1), None);
    assert_eq!(add(PASSKEYS_MAX), Some(full));
}

// the last one stays while a role needs one or the password is short; others go, and
// whichever was the last is said to be.
#[test]
fn the_last_factor_stays_while_it_is_needed() {
    let short = Refusal::field(Field::Password, Why::TooShort(PASSWORD_MIN));
    let (app, key) = (Removal::Authenticator, Removal::Passkey(id(0)));
    for (has, which, last) in [
        (factors(0, true), app, true),
        (factors(1, false), key, true),
        (factors(1, true), app, false),
        (factors(1, true), key, false),
        (factors(2, false), key, false),
        (factors(2, true), key, false),
    ] {
        for (required, password_short, refusal) in [
            (false, false, None),
            (true, false, Some(Refusal::SecondFactorRequired)),
            (false, true, Some(short.clone())),
            (true, true, Some(Refusal::SecondFactorRequired)),
        ] {
            let has = Factors {
                password_short,
                recovery_codes: 10,
                ..has.clone()
            };
            let removed = kim()
                .known()
                .remove_factor(&kim().asks(), &has, which, required, AT);
            let removed = removed.map(|removed| (removed.which, removed.last));
            let expected = match refusal.filter(|_| last) {
                Some(refusal) => Err(refusal),
                None => Ok((which, last)),
            };
            assert_eq!(removed, expected, "{which:?} of {has:?}, {required}");
        }
    }
}

// what is not there is not removed; a passkey of somebody else is not there.
#[test]
fn only_what_is_there_is_removed() {
    for (has, which) in [
        (factors(2, false), Removal::Authenticator),
        (factors(2, true), Removal::Passkey(id(2))),
        (Factors::default(), Removal::Passkey(id(0))),
    ] {
        let removed = kim()
            .known()
            .remove_factor(&kim().asks(), &has, which, false, AT);
        assert_eq!(removed.expect_err("refused"), Refusal::NotFound);
    }
}

// recovery codes stand in for a second factor, and are none by themselves.
#[test]
fn recovery_codes_are_no_factor_by_themselves() {
    let only_codes = Factors {
        recovery_codes: 10,
        ..Factors::default()
    };
    assert!(!only_codes.any());
    assert!(factors(1, false).any() && factors(0, true).any());
    let make = |has: &Factors| {
        let made =
            kim()
                .known()
                .make_recovery_codes(&kim().asks(), has, vec![vec![1], vec![2]], AT);
        made.map(|made| made.hashes.clone())
    };
    for has in [&only_codes, &Factors::default()] {
        assert_eq!(make(has), Err(Refusal::WrongState));
    }
    assert_eq!(make(&factors(0, true)), Ok(vec![vec![1], vec![2]]));
}

// A-07, section 8: an Administrator resets somebody's; one's own go one by one, by their rules.
#[test]
fn an_administrator_resets_somebody_elses() {
    let reset = |by: &Actor, whom: Somebody, has: &Factors| {
        let done = whom.known().reset_factors(by, has, AT);
        done.map(|reset| reset.employee).err()
    };
    let has = factors(1, true);
    let other = somebody(8).administrator();
    assert_eq!(reset(&ada().asks(), kim(), &has), None);
    assert_eq!(reset(&ada().asks(), other, &has), None);
    assert_eq!(reset(&Actor::system(OURS), kim(), &has), None);
    for by in [kim(), max()] {
        assert_eq!(reset(&by.asks(), kim(), &has), Some(Refusal::Forbidden));
    }
    assert_eq!(
        reset(&ada().asks(), ada(), &has),
        Some(Refusal::Forbidden),
        "their own"
    );
    let stranger = ada().with(|record| record.organisation = THEIRS);
    for by in [sam(), stranger] {
        assert_eq!(reset(&by.asks(), kim(), &has), Some(Refusal::NotFound));
    }
    let only_codes = Factors {
        recovery_codes: 3,
        ..Factors::default()
    };
    for has in [&only_codes, &Factors::default()] {
        let refused = reset(&ada().asks(), kim(), has);
        assert_eq!(refused, Some(Refusal::WrongState), "there is none");
    }
}

// E-23: the trail says which factor came or went, by its name, and holds no secret of it.
#[test]
fn the_trail_names_factors_and_holds_no_secret() {
    let (whom, own, has) = (kim().known(), kim().asks(), factors(1, true));
    let said = |change: &dyn Recorded| {
        let entry = change.entry();
        let values = entry.values.into_iter();
        let values = values.map(|value| (value.field, value.before, value.after));
        (entry.event, values.collect::<Vec<_>>())
    };
    let value = |field: &str, before: Option<&str>, after: Option<&str>| {
        let text = |text: &str| text.to_owned();
        vec![(text(field), before.map(text), after.map(text))]
    };
    let added = whom.add_passkey(&own, &has, passkey("Phone"), AT);
    assert_eq!(
        said(&*added.expect("allowed")),
        (
            Event::SecondFactorAdded,
            value("passkey", None, Some("Phone"))
        )
    );
    let added = whom.add_authenticator(&own, b"secret".to_vec(), 1, AT);
    assert_eq!(
        said(&*added.expect("allowed")),
        (
            Event::SecondFactorAdded,
            value("authenticator", None, Some("on"))
        )
    );
    let removed = whom.remove_factor(&own, &has, Removal::Passkey(id(0)), false, AT);
    assert_eq!(
        said(&*removed.expect("allowed")),
        (
            Event::SecondFactorRemoved,
            value("passkey", Some("Key 0"), None)
        )
    );
    let removed = whom.remove_factor(&own, &has, Removal::Authenticator, false, AT);
    assert_eq!(
        said(&*removed.expect("allowed")),
        (
            Event::SecondFactorRemoved,
            value("authenticator", Some("on"), None)
        )
    );
    let made = whom.make_recovery_codes(&own, &has, vec![b"hash".to_vec()], AT);
    let nothing = Vec::new();
    assert_eq!(
        said(&*made.expect("allowed")),
        (Event::RecoveryCodesMade, nothing.clone())
    );
    let used = whom.use_recovery_code(b"hash".to_vec(), AT);
    assert_eq!(used.by(), By::Person(whom.id));
    assert_eq!(said(&*used), (Event::RecoveryCodeUsed, nothing.clone()));
    let reset = whom.reset_factors(&ada().asks(), &has, AT);
    assert_eq!(
        said(&*reset.expect("allowed")),
        (Event::SecondFactorReset, nothing)
    );
}
