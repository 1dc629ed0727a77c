//! The audit trail: complete, chained, erased of persons, and seen by those who may.

use crate::cast::*;
use crate::house::{House, Raw, everywhere, in_every_house};
use domain::audit::{Line, Person, Query, Value};
use domain::employee::{Draft, NewEmployee, Wish};
use domain::{Action, Actor, EmployeeId, Event, PictureId, Refusal, Role, Subject, Version};
use std::collections::BTreeSet;

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
            subject: Some(Subject::Employee(employee)),
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
        assert_eq!(line.subject, Subject::Employee(id));
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
            .revise(&system, "Gent", true, noon())
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
            .change_password(&own, hash, noon())
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
        for event in Event::ALL {
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

/// Keeps the trail aside, so that it can be put back after each alteration.
async fn keep(raw: &mut Raw) {
    raw.run("CREATE TABLE kept_audit AS SELECT * FROM audit")
        .await;
    raw.run("CREATE TABLE kept_value AS SELECT * FROM audit_value")
        .await;
}

async fn put_back(raw: &mut Raw) {
    for (table, kept) in [("audit_value", "kept_value"), ("audit", "kept_audit")] {
        raw.run(&format!("DELETE FROM {table}")).await;
        raw.run(&format!("INSERT INTO {table} SELECT * FROM {kept}"))
            .await;
    }
}

// E-23: altering any column of any entry, or of any value that stands beside it, is found, and so is
// taking an entry or a value out, or putting one in.
#[test]
fn every_alteration_is_found() {
    everywhere(async |house| {
        told(house).await;
        assert_eq!(altered(house).await, None);
        let mut raw = house.raw().await;
        keep(&mut raw).await;
        let (bytes, id, later) = match house.is_sqlite() {
            true => (
                "x'00'",
                "x'0123456789abcdef0123456789abcdef'",
                "'2031-01-01T00:00:00.000000Z'",
            ),
            false => (
                "'\\x00'::bytea",
                "'01234567-89ab-cdef-0123-456789abcdef'::uuid",
                "'2031-01-01'::timestamptz",
            ),
        };
        let values = [
            ("audit", "organisation", id),
            ("audit", "sequence", "sequence + 1000"),
            ("audit", "at", later),
            ("audit", "event", "'employee.deleted'"),
            ("audit", "author", id),
            ("audit", "author", "NULL"),
            ("audit", "subject_kind", "subject_kind % 3 + 1"),
            ("audit", "subject", id),
            ("audit", "subject", "NULL"),
            ("audit", "version", "COALESCE(version, 0) + 1"),
            ("audit", "version", "NULL"),
            ("audit", "commitment", bytes),
            ("audit", "hash", bytes),
            ("audit_value", "organisation", id),
            ("audit_value", "sequence", "sequence + 1000"),
            ("audit_value", "position", "position + 5"),
            ("audit_value", "person", id),
            ("audit_value", "person", "NULL"),
            ("audit_value", "salt", bytes),
            ("audit_value", "salt", "NULL"),
            ("audit_value", "content", "'[]'"),
            ("audit_value", "content", "NULL"),
            ("audit_value", "content", "NULL, salt = NULL"),
            ("audit_value", "digest", bytes),
        ];
        let last = raw.count("SELECT max(sequence) FROM audit").await;
        for (table, column, value) in values {
            let mut altering = 0;
            for sequence in 1..=last {
                if (table, column, sequence) == ("audit", "organisation", last) {
                    continue; // the end cut off: see below
                }
                let differs = match column {
                    "content" | "salt" | "digest" | "hash" | "commitment" | "organisation" => {
                        String::new()
                    }
                    _ => format!(" AND {column} IS DISTINCT FROM {value}"),
                };
                let sql = format!(
                    "UPDATE {table} SET {column} = {value} WHERE sequence = {sequence}{differs}"
                );
                if raw.run(&sql).await == 0 {
                    continue;
                }
                altering += 1;
                assert!(altered(house).await.is_some(), "{sql}");
                put_back(&mut raw).await;
            }
            assert!(altering > 0, "nothing to alter in {table}.{column}");
        }
        for sequence in 1..last {
            raw.run(&format!(
                "DELETE FROM audit_value WHERE sequence = {sequence}"
            ))
            .await;
            raw.run(&format!("DELETE FROM audit WHERE sequence = {sequence}"))
                .await;
            assert_eq!(
                altered(house).await,
                Some(sequence + 1),
                "an entry taken out"
            );
            put_back(&mut raw).await;
        }
        let with_value = "SELECT min(sequence) FROM audit_value";
        let sequence = raw.count(with_value).await;
        raw.run(&format!(
            "DELETE FROM audit_value WHERE sequence = {sequence}"
        ))
        .await;
        assert_eq!(altered(house).await, Some(sequence), "a value taken out");
        put_back(&mut raw).await;
        let more = format!(
            "INSERT INTO audit_value SELECT organisation, sequence, 7, person, salt, content, digest
             FROM kept_value WHERE sequence = {sequence} AND position = 0"
        );
        raw.run(&more).await;
        assert_eq!(altered(house).await, Some(sequence), "a value put in");
        put_back(&mut raw).await;
        assert_eq!(altered(house).await, None);
        raw.run("DROP TABLE kept_audit").await;
        raw.run("DROP TABLE kept_value").await;
    });
}

// E-23: the whole trail of one organisation does not pass for another's.
#[test]
fn a_trail_is_of_its_organisation() {
    in_every_house(async |house| {
        told(house).await;
        let next = house.neighbour().await;
        let mut raw = house.raw().await;
        for table in ["audit", "audit_value"] {
            let other = format!(
                "(SELECT id FROM organisation WHERE host = '{}.example')",
                next.organisation
            );
            let one = format!(
                "(SELECT id FROM organisation WHERE host = '{}.example')",
                house.organisation
            );
            raw.run(&format!("DELETE FROM {table} WHERE organisation = {other}"))
                .await;
            raw.run(&format!(
                "UPDATE {table} SET organisation = {other} WHERE organisation = {one}"
            ))
            .await;
        }
        assert_eq!(altered(&next).await, Some(1));
    });
}

// E-23: cutting off the end of the trail is noticed where it says less than the employees do.
#[test]
fn a_trail_that_was_cut_off_is_noticed() {
    in_every_house(async |house| {
        told(house).await;
        let mut raw = house.raw().await;
        let last = raw.count("SELECT max(sequence) FROM audit").await;
        for table in ["audit_value", "audit"] {
            raw.run(&format!("DELETE FROM {table} WHERE sequence = {last}"))
                .await;
        }
        assert_eq!(
            house.findings().await,
            ["1 employees whose last change is not in the audit trail"]
        );
    });
}

/// What is known of the person who will be erased; nothing of it may be left anywhere.
const PERSONAL: [&str; 12] = [
    "quillfeather",
    "Quillfeather",
    "QUILLFEATHER",
    "Ottoline",
    "ottoline",
    "newaddress",
    "wantedaddress",
    "+32470112233",
    "Ext-Ottoline-77",
    "Chief of Quills",
    "198.51.100.77",
    "OttolineBrowser",
];

// E-16: deleted, the person and all their information are gone from the whole database, and the
// trail still verifies and says who, what and when by id.
#[test]
fn deleting_somebody_removes_every_personal_value() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let office = house.office("Ghent").await;
        let neighbour = house.active("neighbour@x.example", "Nina Neighbour").await;
        let text = |text: &str| Some(text.to_owned());
        let draft = Draft {
            external_id: text("Ext-Ottoline-77"),
            phone: text("+32470112233"),
            introduction: Some("About Ottoline. ".repeat(100)),
            ..function("Chief of Quills")
        };
        let new = NewEmployee {
            email: "quillfeather@x.example".into(),
            roles: roles(&[Role::Agent]),
            draft,
            ..NewEmployee::default()
        };
        let id = house.create(&ada, new).await.expect("created");
        let token = house.invite_at(id, true, noon()).await.expect("invited");
        house
            .activate(&token, "Ottoline Quillfeather", noon())
            .await
            .expect("activated");
        let own = house.actor(id).await;
        revise(house, &own, id, function("Other"), Some("198.51.100.77")).await;
        let wish = Wish {
            places: vec![place(office, &[Role::Agent])],
            administrator: Some(true),
            ..Wish::default()
        };
        house.assign(&ada, id, wish).await.expect("assigned");
        let mut write = house.write().await;
        let device = store::session::Device {
            agent: "OttolineBrowser".into(),
            address: "198.51.100.77".into(),
        };
        let employee = write.employee(id).await.expect("read").expect("there");
        write
            .begin_session(employee.sign_in(noon()).expect("allowed"), &device, None)
            .await
            .expect("signed in");
        let picture = Some((
            PictureId(store::new_id()),
            b"OttolineBrowser as a picture".repeat(900).to_vec(),
        ));
        let changed = employee
            .change_picture(&own, picture, noon())
            .expect("allowed");
        write.apply(changed).await.expect("written");
        write.commit().await.expect("committed");
        house
            .change_email(&own, id, "newaddress@x.example")
            .await
            .expect("asked");
        let mut write = house.write().await;
        let employee = write.employee(id).await.expect("read").expect("there");
        let wanted = employee.email_wanted.clone().expect("wanted");
        write
            .apply(employee.confirm_email(&wanted, noon()).expect("allowed"))
            .await
            .expect("written");
        write.commit().await.expect("committed");
        let own = house.actor(id).await;
        house
            .change_email(&own, id, "wantedaddress@x.example")
            .await
            .expect("asked");
        // Somebody else's entry, from the person's address.
        revise(
            house,
            &own,
            neighbour,
            function("Scribe"),
            Some("198.51.100.77"),
        )
        .await;
        // A mail whose failure names the address.
        let claimed = house
            .store
            .claim(house.organisation, 100, after(1))
            .await
            .expect("claimed");
        for claimed in &claimed {
            let why = format!("550 {} is unknown", claimed.message.to());
            house
                .store
                .failed(claimed, &why, after(1))
                .await
                .expect("noted");
        }
        for personal in [
            "Quillfeather",
            "quillfeather",
            "198.51.100.77",
            "OttolineBrowser",
            "newaddress",
        ] {
            assert!(
                house.holds(personal).await,
                "the look finds {personal} while it is there"
            );
        }

        house.delete(&ada, id).await.expect("deleted");
        for personal in PERSONAL {
            assert!(!house.holds(personal).await, "{personal} is left");
        }
        assert_eq!(altered(house).await, None);
        let lines = activity(house, &ada, id).await;
        assert_eq!(lines[0].event, Event::EmployeeDeleted);
        assert!(lines.len() > 6);
        for line in &lines {
            assert_eq!(
                (line.subject, &line.subject_name),
                (Subject::Employee(id), &None)
            );
            assert!(line.values.is_empty());
        }
        assert!(lines.iter().any(|line| line.erased));
        assert!(lines.iter().any(|line| line.author == Person::Former));
        let line = activity(house, &ada, neighbour).await.remove(0);
        assert_eq!((line.author, line.address), (Person::Former, None));
        assert_eq!(line.values.len(), 1, "what is said of others stays");
    });
}

