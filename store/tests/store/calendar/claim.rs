//! Which server synchronizes a link, when it is tried again, and who is told that it fails.

use super::*;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::Barrier;

/// How often each race is run.
const ROUNDS: i64 = 8;

// O-06: one server at a time; again after ten minutes; nobody who is not Active.
#[test]
fn a_link_is_claimed_once() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let claimed = claim(house, 0).await;
        assert_eq!(claimed.len(), 1);
        assert_eq!((claimed[0].id, claimed[0].employee), (link.id, id));
        assert_eq!(claimed[0].access, Some(access()));
        assert_eq!(claimed[0].calendars.len(), 2);
        assert!(claim(house, 1).await.is_empty(), "while it is claimed");
        assert_eq!(claim(house, 301).await.len(), 1, "when the claim is over");
        house
            .store
            .synced(&claimed[0], &[], after(400))
            .await
            .expect("kept");
        assert!(claim(house, 999).await.is_empty());
        assert_eq!(claim(house, 1_000).await.len(), 1);
        let ada = house.ada().await;
        house.suspend(&ada, id).await.expect("suspended");
        assert!(claim(house, 9_999).await.is_empty());
    });
}

// O-06: of two servers that look at the same moment each takes links of its own, and none that the other
// has; once the lease is over, they are there for whoever comes first.
#[test]
fn two_servers_claim_different_links() {
    everywhere(async |house| {
        let (id, ..) = agent(house).await;
        for _ in 0..4 {
            link(house, id).await;
        }
        let all: HashSet<_> = links(house, id).await.iter().map(|link| link.id).collect();
        assert_eq!(all.len(), 5);
        for round in 0..ROUNDS {
            let now = after(round * 300);
            let gate = Arc::new(Barrier::new(2));
            let servers = [0, 1].map(|_| {
                let (house, gate) = (house.same_server(), gate.clone());
                tokio::spawn(async move {
                    gate.wait().await;
                    let claimed = house.store.claim_calendars(house.organisation, 3, now);
                    claimed.await.expect("claimed")
                })
            });
            let mut taken = Vec::new();
            for server in servers {
                let claimed = server.await.expect("no panic");
                taken.extend(claimed.iter().map(|link| link.id));
            }
            assert_eq!(taken.len(), 5, "three and the two that are left: {taken:?}");
            assert_eq!(taken.into_iter().collect::<HashSet<_>>(), all);
            assert!(claim(house, round * 300 + 299).await.is_empty());
        }
    });
}

// O-06, robust: a link whose secrets can't be read is claimed like any other, which is how its owner is
// told, and holds up neither those beside it nor those of another organisation.
#[test]
fn a_link_that_can_not_be_read_holds_up_no_other() {
    everywhere(async |house| {
        let (id, _, broken) = agent(house).await;
        link(house, id).await;
        let neighbour = house.neighbour().await;
        agent(&neighbour).await;
        let broken_id = sql_id(house, broken.id.0);
        let nothing = if house.is_sqlite() {
            "x'00'"
        } else {
            "'\\x00'"
        };
        let mut raw = house.raw().await;
        raw.run(&format!(
            "UPDATE calendar_link SET access = {nothing} WHERE id = {broken_id}"
        ))
        .await;
        let claimed = claim(house, 0).await;
        let readable: Vec<_> = claimed
            .iter()
            .map(|one| (one.id == broken.id, one.access.is_some()))
            .collect();
        assert_eq!(readable.len(), 2);
        assert!(readable.contains(&(true, false)) && readable.contains(&(false, true)));
        let theirs = claim(&neighbour, 0).await;
        assert_eq!(theirs[0].access, Some(access()));
        let lost = claimed.iter().find(|one| one.access.is_none());
        let noted = house
            .store
            .sync_failed(lost.expect("one"), "sealed", true, noon());
        noted.await.expect("noted");
        let told = house.mails().await.into_iter().filter(
            |mail| matches!(mail, Message::CalendarFailing { failure, .. } if failure == "sealed"),
        );
        assert_eq!(told.count(), 1);
    });
}

// O-06: last sync and failures are shown, and the owner and their manager are told once.
#[test]
fn a_failure_is_told_once_and_tried_later_and_later() {
    everywhere(async |house| {
        let (id, ghent, _) = agent(house).await;
        let manager = [place(ghent, &[Role::OfficeManager])];
        house.holder("max@x.example", "Max Dupont", &manager).await;
        let bruges = house.office("Bruges").await;
        let stranger = [place(bruges, &[Role::OfficeManager])];
        house.holder("kim@x.example", "Kim Vos", &stranger).await;
        house.mails().await;
        let told = async || {
            let failing = |message: Message| match message {
                Message::CalendarFailing {
                    to,
                    whose,
                    calendar,
                    failure,
                    ..
                } => {
                    assert_eq!(calendar, "dav.secret.example");
                    Some((to.as_str().to_owned(), whose, failure))
                }
                _ => None,
            };
            let mut told: Vec<_> = house
                .mails()
                .await
                .into_iter()
                .filter_map(failing)
                .collect();
            told.sort();
            told
        };
        let mut clock = 0;
        for pause in [60, 240, 960] {
            let claimed = claim(house, clock).await.remove(0);
            assert_eq!(told().await, []);
            house
                .store
                .sync_failed(&claimed, "timed_out", false, after(clock))
                .await
                .expect("noted");
            assert!(claim(house, clock + pause - 1).await.is_empty());
            clock += pause;
        }
        let both = [
            (
                "max@x.example".to_owned(),
                Some("Noor Maes".to_owned()),
                "timed_out".to_owned(),
            ),
            ("noor@x.example".to_owned(), None, "timed_out".to_owned()),
        ];
        assert_eq!(told().await, both);
        let link = links(house, id).await.remove(0);
        assert_eq!(link.failing_since, Some(noon()));
        assert_eq!(link.failure.as_deref(), Some("timed_out"));
        let claimed = claim(house, clock).await.remove(0);
        house
            .store
            .sync_failed(&claimed, "unauthorized", true, after(clock))
            .await
            .expect("noted");
        assert_eq!(told().await, []);
        let claimed = claim(house, clock + 5_000).await.remove(0);
        house
            .store
            .synced(&claimed, &[], after(clock + 5_000))
            .await
            .expect("kept");
        let link = links(house, id).await.remove(0);
        assert_eq!((link.failing_since, link.failure), (None, None));
        assert_eq!(link.synced_at, Some(after(clock + 5_000)));
        // A refused password is told at once.
        let claimed = claim(house, clock + 9_000).await.remove(0);
        house
            .store
            .sync_failed(&claimed, "unauthorized", true, after(clock + 9_000))
            .await
            .expect("noted");
        assert_eq!(told().await.len(), 2);
    });
}

// O-06: a new password for the same account.
#[test]
fn a_new_password_is_tried_at_once() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let claimed = claim(house, 0).await.remove(0);
        house
            .store
            .sync_failed(&claimed, "unauthorized", true, noon())
            .await
            .expect("noted");
        let (employee, actor) = (house.get(id).await, house.actor(id).await);
        let new = Access {
            password: "another".into(),
            ..access()
        };
        let renewed = employee.renew_calendar(&actor, &link, new.clone(), after(1));
        house.apply(renewed).await.expect("renewed");
        let claimed = claim(house, 1).await.remove(0);
        assert_eq!((claimed.access, claimed.failures), (Some(new), 0));
    });
}
