//! Appointments: taken once, told to everybody concerned, and never lost sight of.

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

// P-04: two customers want one slot at the same moment, on two servers where there can be two: one
// gets it.
#[test]
fn of_two_customers_one_gets_the_slot() {
    everywhere(async |house| {
        let desk = std::sync::Arc::new(house.desk().await);
        for round in 0..6_i64 {
            let at = minutes(ten(), round * 60);
            let won = winners(house, |house, _| {
                let desk = desk.clone();
                async move { house.book(&desk, desk.sam, at).await.map(|_| true) }
            });
            assert_eq!(won.await, 1, "round {round}");
        }
        let listed = house
            .read()
            .await
            .appointments(&house.system(), &everything(None))
            .await;
        assert_eq!(listed.expect("read").len(), 6);
    });
}

/// Deletes as the page does: what lies ahead is cancelled in the same transaction.
async fn delete(house: &House, id: EmployeeId) -> Result<()> {
    let mut write = house.write().await;
    let system = house.system();
    let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
    for one in write.upcoming(id, Which::All, noon()).await? {
        let cancelled = one.appointment.cancel(&system, "", noon())?;
        write.apply(cancelled).await?;
    }
    let email = employee.email.to_string();
    write
        .apply(employee.delete(&system, &email, 1, noon())?)
        .await?;
    write.commit().await
}

// P-04: a booking and a suspension, or a deletion, at the same moment: never a booking with somebody
// who is gone, and none that is lost sight of.
#[test]
fn a_booking_races_with_suspension_and_deletion() {
    everywhere(async |house| {
        let desk = std::sync::Arc::new(house.desk().await);
        for round in 0..4_i64 {
            let email = format!("racer{round}@x.example");
            let held = [place(desk.ghent, &[Role::Agent])];
            let racer = house.holder(&email, "Rita Racer", &held).await;
            house.handle(racer, desk.ghent, &[desk.loans], &[]).await;
            house.nine_to_five(racer, desk.ghent).await;
            let suspends = round % 2 == 0;
            let (one, two) = (desk.clone(), house.same_server());
            let booking = async move { two.book(&one, racer, ten()).await };
            let other = house.same_server();
            let leaving = async move {
                match suspends {
                    true => other.suspend(&other.system(), racer).await,
                    false => delete(&other, racer).await,
                }
            };
            let (booked, left) = tokio::join!(tokio::spawn(booking), tokio::spawn(leaving));
            left.expect("no panic").expect("they leave in any case");
            match (booked.expect("no panic"), suspends) {
                (Err(Error::Refused(_)), _) => {}
                (Err(other), _) => panic!("it failed instead of being refused: {other}"),
                (Ok((id, _)), true) => {
                    let mut read = house.read().await;
                    let stranded = read.upcoming(racer, Which::Stranded, noon()).await;
                    let stranded: Vec<_> = stranded
                        .expect("read")
                        .into_iter()
                        .map(|one| one.appointment.id)
                        .collect();
                    assert_eq!(stranded, [id], "it was booked before, and is in sight");
                }
                (Ok((id, _)), false) => {
                    let kept = house.appointment(id).await;
                    assert_eq!((kept.state, kept.employee), (State::Cancelled, None));
                }
            }
            if suspends {
                let late = house.book(&desk, racer, minutes(ten(), 120)).await;
                assert!(against(late).contains(&Obstacle::NotActive));
            }
        }
    });
}

fn moved(
    appointment: &Appointment,
    by: &Actor,
    case: &Case,
    at: Timestamp,
) -> std::result::Result<Allowed<domain::appointment::Moved>, Refusal> {
    let proposal = case.propose_again(appointment, at, noon());
    let moved = appointment.revise(by, &proposal, false, None, noon())?;
    Ok(moved.expect("a change"))
}

// P-02: another time raises SEQUENCE and is told; another agent takes it out of the first one's calendar.
#[test]
fn a_move_is_told_to_everybody_concerned() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let later = minutes(ten(), 90);
        let case = house.case(&desk, desk.sam, later).await;
        let change = moved(
            &house.appointment(id).await,
            &house.ada().await,
            &case,
            later,
        );
        house.apply(change).await.expect("moved");
        let kept = house.appointment(id).await;
        assert_eq!((kept.begins_at, kept.sequence), (later, 1));
        let told = house.letters(2).await;
        let customer = "carla@customers.example".to_owned();
        assert_eq!(
            told,
            [
                (customer.clone(), Occasion::Moved, Reader::Customer, 1),
                ("sam@x.example".into(), Occasion::Moved, Reader::Agent, 1),
            ]
        );
        let case = house.case(&desk, desk.kim, later).await;
        let change = moved(
            &house.appointment(id).await,
            &house.ada().await,
            &case,
            later,
        );
        house.apply(change).await.expect("given");
        assert_eq!(house.appointment(id).await.employee, Some(desk.kim));
        assert_eq!(
            house.letters(0).await,
            [
                (customer, Occasion::Reassigned, Reader::Customer, 2),
                ("kim@x.example".into(), Occasion::Booked, Reader::Agent, 2),
                (
                    "sam@x.example".into(),
                    Occasion::GivenAway,
                    Reader::Agent,
                    2
                ),
            ]
        );
    });
}

