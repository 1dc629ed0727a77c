//! Accounts between password and single sign-on: adding, turning over and back, exceptions.

use crate::cast::*;
use crate::sign_in::provider;
use domain::audit::Recorded;
use domain::employee::{Created, Draft, NewEmployee};
use domain::{
    Allowed, By, EmployeeId, Event, Field, Problem, ProviderId, Refusal, SignIn, Status, Why,
};
use uuid::Uuid;

fn id(number: u128) -> ProviderId {
    provider(number).id
}

/// A new employee past the activation, with these providers switched on and one of them chosen.
fn create(
    external_id: &str,
    enabled: &[ProviderId],
    chosen: Option<ProviderId>,
) -> Result<Allowed<Created>, Refusal> {
    let new = NewEmployee {
        email: "new@x.example".into(),
        bypass_activation: true,
        provider: chosen,
        providers: enabled.to_vec(),
        draft: Draft {
            external_id: Some(external_id.into()),
            ..Draft::default()
        },
        ..NewEmployee::default()
    };
    let number = EmployeeId(Uuid::from_u128(500));
    Created::allow(&ada().asks(), number, &new, "BE", AT)
}

// E-08: with several providers one is asked which; the only one is taken by itself; while there is
// none, it is left open.
#[test]
fn who_bypasses_activation_is_known_to_a_provider() {
    let both = [id(1), id(2)];
    let problem = |why| Err(Refusal::field(Field::Provider, why));
    for (enabled, chosen, outcome) in [
        (&[][..], None, Ok(None)),
        (&[], Some(id(1)), problem(Why::UnknownChoice)),
        (&both[..1], None, Ok(Some(id(1)))),
        (&both[..1], Some(id(1)), Ok(Some(id(1)))),
        (&both[..1], Some(id(2)), problem(Why::UnknownChoice)),
        (&both, None, problem(Why::Required)),
        (&both, Some(id(1)), Ok(Some(id(1)))),
        (&both, Some(id(2)), Ok(Some(id(2)))),
        (&both, Some(id(3)), problem(Why::UnknownChoice)),
    ] {
        let created = create("S-1", enabled, chosen);
        let taken = created.map(|created| {
            let expected = (Status::Active, SignIn::SingleSignOn);
            assert_eq!((created.status, created.sign_in), expected);
            created.provider
        });
        assert_eq!(taken, outcome, "{chosen:?} of {enabled:?}");
    }
}

// E-08, case 1: External ID and provider are asked for at once, each on its field.
#[test]
fn what_is_missing_of_a_bypass_is_said_at_once() {
    let refused = create(" ", &[id(1), id(2)], None).expect_err("refused");
    let missing = [Field::ExternalId, Field::Provider].map(|field| Problem {
        field,
        why: Why::Required,
    });
    assert_eq!(refused, Refusal::Invalid(missing.to_vec()));
}

// E-07: who is invited is of no provider, whatever the request says.
#[test]
fn who_is_invited_is_of_no_provider() {
    let new = NewEmployee {
        email: "new@x.example".into(),
        provider: Some(id(3)),
        providers: vec![id(1), id(2)],
        ..NewEmployee::default()
    };
    let number = EmployeeId(Uuid::from_u128(500));
    let created = Created::allow(&ada().asks(), number, &new, "BE", AT).expect("allowed");
    assert_eq!(
        (created.sign_in, created.provider),
        (SignIn::Password, None)
    );
}

/// Somebody with a password whom a provider could know.
fn ready() -> Somebody {
    kim().with(|record| record.profile.external_id = Some("S-1".into()))
}

/// Somebody whom provider 1 knows.
fn known() -> Somebody {
    kim()
        .by_single_sign_on("S-1")
        .with(|record| record.provider = Some(id(1)))
}

fn over(
    by: &Somebody,
    whom: Somebody,
    to: ProviderId,
    leaves_somebody: bool,
) -> Result<(ProviderId, Status), Refusal> {
    let enabled = [id(1), id(2)];
    let whom = whom.known();
    let turned = whom.turn_over(&by.asks(), to, &enabled, leaves_somebody, AT)?;
    assert_eq!(turned.decided_on(), Some(whom.version));
    assert_eq!(turned.entry().event, Event::TurnedOver);
    Ok((turned.provider, turned.status))
}

