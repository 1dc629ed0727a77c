//! What `staffroom check` finds: nothing in a sound database, and each thing that is broken.

use crate::cast::*;
use crate::house::in_every_house;
use domain::Role;

// M-04, robust: each invariant is found when it is broken, and named in a sentence.
#[test]
fn every_broken_invariant_is_found() {
    in_every_house(async |house| {
        let ghent = house.office("Ghent").await;
        let places = [place(ghent, &[Role::Agent])];
        let sam = house.holder("sam@x.example", "Sam Peeters", &places).await;
        house.sign_in(sam, noon()).await.expect("signed in");
        assert!(house.findings().await.is_empty());
        let sam = "email = 'sam@x.example'";
        let owner = "email = 'owner@house.example'";
        let mut raw = house.raw().await;
        for (breaks, mends, finding) in [
            (
                format!("UPDATE employee SET roles = 3 WHERE {sam}"),
                format!("UPDATE employee SET roles = 1 WHERE {sam}"),
                "employees whose roles are not those of their offices",
            ),
            (
                format!("UPDATE employee SET roles = 0 WHERE {owner}"),
                format!("UPDATE employee SET roles = 4 WHERE {owner}"),
                "organisations without an active or invited Administrator",
            ),
            (
                "UPDATE organisation SET employees = employees + 1".into(),
                "UPDATE organisation SET employees = employees - 1".into(),
                "organisations whose count of employees is wrong",
            ),
            (
                format!("UPDATE employee SET status = 4 WHERE {sam}"),
                format!("UPDATE employee SET status = 2 WHERE {sam}"),
                "sessions of employees who are not active",
            ),
            (
                format!("UPDATE employee SET sign_in = 2, password = NULL WHERE {sam}"),
                format!("UPDATE employee SET sign_in = 1 WHERE {sam}"),
                "employees by single sign-on without an External ID",
            ),
            (
                format!("UPDATE employee SET version = version + 1 WHERE {sam}"),
                format!("UPDATE employee SET version = version - 1 WHERE {sam}"),
                "employees whose last change is not in the audit trail",
            ),
            (
                "UPDATE office SET version = version + 1".into(),
                "UPDATE office SET version = version - 1".into(),
                "offices whose last change is not in the audit trail",
            ),
        ] {
            assert_eq!(raw.run(&breaks).await, 1, "{breaks}");
            assert_eq!(house.findings().await, [format!("1 {finding}")]);
            assert_eq!(raw.run(&mends).await, 1, "{mends}");
            assert!(house.findings().await.is_empty(), "mended");
        }
        raw.run("UPDATE audit SET event = 'employee.deleted' WHERE sequence = 3")
            .await;
        assert_eq!(
            house.findings().await,
            ["the audit trail was altered at entry 3"]
        );
    });
}
