//! Contact-centre users: seats, numbers, extensions, queues, supervision and endpoints as they are kept.

use crate::cast::*;
use crate::contact_centre::{OTHER_PBX, PBX};
use crate::house::{House, everywhere};
use domain::contact_centre::license::Held;
use domain::contact_centre::listing::{LicenseKind, Query};
use domain::contact_centre::membership::Membership;
use domain::contact_centre::number::NumbersAdded;
use domain::contact_centre::user::{ContactUser, ContactUserCreated, Draft, State, Wish};
use domain::listing::{Cursor, Place};
use domain::{EmployeeId, EndpointId, Field, Refusal, TenantId, Why};
use store::Result;
use uuid::Uuid;

fn some(text: &str) -> Option<String> {
    Some(text.into())
}

fn pair() -> Draft {
    Draft {
        license: some("engage"),
        plan: some("engage_bundled"),
        ..Draft::default()
    }
}

impl House {
    /// One PBX with seats and two numbers, and another.
    async fn busy_centre(&self) {
        self.contact_centre().await;
        let us = self.literal(self.organisation.0);
        for (code, kind) in [("engage", 2), ("contact_center", 1)] {
            self.raw()
                .await
                .run(&format!(
                    "INSERT INTO license (organisation, code, version, kind, name, seats)
                     VALUES ({us}, '{code}', 1, {kind}, '', 1)
                     ON CONFLICT (organisation, code) DO UPDATE SET seats = excluded.seats"
                ))
                .await;
        }
        let added = NumbersAdded::allow(&self.system(), "+3292104400", "+3292104401", noon());
        self.apply(added).await.expect("added");
    }

    /// What the page does.
    async fn create_user(&self, id: EmployeeId, draft: &Draft) -> Result<()> {
        let mut write = self.write().await;
        let person = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        let ground = write.contact_ground(id, draft).await?;
        let made = ContactUserCreated::allow(&self.system(), &person, draft, &ground, noon())?;
        write.apply(made).await?;
        write.commit().await
    }

    async fn revise_user(&self, id: EmployeeId, draft: &Draft) -> Result<()> {
        let mut write = self.write().await;
        let person = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        let user = write.contact_user(id).await?.ok_or(Refusal::NotFound)?;
        let ground = write.contact_ground(id, draft).await?;
        if let Some(change) = user.revise(&self.system(), &person, draft, &ground, noon())? {
            write.apply(change).await?;
        }
        write.commit().await
    }

    async fn user(&self, id: EmployeeId) -> Option<ContactUser> {
        self.read().await.contact_user(id).await.expect("read")
    }

    async fn rows_of(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        self.raw().await.count(&sql).await
    }
}

// C-02 to C-04: what is written is what is read, and freed numbers and extensions are free.
#[test]
fn a_contact_user_is_kept_as_it_was_allowed() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        let draft = Draft {
            department: some("Loans"),
            site: some("Ghent"),
            work_number: some("+3292104400"),
            work_extension: some("2000"),
            centre_number: some("+3292104401"),
            centre_extension: some("2001"),
            call_waiting: Some(true),
            ..pair()
        };
        house.create_user(lee, &draft).await.expect("created");
        let user = house.user(lee).await.expect("there");
        let settings = &user.settings;
        assert_eq!(user.pbx, PBX);
        assert_eq!(settings.department, "Loans");
        let plan = "engage_bundled".into();
        assert_eq!(settings.license, Held::Engage { plan });
        let number = settings.work.number.as_ref().map(|one| one.as_str());
        assert_eq!(number, Some("+3292104400"));
        let extension = settings.centre.extension.as_ref().map(|one| one.as_str());
        assert_eq!(extension, Some("2001"));
        assert!(settings.call_waiting && !settings.shows_cli);

        // Both environments change places, and nothing is in the way.
        let swapped = Draft {
            work_number: draft.centre_number.clone(),
            work_extension: draft.centre_extension.clone(),
            centre_number: draft.work_number.clone(),
            centre_extension: draft.work_extension.clone(),
            ..Draft::default()
        };
        house.revise_user(lee, &swapped).await.expect("swapped");
        let user = house.user(lee).await.expect("there");
        let number = user.settings.work.number.as_ref().map(|one| one.as_str());
        assert_eq!(number, Some("+3292104401"));

        let kim = house.active("kim@x.example", "Kim Maes").await;
        let taken = Draft {
            work_number: some("+3292104400"),
            work_extension: some("2000"),
            ..Draft::default()
        };
        let Refusal::Invalid(problems) = refusal(house.create_user(kim, &taken).await) else {
            panic!("refused for another reason");
        };
        let fields: Vec<Field> = problems.iter().map(|one| one.field).collect();
        assert_eq!(fields, [Field::WorkExtension, Field::WorkNumber]);
    });
}