// a password account is turned over to a provider that is switched on and knows it by the
// External ID; a Pending one is Active then.
#[test]
fn an_account_is_turned_over_to_an_enabled_provider() {
    for (whom, to, outcome) in [
        (ready(), 1, Ok((id(1), Status::Active))),
        (ready(), 2, Ok((id(2), Status::Active))),
        (ready().pending(), 1, Ok((id(1), Status::Active))),
        (known(), 2, Ok((id(2), Status::Active))),
        (
            known().with(|record| record.provider = None),
            1,
            Ok((id(1), Status::Active)),
        ),
        (known(), 1, Err(Refusal::WrongState)),
        (ready().suspended(), 1, Err(Refusal::WrongState)),
        (
            ready(),
            3,
            Err(Refusal::field(Field::Provider, Why::UnknownChoice)),
        ),
        (
            kim(),
            1,
            Err(Refusal::field(Field::ExternalId, Why::Required)),
        ),
    ] {
        assert_eq!(over(&ada(), whom, id(to), true), outcome, "to {to}");
    }
}

// the last Administrator who gets in is not turned over to where they don't.
#[test]
fn the_last_way_in_is_not_turned_over() {
    let refused = over(&ada(), ready(), id(1), false);
    assert_eq!(refused, Err(Refusal::LastWayIn));
}

// an account of single sign-on gets a password again, by an invitation.
#[test]
fn an_account_of_single_sign_on_is_turned_back() {
    let back = |whom: Somebody, others| {
        let turned = whom.known().turn_back(&ada().asks(), others, AT);
        turned
            .map(|turned| (turned.employee, turned.decided_on()))
            .err()
    };
    assert_eq!(
        back(known(), 0),
        None,
        "no Administrator, so none is missed"
    );
    for whom in [
        ready(),
        ready().pending(),
        known().suspended(),
        ready().suspended(),
    ] {
        assert_eq!(back(whom, 1), Some(Refusal::WrongState));
    }
    let administrator = || known().administrator();
    assert_eq!(back(administrator(), 0), Some(Refusal::LastAdministrator));
    assert_eq!(back(administrator(), 1), None);
}

// named exceptions from required single sign-on; the last way in is none that can end.
#[test]
fn somebody_is_excepted_from_single_sign_on() {
    let exempt = |whom: Somebody, on, leaves_somebody| {
        let done = whom.known().exempt(&ada().asks(), on, leaves_somebody, AT);
        done.map(|exempted| exempted.exempt)
    };
    let excepted = || kim().with(|record| record.exempt = true);
    assert_eq!(exempt(kim(), true, true), Ok(true));
    assert_eq!(exempt(excepted(), false, true), Ok(false));
    assert_eq!(exempt(excepted(), false, false), Err(Refusal::LastWayIn));
    for leaves_somebody in [true, false] {
        let again = exempt(excepted(), true, leaves_somebody);
        assert_eq!(again, Err(Refusal::WrongState));
        let again = exempt(kim(), false, leaves_somebody);
        assert_eq!(again, Err(Refusal::WrongState));
    }
    let exempted = kim().known().exempt(&ada().asks(), true, true, AT);
    let entry = exempted.expect("allowed").entry();
    assert_eq!(entry.event, Event::Exempted);
    let value = &entry.values[0];
    assert_eq!(
        (value.before.as_deref(), value.after.as_deref()),
        (Some("off"), Some("on"))
    );
}

// whoever owns the server gives an Administrator a way in again, in whatever state, and nobody else.
#[test]
fn only_administrators_are_recovered() {
    let administrator = || ready().administrator();
    for whom in [
        administrator(),
        administrator().pending(),
        administrator().suspended(),
        known().administrator(),
    ] {
        let whom = whom.known();
        let recovered = whom.recover(AT).expect("allowed");
        assert_eq!(recovered.employee, whom.id);
        assert_eq!(recovered.decided_on(), Some(whom.version));
        assert_eq!(recovered.by(), By::System);
        assert_eq!(recovered.entry().event, Event::Recovered);
    }
    for whom in [max(), kim(), known()] {
        let refused = whom.known().recover(AT);
        assert_eq!(refused.expect_err("refused"), Refusal::WrongState);
    }
}

// Section 8: how somebody signs in is the Administrators' to say, also not one's own.
#[test]
fn only_administrators_change_how_somebody_signs_in() {
    let outcomes = |by: &Somebody| {
        let by = by.asks();
        [
            ready()
                .known()
                .turn_over(&by, id(1), &[id(1)], true, AT)
                .err(),
            known().known().turn_back(&by, 1, AT).err(),
            kim().known().exempt(&by, true, true, AT).err(),
        ]
    };
    assert_eq!(outcomes(&ada()), [const { None }; 3]);
    for by in [max(), kim()] {
        let refused = [(); 3].map(|()| Some(Refusal::Forbidden));
        assert_eq!(outcomes(&by), refused);
    }
    let stranger = ada().with(|record| record.organisation = THEIRS);
    for by in [sam(), stranger] {
        let refused = [(); 3].map(|()| Some(Refusal::NotFound));
        assert_eq!(outcomes(&by), refused);
    }
}
