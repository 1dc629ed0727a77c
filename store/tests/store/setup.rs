//! The contact centre set up: PBXs and tenants, and how far it is (C-06, C-07).

use crate::cast::*;
use crate::house::{House, everywhere, in_every_house};
use domain::contact_centre::elsewhere::Elsewhere;
use domain::contact_centre::license::{ENGAGE_BUNDLED, License};
use domain::contact_centre::number::NumbersAdded;
use domain::contact_centre::pbx::{self, Pbx, PbxCreated, Standing};
use domain::contact_centre::tenant::{self, FirstGroup, Moving, Tenant, TenantCreated};
use domain::{AgentGroupId, Field, PbxId, Refusal, TenantId, Why};
use store::Result;
use store::contact_centre::number::Added;
use store::contact_centre::steps::Steps;

fn draft(name: &str) -> pbx::Draft {
    pbx::Draft {
        name: name.into(),
        host: "pbx.example".into(),
    }
}

impl House {
    pub async fn add_pbx(&self, name: &str) -> Result<PbxId> {
        let id = PbxId(store::new_id());
        let mut reading = self.read().await;
        let (pbxs, elsewhere) = (reading.pbxs().await?, reading.engage_elsewhere(None).await?);
        drop(reading);
        let created = PbxCreated::allow(
            &self.system(),
            id,
            &draft(name),
            pbxs.len(),
            &elsewhere,
            noon(),
        );
        self.apply(created).await.map(|()| id)
    }

    pub async fn add_tenant(&self, name: &str, pbx: PbxId) -> Result<TenantId> {
        let id = TenantId(store::new_id());
        let draft = tenant::Draft {
            name: name.into(),
            pbx: Some(pbx),
            shows_cli: false,
        };
        let group = FirstGroup {
            id: AgentGroupId(store::new_id()),
            name: "Ungrouped".into(),
        };
        let mut reading = self.read().await;
        let (pbxs, tenants) = (reading.pbxs().await?, reading.tenants().await?.len());
        drop(reading);
        let created =
            TenantCreated::allow(&self.system(), id, &draft, &pbxs, tenants, group, noon());
        self.apply(created).await.map(|()| id)
    }

    pub async fn one_pbx(&self, id: PbxId) -> Pbx {
        self.read()
            .await
            .pbx(id)
            .await
            .expect("read")
            .expect("there")
    }

    pub async fn one_tenant(&self, id: TenantId) -> Tenant {
        self.read()
            .await
            .tenant(id)
            .await
            .expect("read")
            .expect("there")
    }

    pub async fn licenses(&self) -> Vec<License> {
        self.read().await.licenses().await.expect("read")
    }

    pub async fn set_seats(&self, code: &str, seats: i64) {
        let license = self
            .read()
            .await
            .license(code)
            .await
            .expect("read")
            .expect("there");
        let changed = license.set_seats(&self.system(), &seats.to_string(), noon());
        let changed = changed.map(|changed| changed.expect("a change"));
        self.apply(changed).await.expect("written");
    }

    pub async fn add_numbers(&self, first: &str, last: &str) -> Result<Added> {
        self.apply(NumbersAdded::allow(&self.system(), first, last, noon()))
            .await
    }

    /// Makes somebody a contact-centre user, past the rules; with a plan an Engage user.
    pub async fn enrol(&self, email: &str, tenant: &str, plan: Option<&str>) {
        let (center, engage) = (plan.is_none(), plan.is_some());
        let plan = plan.map_or("NULL".into(), |plan| format!("'{plan}'"));
        let sql = format!(
            "INSERT INTO contact_user (organisation, employee, version, tenant, pbx, department, site,
                 contact_center, engage, plan, call_waiting, shows_cli, agent_group, supervisor,
                 may_monitor, may_whisper, may_barge, state, state_at, created_at)
             SELECT e.organisation, e.id, 1, t.id, t.pbx, '', '', {center}, {engage}, {plan}, false,
                 false, g.id, false, false, false, false, 1, e.created_at, e.created_at
             FROM employee e
             JOIN tenant t ON t.organisation = e.organisation AND t.name = '{tenant}'
             JOIN agent_group g ON g.organisation = e.organisation AND g.is_default
             WHERE e.email = '{email}'"
        );
        let added = self.raw().await.run(&sql).await;
        assert_eq!(added, 1, "{email} in {tenant}");
    }

    /// Gives a number to somebody's work phone, past the rules.
    pub async fn give_number(&self, number: &str, email: &str) {
        let sql = format!(
            "INSERT INTO number_use (organisation, number, employee, environment)
             SELECT organisation, '{number}', id, 1 FROM employee WHERE email = '{email}'"
        );
        assert_eq!(self.raw().await.run(&sql).await, 1);
    }
}

