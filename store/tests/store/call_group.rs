//! Ring groups and call pickup groups with their members.

use crate::cast::*;
use crate::contact_centre::PBX;
use crate::house::everywhere;
use domain::contact_centre::call_group::{CallGroupCreated, Kind};

// C-13: both kinds are created, changed, filled, emptied and deleted.
#[test]
fn groups_are_kept_with_their_members() {
    everywhere(async |house| {
        house.contact_centre().await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let sam = house.contact_user("Sam Peeters", true, PBX).await;
        let system = house.system();
        for (kind, seconds) in [(Kind::Ring, 25), (Kind::Pickup, 0)] {
            let id = kind.id(store::new_id());
            let at = (Some(PBX), &[PBX][..]);
            let created = CallGroupCreated::allow(&system, id, at, ("Desk", "25"), noon());
            house.apply(created).await.expect("created");
            let now = async || {
                let found = house.read().await.call_group(id).await.expect("read");
                found.expect("there")
            };
            let group = now().await.group;
            assert_eq!((group.id, group.ring_seconds), (id, seconds));
            let users = house.read().await.contact_users_known(&[kim, sam]).await;
            let users = users.expect("read");
            let changed = group.change_members(&system, (&[kim, sam], &[]), (&[], &users), noon());
            house
                .apply(changed.map(|change| change.expect("a change")))
                .await
                .expect("added");
            assert_eq!(now().await.members, 2);
            let members = house.read().await.call_group_members(id).await;
            let members = members.expect("read");
            let changed = group.change_members(&system, (&[], &[sam]), (&members, &[]), noon());
            house
                .apply(changed.map(|change| change.expect("a change")))
                .await
                .expect("removed");
            let people = house.read().await.call_group_people(id, "", None, 9).await;
            let people = people.expect("read");
            assert_eq!((people.len(), people[0].user.employee), (1, kim));
            let revised = group.revise(&system, ("Front desk", "30"), noon());
            house
                .apply(revised.map(|change| change.expect("a change")))
                .await
                .expect("revised");
            let listed = house.read().await.call_groups(kind).await.expect("read");
            assert_eq!(listed.len(), 1);
            assert_eq!(listed[0].group.name, "Front desk");
            let scripts = house.read().await.scripts_to_call_group(id).await;
            let deleted = listed[0]
                .group
                .delete(&system, scripts.expect("read"), noon());
            house.apply(deleted).await.expect("deleted");
            assert!(
                house
                    .read()
                    .await
                    .call_groups(kind)
                    .await
                    .expect("read")
                    .is_empty()
            );
        }
    });
}
