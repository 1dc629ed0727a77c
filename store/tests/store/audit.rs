//! The audit trail: every change leaves an entry, and nothing else does.

mod chain;
mod erasure;
mod reading;

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::audit::{Line, Person, Query, Value};
use domain::employee::{Draft, NewEmployee, Wish};
use domain::{About, Action, Actor, EmployeeId, Event, PictureId, Refusal, Role};

async fn trail(house: &House, by: &Actor, query: &Query) -> Vec<Line> {
    let visibility = by.visibility(Action::ReadAudit);
    house
        .read()
        .await
        .audit(visibility, query)
        .await
        .expect("the trail")
}

async fn activity(house: &House, by: &Actor, employee: EmployeeId) -> Vec<Line> {
    trail(
        house,
        by,
        &Query {
            subject: Some(About::Employee(employee)),
            ..Query::default()
        },
    )
    .await
}

async fn altered(house: &House) -> Option<i64> {
    house.read().await.verify_audit().await.expect("verified")
}

async fn revise(house: &House, by: &Actor, id: EmployeeId, draft: Draft, address: Option<&str>) {
    let revised = house
        .get(id)
        .await
        .revise(by, &draft, "BE", noon())
        .expect("allowed");
    let mut write = house.write_from(address).await;
    write
        .apply(revised.expect("a change"))
        .await
        .expect("written");
    write.commit().await.expect("committed");
}

fn function(text: &str) -> Draft {
    Draft {
        function: Some(text.into()),
        ..Draft::default()
    }
}

/// A trail with every shape of entry in it: with values, with addresses, with neither.
async fn told(house: &House) -> EmployeeId {
    let ada = house.ada().await;
    let office = house.office("Ghent").await;
    let id = house.active("sam@x.example", "Sam Peeters").await;
    revise(house, &ada, id, function("Adviser"), Some("203.0.113.5")).await;
    let wish = Wish {
        places: vec![place(office, &[Role::Agent])],
        ..Wish::default()
    };
    house.assign(&ada, id, wish).await.expect("assigned");
    house.suspend(&ada, id).await.expect("suspended");
    house.reactivate(&ada, id).await.expect("reactivated");
    id
}

// E-23: who, what, from what, to what, when, from which address.
#[test]
fn an_entry_says_who_did_what_when_and_from_where() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        revise(house, &ada, id, function("Adviser"), Some("203.0.113.5")).await;
        let version = house.get(id).await.version;
        let line = activity(house, &ada, id).await.remove(0);
        assert_eq!((line.event, line.at), (Event::EmployeeRevised, noon()));
        assert_eq!(line.author, Person::Known(house.owner, "Olga Owner".into()));
        assert_eq!(line.subject, About::Employee(id));
        assert_eq!(line.subject_name.as_deref(), Some("Sam Peeters"));
        assert_eq!(line.address.as_deref(), Some("203.0.113.5"));
        let value = Value {
            field: "function".into(),
            before: None,
            after: Some("Adviser".into()),
        };
        assert_eq!((line.values, line.erased), (vec![value], false));
        let sql = format!(
            "SELECT CAST(max(version) AS text) FROM audit WHERE sequence = {}",
            line.sequence
        );
        assert_eq!(house.raw().await.column(&sql).await, [version.to_string()]);
    });
}

// E-23: every change there is leaves exactly one entry of its kind.
#[test]
fn every_change_leaves_an_entry() {
    everywhere(async |house| {
        let system = house.system();
        let ghent = house.office("Ghent").await;
        let office = house
            .read()
            .await
            .office(ghent)
            .await
            .expect("read")
            .expect("there");
        let mut write = house.write().await;
        let revised = office
            .revise(
                &system,
                &domain::office::Draft::named("Gent", true),
                "BE",
                known(),
                noon(),
            )
            .expect("allowed");
        write
            .apply(revised.expect("a change"))
            .await
            .expect("written");
        let organisation = write.organisation().await.expect("read");
        let settings = domain::organisation::Settings {
            invitation_hours: 24,
            ..settings()
        };
        let changed = organisation.change_settings(&system, settings, known(), noon());
        write
            .apply(changed.expect("allowed").expect("a change"))
            .await
            .expect("written");
        write.commit().await.expect("committed");

        let id = house.pending("sam@x.example").await;
        house.invite(id).await;
        let mut write = house.write().await;
        let revoked = house.get(id).await.revoke_invitation(&system, noon());
        write
            .apply(revoked.expect("allowed"))
            .await
            .expect("written");
        write.commit().await.expect("committed");
        let token = house.invite(id).await;
        house
            .activate(&token, "Sam Peeters", noon())
            .await
            .expect("activated");
        revise(house, &system, id, function("Adviser"), None).await;
        let wish = Wish {
            places: vec![place(ghent, &[Role::Agent])],
            ..Wish::default()
        };
        house.assign(&system, id, wish).await.expect("assigned");
        let own = house.actor(id).await;
        house
            .change_email(&own, id, "new@x.example")
            .await
            .expect("asked");
        let mut write = house.write().await;
        let employee = write.employee(id).await.expect("read").expect("there");
        let wanted = employee.email_wanted.clone().expect("wanted");
        write
            .apply(employee.confirm_email(&wanted, noon()).expect("allowed"))
            .await
            .expect("written");
        let employee = write.employee(id).await.expect("read").expect("there");
        let hash = domain::credential::PasswordHash("$new".into());
        let changed = employee
            .change_password(&own, hash, false, noon())
            .expect("allowed");
        write.apply(changed).await.expect("written");
        let employee = write.employee(id).await.expect("read").expect("there");
        let picture = Some((PictureId(store::new_id()), vec![1]));
        let changed = employee
            .change_picture(&own, picture, noon())
            .expect("allowed");
        write.apply(changed).await.expect("written");
        let which = domain::employee::Which::All;
        let ended = employee.end_sessions(&own, which, noon()).expect("allowed");
        write.apply(ended).await.expect("written");
        write.commit().await.expect("committed");
        house.sign_in(id, noon()).await.expect("signed in");
        house.suspend(&system, id).await.expect("suspended");
        house.reactivate(&system, id).await.expect("reactivated");
        house.delete(&system, id).await.expect("deleted");

        let mut raw = house.raw().await;
        // Those of signing in have their own tests, of providers, factors and conversions, and so have
        // those of appointments and what they stand on.
        let usual = Event::ALL.iter().filter(|event| {
            !is_of_sign_in(**event)
                && !is_of_appointments(**event)
                && !is_of_contact_centre(**event)
        });
        for event in usual {
            let sql = format!(
                "SELECT count(*) FROM audit WHERE event = '{}'",
                event.code()
            );
            // The owner was created, invited, and activated as well.
            let also = match event {
                Event::EmployeeCreated | Event::EmployeeActivated => 1,
                Event::EmployeeInvited => 2,
                _ => 0,
            };
            assert_eq!(raw.count(&sql).await, 1 + also, "{event:?}");
        }
    });
}

