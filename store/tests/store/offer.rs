//! What "Who would be offered this call?" is answered from (C-15).

use crate::contact_centre::{PBX, assigned};
use crate::house::{House, everywhere};
use domain::contact_centre::membership::Membership;
use domain::contact_centre::offer::{Arriving, Asked, Asking, Kind, Moment, Reason};
use domain::{EmployeeId, QueueId};

impl House {
    /// Past the rules: somebody supervises a queue.
    pub async fn supervises(&self, employee: EmployeeId, queue: QueueId, enabled: bool) {
        let us = self.literal(self.organisation.0);
        let (employee, queue) = (self.literal(employee.0), self.literal(queue.0));
        let mut raw = self.raw().await;
        raw.run(&format!(
            "UPDATE contact_user SET supervisor = true WHERE employee = {employee}"
        ))
        .await;
        raw.run(&format!(
            "INSERT INTO supervised_queue (organisation, employee, queue, supervisor, enabled)
             VALUES ({us}, {employee}, {queue}, true, {enabled})"
        ))
        .await;
    }

    async fn askable(&self, asking: Asking) -> Vec<(String, bool, bool)> {
        let queues = self.read().await.askable_queues(asking).await;
        let queues = queues.expect("read").into_iter();
        queues
            .map(|one| (one.name, one.supervised, one.assigned))
            .collect()
    }
}

// C-15, section 8: of all queues those that one may ask about: every one, what is assigned to one as
// a supervisor and enabled, or where one is a member.
#[test]
fn one_may_ask_about_ones_own_queues() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let care = house.queue("Care", "30").await;
        let billing = house.queue("Billing", "30").await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        house.put(&[assigned(billing, kim)]).await.expect("put");
        house.supervises(kim, sales, true).await;
        house.supervises(kim, care, false).await;
        let shown = |name: &str, supervised, assigned| (name.to_owned(), supervised, assigned);
        assert_eq!(
            house.askable(Asking::Scoped(kim)).await,
            [shown("Billing", false, true), shown("Sales", true, false)],
            "Care is not enabled"
        );
        assert_eq!(
            house.askable(Asking::Oneself(kim)).await,
            [shown("Billing", false, true)]
        );
        assert_eq!(house.askable(Asking::Everything).await.len(), 3);
        let neighbour = house.neighbour().await;
        assert!(neighbour.askable(Asking::Everything).await.is_empty());
    });
}

// C-15, C-18: each member as the rule sees them, in the order in which they are asked.
#[test]
fn members_are_read_as_the_rule_sees_them() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let sam = house.contact_user("Sam Peeters", true, PBX).await;
        let enabled = |employee, priority| Membership {
            enabled: true,
            priority: Some(priority),
            ..assigned(sales, employee)
        };
        house
            .put(&[enabled(kim, 2), enabled(sam, 1)])
            .await
            .expect("put");
        let mut reading = house.read().await;
        let standing = reading.standing_in_queue(sales, Asked::Everyone).await;
        let standing = standing.expect("read");
        drop(reading);
        let names: Vec<_> = standing.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Sam Peeters", "Kim Wu"], "1 is asked first");
        assert_eq!(standing[0].membership.kind, Kind::Engage);
        let first = |index: usize| {
            let answer = Moment::Idle.offer(&standing[index].membership, Arriving::QueueCall);
            answer.first()
        };
        assert_eq!(first(0), Some(Reason::NoEndpoint));
        house
            .suspend(&house.system(), sam)
            .await
            .expect("suspended");
        let mut reading = house.read().await;
        let own = reading.standing_in_queue(sales, Asked::Oneself(sam)).await;
        let own = own.expect("read");
        assert_eq!(own.len(), 1, "about oneself only");
        let answer = Moment::Idle.offer(&own[0].membership, Arriving::DirectCall);
        assert_eq!(answer.first(), Some(Reason::Suspended));
    });
}