// E-16: an Administrator who deletes themselves leaves no address behind either.
#[test]
fn whoever_deletes_themselves_leaves_nothing_behind() {
    everywhere(async |house| {
        let bob = house.administrator("bob@x.example", "Bob Maes").await;
        let own = house.actor(bob).await;
        let mut write = house.write_from(Some("198.51.100.77")).await;
        let employee = write.employee(bob).await.expect("read").expect("there");
        let deleted = employee
            .delete(&own, "bob@x.example", 1, noon())
            .expect("allowed");
        write.apply(deleted).await.expect("written");
        write.commit().await.expect("committed");
        for personal in ["198.51.100.77", "bob@x.example", "Maes"] {
            assert!(!house.holds(personal).await, "{personal} is left");
        }
    });
}

// E-16, E-23: values are erased with their person, and for nobody else.
#[test]
fn values_erased_of_somebody_who_is_there_are_found() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let (sam, kim) = (
            told(house).await,
            house.active("kim@x.example", "Kim Claes").await,
        );
        let values = "SELECT count(*) FROM audit_value WHERE content IS NOT NULL";
        let before = house.raw().await.count(values).await;
        house.delete(&ada, kim).await.expect("deleted");
        assert!(house.raw().await.count(values).await < before);
        assert!(
            activity(house, &ada, sam)
                .await
                .iter()
                .all(|line| !line.erased)
        );
        assert_eq!(altered(house).await, None);
    });
}