// E-20: of two who decide on the same appointment the second is told.
#[test]
fn who_decides_on_an_old_appointment_is_refused() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let seen = house.appointment(id).await;
        let noted = seen.note(&house.system(), "Called twice", noon());
        house
            .apply(noted.map(|change| change.expect("a change")))
            .await
            .expect("noted");
        let late = seen.cancel(&house.system(), "", noon());
        assert_eq!(refusal(house.apply(late).await), Refusal::Stale);
        assert_eq!(house.appointment(id).await.note, "Called twice");
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

// E-15, O-05, P-06: what somebody can't take as it stands is in sight: suspended, away, without the role.
#[test]
fn what_somebody_leaves_behind_is_in_sight() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let stranded = async || {
            let mut read = house.read().await;
            let count = read.count_upcoming(desk.sam, Which::Stranded, noon()).await;
            count.expect("read")
        };
        assert_eq!(stranded().await, 0);
        house
            .suspend(&house.system(), desk.sam)
            .await
            .expect("suspended");
        assert_eq!(stranded().await, 1);
        house
            .reactivate(&house.system(), desk.sam)
            .await
            .expect("back");
        assert_eq!(stranded().await, 0);
        house
            .place_in(desk.sam, desk.ghent, &[Role::OfficeManager])
            .await;
        assert_eq!(stranded().await, 1, "no Agent there any more");
        house.place_in(desk.sam, desk.ghent, &[Role::Agent]).await;
        assert_eq!(stranded().await, 0);
        let over = minutes(ten(), 31);
        let mut read = house.read().await;
        let ahead = read.count_upcoming(desk.sam, Which::All, over).await;
        assert_eq!(ahead.expect("read"), 0, "what is over is not ahead");
        drop(read);
        let away = Span {
            from: minutes(ten(), 20),
            until: minutes(ten(), 600),
        };
        let absence = AbsenceId(store::new_id());
        let sam = house.get(desk.sam).await;
        let entered = sam.enter_absence(&house.system(), absence, away, "Ill", noon());
        house.apply(entered).await.expect("entered");
        assert_eq!(stranded().await, 1, "away for a part of it");
        let read = house
            .read()
            .await
            .upcoming(desk.sam, Which::Stranded, noon())
            .await;
        assert_eq!(read.expect("read")[0].appointment.id, id);
        let outcome = house.book(&desk, desk.sam, minutes(ten(), 120)).await;
        assert_eq!(against(outcome), [Obstacle::Absent]);
    });
}

// E-16: of somebody who is deleted the past stays, with a former employee; the rest is cancelled and
// the customer is told.
#[test]
fn the_past_of_a_former_employee_stays() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (past, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let (ahead, _) = house
            .book(&desk, desk.sam, minutes(ten(), 60))
            .await
            .expect("booked");
        let mut write = house.write().await;
        let now = minutes(ten(), 31);
        let employee = write
            .employee(desk.sam)
            .await
            .expect("read")
            .expect("there");
        for one in write
            .upcoming(desk.sam, Which::All, now)
            .await
            .expect("read")
        {
            let cancelled = one
                .appointment
                .cancel(&house.system(), "", now)
                .expect("allowed");
            write.apply(cancelled).await.expect("cancelled");
        }
        let deleted = employee
            .delete(&house.system(), "sam@x.example", 1, now)
            .expect("allowed");
        write.apply(deleted).await.expect("deleted");
        write.commit().await.expect("committed");
        let kept = house.appointment(past).await;
        assert_eq!((kept.state, kept.employee), (State::Confirmed, None));
        let kept = house.appointment(ahead).await;
        assert_eq!((kept.state, kept.employee), (State::Cancelled, None));
        let told = house.letters(0).await;
        let cancelled: Vec<_> = told
            .iter()
            .filter(|(_, occasion, ..)| *occasion == Occasion::Cancelled)
            .collect();
        assert_eq!(cancelled.len(), 1, "the customer alone: {told:?}");
        assert!(
            told.iter().all(|(to, ..)| to != "sam@x.example"),
            "nothing goes to somebody who is gone"
        );
    });
}

// P-02: a reason that is no plain text is refused beside its field, and what is over can't be cancelled.
#[test]
fn what_is_over_is_over() {
    everywhere(async |house| {
        let desk = house.desk().await;
        let (id, _) = house.book(&desk, desk.sam, ten()).await.expect("booked");
        let kept = house.appointment(id).await;
        let wrong = kept.cancel(&house.system(), "a\u{202e}b", noon());
        assert_eq!(
            wrong.map(|_| ()),
            Err(Refusal::field(Field::Reason, Why::NotPlainText))
        );
        let late = kept.cancel(&house.system(), "", minutes(ten(), 30));
        assert_eq!(late.map(|_| ()), Err(Refusal::WrongState));
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
