//! Offices.

use crate::cast::*;
use crate::house::everywhere;
use domain::office::{Draft, Times, TimesDraft};
use domain::{Action, Field, OfficeId, Refusal, Role, Why};

// O-01: created, read back, renamed, switched off.
#[test]
fn an_office_is_created_and_revised() {
    everywhere(async |house| {
        let id = house.office("Ghent").await;
        let office = house
            .read()
            .await
            .office(id)
            .await
            .expect("read")
            .expect("there");
        assert_eq!((office.name.as_str(), office.active), ("Ghent", true));
        let revised = office
            .revise(
                &house.system(),
                &Draft::named("Gent", false),
                "BE",
                known(),
                noon(),
            )
            .expect("allowed");
        let mut write = house.write().await;
        write
            .apply(revised.expect("a change"))
            .await
            .expect("written");
        write.commit().await.expect("committed");
        let now = house
            .read()
            .await
            .office(id)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(
            (now.name.as_str(), now.active, now.version),
            ("Gent", false, office.version.next())
        );
        let stale = office
            .revise(
                &house.system(),
                &Draft::named("Gand", true),
                "BE",
                known(),
                noon(),
            )
            .expect("allowed");
        let mut write = house.write().await;
        assert_eq!(
            refusal(write.apply(stale.expect("a change")).await),
            Refusal::Stale
        );
    });
}

// O-01: two offices of the same name can't be told apart, whatever the case and accents.
#[test]
fn a_name_is_given_to_one_office() {
    everywhere(async |house| {
        let liege = house.office("Liège").await;
        let other = house.office("Bruges").await;
        let taken = Refusal::field(Field::Name, Why::Taken);
        let created = new_office(&house.system(), OfficeId(store::new_id()), "LIEGE");
        let mut write = house.write().await;
        assert_eq!(refusal(write.apply(created.expect("allowed")).await), taken);
        drop(write);
        let office = house
            .read()
            .await
            .office(other)
            .await
            .expect("read")
            .expect("there");
        let renamed = office
            .revise(
                &house.system(),
                &Draft::named("liège", true),
                "BE",
                known(),
                noon(),
            )
            .expect("allowed");
        let mut write = house.write().await;
        assert_eq!(
            refusal(write.apply(renamed.expect("a change")).await),
            taken
        );
        drop(write);
        let office = house
            .read()
            .await
            .office(liege)
            .await
            .expect("read")
            .expect("there");
        let renamed = office
            .revise(
                &house.system(),
                &Draft::named("Liege", true),
                "BE",
                known(),
                noon(),
            )
            .expect("allowed");
        let mut write = house.write().await;
        write
            .apply(renamed.expect("a change"))
            .await
            .expect("its own name is not taken");
        write.commit().await.expect("committed");
        house.neighbour().await.office("Liege").await;
    });
}

// Section 8: the offices in which one may do something, and no others; by name.
#[test]
fn a_list_of_offices_shows_those_where_one_may_act() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        next.office("Elsewhere").await;
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        house.office("élan").await;
        let noor = [
            place(antwerp, &[Role::OfficeManager]),
            place(ghent, &[Role::Agent]),
        ];
        let noor = house.holder("noor@x.example", "Noor Maes", &noor).await;
        let nobody = house.active("new@x.example", "New Body").await;
        let names = async |actor: &domain::Actor, action| {
            let offices = house
                .read()
                .await
                .offices(actor, action)
                .await
                .expect("the list");
            offices
                .into_iter()
                .map(|office| office.profile.name)
                .collect::<Vec<_>>()
        };
        for action in [Action::EditOffice, Action::AssignOffices] {
            assert_eq!(
                names(&house.ada().await, action).await,
                ["Antwerp", "élan", "Ghent"]
            );
            assert_eq!(names(&house.actor(noor).await, action).await, ["Antwerp"]);
            assert_eq!(names(&house.actor(nobody).await, action).await, [""; 0]);
        }
        let stranger = next.ada().await;
        assert_eq!(
            names(&stranger, Action::EditOffice).await,
            ["Elsewhere"],
            "only their own"
        );
        let none = names(&house.actor(noor).await, Action::CreateOffice).await;
        assert_eq!(none, [""; 0], "a manager creates none");
        assert!(
            next.read()
                .await
                .office(ghent)
                .await
                .expect("read")
                .is_none()
        );
        assert_eq!(
            house
                .read()
                .await
                .employees_in(ghent)
                .await
                .expect("counted"),
            1
        );
        assert_eq!(
            next.read()
                .await
                .employees_in(ghent)
                .await
                .expect("counted"),
            0
        );
        let mut reading = house.read().await;
        let (_, offices) = reading
            .employee_with_offices(noor)
            .await
            .expect("read")
            .expect("there");
        let named: Vec<_> = offices.into_iter().map(|(_, name)| name).collect();
        assert_eq!(named, ["Antwerp", "Ghent"]);
    });
}