// E-20: the second of two editors can be told what changed since the version they saw.
#[test]
fn the_trail_says_what_changed_since_a_version() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let seen = house.get(id).await.version;
        revise(house, &ada, id, function("Adviser"), None).await;
        house.sign_in(id, noon()).await.expect("signed in");
        house.suspend(&ada, id).await.expect("suspended");
        let since = async |version| {
            let query = Query {
                subject: Some(Subject::Employee(id)),
                since: Some(version),
                ..Query::default()
            };
            let lines = trail(house, &ada, &query).await;
            lines.into_iter().map(|line| line.event).collect::<Vec<_>>()
        };
        assert_eq!(
            since(seen).await,
            [Event::EmployeeSuspended, Event::EmployeeRevised]
        );
        assert_eq!(since(seen.next()).await, [Event::EmployeeSuspended]);
        assert_eq!(since(house.get(id).await.version).await, []);
        assert_eq!(since(Version(0)).await.len(), 3, "and the activation");
    });
}

// E-23: searchable by event, by person, by time, page by page.
#[test]
fn the_trail_is_searched() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let kim = house.active("kim@x.example", "Kím Claes").await;
        let own = house.actor(kim).await;
        revise(house, &own, kim, function("Adviser"), None).await;
        for number in 0..60 {
            revise(house, &ada, sam, function(&format!("Step {number}")), None).await;
        }
        let query = |event, person: &str| Query {
            event,
            person: person.into(),
            ..Query::default()
        };
        let count = async |query: Query| trail(house, &ada, &query).await.len();
        assert_eq!(count(query(Some(Event::EmployeeActivated), "")).await, 3);
        assert_eq!(count(query(Some(Event::EmployeeRevised), "kim")).await, 1);
        assert_eq!(
            count(query(None, "KÍM CLAES")).await,
            4,
            "as subject or as author, once each"
        );
        assert_eq!(count(query(None, "nobody")).await, 0);
        assert_eq!(count(query(None, "%")).await, 0);
        let times = |from, until| Query {
            from: Some(from),
            until: Some(until),
            ..Query::default()
        };
        assert_eq!(count(times(after(1), after(9))).await, 0);
        assert_eq!(count(times(noon(), after(1))).await, 51);
        let extreme = times(domain::Timestamp::MIN, domain::Timestamp::MAX);
        assert_eq!(
            count(extreme).await,
            51,
            "times that no database knows are no failure"
        );

        let mut all = Vec::new();
        let mut before = None;
        loop {
            let lines = trail(
                house,
                &ada,
                &Query {
                    before,
                    ..Query::default()
                },
            )
            .await;
            let page = lines.len().min(store::audit::PAGE as usize);
            all.extend(lines[..page].iter().map(|line| line.sequence));
            before = all.last().copied();
            if lines.len() == page {
                break;
            }
        }
        let total = house
            .raw()
            .await
            .count("SELECT max(sequence) FROM audit")
            .await;
        assert_eq!(all, (1..=total).rev().collect::<Vec<_>>());
    });
}

