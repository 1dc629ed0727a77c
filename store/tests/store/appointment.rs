//! Appointments: taken once (P-03, P-04), told to everybody concerned (P-02), and never lost sight of (E-16,
//! O-05, P-06).

mod change;
mod leaving;
mod race;

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::appointment::{Booked, Customer, State, Wish};
use domain::availability::Span;
use domain::booking::{Case, Meeting, Obstacle};
use domain::field::Email;
use domain::hours::edit::Edit;
use domain::hours::{Block, Week};
use domain::{
    AbsenceId, Actor, Allowed, Appointment, AppointmentId, EmployeeId, Field, OfficeId, Refusal,
    Role, SubjectId, Timestamp, Why,
};
use store::appointment::{Occasion, Query, Reader, Which};
use store::availability::Whom;
use store::outbox::Message;
use store::secret::Token;
use store::{Error, Result};

/// An office with a subject of half an hour and ten minutes after it, and two agents who handle it
/// every day from nine to five.
pub struct Desk {
    pub ghent: OfficeId,
    pub loans: SubjectId,
    pub sam: EmployeeId,
    pub kim: EmployeeId,
}

/// Ten o'clock in Brussels, the day after the tests begin.
pub fn ten() -> Timestamp {
    "2025-10-10T08:00:00Z".parse().expect("a time")
}

fn minutes(at: Timestamp, minutes: i64) -> Timestamp {
    at + jiff::SignedDuration::from_mins(minutes)
}

impl House {
    pub async fn desk(&self) -> Desk {
        let ghent = self.office("Ghent").await;
        let category = self.category("Money").await;
        let mut draft = crate::subject::draft(category, "Loans");
        (draft.duration, draft.before, draft.after) = ("30".into(), "0".into(), "10".into());
        draft.notice_least = "0".into();
        let loans = self.add_subject(&draft).await.expect("created");
        let mut agents = Vec::new();
        for name in ["Sam", "Kim"] {
            let email = format!("{}@x.example", name.to_lowercase());
            let held = [place(ghent, &[Role::Agent])];
            let agent = self.holder(&email, &format!("{name} Peeters"), &held).await;
            self.handle(agent, ghent, &[loans], &[]).await;
            self.nine_to_five(agent, ghent).await;
            agents.push(agent);
        }
        Desk {
            ghent,
            loans,
            sam: agents[0],
            kim: agents[1],
        }
    }

    async fn nine_to_five(&self, agent: EmployeeId, office: OfficeId) {
        let block = Block {
            from: 540,
            until: 1_020,
            office,
            automatic: true,
        };
        let week = Edit::Default(Week(std::array::from_fn(|_| vec![block])));
        let before = self.read().await.hours(agent).await.expect("read");
        let change = self.get(agent).await;
        let change = change.change_hours(&self.system(), &before, week, noon());
        self.apply(change.map(|change| change.expect("a change")))
            .await
            .expect("written");
    }

    async fn case(&self, desk: &Desk, agent: EmployeeId, at: Timestamp) -> Case {
        let range = Span {
            from: at,
            until: at,
        };
        let cases = self
            .read()
            .await
            .cases(desk.ghent, desk.loans, Whom::One(agent), range, None)
            .await;
        let mut cases = cases.expect("read").expect("an office and a subject");
        cases.pop().expect("the agent")
    }

    /// Books as a customer does, everything read in the transaction that writes.
    pub async fn book(
        &self,
        desk: &Desk,
        agent: EmployeeId,
        at: Timestamp,
    ) -> Result<(AppointmentId, Token)> {
        let mut write = self.write().await;
        let range = Span {
            from: at,
            until: at,
        };
        let cases = write
            .cases(desk.ghent, desk.loans, Whom::One(agent), range, None)
            .await?;
        let case = cases.and_then(|mut cases| cases.pop());
        let proposal = case
            .ok_or(Refusal::NotFound)?
            .propose(Meeting::InPerson, at, noon());
        let id = AppointmentId(store::new_id());
        let booked = Booked::allow(&self.system(), id, &proposal, wish(), false, None, noon())?;
        let token = write.apply(booked).await?;
        write.commit().await?;
        Ok((id, token))
    }

    pub async fn appointment(&self, id: AppointmentId) -> Appointment {
        let read = self.read().await.appointment(id).await;
        read.expect("read").expect("there")
    }

    /// Who was told what since `from` mails ago.
    async fn letters(&self, from: usize) -> Vec<(String, Occasion, Reader, i32)> {
        let mails = self.mails().await;
        let letters = mails.into_iter().filter_map(|message| match message {
            Message::Appointment { to, letter } => Some((
                to.to_string(),
                letter.occasion,
                letter.reader,
                letter.appointment.sequence,
            )),
            _ => None,
        });
        let mut letters: Vec<_> = letters.skip(from).collect();
        letters.sort_by(|a, b| a.0.cmp(&b.0));
        letters
    }
}

fn wish() -> Wish {
    Wish {
        customer: Customer {
            name: "Carla Customer".into(),
            email: Some(Email::read("carla@customers.example").expect("an address")),
            phone: None,
            language: "en".into(),
        },
        answers: Vec::new(),
        remark: "Second floor, please".into(),
        consented: true,
    }
}

fn everything(office: Option<OfficeId>) -> Query {
    Query {
        from: noon(),
        until: after(90 * 86_400),
        office,
        agent: None,
        subject: None,
        states: 7,
        after: None,
        most: 50,
    }
}

