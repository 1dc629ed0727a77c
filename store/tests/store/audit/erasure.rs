//! What the audit trail keeps of a person who was deleted, and of whom it must not.

use super::{activity, altered, function, revise, told};
use crate::cast::*;
use crate::house::everywhere;
use domain::audit::Person;
use domain::employee::{Draft, NewEmployee, Wish};
use domain::{About, Event, PictureId, Role};

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
            .begin_session(
                crate::cast::by_password(&employee, noon()).expect("allowed"),
                &device,
                None,
            )
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
                (About::Employee(id), &None)
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