// O-01: everything that is said of an office is kept, and emptied again.
#[test]
fn what_is_said_of_an_office_is_kept() {
    everywhere(async |house| {
        let id = house.office("Ghent").await;
        let read = async || {
            house
                .read()
                .await
                .office(id)
                .await
                .expect("read")
                .expect("there")
        };
        let full = Draft {
            virtual_only: Some(true),
            description: Some("At the market".into()),
            external_id: Some("GNT".into()),
            email: Some("ghent@x.example".into()),
            phone: Some("+3292104418".into()),
            address: Some("Korenmarkt 1\n9000 Ghent".into()),
            directions: Some("Tram 1".into()),
            parking: Some("Under the market".into()),
            time_zone: Some("Europe/Brussels".into()),
            ..Draft::default()
        };
        let revise = async |draft: &Draft| {
            let revised = read()
                .await
                .revise(&house.system(), draft, "BE", known(), noon());
            house
                .apply(revised.map(|change| change.expect("a change")))
                .await
        };
        revise(&full).await.expect("written");
        let office = read().await;
        assert!(office.virtual_only && office.active);
        assert_eq!(office.description, "At the market");
        assert_eq!(office.external_id.as_deref(), Some("GNT"));
        assert_eq!(
            office.email.as_ref().map(|email| email.as_str()),
            Some("ghent@x.example")
        );
        assert_eq!(
            office.phone.as_ref().map(|phone| phone.as_str()),
            Some("+3292104418")
        );
        assert_eq!(office.address, "Korenmarkt 1\n9000 Ghent");
        assert_eq!(
            (office.directions.as_str(), office.parking.as_str()),
            ("Tram 1", "Under the market")
        );
        assert_eq!(office.time_zone.as_deref(), Some("Europe/Brussels"));
        let listed = house.read().await.all_offices().await.expect("read");
        assert_eq!(listed, [office]);
        let other = house.office("Antwerp").await;
        let antwerp = house
            .read()
            .await
            .office(other)
            .await
            .expect("read")
            .expect("there");
        let same = Draft {
            external_id: Some("GNT".into()),
            ..Draft::default()
        };
        let taken = antwerp.revise(&house.system(), &same, "BE", known(), noon());
        let taken = house
            .apply(taken.map(|change| change.expect("a change")))
            .await;
        assert_eq!(
            refusal(taken),
            Refusal::field(Field::ExternalId, Why::Taken)
        );
        let emptied = Draft {
            external_id: Some(String::new()),
            email: Some(String::new()),
            phone: Some(String::new()),
            time_zone: Some(String::new()),
            ..Draft::default()
        };
        revise(&emptied).await.expect("written");
        let office = read().await;
        assert_eq!(
            (
                &office.external_id,
                &office.email,
                &office.phone,
                &office.time_zone
            ),
            (&None, &None, &None, &None)
        );
    });
}

// O-01: opening hours and closing days are kept, replaced as a whole, and raise the version.
#[test]
fn opening_hours_and_closing_days_are_kept() {
    everywhere(async |house| {
        let id = house.office("Ghent").await;
        let other = house.office("Antwerp").await;
        let revise = async |draft: &TimesDraft| {
            let mut write = house.write().await;
            let office = write.office(id).await.expect("read").expect("there");
            let before = write.office_times(id).await.expect("read");
            let revised = office.revise_times(&house.system(), &before, draft, noon());
            write
                .apply(revised.expect("allowed").expect("a change"))
                .await
                .expect("written");
            write.commit().await.expect("committed");
        };
        let row = |weekday, from: &str, until: &str| (weekday, from.into(), until.into());
        let draft = TimesDraft {
            opening: vec![
                row(2, "18:00", "24:00"),
                row(1, "09:00", "12:00"),
                row(1, "13:00", "17:00"),
            ],
            closing: vec![
                ("2026-12-24".into(), "2026-12-26".into(), "Christmas".into()),
                ("2026-05-01".into(), String::new(), String::new()),
            ],
        };
        revise(&draft).await;
        let mut reading = house.read().await;
        let times = reading.office_times(id).await.expect("read");
        assert_eq!(
            times.opening_text(),
            "1 09:00–12:00, 1 13:00–17:00, 2 18:00–24:00"
        );
        assert_eq!(
            times.closing_text(),
            "2026-05-01, 2026-12-24–2026-12-26 Christmas"
        );
        assert_eq!(
            reading.office_times(other).await.expect("read"),
            Times::default()
        );
        assert_eq!(
            reading.all_office_times().await.expect("read"),
            [(id, times)].into()
        );
        drop(reading);
        revise(&TimesDraft::default()).await;
        let mut reading = house.read().await;
        assert_eq!(
            reading.office_times(id).await.expect("read"),
            Times::default()
        );
        let office = reading.office(id).await.expect("read").expect("there");
        assert_eq!(office.version, domain::Version(3));
    });
}

// O-01: an office is deleted once nobody holds a role in it; what was its own goes with it.
#[test]
fn an_office_is_deleted_with_what_is_its_own() {
    everywhere(async |house| {
        let id = house.office("Ghent").await;
        let kim = house
            .holder("kim@x.example", "Kim Wu", &[place(id, &[Role::Agent])])
            .await;
        let loans = house.category("Loans").await;
        let mortgage = house.subject(loans, "Mortgage").await;
        house.handle(kim, id, &[mortgage], &[]).await;
        let standing = house
            .read()
            .await
            .standing_of_office(id, noon())
            .await
            .expect("counted");
        assert_eq!((standing.employees, standing.appointments), (1, 0));
        assert_eq!(
            house.read().await.holders_in(id, 9).await.expect("read"),
            [kim]
        );
        house.place_in(kim, id, &[]).await;
        let office = house
            .read()
            .await
            .office(id)
            .await
            .expect("read")
            .expect("there");
        let delete = || office.delete(&house.system(), "Ghent", standing, noon());
        house.apply(delete()).await.expect("deleted");
        assert!(house.read().await.office(id).await.expect("read").is_none());
        assert_eq!(
            house.read().await.expertise_of(kim).await.expect("read"),
            []
        );
        assert_eq!(refusal(house.apply(delete()).await), Refusal::Stale);
    });
}
