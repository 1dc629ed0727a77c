//! Reminders, mails of the morning and forgotten customers, each when it is time and once.

use super::*;
use crate::demo::house::House;
use domain::appointment::{Booked, Customer, Wish};
use domain::availability::{Diary, Premises};
use domain::booking::settings::Draft;
use domain::booking::{self, Case, Meeting, Meetings};
use domain::credential::PasswordHash;
use domain::employee::{Created, NewEmployee};
use domain::field::{Email, Phone};
use domain::hours::{Block, DAY as MIDNIGHT, Hours, Week};
use domain::office::Times;
use domain::subject::Offer;
use domain::{
    Actor, AppointmentId, CategoryId, EmployeeId, OfficeId, Place, Role, Roles, Status, SubjectId,
};
use store::link::Purpose;
use store::outbox::Message;

/// A customer who asks for an appointment that starts at `at`, and, where `asked`, waits.
pub(crate) async fn book(
    store: &Store,
    organisation: OrganisationId,
    (agent, office): (EmployeeId, OfficeId),
    at: Timestamp,
    asked: bool,
    now: Timestamp,
) -> AppointmentId {
    let block = Block {
        from: 0,
        until: MIDNIGHT,
        office,
        automatic: true,
    };
    let case = Case {
        organisation,
        office_name: "Ghent".into(),
        office_active: true,
        premises: Premises {
            office,
            zone: TimeZone::UTC,
            times: Times::default(),
        },
        offer: Offer {
            office,
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
            by_hand: Some(asked),
            questions: Vec::new(),
        },
        agent: booking::Agent {
            id: agent,
            name: "Rik Maes".into(),
            status: Status::Active,
            online_planning: true,
            roles: [Role::Agent].into_iter().collect::<Roles>(),
            expert: true,
        },
        diary: Diary {
            hours: Hours {
                default: Week(std::array::from_fn(|_| vec![block])),
                ..Hours::default()
            },
            ..Diary::default()
        },
    };
    let proposal = case.known().propose(Meeting::InPerson, at, now);
    let wish = Wish {
        customer: Customer {
            name: "Carla Customer".into(),
            email: Email::read("carla@home.example").ok(),
            phone: Phone::e164("+32470123456").ok(),
            language: "en".into(),
        },
        answers: Vec::new(),
        remark: String::new(),
        consented: true,
    };
    let (id, system) = (AppointmentId(store::new_id()), Actor::system(organisation));
    let before = Some(SignedDuration::from_hours(24));
    let booked = Booked::allow(&system, id, &proposal, wish, false, before, now).unwrap();
    let mut transaction = store.write(organisation, None).await.unwrap();
    transaction.apply(booked).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

/// Changes how bookings are taken.
pub(crate) async fn settle(store: &Store, organisation: OrganisationId, draft: Draft) {
    let mut transaction = store.write(organisation, None).await.unwrap();
    let bookings = transaction.bookings().await.unwrap();
    let system = Actor::system(organisation);
    let changed = bookings.change(&system, &draft, now()).unwrap();
    transaction.apply(changed.unwrap()).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Rik, an Agent who has no appointments yet, in the first office of the demo's Sam.
pub(crate) async fn someone(store: &Store, organisation: OrganisationId) -> (EmployeeId, OfficeId) {
    let mut transaction = store.write(organisation, None).await.unwrap();
    let sam = transaction.employee_by_email("sam@demo.example").await;
    let office = sam.unwrap().unwrap().places[0].office;
    let known = transaction.employee_by_email("rik@demo.example").await;
    if let Some(rik) = known.unwrap() {
        return (rik.id, office);
    }
    let (id, system) = (EmployeeId(store::new_id()), Actor::system(organisation));
    let new = NewEmployee {
        email: "rik@demo.example".into(),
        draft: domain::employee::Draft {
            phone: Some("09 210 44 18".into()),
            function: Some("Mortgage adviser".into()),
            introduction: Some("I like houses.".into()),
            ..Default::default()
        },
        ..NewEmployee::default()
    };
    let created = Created::allow(&system, id, &new, "BE", now()).unwrap();
    transaction.apply(created).await.unwrap();
    let rik = transaction.employee(id).await.unwrap().unwrap();
    let invited = rik.invite(&system, 72, false, now()).unwrap();
    let link = transaction.apply(invited).await.unwrap();
    let holder = transaction
        .use_link(&link, Purpose::Invitation, now())
        .await;
    let address = holder.unwrap().address;
    let rik = transaction.employee(id).await.unwrap().unwrap();
    let hash = PasswordHash("$".into());
    let activated = rik.activate(&address, "Rik", "Maes", hash, now()).unwrap();
    transaction.apply(activated).await.unwrap();
    let rik = transaction.employee(id).await.unwrap().unwrap();
    let places = vec![Place {
        office,
        roles: [Role::Agent].into_iter().collect(),
    }];
    let wish = domain::employee::Wish {
        places,
        ..Default::default()
    };
    let assigned = rik.assign(&system, &wish, 1, now()).unwrap();
    transaction.apply(assigned.unwrap()).await.unwrap();
    transaction.commit().await.unwrap();
    (id, office)
}

struct Scene {
    notices: Notices,
    store: Store,
    organisation: OrganisationId,
    _house: House,
}

impl Scene {
    async fn new(name: &str) -> Self {
        let house = House::new(&format!("notices-{name}"), at("2026-11-20T12:00:00Z")).await;
        let scene = Self {
            notices: Notices::new(house.store.clone()),
            store: house.store.clone(),
            organisation: house.organisation,
            _house: house,
        };
        scene.mails().await; // the demo's own
        scene
    }

    /// What waits to be sent to Rik and his customer, by what it is.
    async fn mails(&self) -> Vec<String> {
        let late = at("2027-01-01T00:00:00Z");
        let claimed = self.store.claim(self.organisation, 1_000, late).await;
        let mut said = Vec::new();
        for one in claimed.unwrap() {
            let what = match &one.message {
                Message::Day { on, .. } => format!("day {on}"),
                Message::Attention { .. } => "attention".to_owned(),
                Message::Appointment { letter, .. } => format!("{:?}", letter.occasion),
                _ => "other".to_owned(),
            };
            // The demo has appointments of its own.
            let to = one.message.to().as_str();
            if ["rik@demo.example", "carla@home.example"].contains(&to) {
                said.push(format!("{what} to {to}"));
            }
            self.store.delivered(&one, late).await.unwrap();
        }
        said.sort();
        said
    }

    /// What is written at a time.
    async fn at(&mut self, time: &str) -> Vec<String> {
        self.notices.look(at(time)).await;
        self.mails().await
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

// P-07, P-09: the mails of the morning, at half past six and at seven where the organisation is, once;
// reminders a day before.
#[tokio::test]
async fn each_mail_is_written_when_it_is_time() {
    let mut scene = Scene::new("morning").await;
    let rik = someone(&scene.store, scene.organisation).await;
    let booked = at("2026-11-20T12:00:00Z");
    let begins = at("2026-11-24T09:00:00Z");
    book(&scene.store, scene.organisation, rik, begins, false, booked).await;
    scene.mails().await;

    assert_eq!(scene.at("2026-11-23T08:59:00Z").await, [""; 0]);
    let reminder = ["Reminder to carla@home.example"];
    assert_eq!(scene.at("2026-11-23T09:00:00Z").await, reminder);
    assert_eq!(scene.at("2026-11-23T09:01:00Z").await, [""; 0], "once");

    // Brussels is an hour ahead of UTC in November.
    assert_eq!(scene.at("2026-11-24T05:29:00Z").await, [""; 0]);
    let day = ["day 2026-11-24 to rik@demo.example"];
    assert_eq!(scene.at("2026-11-24T05:30:00Z").await, day);
    assert_eq!(scene.at("2026-11-24T05:31:00Z").await, [""; 0], "once");
    scene.notices = Notices::new(scene.store.clone());
    assert_eq!(
        scene.at("2026-11-24T05:59:00Z").await,
        [""; 0],
        "nor by another server"
    );

    let begins = at("2026-11-25T09:00:00Z");
    book(&scene.store, scene.organisation, rik, begins, true, booked).await;
    scene.mails().await;
    let attention = ["attention to rik@demo.example"];
    assert_eq!(scene.at("2026-11-24T06:00:00Z").await, attention);
    assert_eq!(scene.at("2026-11-24T06:01:00Z").await, [""; 0], "once");
    // Who was down all morning writes no mail of the morning any more.
    assert_eq!(scene.at("2026-11-25T11:00:00Z").await, [""; 0]);
}

// P-08: customers are forgotten so many days after their appointment, and not before.
#[tokio::test]
async fn customers_are_forgotten_in_time() {
    let mut scene = Scene::new("retention").await;
    let rik = someone(&scene.store, scene.organisation).await;
    let booked = at("2026-11-20T12:00:00Z");
    let begins = at("2026-11-20T15:00:00Z");
    let id = book(&scene.store, scene.organisation, rik, begins, false, booked).await;
    let known = async |scene: &Scene| {
        let mut reading = scene.store.read(scene.organisation).await.unwrap();
        let appointment = reading.appointment(id).await.unwrap().unwrap();
        appointment.customer.name
    };
    scene.at("2027-11-21T15:00:00Z").await;
    assert_eq!(
        known(&scene).await,
        "Carla Customer",
        "kept where nobody decided"
    );
    let draft = Draft {
        retention_days: "2".into(),
        ..Draft::default()
    };
    settle(&scene.store, scene.organisation, draft).await;
    scene.notices = Notices::new(scene.store.clone());
    scene.at("2026-11-22T15:30:00Z").await;
    assert_eq!(known(&scene).await, "Carla Customer");
    scene.at("2026-11-22T15:31:00Z").await;
    assert_eq!(
        known(&scene).await,
        "Carla Customer",
        "looked at every hour"
    );
    scene.at("2026-11-22T16:31:00Z").await;
    assert_eq!(known(&scene).await, "");
}