#[track_caller]
fn against<T>(outcome: Result<T>) -> Vec<Obstacle> {
    match refusal(outcome) {
        Refusal::Invalid(problems) => match problems.into_iter().next().map(|p| p.why) {
            Some(Why::AgainstRule(obstacles)) => obstacles,
            Some(Why::NotFree) => vec![Obstacle::Taken],
            other => panic!("refused otherwise: {other:?}"),
        },
        other => panic!("refused otherwise: {other:?}"),
    }
}

// P-02: what is booked can be read, by whoever handles it and by the customer's link, and both are told.
#[test]
fn a_booking_is_kept_and_told() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, token) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let kept = house.appointment(id).await;
        assert_eq!(
            (kept.state, kept.employee),
            (State::Confirmed, Some(desk.sam))
        );
        assert_eq!((kept.begins_at, kept.ends_at), (ten(), minutes(ten(), 30)));
        assert_eq!(kept.busy_until, minutes(ten(), 40));
        assert_eq!(kept.customer, wish().customer);
        assert_eq!(kept.remark, "Second floor, please");
        assert_eq!(kept.consented_at, Some(noon()));
        let opened = house.read().await.appointment_of_link(&token).await;
        assert_eq!(opened.expect("read").map(|a| a.id), Some(id));
        let other = Token::random().expect("random");
        let opened = house.read().await.appointment_of_link(&other).await;
        assert_eq!(opened.expect("read"), None);
        let told = house.letters(0).await;
        let customer = "carla@customers.example".to_owned();
        assert_eq!(
            told,
            [
                (customer, Occasion::Booked, Reader::Customer, 0),
                ("sam@x.example".into(), Occasion::Booked, Reader::Agent, 0),
            ]
        );
        assert!(
            !house.holds(token.reveal()).await,
            "the secret is nowhere in clear"
        );
    });
}

// P-03: the agent's time is taken with its buffers; beside them it is free, as is a colleague's.
#[test]
fn what_is_taken_is_not_booked_again() {
    everywhere(async |house| {
        let desk = house.desk().await;
        house.book(&desk, desk.sam, ten()).await.expect("booked");
        for at in [-30, -25, 0, 30, 39] {
            let outcome = house.book(&desk, desk.sam, minutes(ten(), at)).await;
            assert_eq!(against(outcome), [Obstacle::Taken], "{at} minutes after");
        }
        for at in [-40, 40] {
            let outcome = house.book(&desk, desk.sam, minutes(ten(), at)).await;
            outcome.unwrap_or_else(|error| panic!("{at} minutes after: {error}"));
        }
        house.book(&desk, desk.kim, ten()).await.expect("booked");
    });
}

// P-03, P-01: slots are what can be booked, and shrink with every booking.
#[test]
fn free_times_follow_what_is_booked() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let day = Span {
            from: minutes(ten(), -60),
            until: minutes(ten(), 60),
        };
        let free = async || {
            let case = house.case(&desk, desk.sam, ten()).await;
            let slots = case.slots(day, noon());
            let at = |slot: &domain::availability::Slot| slot.from.duration_since(ten()).as_mins();
            slots.iter().map(at).collect::<Vec<i64>>()
        };
        assert_eq!(free().await, [-60, -45, -30, -15, 0, 15, 30, 45]);
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        assert_eq!(free().await, [-60, -45, 45]);
        let cancelled = house
            .appointment(id)
            .await
            .cancel(&house.system(), "", noon());
        house.apply(cancelled).await.expect("cancelled");
        assert_eq!(free().await.len(), 8, "cancelled, the time is free again");
    });
}

// P-01, section 8: lists hold what one handles: all for Administrators, else those of one's offices.
#[test]
fn lists_hold_what_one_handles() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let antwerp = house.office("Antwerp").await;
        let max = [place(desk.ghent, &[Role::OfficeManager])];
        let max = house.holder("max@x.example", "Max Maes", &max).await;
        let noor = [place(antwerp, &[Role::OfficeManager])];
        let noor = house.holder("noor@x.example", "Noor Naert", &noor).await;
        let seen = async |by: Actor, query: Query| {
            let mut read = house.read().await;
            let listed = read.appointments(&by, &query).await.expect("read");
            listed
                .into_iter()
                .map(|one| one.appointment.id)
                .collect::<Vec<_>>()
        };
        for who in [house.owner, max, desk.sam, desk.kim] {
            assert_eq!(seen(house.actor(who).await, everything(None)).await, [id]);
        }
        assert!(
            seen(house.actor(noor).await, everything(None))
                .await
                .is_empty()
        );
        assert!(
            seen(house.ada().await, everything(Some(antwerp)))
                .await
                .is_empty()
        );
        let cancelled = Query {
            states: State::Cancelled.bit(),
            ..everything(None)
        };
        assert!(seen(house.ada().await, cancelled).await.is_empty());
        let neighbour = house.neighbour().await;
        let mut read = neighbour.read().await;
        let theirs = read
            .appointments(&neighbour.system(), &everything(None))
            .await;
        assert!(theirs.expect("read").is_empty());
        assert_eq!(read.appointment(id).await.expect("read"), None);
    });
}

// E-11: with Online planning off somebody can't be booked, and keeps the appointments there are.
#[test]
fn without_online_planning_nobody_books() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        house.plan_online(desk.sam, false).await;
        let outcome = house.book(&desk, desk.sam, minutes(ten(), 60)).await;
        assert_eq!(against(outcome), [Obstacle::NotOnline]);
        let mut read = house.read().await;
        let stranded = read.count_upcoming(desk.sam, Which::Stranded, noon()).await;
        assert_eq!(stranded.expect("read"), 0);
        assert_eq!(house.appointment(id).await.employee, Some(desk.sam));
    });
}
