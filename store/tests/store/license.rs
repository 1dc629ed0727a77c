//! Licenses with their seats, and plans that are added (C-03).

use crate::cast::*;
use crate::house::everywhere;
use domain::contact_centre::license::{
    ENGAGE_BUNDLED, Held, License, Licenses, PlanAdded, UNWRITTEN,
};
use domain::{Field, Refusal, Why};

// C-03: licenses that were never edited have no seats; used seats are counted; plans come and go.
#[test]
fn seats_are_counted() {
    everywhere(async |house| {
        let codes =
            |all: &[License]| -> Vec<String> { all.iter().map(|one| one.code.clone()).collect() };
        let all = house.licenses().await;
        assert_eq!(
            codes(&all),
            [
                "contact_center",
                "engage",
                "engage_bundled",
                "engage_unbundled"
            ]
        );
        assert!(
            all.iter()
                .all(|one| one.seats == 0 && one.used == 0 && one.version == UNWRITTEN)
        );
        let added = PlanAdded::allow(
            &house.system(),
            "night".into(),
            "Engage Night",
            "3",
            &all,
            noon(),
        );
        house.apply(added).await.expect("added");
        for (code, seats) in [("contact_center", 2), ("engage", 4), (ENGAGE_BUNDLED, 1)] {
            house.set_seats(code, seats).await;
        }
        house.set_seats("engage", 5).await;
        let ghent = house.add_pbx("Ghent").await.expect("created");
        house.add_tenant("Care", ghent).await.expect("created");
        for (email, plan) in [
            ("sam@x.example", Some(ENGAGE_BUNDLED)),
            ("kim@x.example", Some("night")),
            ("lee@x.example", None),
        ] {
            house.active(email, "Some Body").await;
            house.enrol(email, "Care", plan).await;
        }
        let all = house.licenses().await;
        let counts: Vec<(&str, i64, i64)> = all
            .iter()
            .map(|one| (one.name.as_str(), one.seats, one.used))
            .collect();
        let expected = [
            ("Contact Center", 2, 1),
            ("Engage (CC)", 5, 2),
            ("Engage Bundled", 1, 1),
            ("Engage Unbundled", 0, 0),
            ("Engage Night", 3, 1),
        ];
        assert_eq!(counts, expected);
        let theirs = house.neighbour().await.licenses().await;
        assert!(
            theirs.iter().all(|one| one.seats == 0 && one.used == 0),
            "another house"
        );
        let bundled = Held::Engage {
            plan: ENGAGE_BUNDLED.into(),
        };
        let full = Why::NoSeatLeft("Engage Bundled".into(), 1);
        let admitted = Licenses(all.clone()).admit(&Held::None, &bundled);
        assert_eq!(admitted, Err(Refusal::field(Field::Plan, full)));
        let night = all[4].delete_plan(&house.system(), noon());
        assert_eq!(night.err(), Some(Refusal::PlanInUse(1)));
        let free = License {
            used: 0,
            ..all[4].clone()
        };
        let past = house.apply(free.delete_plan(&house.system(), noon())).await;
        assert!(past.is_err(), "the key holds it also when nobody counted");
        house
            .raw()
            .await
            .run("DELETE FROM contact_user WHERE plan = 'night'")
            .await;
        house
            .apply(free.delete_plan(&house.system(), noon()))
            .await
            .expect("deleted");
        let stale = all[0]
            .set_seats(&house.system(), "9", noon())
            .map(|one| one.expect("a change"));
        house.apply(stale).await.expect("written");
        let stale = all[0]
            .set_seats(&house.system(), "8", noon())
            .map(|one| one.expect("a change"));
        assert_eq!(refusal(house.apply(stale).await), Refusal::Stale);
    });
}
