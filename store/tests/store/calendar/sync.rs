//! What calendars say: kept, told where it moved, and never our own.

use super::*;
use domain::OrganisationId;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;

// O-06: what calendars say blocks while the switch is on, also while they fail.
#[test]
fn what_calendars_say_is_kept() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let (work, home) = (calendar(&link, "Work"), calendar(&link, "Home"));
        let claimed = claim(house, 0).await.remove(0);
        let (a, b, c) = (span(0, 10), span(20, 30), span(5, 25));
        let all = [
            synced(work, true, &[("/a", &[a, b]), ("/b", &[])], &[]),
            synced(home, true, &[("/a", &[c])], &[]),
        ];
        house
            .store
            .synced(&claimed, &all, after(1))
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, [a, c, b]);
        // Free times look a day around what they are asked for, and no further.
        let later = span(200_000, 200_010);
        assert_eq!(busy_within(house, id, later).await, []);
        switch(house, id, "Home", false, false).await;
        assert_eq!(busy(house, id).await, [a, b]);
        // Only what changed, and what is gone.
        let claimed = claim(house, 700).await.remove(0);
        assert_eq!(
            claimed
                .calendars
                .iter()
                .filter(|c| c.sync_token.as_deref() == Some("t"))
                .count(),
            2
        );
        assert_eq!(claimed.calendars[0].read_whole_at(), Some(after(1)));
        let d = span(40, 50);
        let some = [synced(work, false, &[("/c", &[d])], &["/x"])];
        house
            .store
            .synced(&claimed, &some, after(701))
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, [a, b, d]);
        house
            .store
            .synced(
                &claimed,
                &[synced(work, false, &[("/a", &[b])], &["/c"])],
                after(702),
            )
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, [b]);
        // It fails: what was known stays.
        house
            .store
            .sync_failed(&claimed, "gone", true, after(703))
            .await
            .expect("noted");
        assert_eq!(busy(house, id).await, [b]);
        house
            .store
            .synced(&claimed, &[synced(work, true, &[], &[])], after(704))
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, []);
    });
}

/// How often a change of the house was told up to now: before the next one of another organisation.
async fn told(house: &House, watch: &mut Receiver<OrganisationId>) -> usize {
    let marker = house.neighbour().await.organisation;
    let mut times = 0;
    loop {
        let told = timeout(Duration::from_secs(20), watch.recv()).await;
        match told.expect("told in time").expect("a change") {
            organisation if organisation == house.organisation => times += 1,
            organisation if organisation == marker => return times,
            _ => {}
        }
    }
}

// O-06: a meeting that moved is seen and told; one that stayed is neither written nor told again.
#[test]
fn only_what_moved_is_told() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let work = calendar(&link, "Work");
        let (a, b, c) = (span(0, 10), span(20, 30), span(60, 70));
        let claimed = claim(house, 0).await.remove(0);
        let mut watch = house.store.changes();
        told(house, &mut watch).await; // what was changed before may still be on its way
        let rounds: [&[(&str, &[Span])]; 4] = [
            &[("/a", &[a]), ("/b", &[b])],
            &[("/a", &[a]), ("/b", &[b])],
            &[("/a", &[a]), ("/b", &[c])],
            &[("/a", &[a])],
        ];
        for busy in rounds {
            let all = [synced(work, true, busy, &[])];
            house
                .store
                .synced(&claimed, &all, after(1))
                .await
                .expect("kept");
        }
        let times = told(house, &mut watch).await;
        assert_eq!(times, 3, "the first, the third and the fourth");
        assert_eq!(busy(house, id).await, [a]);
    });
}

// O-06: our own copies never block themselves; those of others do.
#[test]
fn our_appointments_are_known() {
    everywhere(async |house| {
        let (id, ..) = agent(house).await;
        let ours = book(house, id, 2, 3_600).await;
        let others: Vec<_> = (0..60).map(|_| AppointmentId(new_id())).collect();
        let asked: Vec<_> = others.iter().copied().chain([ours]).collect();
        let found = house
            .read()
            .await
            .appointments_among(&asked)
            .await
            .expect("read");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [ours]);
        let none = house
            .read()
            .await
            .appointments_among(&[])
            .await
            .expect("read");
        assert!(none.is_empty());
        let neighbour = house.neighbour().await;
        let none = neighbour
            .read()
            .await
            .appointments_among(&asked)
            .await
            .expect("read");
        assert!(none.is_empty());
    });
}
