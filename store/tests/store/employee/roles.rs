//! Roles: kept in each office, wanted until there is one, and the last Administrator's.

use super::*;

// E-12: roles and offices are kept, and what lists and sessions read of them agrees.
#[test]
fn roles_are_kept_in_each_office() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let wish = |places: &[_]| Wish {
            places: places.to_vec(),
            ..Wish::default()
        };
        let both = [
            place(ghent, &[Role::Agent, Role::OfficeManager]),
            place(antwerp, &[Role::Agent]),
        ];
        let system = house.system();
        house
            .assign(&system, sam, wish(&both))
            .await
            .expect("assigned");
        assert_eq!(house.get(sam).await.places, both);
        let fewer = [place(ghent, &[Role::OfficeManager]), place(antwerp, &[])];
        house
            .assign(&system, sam, wish(&fewer))
            .await
            .expect("assigned");
        let after = house.get(sam).await;
        assert_eq!(after.places, fewer[..1]);
        assert_eq!(after.roles(), roles(&[Role::OfficeManager]));
        let gone = [place(ghent, &[])];
        house
            .assign(&system, sam, wish(&gone))
            .await
            .expect("assigned");
        assert!(house.get(sam).await.places.is_empty());
    });
}

// E-13: a wanted role is kept until there is an office, and is then held instead.
#[test]
fn a_wanted_role_is_kept_until_it_is_held() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let new = NewEmployee {
            roles: roles(&[Role::Agent, Role::OfficeManager]),
            ..with_email("new@x.example")
        };
        let id = house.create(&house.system(), new).await.expect("created");
        assert_eq!(
            house.get(id).await.wanted,
            roles(&[Role::Agent, Role::OfficeManager])
        );
        let wish = Wish {
            places: vec![place(ghent, &[Role::Agent])],
            ..Wish::default()
        };
        house
            .assign(&house.system(), id, wish)
            .await
            .expect("assigned");
        assert_eq!(house.get(id).await.wanted, roles(&[Role::OfficeManager]));
    });
}

// Section 9: an office that does not exist, or is another organisation's, can't be assigned.
#[test]
fn an_office_of_another_organisation_is_unknown() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let theirs = next.office("Theirs").await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        for office in [theirs, OfficeId(Uuid::now_v7())] {
            let wish = Wish {
                places: vec![place(office, &[Role::Agent])],
                ..Wish::default()
            };
            let refused = house.assign(&house.system(), id, wish).await;
            assert_eq!(
                refusal(refused),
                Refusal::field(Field::Offices, Why::UnknownChoice)
            );
        }
    });
}

// E-17: the last active Administrator stays; Pending and suspended ones don't count.
#[test]
fn the_last_active_administrator_stays() {
    everywhere(async |house| {
        let ada = house.owner;
        let bob = house.administrator("bob@x.example", "Bob Maes").await;
        let new = NewEmployee {
            roles: roles(&[Role::Administrator]),
            ..with_email("cee@x.example")
        };
        house
            .create(&house.system(), new)
            .await
            .expect("a pending Administrator");
        let actor = house.actor(ada).await;
        house.suspend(&actor, bob).await.expect("one of two");
        let count = house
            .read()
            .await
            .other_active_administrators(ada)
            .await
            .expect("counted");
        assert_eq!(count, 0);
        let demoted = Wish {
            administrator: Some(false),
            ..Wish::default()
        };
        assert_eq!(
            refusal(house.assign(&actor, ada, demoted).await),
            Refusal::LastAdministrator
        );
        assert_eq!(
            refusal(house.suspend(&actor, ada).await),
            Refusal::LastAdministrator
        );
        assert_eq!(
            refusal(house.delete(&actor, ada).await),
            Refusal::LastAdministrator
        );
        house.reactivate(&actor, bob).await.expect("back");
        house
            .delete(&actor, ada)
            .await
            .expect("now there is another");
    });
}
