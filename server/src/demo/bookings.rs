//! Appointments of the demo: three weeks back and three ahead, booked by the real rules into times that
//! were free, with some that wait, were moved, cancelled, or have nobody to take them any more.

use super::chance::Chance;
use super::founding::{ADDRESS, Founded};
use super::names::{FIRST, LAST};
use domain::appointment::{Booked, Customer, Wish};
use domain::availability::Span;
use domain::booking::{Case, Meeting};
use domain::field::{Email, Phone};
use domain::{Actor, Appointment, AppointmentId, OfficeId, SubjectId, Timestamp};
use jiff::SignedDuration;
use store::availability::Whom;
use store::{Result, Store, Transaction};

/// How far back and ahead there are appointments.
const REACH: SignedDuration = SignedDuration::from_hours(21 * 24);
/// How many are tried for each subject of an office that somebody handles.
const EACH: usize = 14;
/// What customers add.
const REMARKS: [&str; 6] = [
    "",
    "",
    "",
    "I come with my partner.",
    "Please speak slowly, I am still learning.",
    "Is there a lift?",
];

/// Books. Customers' times are those of the office; who booked is the customer.
///
/// # Errors
/// When the database can't.
pub(super) async fn book(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    offices: &[OfficeId],
    now: Timestamp,
) -> Result<()> {
    let organisation = founded.organisation;
    let mut transaction = store.write(organisation, Some(ADDRESS.into())).await?;
    transaction.tell_nobody();
    let range = Span {
        from: now - REACH,
        until: now + REACH,
    };
    let mut booked = Vec::new();
    for office in offices {
        for offer in transaction.offers(*office).await? {
            if offer.offered {
                booked.extend(
                    fill(&mut transaction, chance, *office, offer.subject, range, now).await?,
                );
            }
        }
    }
    for appointment in booked {
        live(&mut transaction, chance, appointment, &founded.ada, now).await?;
    }
    transaction.commit().await
}

/// Books a subject in an office, each time with whoever is free.
async fn fill(
    transaction: &mut Transaction,
    chance: &mut Chance,
    office: OfficeId,
    subject: SubjectId,
    range: Span,
    now: Timestamp,
) -> Result<Vec<Appointment>> {
    let cases = transaction
        .cases(office, subject, Whom::Bookable, range, None)
        .await?;
    let mut cases = cases.unwrap_or_default();
    let mut booked = Vec::new();
    let system = Actor::system(transaction.organisation_id());
    for _ in 0..EACH {
        if cases.is_empty() {
            break;
        }
        let place = chance.below(cases.len());
        let case = &cases[place];
        // Booked some days before, or yesterday for what lies ahead.
        let asked_at = range.from - SignedDuration::from_hours(24);
        let slots = case.slots(range, asked_at);
        if slots.is_empty() {
            continue;
        }
        let at = slots[chance.below(slots.len())].from;
        let made = made_at(case, at, now, chance);
        let meetings: Vec<Meeting> = case.offer.meetings.iter().collect();
        let Some(meeting) = meetings.get(chance.below(meetings.len().max(1))) else {
            continue;
        };
        let proposal = case.propose(*meeting, at, made);
        let id = AppointmentId(chance.id());
        let wish = wish(case, chance);
        let Ok(change) = Booked::allow(&system, id, &proposal, wish, false, None, made) else {
            continue;
        };
        let appointment = change.appointment.clone();
        transaction.apply(change).await?;
        cases[place].diary.taken.push(Span {
            from: appointment.busy_from,
            until: appointment.busy_until,
        });
        booked.push(appointment);
    }
    Ok(booked)
}

/// When a customer booked it: before now, and with enough notice.
fn made_at(case: &Case, at: Timestamp, now: Timestamp, chance: &mut Chance) -> Timestamp {
    let notice = SignedDuration::from_mins(i64::from(case.offer.notice_least));
    let days = i64::try_from(1 + chance.below(9)).unwrap_or(1);
    let before = at - notice - SignedDuration::from_hours(24 * days);
    before.min(now - SignedDuration::from_mins(20))
}

fn wish(case: &Case, chance: &mut Chance) -> Wish {
    let (first, plain) = *chance.one(&FIRST);
    let (last, surname) = *chance.one(&LAST);
    let email = format!(
        "{}.{}@customers.example",
        plain.to_lowercase(),
        surname.to_lowercase()
    );
    let phone = format!("+3247{:07}", chance.below(10_000_000));
    let answers = case
        .offer
        .questions
        .iter()
        .map(|question| domain::appointment::Answer {
            question: question.text.clone(),
            answer: "Yes".into(),
        });
    Wish {
        customer: Customer {
            name: format!("{first} {last}"),
            email: Email::read(&email).ok(),
            phone: Phone::e164(&phone).ok(),
            language: if chance.percent(20) {
                "de".into()
            } else {
                "en".into()
            },
        },
        answers: answers.collect(),
        remark: (*chance.one(&REMARKS)).to_owned(),
        consented: true,
    }
}

/// What happened to an appointment since: some were cancelled, some have a note.
async fn live(
    transaction: &mut Transaction,
    chance: &mut Chance,
    appointment: Appointment,
    ada: &Actor,
    now: Timestamp,
) -> Result<()> {
    let at = now.min(appointment.begins_at) - SignedDuration::from_mins(10);
    if chance.percent(8) {
        let system = Actor::system(transaction.organisation_id());
        let (by, reason) = match chance.percent(50) {
            true => (&system, "I am ill."),
            false => (ada, "The office is closed that day."),
        };
        if let Ok(change) = appointment.cancel(by, reason, at) {
            transaction.apply(change).await?;
        }
    } else if chance.percent(10)
        && let Ok(Some(change)) = appointment.note(ada, "Brings the papers of last year.", at)
    {
        transaction.apply(change).await?;
    }
    Ok(())
}
