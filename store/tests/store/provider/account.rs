//! Accounts of a provider: found exactly, and who signs in while it is on, off or gone.

use super::*;

// E-08: those who were added while no provider was switched on are known to the first one that is, and to
// it alone.
#[test]
fn the_first_enabled_provider_knows_those_who_waited() {
    everywhere(async |house| {
        let early = house.known_to(None, "S-1").await;
        let add = async |name| {
            let added = house.add_provider(Protocol::Saml, saml(name), None).await;
            added.expect("added")
        };
        let (first, second) = (add("first").await, add("second").await);
        let late = house.known_to(None, "S-2").await;
        let by_password = house.active("sam@x.example", "Sam Peeters").await;
        let next = house.neighbour().await;
        let elsewhere = next.known_to(None, "S-1").await;
        let users = async |id| house.read().await.users_of(id).await.expect("counted");
        assert_eq!((users(first).await, users(second).await), (0, 0));
        for waiting in [early, late] {
            let refused = house.vouched_for(waiting).await;
            assert_eq!(refusal(refused), Refusal::WrongCredentials);
        }
        house.switch(second, true).await.expect("switched on");
        house.switch(first, true).await.expect("switched on");
        for waiting in [early, late] {
            assert_eq!(house.get(waiting).await.provider, Some(second));
            house.vouched_for(waiting).await.expect("signed in");
        }
        assert_eq!((users(first).await, users(second).await), (0, 2));
        assert_eq!(house.get(by_password).await.provider, None);
        assert_eq!(next.get(elsewhere).await.provider, None);
    });
}

// a provider that is switched off vouches for nobody: their sessions end, and no others.
#[test]
fn switching_a_provider_off_ends_its_sessions_alone() {
    everywhere(async |house| {
        let (first, second) = (
            house.provider("first").await,
            house.provider("second").await,
        );
        let its_own = house.known_to(Some(first), "S-1").await;
        let of_another = house.known_to(Some(second), "S-2").await;
        let by_password = house.active("sam@x.example", "Sam Peeters").await;
        house.vouched_for(its_own).await.expect("signed in");
        house.vouched_for(its_own).await.expect("signed in");
        house.vouched_for(of_another).await.expect("signed in");
        house.sign_in(by_password, noon()).await.expect("signed in");
        house.switch(first, false).await.expect("switched off");
        assert_eq!(house.devices(its_own).await, 0);
        assert_eq!(house.devices(of_another).await, 1);
        assert_eq!(house.devices(by_password).await, 1);
        let refused = house.vouched_for(its_own).await;
        assert_eq!(refusal(refused), Refusal::WrongCredentials);
        house.switch(first, true).await.expect("switched on");
        house.vouched_for(its_own).await.expect("signed in again");
        assert_eq!(house.devices(of_another).await, 1, "switching on ends none");
    });
}

// a provider by which somebody signs in stays, also when they came after it was looked at.
#[test]
fn a_provider_in_use_stays() {
    everywhere(async |house| {
        let id = house.provider("idp").await;
        let provider = house.find_provider(id).await.expect("there");
        let system = house.system();
        let employee = house.known_to(Some(id), "S-1").await;
        assert_eq!(house.read().await.users_of(id).await.expect("counted"), 1);
        let late = provider.delete(&system, 0, noon());
        assert_eq!(refusal(house.apply(late).await), Refusal::WrongState);
        assert!(house.find_provider(id).await.is_some());
        house.delete(&system, employee).await.expect("deleted");
        house
            .apply(provider.delete(&system, 0, noon()))
            .await
            .expect("deleted");
        assert_eq!(house.find_provider(id).await, None);
    });
}

// Case 5: a NameID is compared exactly; another email is the same account; a deleted account leaves
// nothing to whoever is invited with its email.
#[test]
fn an_account_is_found_by_its_external_id_exactly() {
    everywhere(async |house| {
        let provider = house.provider("idp").await;
        let id = house.known_to(Some(provider), "Ext-1").await;
        let found = async |external_id| {
            let found = house
                .read()
                .await
                .employee_by_external_id(external_id)
                .await;
            found.expect("read").map(|employee| employee.id)
        };
        assert_eq!(found("Ext-1").await, Some(id));
        for other in ["", "ext-1", "Ext-1 ", "Ext-2", "Ext-1@x.example", "%"] {
            assert_eq!(found(other).await, None, "{other}");
        }
        let system = house.system();
        house
            .change_email(&system, id, "new@x.example")
            .await
            .expect("asked");
        let employee = house.get(id).await;
        let wanted = employee.email_wanted.clone().expect("wanted");
        house
            .apply(employee.confirm_email(&wanted, noon()))
            .await
            .expect("confirmed");
        assert_eq!(found("Ext-1").await, Some(id), "the same account");
        house.vouched_for(id).await.expect("signed in");

        house.delete(&system, id).await.expect("deleted");
        let heir = house.pending("new@x.example").await;
        let heir = house.get(heir).await;
        assert_eq!(
            (heir.status, heir.sign_in),
            (Status::Pending, SignIn::Password)
        );
        assert_eq!((heir.provider, &heir.profile.external_id), (None, &None));
        assert_eq!(found("Ext-1").await, None);
    });
}
