//! Offices.

use crate::cast::*;
use crate::house::everywhere;
use domain::office::Draft;
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
                .map(|office| office.name.clone())
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
