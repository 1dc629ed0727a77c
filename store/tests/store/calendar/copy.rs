//! Copies of appointments in calendars.

use super::*;

// O-06: copies are missing, old, or too many, as appointments and switches change.
#[test]
fn copies_follow_appointments() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let claimed = claim(house, 0).await.remove(0);
        house
            .store
            .synced(&claimed, &[], noon())
            .await
            .expect("kept");
        let old = async || {
            house
                .read()
                .await
                .links_with_old_copies(after(1))
                .await
                .expect("read")
        };
        let booked = book(house, id, 2, 3_600).await;
        book(house, id, 4, 3_600).await;
        book(house, id, 2, -9_999).await;
        assert_eq!(old().await, [], "while no calendar gets copies");
        switch(house, id, "Work", true, true).await;
        assert_eq!(old().await, [link.id]);
        let agenda = house.read().await.agenda(id, after(1)).await.expect("read");
        assert_eq!(agenda.iter().map(|a| a.id).collect::<Vec<_>>(), [booked]);
        let copied = Copied {
            calendar: calendar(&link, "Work"),
            appointment: booked,
            href: "/a.ics".into(),
            etag: None,
            version: Version(1),
        };
        house
            .store
            .copied(house.organisation, &copied)
            .await
            .expect("noted");
        assert_eq!(old().await, []);
        let there = house
            .read()
            .await
            .copies_in(link.id, after(1))
            .await
            .expect("read");
        assert_eq!(there, std::slice::from_ref(&copied));
        house
            .raw()
            .await
            .run("UPDATE appointment SET version = 2")
            .await;
        assert_eq!(old().await, [link.id], "another version stands there");
        let copied = Copied {
            version: Version(2),
            etag: Some("e".into()),
            ..copied
        };
        house
            .store
            .copied(house.organisation, &copied)
            .await
            .expect("noted");
        assert_eq!(old().await, []);
        house
            .raw()
            .await
            .run("UPDATE appointment SET state = 4")
            .await;
        assert_eq!(old().await, [link.id], "a cancelled one stands there");
        house
            .store
            .uncopied(house.organisation, &copied)
            .await
            .expect("noted");
        assert_eq!(old().await, []);
        house
            .raw()
            .await
            .run("UPDATE appointment SET state = 2")
            .await;
        house
            .store
            .copied(house.organisation, &copied)
            .await
            .expect("noted");
        switch(house, id, "Work", false, true).await;
        assert_eq!(old().await, [link.id], "a calendar that gets none any more");
        house
            .store
            .calendars_are_due(house.organisation, &[link.id], after(1))
            .await
            .expect("due");
        assert_eq!(claim(house, 1).await.len(), 1);
        assert_eq!(old().await, [], "while it is claimed");
    });
}