// C-03, case 17: of two requests for the last seat, one succeeds.
#[test]
fn the_last_seat_of_a_contact_user_is_given_once() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        let kim = house.active("kim@x.example", "Kim Maes").await;
        let won = winners(house, |house, number| async move {
            let id = [lee, kim][number];
            house.create_user(id, &pair()).await.map(|()| true)
        });
        assert_eq!(won.await, 1);
        let mut reading = house.read().await;
        let licenses = reading.licenses().await.expect("read");
        let engage = licenses.iter().find(|one| one.code == "engage");
        assert_eq!(engage.map(|one| one.used), Some(1));
    });
}

// C-09, C-10, case 15, 17: a member of a Manual queue does not become an Engage user, by the rule or past
// it, and the pair goes with the memberships in one step.
#[test]
fn queues_hold_what_a_contact_user_holds() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        house
            .create_user(lee, &Draft::default())
            .await
            .expect("created");
        let manual = house.queue("Counter", "manual").await;
        let timed = house.queue("Support", "15").await;
        let member = |queue, assigned| Membership {
            queue,
            employee: lee,
            assigned,
            enabled: false,
            priority: None,
        };
        let all = [member(manual, true), member(timed, true)];
        house.put(&all).await.expect("assigned");
        let why = Why::QueuesNotForEngage("Counter".into());
        let refused = refusal(house.revise_user(lee, &pair()).await);
        assert_eq!(refused, Refusal::field(Field::License, why));
        let mut raw = house.guarded().await;
        let forced = "UPDATE contact_user SET contact_center = false, engage = true,
             plan = 'engage_bundled'";
        assert!(raw.try_run(forced).await.is_err(), "past the rule");
        drop(raw);

        house.put(&[member(manual, false)]).await.expect("left");
        house
            .revise_user(lee, &pair())
            .await
            .expect("an Engage user");
        let without = Draft {
            license: some(""),
            plan: some(""),
            ..Draft::default()
        };
        let why = Why::StillInQueues("Support".into());
        let refused = refusal(house.revise_user(lee, &without).await);
        assert_eq!(refused, Refusal::field(Field::Queue, why));
        let leaving = Draft {
            leaves_queues: true,
            ..without
        };
        house.revise_user(lee, &leaving).await.expect("left");
        assert_eq!(house.rows_of("queue_member").await, 0);
    });
}

// C-06: who moves to another PBX takes the extensions along.
#[test]
fn a_contact_user_moves_with_extensions() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        let draft = Draft {
            work_extension: some("2000"),
            ..Draft::default()
        };
        house.create_user(lee, &draft).await.expect("created");
        let kim = house.active("kim@x.example", "Kim Maes").await;
        let south = some(&TenantId(Uuid::from_u128(0x51)).to_string());
        let elsewhere = Draft {
            tenant: south.clone(),
            ..draft
        };
        house
            .create_user(kim, &elsewhere)
            .await
            .expect("on the other PBX");
        let moves = Draft {
            tenant: south,
            ..Draft::default()
        };
        let taken = refusal(house.revise_user(lee, &moves).await);
        assert_eq!(taken, Refusal::field(Field::WorkExtension, Why::Taken));
        let moves = Draft {
            work_extension: some("2002"),
            ..moves
        };
        house.revise_user(lee, &moves).await.expect("moved");
        let mut reading = house.read().await;
        let there = reading.extensions_on(OTHER_PBX).await.expect("read");
        assert_eq!(there.len(), 2);
    });
}

// C-12, case 20: supervisor taken away, the scopes go with it.
#[test]
fn what_a_contact_user_supervises_goes_with_the_supervisor() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        house
            .create_user(lee, &Draft::default())
            .await
            .expect("created");
        let queue = house.queue("Support", "15").await.to_string();
        let group = Uuid::from_u128(0x60).to_string();
        let supervise = async |wish: Wish| {
            let mut write = house.write().await;
            let person = write.employee(lee).await?.ok_or(Refusal::NotFound)?;
            let user = write.contact_user(lee).await?.ok_or(Refusal::NotFound)?;
            let overseen = write.overseen().await?;
            let change = user.supervise(&house.system(), &person, &wish, &overseen, noon())?;
            write.apply(change.expect("a change")).await?;
            write.commit().await
        };
        let on = Wish {
            on: true,
            queues: vec![queue.clone()],
            queues_enabled: vec![queue],
            groups: vec![group],
            ..Wish::default()
        };
        supervise(on).await.expect("supervises");
        let user = house.user(lee).await.expect("there");
        assert!(user.supervision.on);
        assert_eq!(user.supervision.queues.len(), 1);
        assert_eq!(user.supervision.groups.len(), 1);
        supervise(Wish::default()).await.expect("taken away");
        assert_eq!(house.rows_of("supervised_queue").await, 0);
        assert_eq!(house.rows_of("supervised_group").await, 0);
    });
}

