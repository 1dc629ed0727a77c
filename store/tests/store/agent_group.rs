//! Agent groups, and where users go when one is deleted.

use crate::cast::*;
use crate::contact_centre::{PBX, UNGROUPED};
use crate::house::{House, everywhere};
use domain::contact_centre::agent_group::{AgentGroup, AgentGroupCreated};
use domain::{AgentGroupId, Field, Refusal, Why};

impl House {
    pub async fn agent_group(&self, name: &str) -> store::Result<AgentGroupId> {
        let id = AgentGroupId(store::new_id());
        self.apply(AgentGroupCreated::allow(&self.system(), id, name, noon()))
            .await?;
        Ok(id)
    }

    async fn group_now(&self, id: AgentGroupId) -> (AgentGroup, i64) {
        let found = self.read().await.agent_group(id).await.expect("read");
        found.expect("there")
    }
}

// C-11, case 20: a group deleted with members: they move to the default group in the same moment.
#[test]
fn members_of_a_deleted_group_move_to_the_default() {
    everywhere(async |house| {
        house.contact_centre().await;
        let evening = house.agent_group("Evening").await.expect("created");
        let taken = refusal(house.agent_group("EVENING").await);
        assert_eq!(taken, Refusal::field(Field::Name, Why::Taken));
        for name in ["Kim Wu", "Sam Peeters"] {
            house.contact_user(name, false, PBX).await;
        }
        let moves = format!(
            "UPDATE contact_user SET agent_group = {}",
            house.literal(evening.0)
        );
        assert_eq!(house.raw().await.run(&moves).await, 2);
        let (group, members) = house.group_now(evening).await;
        assert_eq!(members, 2);
        house
            .apply(group.delete(&house.system(), members, noon()))
            .await
            .expect("deleted");
        let left = house.read().await.agent_groups().await.expect("read");
        assert_eq!(left.len(), 1);
        assert_eq!((left[0].0.id, left[0].1), (AgentGroupId(UNGROUPED), 2));
    });
}

// C-11: there is exactly one default; another takes it over, and then the first can go.
#[test]
fn the_default_is_handed_over() {
    everywhere(async |house| {
        house.contact_centre().await;
        let evening = house.agent_group("Evening").await.expect("created");
        let (first, _) = house.group_now(AgentGroupId(UNGROUPED)).await;
        let refused = first
            .delete(&house.system(), 0, noon())
            .expect_err("refused");
        assert_eq!(refused, Refusal::DefaultGroup);
        let (group, _) = house.group_now(evening).await;
        let revised = group.revise(&house.system(), "Night", true, noon());
        house
            .apply(revised.map(|change| change.expect("a change")))
            .await
            .expect("revised");
        let all = house.read().await.agent_groups().await.expect("read");
        let shown: Vec<_> = all
            .iter()
            .map(|(group, _)| (group.name.as_str(), group.is_default))
            .collect();
        assert_eq!(shown, [("Night", true), ("Ungrouped", false)]);
        let (first, _) = house.group_now(AgentGroupId(UNGROUPED)).await;
        house
            .apply(first.delete(&house.system(), 0, noon()))
            .await
            .expect("deleted");
    });
}