// C-06, C-11: the first tenant is the default and brings the group of those who are in no other.
#[test]
fn the_first_tenant_is_the_default_one() {
    everywhere(async |house| {
        let ghent = house.add_pbx("Ghent PBX").await.expect("created");
        let neighbour = house.neighbour().await;
        let theirs = neighbour.add_pbx("Ghent PBX").await.expect("another house");
        let care = house.add_tenant("Care", ghent).await.expect("created");
        let sales = house
            .add_tenant("Élan sales", ghent)
            .await
            .expect("two on one PBX");
        let tenants = house.read().await.tenants().await.expect("read");
        let defaults: Vec<(TenantId, bool)> =
            tenants.iter().map(|one| (one.id, one.is_default)).collect();
        assert_eq!(defaults, [(care, true), (sales, false)]);
        let mut raw = house.raw().await;
        let groups = raw
            .column("SELECT name FROM agent_group WHERE is_default")
            .await;
        assert_eq!(groups, ["Ungrouped"]);
        let taken = Refusal::field(Field::Name, Why::Taken);
        assert_eq!(refusal(house.add_tenant("CARE", ghent).await), taken);
        assert_eq!(refusal(house.add_pbx("ghent pbx").await), taken);
        let unknown = refusal(house.add_tenant("Other", theirs).await);
        assert_eq!(unknown, Refusal::field(Field::Pbx, Why::UnknownChoice));
        assert!(
            house
                .read()
                .await
                .pbx(theirs)
                .await
                .expect("read")
                .is_none()
        );
        let before = house.one_pbx(ghent).await;
        let revised = before.revise(&house.system(), &draft("Gent"), noon());
        house
            .apply(revised.map(|one| one.expect("a change")))
            .await
            .expect("written");
        let stale = before.revise(&house.system(), &draft("Ghent 2"), noon());
        let stale = house.apply(stale.map(|one| one.expect("a change"))).await;
        assert_eq!(refusal(stale), Refusal::Stale);
    });
}

// C-06: the default moves in one step; what hangs on PBX and tenant stands in the way of deleting.
#[test]
fn the_default_moves_and_what_is_free_is_deleted() {
    everywhere(async |house| {
        let ghent = house.add_pbx("Ghent").await.expect("created");
        let spare = house.add_pbx("Spare").await.expect("created");
        let care = house.add_tenant("Care", ghent).await.expect("created");
        let sales = house.add_tenant("Sales", ghent).await.expect("created");
        let before = house.one_tenant(sales).await;
        let none = Elsewhere::default();
        let made = before.make_default(&house.system(), "Care", 2, &none, noon());
        house
            .apply(made.map(|made| made.expect("a change")))
            .await
            .expect("written");
        let tenants = house.read().await.tenants().await.expect("read");
        let defaults: Vec<(TenantId, bool)> =
            tenants.iter().map(|one| (one.id, one.is_default)).collect();
        assert_eq!(defaults, [(sales, true), (care, false)]);
        let twice = before.make_default(&house.system(), "Care", 2, &none, noon());
        let twice = house.apply(twice.map(|made| made.expect("a change"))).await;
        assert_eq!(refusal(twice), Refusal::Stale);
        let mut reading = house.read().await;
        let standing = reading.standing_of_pbx(ghent).await.expect("counted");
        assert_eq!(
            standing,
            Standing {
                tenants: 2,
                ..Standing::default()
            }
        );
        let free = reading.standing_of_pbx(spare).await.expect("counted");
        let hanging = reading.standing_of_tenant(care).await.expect("counted");
        assert_eq!((hanging.users, hanging.others), (0, 1));
        drop(reading);
        let (actor, spare) = (house.system(), house.one_pbx(spare).await);
        house
            .apply(spare.delete(&actor, free, noon()))
            .await
            .expect("deleted");
        let care = house.one_tenant(care).await;
        house
            .apply(care.delete(&actor, hanging, noon()))
            .await
            .expect("deleted");
        assert_eq!(house.read().await.tenants().await.expect("read").len(), 1);
    });
}