// Section 8: the trail is an Administrator's whole, a manager's of their offices, and one's own.
#[test]
fn the_trail_shows_what_one_may_read() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let held = |office, role| place(office, &[role]);
        let max = house
            .holder(
                "max@x.example",
                "Max Maes",
                &[held(ghent, Role::OfficeManager)],
            )
            .await;
        let both = [held(ghent, Role::Agent), held(antwerp, Role::Agent)];
        let sam = house.holder("sam@x.example", "Sam Peeters", &both).await;
        let kim = house
            .holder("kim@x.example", "Kim Claes", &[held(antwerp, Role::Agent)])
            .await;
        let nobody = house.active("new@x.example", "New Body").await;
        let next = house.neighbour().await;
        let subjects = async |who: EmployeeId| {
            let lines = trail(house, &house.actor(who).await, &Query::default()).await;
            lines
                .into_iter()
                .map(|line| format!("{:?}", line.subject))
                .collect::<BTreeSet<_>>()
        };
        let set = |subjects: &[Subject]| {
            subjects
                .iter()
                .map(|subject| format!("{subject:?}"))
                .collect::<BTreeSet<_>>()
        };
        let employee = Subject::Employee;
        let all = [
            Subject::Organisation,
            Subject::Office(ghent),
            Subject::Office(antwerp),
            employee(max),
            employee(sam),
            employee(kim),
            employee(nobody),
            employee(house.owner),
        ];
        assert_eq!(subjects(house.owner).await, set(&all));
        assert_eq!(
            subjects(max).await,
            set(&[Subject::Office(ghent), employee(max), employee(sam)])
        );
        for own in [sam, kim, nobody] {
            assert_eq!(subjects(own).await, set(&[employee(own)]));
        }
        let actor = house.actor(max).await;
        assert!(
            activity(house, &actor, kim).await.is_empty(),
            "nothing of anybody else by asking"
        );
        let theirs = next.ada().await;
        assert!(activity(house, &theirs, sam).await.is_empty());
    });
}

