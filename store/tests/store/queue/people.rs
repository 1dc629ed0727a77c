//! Who is in which queue.

use crate::contact_centre::{OTHER_PBX, PBX, assigned};
use crate::house::everywhere;

// C-10: people of a PBX and members of a queue, in pages, found by any part of name or email.
#[test]
fn members_come_in_pages() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let mut ids = Vec::new();
        for name in ["Ada Cole", "Élan Bos", "Zoe Dam"] {
            ids.push(house.contact_user(name, true, PBX).await);
        }
        house.contact_user("Far Away", false, OTHER_PBX).await;
        house.put(&[assigned(sales, ids[1])]).await.expect("put");
        let mut read = house.read().await;
        let first = read
            .contact_people(Some(PBX), "", None, 2)
            .await
            .expect("read");
        let names: Vec<_> = first.iter().map(|one| one.user.name.as_str()).collect();
        assert_eq!(names, ["Ada Cole", "Élan Bos"]);
        let after = Some(&first[1].cursor);
        let rest = read
            .contact_people(Some(PBX), "", after, 2)
            .await
            .expect("read");
        assert_eq!(rest.len(), 1);
        assert_eq!(
            read.contact_people(None, "", None, 9)
                .await
                .expect("read")
                .len(),
            4
        );
        let found = read
            .contact_people(None, "ELAN", None, 9)
            .await
            .expect("read");
        assert_eq!(found[0].user.employee, ids[1]);
        let members = read.queue_people(sales, "", None, 9).await.expect("read");
        assert_eq!(members.len(), 1);
        let held = read.members(&[sales], &ids).await.expect("read");
        assert_eq!(
            (held.len(), held[0].employee, held[0].priority),
            (1, ids[1], 5)
        );
        assert!(read.members(&[], &ids).await.expect("read").is_empty());
    });
}

// C-10: a page of everybody, each with their places in the queues that are asked for and in no other.
#[test]
fn people_come_with_their_places() {
    everywhere(async |house| {
        house.contact_centre().await;
        let mut queues = Vec::new();
        for name in ["Sales", "Care", "Night"] {
            queues.push(house.queue(name, "30").await);
        }
        let ada = house.contact_user("Ada Cole", true, PBX).await;
        let zoe = house.contact_user("Zoe Dam", false, PBX).await;
        let mut on = assigned(queues[0], zoe);
        on.enabled = true;
        let wanted = [on, assigned(queues[1], zoe), assigned(queues[2], ada)];
        house.put(&wanted).await.expect("put");
        let mut read = house.read().await;
        let asked = &queues[..2];
        let people = read.people_in_queues(asked, "", None, 9).await;
        let mut people = people.expect("read").into_iter();
        let (first, places) = people.next().expect("Ada");
        assert_eq!((first.user.employee, places), (ada, Vec::new()));
        let (second, mut places) = people.next().expect("Zoe");
        places.sort();
        let mut theirs = vec![(queues[0], true), (queues[1], false)];
        theirs.sort();
        assert_eq!((second.user.employee, places), (zoe, theirs));
        assert!(people.next().is_none());
        let after = Some(&first.cursor);
        let rest = read.people_in_queues(&[], "dam", after, 9).await;
        let rest = rest.expect("read");
        assert_eq!((rest.len(), rest[0].1.len()), (1, 0));
        assert_eq!(rest[0].0, second);
    });
}