// C-06, case 20: Engage users of other tenants are found, by name; extensions follow to another PBX.
#[test]
fn engage_users_elsewhere_are_found() {
    everywhere(async |house| {
        let ghent = house.add_pbx("Ghent").await.expect("created");
        let care = house.add_tenant("Care", ghent).await.expect("created");
        let sales = house.add_tenant("Sales", ghent).await.expect("created");
        for (code, seats) in [("contact_center", 1), ("engage", 30), (ENGAGE_BUNDLED, 30)] {
            house.set_seats(code, seats).await;
        }
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        house.active("kim@x.example", "Kim Maes").await;
        house.active("lee@x.example", "Lee Claes").await;
        house
            .enrol("sam@x.example", "Sales", Some(ENGAGE_BUNDLED))
            .await;
        house
            .enrol("kim@x.example", "Care", Some(ENGAGE_BUNDLED))
            .await;
        house.enrol("lee@x.example", "Sales", None).await;
        let mut reading = house.read().await;
        let elsewhere = reading.engage_elsewhere(None).await.expect("read");
        assert_eq!(
            (elsewhere.people, elsewhere.more),
            (vec![(sam, "Sam Peeters".into())], 0)
        );
        let others = reading.engage_elsewhere(Some(sales)).await.expect("read");
        assert_eq!(others.names(), "Kim Maes", "were Sales the default");
        let users = reading.users_by_tenant().await.expect("read");
        assert_eq!((users[&care], users[&sales]), (1, 2));
        drop(reading);
        let refused = refusal(house.add_pbx("Second").await);
        assert!(
            matches!(refused, Refusal::EngageElsewhere(_)),
            "{refused:?}"
        );
        for number in 0..domain::contact_centre::elsewhere::NAMED_MAX + 2 {
            let email = format!("p{number:02}@x.example");
            house.active(&email, &format!("Person {number:02}")).await;
            house.enrol(&email, "Sales", Some(ENGAGE_BUNDLED)).await;
        }
        let many = house
            .read()
            .await
            .engage_elsewhere(None)
            .await
            .expect("read");
        assert_eq!((many.people.len(), many.more), (20, 3));
    });
}

// C-06, C-07: a tenant moves to another PBX, and its users and their extensions with it.
#[test]
fn a_tenant_moves_with_its_users() {
    everywhere(async |house| {
        let ghent = house.add_pbx("Ghent").await.expect("created");
        let antwerp = house.add_pbx("Antwerp").await.expect("created");
        let care = house.add_tenant("Care", ghent).await.expect("created");
        let sales = house.add_tenant("Sales", antwerp).await.expect("created");
        house.set_seats("contact_center", 2).await;
        for (email, tenant, extension) in [
            ("sam@x.example", "Care", "100"),
            ("kim@x.example", "Sales", "100"),
        ] {
            house.active(email, "Some Body").await;
            house.enrol(email, tenant, None).await;
            house
                .raw()
                .await
                .run(&format!(
                    "INSERT INTO extension (organisation, pbx, extension, employee, environment)
                 SELECT u.organisation, u.pbx, '{extension}', u.employee, 1 FROM contact_user u
                 JOIN employee e ON e.organisation = u.organisation AND e.id = u.employee
                 WHERE e.email = '{email}'"
                ))
                .await;
        }
        let mut reading = house.read().await;
        let moving = reading.moving(care, antwerp).await.expect("read");
        assert_eq!(
            moving,
            Moving {
                extensions: 1,
                ..Moving::default()
            }
        );
        let pbxs = reading.pbxs().await.expect("read");
        drop(reading);
        house
            .raw()
            .await
            .run(
                "UPDATE extension SET extension = '101' WHERE employee IN (
            SELECT id FROM employee WHERE email = 'sam@x.example')",
            )
            .await;
        let moving = house
            .read()
            .await
            .moving(care, antwerp)
            .await
            .expect("read");
        assert_eq!(moving, Moving::default());
        let draft = tenant::Draft {
            name: "Care".into(),
            pbx: Some(antwerp),
            shows_cli: true,
        };
        let before = house.one_tenant(care).await;
        let revised = before.revise(&house.system(), &draft, &pbxs, &moving, noon());
        house
            .apply(revised.map(|one| one.expect("a change")))
            .await
            .expect("written");
        let care = house.one_tenant(care).await;
        assert!(care.shows_cli && care.pbx == antwerp);
        let in_antwerp =
            "SELECT count(*) FROM extension x JOIN pbx p ON p.organisation = x.organisation
            AND p.id = x.pbx WHERE p.name = 'Antwerp'";
        assert_eq!(house.raw().await.count(in_antwerp).await, 2);
        house.one_tenant(sales).await;
    });
}