/// Whether an event is of appointments, or of what they stand on.
fn is_of_appointments(event: Event) -> bool {
    use Event as E;
    let of_employees = matches!(
        event,
        E::OfficeDeleted
            | E::SubjectNarrowed
            | E::ExpertiseChanged
            | E::FeedEnded
            | E::HoursChanged
            | E::AbsenceEntered
            | E::AbsenceRevised
            | E::AbsenceRemoved
            | E::CalendarLinked
            | E::CalendarSwitched
            | E::CalendarUnlinked
            | E::FeedMade
            | E::CustomerExported
            | E::CustomerErased
            | E::BookingChanged
    );
    let nouns = ["category.", "subject.", "appointment."];
    of_employees || nouns.iter().any(|noun| event.code().starts_with(noun))
}

/// Whether an event is of the contact centre.
fn is_of_contact_centre(event: Event) -> bool {
    use Event as E;
    let of_others = matches!(
        event,
        E::LicenseChanged
            | E::NumbersAdded
            | E::NumbersRemoved
            | E::ContactUserCreated
            | E::ContactUserRevised
            | E::ContactUserRemoved
            | E::ContactStateSet
            | E::QueuesChanged
            | E::SupervisionChanged
            | E::EndpointAdded
            | E::EndpointRemoved
    );
    let nouns = [
        "pbx.",
        "tenant.",
        "agent_group.",
        "queue.",
        "ring_group.",
        "pickup_group.",
        "script.",
        "channel.",
    ];
    of_others || nouns.iter().any(|noun| event.code().starts_with(noun))
}

/// Whether an event is of the ways in.
fn is_of_sign_in(event: Event) -> bool {
    use Event as E;
    matches!(
        event,
        E::PasswordReset
            | E::SecondFactorAdded
            | E::SecondFactorRemoved
            | E::SecondFactorReset
            | E::PasskeyRenamed
            | E::RecoveryCodesMade
            | E::RecoveryCodeUsed
            | E::TurnedOver
            | E::TurnedBack
            | E::Exempted
            | E::Recovered
            | E::PolicyChanged
            | E::ProviderCreated
            | E::ProviderRevised
            | E::ProviderEnabled
            | E::ProviderDisabled
            | E::ProviderDeleted
            | E::SignInRefused
    )
}

// E-23: what was refused, or not committed, leaves no entry.
#[test]
fn what_did_not_happen_leaves_no_entry() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let entries = "SELECT count(*) FROM audit";
        let before = house.raw().await.count(entries).await;
        let stale = house.get(id).await;
        let mut write = house.write().await;
        write
            .apply(stale.suspend(&house.system(), 1, noon()).expect("allowed"))
            .await
            .expect("written");
        drop(write);
        let taken = NewEmployee {
            email: "sam@x.example".into(),
            ..NewEmployee::default()
        };
        refusal(house.create(&house.system(), taken).await);
        assert_eq!(house.raw().await.count(entries).await, before);
        house.suspend(&house.system(), id).await.expect("suspended");
        let mut write = house.write().await;
        let again = stale.suspend(&house.system(), 1, noon()).expect("allowed");
        assert_eq!(refusal(write.apply(again).await), Refusal::Stale);
        drop(write);
        assert_eq!(house.raw().await.count(entries).await, before + 1);
    });
}