// C-18: suspension keeps the seat and the number, which can be freed; deletion frees both.
#[test]
fn a_suspended_contact_user_keeps_and_a_deleted_one_frees() {
    everywhere(async |house| {
        house.busy_centre().await;
        let ada = house.ada().await;
        let draft = Draft {
            work_number: some("+3292104400"),
            work_extension: some("2000"),
            ..pair()
        };
        let lee = house.active("lee@x.example", "Lee Claes").await;
        house.create_user(lee, &draft).await.expect("created");
        house.suspend(&ada, lee).await.expect("suspended");
        let kim = house.active("kim@x.example", "Kim Maes").await;
        assert!(
            house.create_user(kim, &draft).await.is_err(),
            "seat and number are kept"
        );
        let freed = Draft {
            license: some(""),
            plan: some(""),
            work_number: some(""),
            work_extension: some(""),
            ..Draft::default()
        };
        house.revise_user(lee, &freed).await.expect("freed");
        house.create_user(kim, &draft).await.expect("free by now");
        house.delete(&ada, kim).await.expect("deleted");
        assert_eq!(house.rows_of("number_use").await, 0);
        assert_eq!(house.rows_of("extension").await, 0);
        house.revise_user(lee, &draft).await.expect("free again");
    });
}

// C-16: the secret of an endpoint is answered once, and lies sealed.
#[test]
fn the_secret_of_an_endpoint_lies_sealed() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        house
            .create_user(lee, &Draft::default())
            .await
            .expect("created");
        let (user, person) = (house.user(lee).await.expect("there"), house.get(lee).await);
        let id = EndpointId(store::new_id());
        let added = user.add_endpoint(&house.system(), &person, id, "web", "Laptop", noon());
        let secret = house.apply(added).await.expect("added");
        assert!(secret.len() >= 40);
        assert!(!house.holds(&secret).await, "in the clear");
        let endpoints = house.read().await.endpoints(lee).await.expect("read");
        assert_eq!(endpoints.len(), 1);
        let removed = user.remove_endpoint(&house.system(), &person, &endpoints[0], noon());
        house.apply(removed).await.expect("removed");
        assert_eq!(house.rows_of("endpoint").await, 0);
    });
}

// C-01: the list searches, filters and turns pages.
#[test]
fn the_list_of_contact_users_filters_and_turns_pages() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        house.create_user(lee, &pair()).await.expect("created");
        for number in 0..29 {
            let email = format!("agent{number}@x.example");
            let name = format!("Agent {number:02}");
            let id = house.active(&email, &name).await;
            house
                .create_user(id, &Draft::default())
                .await
                .expect("created");
        }
        let mut reading = house.read().await;
        let mut count = async |query: Query| {
            let page = reading.contact_users(&query).await.expect("read");
            (page.count, page.rows.len())
        };
        assert_eq!(count(Query::default()).await, (30, 25));
        let engage = Query {
            licenses: vec![LicenseKind::Engage],
            ..Query::default()
        };
        assert_eq!(count(engage).await, (1, 1));
        let search = Query {
            search: "CLÁES".into(),
            ..Query::default()
        };
        assert_eq!(count(search).await, (1, 1));
        let supervisors = Query {
            supervisors: true,
            ..Query::default()
        };
        assert_eq!(count(supervisors).await, (0, 0));
        let first = reading
            .contact_users(&Query::default())
            .await
            .expect("read");
        assert!(first.after && !first.before);
        let last: Option<Cursor> = first.rows.last().map(|row| row.cursor.clone());
        let next = Query {
            place: Place::After(last.expect("a row")),
            ..Query::default()
        };
        let next = reading.contact_users(&next).await.expect("read");
        assert_eq!(next.rows.len(), 5);
        assert!(next.before && !next.after);
        let back = Query {
            place: Place::Before(next.rows[0].cursor.clone()),
            ..Query::default()
        };
        let back = reading.contact_users(&back).await.expect("read");
        assert_eq!(back.rows, first.rows);
    });
}

// C-14: a state is set without disturbing whoever edits the settings.
#[test]
fn a_contact_user_sets_their_state() {
    everywhere(async |house| {
        house.busy_centre().await;
        let lee = house.active("lee@x.example", "Lee Claes").await;
        house
            .create_user(lee, &Draft::default())
            .await
            .expect("created");
        let (user, person) = (house.user(lee).await.expect("there"), house.get(lee).await);
        let actor = house.actor(lee).await;
        let set = user.set_state(&actor, &person, State::OnBreak.code(), after(60));
        let set = set.map(|set| set.expect("a change"));
        house.apply(set).await.expect("set");
        let now = house.user(lee).await.expect("there");
        assert_eq!((now.state, now.state_at), (State::OnBreak, after(60)));
        assert_eq!(now.version, user.version);
    });
}