// C-06, C-03: how far the set-up is, counted; nothing of the neighbours.
#[test]
fn steps_are_counted() {
    everywhere(async |house| {
        let neighbour = house.neighbour().await;
        let ghent = neighbour.add_pbx("Ghent").await.expect("created");
        neighbour.add_tenant("Care", ghent).await.expect("created");
        neighbour.set_seats("engage", 3).await;
        neighbour.set_seats("contact_center", 4).await;
        neighbour
            .add_numbers("+3292104400", "+3292104401")
            .await
            .expect("added");
        let steps = async |house: &House| {
            house
                .read()
                .await
                .contact_centre_steps()
                .await
                .expect("read")
        };
        assert_eq!(steps(house).await, Steps::default());
        let far = Steps {
            pbxs: 1,
            tenants: 1,
            numbers: 2,
            seats: 7,
            ..Steps::default()
        };
        assert_eq!(steps(&neighbour).await, far);
    });
}

// M-04, C-03, C-06: what is broken past the rules is found.
#[test]
fn what_is_broken_in_the_contact_centre_is_found() {
    in_every_house(async |house| {
        let ghent = house.add_pbx("Ghent").await.expect("created");
        house.add_pbx("Antwerp").await.expect("created");
        house.add_tenant("Care", ghent).await.expect("created");
        house.add_tenant("Sales", ghent).await.expect("created");
        house.set_seats("engage", 1).await;
        house.set_seats(ENGAGE_BUNDLED, 1).await;
        house.active("sam@x.example", "Sam Peeters").await;
        house
            .enrol("sam@x.example", "Care", Some(ENGAGE_BUNDLED))
            .await;
        assert_eq!(house.findings().await, Vec::<String>::new());
        let mut raw = house.raw().await;
        let other = "UPDATE contact_user SET tenant = (SELECT id FROM tenant WHERE name = 'Sales')";
        let own = "UPDATE contact_user SET tenant = (SELECT id FROM tenant WHERE name = 'Care')";
        for (breaks, mends, finding) in [
            (
                "UPDATE license SET seats = 0 WHERE code = 'engage'",
                "UPDATE license SET seats = 1 WHERE code = 'engage'",
                "licenses with more users than seats",
            ),
            (
                "UPDATE contact_user SET contact_center = true, engage = false, plan = NULL",
                "UPDATE contact_user SET contact_center = false, engage = true, plan = 'engage_bundled'",
                "licenses with more users than seats",
            ),
            (
                other,
                own,
                "Engage users of other tenants than the default, while there are several PBXs",
            ),
            (
                "UPDATE tenant SET is_default = false WHERE name = 'Care'",
                "UPDATE tenant SET is_default = true WHERE name = 'Care'",
                "organisations with tenants, none of which is the default",
            ),
            (
                "UPDATE agent_group SET is_default = false",
                "UPDATE agent_group SET is_default = true",
                "organisations with tenants and without a default agent group",
            ),
        ] {
            assert_eq!(raw.run(breaks).await, 1, "{breaks}");
            let findings = house.findings().await;
            assert!(
                findings.contains(&format!("1 {finding}")),
                "{breaks}: {findings:?}"
            );
            assert_eq!(raw.run(mends).await, 1, "{mends}");
            assert_eq!(house.findings().await, Vec::<String>::new(), "mended");
        }
    });
}
