//! Suspended, reactivated, deleted, and invited again.

use super::*;

// E-15, case 4: suspended and reactivated, status and roles are what they were.
#[test]
fn reactivation_restores_status_and_roles() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let system = house.system();
        let sam = house
            .holder(
                "sam@x.example",
                "Sam Peeters",
                &[place(ghent, &[Role::Agent])],
            )
            .await;
        let pending = house.pending("new@x.example").await;
        let before = house.get(sam).await;
        for id in [sam, pending] {
            house.suspend(&system, id).await.expect("suspended");
            assert_eq!(house.get(id).await.status, Status::Suspended);
            house.reactivate(&system, id).await.expect("reactivated");
        }
        let back = house.get(sam).await;
        assert_eq!((back.status, &back.places), (before.status, &before.places));
        assert_eq!(back.activated_at, before.activated_at);
        assert_eq!(house.get(pending).await.status, Status::Pending);
    });
}

// E-16, case 5: deleted is gone; the same email invited again is a new person who inherits nothing.
#[test]
fn somebody_deleted_and_invited_again_inherits_nothing() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let ada = house.ada().await;
        let old = house
            .holder(
                "sam@x.example",
                "Sam Peeters",
                &[place(ghent, &[Role::Agent])],
            )
            .await;
        let session = house.sign_in(old, noon()).await.expect("signed in");
        let before = house
            .read()
            .await
            .organisation()
            .await
            .expect("read")
            .employees;
        house.delete(&ada, old).await.expect("deleted");
        assert!(house.find(old).await.is_none());
        assert_eq!(
            house
                .read()
                .await
                .organisation()
                .await
                .expect("read")
                .employees,
            before - 1
        );
        let session = house
            .read()
            .await
            .session(&session, after(1))
            .await
            .expect("read");
        assert!(session.is_none());
        let new = house.pending("sam@x.example").await;
        let again = house.get(new).await;
        assert_ne!(new, old);
        assert_eq!((again.version, again.status), (Version(1), Status::Pending));
        assert!(again.places.is_empty() && again.profile.name().is_empty());
        let page = house
            .list(
                &ada,
                &Query {
                    search: "peeters".into(),
                    ..Query::default()
                },
            )
            .await;
        assert!(page.rows.is_empty());
    });
}

// E-16: whoever is gone can't be changed by what was decided before.
#[test]
fn nobody_gone_is_changed() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let stale = house.get(id).await;
        house.delete(&ada, id).await.expect("deleted");
        let mut write = house.write().await;
        let suspended = stale.suspend(&ada, 1, noon()).expect("allowed");
        assert_eq!(refusal(write.apply(suspended).await), Refusal::Stale);
    });
}
