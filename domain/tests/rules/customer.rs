//! What is kept of customers: who may have it or erase it, and that the trail keeps none of it (P-08).

use crate::cast::*;
use domain::appointment::{Answer, Appointment, Confirmed, Customer, State};
use domain::audit::Recorded;
use domain::booking::Meeting;
use domain::customer::{CustomerErased, Kept, Known};
use domain::field::{Email, Phone};
use domain::{
    Actor, AppointmentId, Event, Field, Refusal, Role, SubjectId, Timestamp, Version, Why,
};
use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;

fn ada() -> Actor {
    somebody(1).administrator().asks()
}

fn manager() -> Actor {
    somebody(2).holds(GHENT, &[Role::OfficeManager]).asks()
}

fn hours(hours: i64) -> Timestamp {
    AT + SignedDuration::from_hours(hours)
}

/// From 10 to 11 hours after [`AT`].
fn appointment(number: u128) -> Appointment {
    Appointment {
        organisation: OURS,
        id: AppointmentId(Uuid::from_u128(number)),
        version: Version(3),
        state: State::Requested,
        employee: Some(somebody(3).0.id),
        office: GHENT,
        office_name: "Ghent".into(),
        subject: SubjectId(Uuid::from_u128(20)),
        subject_title: "Mortgage".into(),
        meeting: Meeting::InPerson,
        begins_at: hours(10),
        ends_at: hours(11),
        busy_from: hours(10),
        busy_until: hours(11),
        customer: Customer {
            name: "Carla Customer".into(),
            email: Email::read("carla@home.example").ok(),
            phone: Phone::e164("+32470123456").ok(),
            language: "en".into(),
        },
        answers: Vec::new(),
        remark: String::new(),
        note: String::new(),
        reason: String::new(),
        against: Vec::new(),
        sequence: 0,
        consented_at: None,
        remind_at: None,
        created_at: AT,
    }
}

fn kept(appointments: &[Appointment]) -> Kept {
    Kept {
        organisation: OURS,
        known: Known::Email(Email::read("carla@home.example").expect("an address")),
        appointments: appointments.to_vec(),
    }
}

// P-08, section 8: Administrators alone get or erase what is kept of a customer, of their organisation.
#[test]
fn administrators_alone_get_or_erase_it() {
    let known = kept(&[appointment(1)]);
    let later = hours(12);
    let export = |by: &Actor| known.export(by, later).map(|_| ()).err();
    let erase = |by: &Actor| {
        known
            .erase(by, "carla@home.example", later)
            .map(|_| ())
            .err()
    };
    for ask in [&export as &dyn Fn(&Actor) -> Option<Refusal>, &erase] {
        assert_eq!(ask(&ada()), None);
        assert_eq!(ask(&manager()), Some(Refusal::Forbidden));
        assert_eq!(ask(&somebody(4).asks()), Some(Refusal::Forbidden));
        assert_eq!(ask(&Actor::system(THEIRS)), Some(Refusal::NotFound));
    }
    let nothing = kept(&[]);
    assert_eq!(nothing.export(&ada(), later).err(), Some(Refusal::NotFound));
    let erased = nothing.erase(&ada(), "carla@home.example", later);
    assert_eq!(erased.err(), Some(Refusal::NotFound));
    // Who may not know gets no other answer for a customer whom nobody knows.
    assert_eq!(
        nothing.export(&manager(), later).err(),
        Some(Refusal::Forbidden)
    );
}

// P-08: the email is typed to confirm it, and what is still to come is cancelled first.
#[test]
fn an_erasure_is_confirmed_and_nothing_is_to_come() {
    let cancelled = Appointment {
        state: State::Cancelled,
        ..appointment(2)
    };
    let known = kept(&[appointment(1), cancelled.clone()]);
    let erase = |typed: &str, at| known.erase(&ada(), typed, at).err();
    let email = "carla@home.example";
    assert_eq!(erase(email, hours(9)), Some(Refusal::Awaited(1)));
    assert_eq!(
        erase(email, hours(10)),
        Some(Refusal::Awaited(1)),
        "under way"
    );
    let wrong = Refusal::field(Field::Confirmation, Why::DoesNotMatch);
    assert_eq!(erase("carla", hours(11)), Some(wrong));
    assert_eq!(erase(" Carla@HOME.example ", hours(11)), None);
    let erased = known.erase(&ada(), email, hours(11)).expect("allowed");
    assert_eq!(erased.appointments.len(), 2);
    assert!(kept(&[cancelled]).erase(&ada(), email, AT).is_ok());
}

// P-08: retention is the system's, and without anything to forget there is no change.
#[test]
fn nothing_overdue_is_no_change() {
    assert!(CustomerErased::overdue(OURS, Vec::new(), AT).is_none());
    let erased = CustomerErased::overdue(OURS, vec![appointment(1).id], AT).expect("a change");
    let entry = erased.entry();
    assert_eq!(entry.event, Event::CustomerErased);
    assert_eq!(entry.values[0].after.as_deref(), Some("1"));
}

proptest! {
    // P-08: whatever a customer left or staff noted, the trail says none of it.
    #[test]
    fn the_trail_says_nothing_of_a_customer(
        name in "[A-Z][a-z]{6,20}", remark in "[a-z]{6,30}!", answer in "[a-z]{6,30}#",
        note in "[a-z]{6,30}%", reason in "[a-z]{6,30}&",
    ) {
        let email = format!("{}@home.example", name.to_lowercase());
        let customer = Customer {
            name: name.clone(),
            email: Email::read(&email).ok(),
            ..appointment(1).customer
        };
        let appointment = Appointment {
            customer,
            answers: vec![Answer { question: "Why?".into(), answer: answer.clone() }],
            remark: remark.clone(),
            note: note.clone(),
            ..appointment(1)
        };
        let known = kept(std::slice::from_ref(&appointment));
        let entries = [
            Confirmed { before: appointment.clone() }.entry(),
            appointment.cancel(&ada(), &reason, AT).expect("allowed").entry(),
            appointment.note(&ada(), &reason, AT).expect("allowed").expect("other").entry(),
            known.export(&ada(), AT).expect("allowed").entry(),
            known.erase(&ada(), "carla@home.example", hours(12)).expect("allowed").entry(),
        ];
        for entry in entries {
            let said = format!("{entry:?}");
            for word in [&name, &email, &remark, &answer, &note, &reason] {
                prop_assert!(!said.contains(word.as_str()), "{word} is in {said}");
            }
            prop_assert!(!said.contains("+32470123456"));
        }
    }
}