// Section 8, case 8: of an agent of A and B, the manager of A reads what concerns A, and what was
// wanted before there was an office concerns nobody's.
#[test]
fn a_manager_reads_of_the_trail_what_concerns_their_offices() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let max = place(ghent, &[Role::OfficeManager]);
        let max = house.holder("max@x.example", "Max Maes", &[max]).await;
        let new = NewEmployee {
            email: "sam@x.example".into(),
            roles: roles(&[Role::Agent]),
            ..NewEmployee::default()
        };
        let sam = house.create(&house.system(), new).await.expect("created");
        let places = vec![
            place(ghent, &[Role::Agent]),
            place(antwerp, &[Role::OfficeManager]),
        ];
        let wish = Wish {
            places,
            ..Wish::default()
        };
        house
            .assign(&house.system(), sam, wish)
            .await
            .expect("assigned");
        let fields = async |who: EmployeeId| {
            let lines = activity(house, &house.actor(who).await, sam).await;
            let fields = lines
                .into_iter()
                .flat_map(|line| line.values)
                .map(|value| value.field);
            fields.collect::<BTreeSet<_>>()
        };
        let (in_ghent, in_antwerp) = (format!("office:{ghent}"), format!("office:{antwerp}"));
        let seen = fields(max).await;
        assert!(seen.contains(&in_ghent) && seen.contains("email"));
        assert!(!seen.contains(&in_antwerp) && !seen.contains("roles"));
        for whole in [house.owner, sam] {
            let seen = fields(whole).await;
            assert!(
                seen.contains(&in_ghent) && seen.contains(&in_antwerp) && seen.contains("roles")
            );
        }
    });
}

// Section 8: a search of the trail tells nobody the email of an author whom they may not see.
#[test]
fn a_search_of_the_trail_tells_no_email() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let max = place(ghent, &[Role::OfficeManager]);
        let max = house.holder("max@x.example", "Max Maes", &[max]).await;
        let ada = house.ada().await;
        revise(house, &ada, max, function("Chief"), None).await;
        let found = async |by: &Actor, person: &str| {
            let query = Query {
                event: Some(Event::EmployeeRevised),
                person: person.into(),
                ..Query::default()
            };
            trail(house, by, &query).await.len()
        };
        let manager = house.actor(max).await;
        assert_eq!(
            (found(&manager, "olga").await, found(&ada, "olga").await),
            (1, 1)
        );
        assert_eq!(
            (
                found(&manager, "owner@house").await,
                found(&ada, "owner@house").await
            ),
            (0, 1)
        );
        assert_eq!(
            found(&manager, "max@x").await,
            1,
            "of those one may see, the email finds"
        );
    });
}
