//! Appointments that are booked by the rules, without everything that a real office keeps.

use crate::cast::*;
use crate::house::House;
use domain::appointment::{Answer, Booked, Customer, Wish};
use domain::availability::{Diary, Premises};
use domain::booking::{self, Case, Meeting, Meetings};
use domain::field::{Email, Phone};
use domain::hours::{Block, DAY, Hours, Week};
use domain::office::Times;
use domain::subject::Offer;
use domain::{
    Actor, AppointmentId, CategoryId, EmployeeId, OfficeId, Refusal, Role, Status, SubjectId,
    Timestamp,
};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use store::Result;

/// With whom, where, when, and who comes.
#[derive(Clone)]
pub struct Visit {
    pub agent: EmployeeId,
    pub office: OfficeId,
    pub at: Timestamp,
    pub name: String,
    pub email: String,
    /// Whether a customer asks for it by themselves, and it waits to be confirmed.
    pub asked: bool,
    /// How long before the customer is reminded.
    pub reminder: Option<SignedDuration>,
}

impl Visit {
    pub fn new(agent: EmployeeId, office: OfficeId, at: Timestamp) -> Self {
        Self {
            agent,
            office,
            at,
            name: "Carla Customer".into(),
            email: "carla@home.example".into(),
            asked: false,
            reminder: None,
        }
    }

    fn case(&self, house: &House) -> Case {
        let block = Block {
            from: 0,
            until: DAY,
            office: self.office,
            automatic: false,
        };
        let hours = Hours {
            default: Week(std::array::from_fn(|_| vec![block])),
            ..Hours::default()
        };
        Case {
            organisation: house.organisation,
            office_name: "Ghent".into(),
            office_active: true,
            premises: Premises {
                office: self.office,
                zone: TimeZone::UTC,
                times: Times::default(),
            },
            offer: Offer {
                office: self.office,
                subject: SubjectId(store::new_id()),
                category: CategoryId(store::new_id()),
                title: "Mortgage".into(),
                external_id: None,
                offered: true,
                meetings: [Meeting::InPerson].into_iter().collect::<Meetings>(),
                duration: 30,
                before: 0,
                after: 0,
                notice_least: 0,
                notice_most: 365,
                by_hand: Some(self.asked),
                questions: Vec::new(),
            },
            agent: booking::Agent {
                id: self.agent,
                name: "An Agent".into(),
                status: Status::Active,
                online_planning: true,
                roles: roles(&[Role::Agent]),
                expert: true,
            },
            diary: Diary {
                hours,
                ..Diary::default()
            },
        }
        .known()
    }
}

impl House {
    /// An active Agent of an office.
    pub async fn agent(&self, email: &str, name: &str, office: OfficeId) -> EmployeeId {
        self.holder(email, name, &[place(office, &[Role::Agent])])
            .await
    }

    /// Books, and tells by mail as always.
    pub async fn welcome(&self, visit: Visit) -> AppointmentId {
        let id = AppointmentId(store::new_id());
        let proposal = visit
            .case(self)
            .propose(Meeting::InPerson, visit.at, noon());
        let wish = Wish {
            customer: Customer {
                name: visit.name.clone(),
                email: Email::read(&visit.email).ok(),
                phone: Phone::e164("+32470123456").ok(),
                language: "en".into(),
            },
            answers: vec![Answer {
                question: "Which house?".into(),
                answer: "The green one".into(),
            }],
            remark: "I come by bicycle".into(),
            consented: true,
        };
        let actor = match visit.asked {
            true => self.system(),
            false => self.ada().await,
        };
        let reminder = visit.reminder;
        let booked = Booked::allow(&actor, id, &proposal, wish, false, reminder, noon());
        self.apply(booked).await.expect("booked");
        id
    }

    /// Cancels as the Administrator.
    pub async fn cancel(&self, id: AppointmentId) {
        let cancelled = self.appointment(id).await;
        let cancelled = cancelled.cancel(&self.ada().await, "The roof leaks at Carla's", noon());
        self.apply(cancelled).await.expect("cancelled");
    }

    /// Notes something about the customer.
    pub async fn note(&self, id: AppointmentId, note: &str) {
        let appointment = self.appointment(id).await;
        let noted = appointment.note(&self.ada().await, note, noon());
        let noted = noted.expect("allowed").ok_or(Refusal::Stale);
        self.apply(noted).await.expect("noted");
    }

    /// Applies what a rule allowed and gives what came of it.
    pub async fn moved(&self, id: AppointmentId, visit: &Visit) -> Result<()> {
        let appointment = self.appointment(id).await;
        let mut case = visit.case(self);
        case.offer.subject = appointment.subject;
        let proposal = case.propose(Meeting::InPerson, visit.at, noon());
        let actor: Actor = self.ada().await;
        let moved = appointment.revise(&actor, &proposal, false, visit.reminder, noon())?;
        self.apply(moved.ok_or(Refusal::Stale)).await
    }
}
