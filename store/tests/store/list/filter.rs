//! Filters of a list, each and together.

use super::named;
use crate::cast::*;
use crate::house::everywhere;
use domain::listing::Query;
use domain::{OfficeId, Role, Status};

// E-04: by role, by status, by office, each of several values, and together with a search.
#[test]
fn filters_narrow_the_list() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        house
            .holder(
                "a@x.example",
                "Agent Ghent",
                &[place(ghent, &[Role::Agent])],
            )
            .await;
        house
            .holder(
                "b@x.example",
                "Both Ghent",
                &[place(ghent, &[Role::Agent, Role::OfficeManager])],
            )
            .await;
        house
            .holder(
                "c@x.example",
                "Chief Antwerp",
                &[place(antwerp, &[Role::OfficeManager])],
            )
            .await;
        let gone = house
            .holder(
                "d@x.example",
                "Dropped Agent",
                &[place(antwerp, &[Role::Agent])],
            )
            .await;
        house
            .suspend(&house.system(), gone)
            .await
            .expect("suspended");
        house.pending("e@x.example").await;
        let ada = house.ada().await;
        let of =
            |roles: &[Role], status: &[Status], office: Option<OfficeId>, search: &str| Query {
                roles: roles.iter().copied().collect(),
                status: status.to_vec(),
                office,
                search: search.into(),
                ..Query::default()
            };
        use Role::{Administrator, Agent, OfficeManager as Manager};
        use Status::{Active, Pending, Suspended};
        for (query, expected) in [
            (
                of(&[Agent], &[], None, ""),
                &["Agent Ghent", "Both Ghent", "Dropped Agent"][..],
            ),
            (
                of(&[Manager], &[], None, ""),
                &["Both Ghent", "Chief Antwerp"],
            ),
            (of(&[Administrator], &[], None, ""), &["Olga Owner"]),
            (
                of(&[Agent, Manager], &[], None, ""),
                &[
                    "Agent Ghent",
                    "Both Ghent",
                    "Chief Antwerp",
                    "Dropped Agent",
                ],
            ),
            (of(&[], &[Pending], None, ""), &["e@x.example"]),
            (
                of(&[], &[Pending, Suspended], None, ""),
                &["Dropped Agent", "e@x.example"],
            ),
            (
                of(&[Agent], &[Active], None, ""),
                &["Agent Ghent", "Both Ghent"],
            ),
            (
                of(&[], &[], Some(ghent), ""),
                &["Agent Ghent", "Both Ghent"],
            ),
            (
                of(&[Agent], &[Suspended], Some(antwerp), ""),
                &["Dropped Agent"],
            ),
            (
                of(&[Agent], &[], None, "ghent"),
                &["Agent Ghent", "Both Ghent"],
            ),
            (
                of(&[Manager], &[Active], Some(ghent), "BOTH"),
                &["Both Ghent"],
            ),
            (of(&[Administrator], &[Pending], None, ""), &[]),
            (of(&[], &[], Some(OfficeId(store::new_id())), ""), &[]),
        ] {
            for _ in 0..2 {
                assert_eq!(named(house, &ada, &query).await, expected, "{query:?}");
            }
        }
    });
}
