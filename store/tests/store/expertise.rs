//! Who handles what in an office, and who of them can be booked.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::employee::{Draft, Wish};
use domain::expertise::Ticks;
use domain::{EmployeeId, OfficeId, Role, SubjectId};

impl House {
    /// Lets somebody handle subjects in an office, and takes others from them.
    pub async fn handle(
        &self,
        whom: EmployeeId,
        office: OfficeId,
        added: &[SubjectId],
        removed: &[SubjectId],
    ) {
        let mut write = self.write().await;
        let handled = write.expertise_of(whom).await.expect("read").into_iter();
        let handled: Vec<_> = handled
            .filter(|(place, _)| *place == office)
            .map(|(_, subject)| subject)
            .collect();
        let subjects = write.subjects().await.expect("read");
        let employee = write.employee(whom).await.expect("read").expect("there");
        let ticks = Ticks {
            added: added.to_vec(),
            removed: removed.to_vec(),
        };
        let change = employee.handle(
            &self.system(),
            office,
            (&handled, &subjects),
            &ticks,
            noon(),
        );
        write
            .apply(change.expect("allowed").expect("a change"))
            .await
            .expect("written");
        write.commit().await.expect("committed");
    }

    /// Gives somebody these roles in an office, in place of those they hold there.
    pub async fn place_in(&self, whom: EmployeeId, office: OfficeId, held: &[Role]) {
        let wish = Wish {
            places: vec![place(office, held)],
            ..Wish::default()
        };
        self.assign(&self.system(), whom, wish)
            .await
            .expect("assigned");
    }

    pub async fn plan_online(&self, whom: EmployeeId, on: bool) {
        let draft = Draft {
            online_planning: Some(on),
            ..Draft::default()
        };
        let revised = self
            .get(whom)
            .await
            .revise(&self.system(), &draft, "BE", noon());
        let revised = revised.map(|change| change.expect("a change"));
        self.apply(revised).await.expect("written");
    }

    async fn bookable_names(&self, office: OfficeId, subject: SubjectId) -> Vec<String> {
        let agents = self
            .read()
            .await
            .bookable_agents(office, subject)
            .await
            .expect("read");
        agents.into_iter().map(|agent| agent.name).collect()
    }
}

// O-03: expertise is kept per office, read from both sides, and changed tick by tick.
#[test]
fn expertise_is_kept_per_office() {
    everywhere(async |house| {
        let loans = house.category("Loans").await;
        let (mortgage, savings) = (
            house.subject(loans, "Mortgage").await,
            house.subject(loans, "Savings").await,
        );
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let places = [place(ghent, &[Role::Agent]), place(antwerp, &[Role::Agent])];
        let sam = house.holder("sam@x.example", "Sam Peeters", &places).await;
        house.handle(sam, ghent, &[mortgage, savings], &[]).await;
        house.handle(sam, antwerp, &[savings], &[]).await;
        let mut reading = house.read().await;
        let mut both = vec![(sam, mortgage), (sam, savings)];
        both.sort();
        assert_eq!(reading.expertise_in(ghent).await.expect("read"), both);
        assert_eq!(
            reading.expertise_in(antwerp).await.expect("read"),
            [(sam, savings)]
        );
        let of = reading
            .expertise_of_agents(ghent, &[house.owner, sam])
            .await;
        assert_eq!(of.expect("read"), both);
        let none = reading.expertise_of_agents(ghent, &[]).await;
        assert_eq!(none.expect("read"), []);
        assert_eq!(reading.expertise_of(sam).await.expect("read").len(), 3);
        drop(reading);
        house.handle(sam, ghent, &[], &[savings]).await;
        assert_eq!(
            house.read().await.expertise_in(ghent).await.expect("read"),
            [(sam, mortgage)]
        );
        let subject = house.read_subject(mortgage).await;
        house
            .apply(subject.delete(&house.system(), "Mortgage", 0, noon()))
            .await
            .expect("deleted");
        assert_eq!(
            house.read().await.expertise_in(ghent).await.expect("read"),
            [],
            "it goes with the subject"
        );
        let neighbour = house.neighbour().await;
        assert_eq!(
            neighbour
                .read()
                .await
                .expertise_in(antwerp)
                .await
                .expect("read"),
            []
        );
    });
}

// O-03, P-03, E-11, E-15: bookable are the active with a name, Online planning, the role and the expertise.
#[test]
fn only_those_who_can_be_booked_are_bookable() {
    everywhere(async |house| {
        let loans = house.category("Loans").await;
        let (mortgage, savings) = (
            house.subject(loans, "Mortgage").await,
            house.subject(loans, "Savings").await,
        );
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let agent = [place(ghent, &[Role::Agent]), place(antwerp, &[Role::Agent])];
        let sam = house.holder("sam@x.example", "Sam Peeters", &agent).await;
        let zoe = house.holder("zoe@x.example", "Zoé Adam", &agent[..1]).await;
        for whom in [sam, zoe] {
            house.handle(whom, ghent, &[mortgage], &[]).await;
        }
        assert_eq!(
            house.bookable_names(ghent, mortgage).await,
            ["Sam Peeters", "Zoé Adam"]
        );
        assert_eq!(house.bookable_names(ghent, savings).await, [""; 0]);
        assert_eq!(house.bookable_names(antwerp, mortgage).await, [""; 0]);
        let counted = async |office| {
            let counted = house.read().await.bookable(office).await.expect("counted");
            let pairs = house.read().await.bookable_pairs(office, None).await;
            assert_eq!(pairs.expect("read"), counted.keys().copied().collect());
            counted
        };
        let of = async |subject| house.read().await.bookable_pairs(None, Some(subject)).await;
        assert_eq!(
            of(mortgage).await.expect("read"),
            [(ghent, mortgage)].into()
        );
        assert!(of(savings).await.expect("read").is_empty());
        assert_eq!(counted(None).await, [((ghent, mortgage), 2)].into());
        assert_eq!(counted(Some(ghent)).await, [((ghent, mortgage), 2)].into());
        assert!(counted(Some(antwerp)).await.is_empty());

        house.plan_online(zoe, false).await;
        assert_eq!(
            house.bookable_names(ghent, mortgage).await,
            ["Sam Peeters"],
            "Online planning is off"
        );
        house
            .suspend(&house.system(), sam)
            .await
            .expect("suspended");
        assert_eq!(
            house.bookable_names(ghent, mortgage).await,
            [""; 0],
            "suspended"
        );
        assert!(counted(None).await.is_empty());
        house.plan_online(zoe, true).await;
        assert_eq!(house.bookable_names(ghent, mortgage).await, ["Zoé Adam"]);
        house.place_in(zoe, ghent, &[Role::OfficeManager]).await;
        assert_eq!(
            house.bookable_names(ghent, mortgage).await,
            [""; 0],
            "no Agent there any more"
        );
        house.place_in(zoe, ghent, &[Role::Agent]).await;
        assert_eq!(
            house.bookable_names(ghent, mortgage).await,
            ["Zoé Adam"],
            "what was handled stayed"
        );
    });
}

// O-03: the agents of an office in pages, by name, found by any part of name or email.
#[test]
fn agents_of_an_office_come_in_pages() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        for (email, name, office, role) in [
            ("a@x.example", "Ada Cole", ghent, Role::Agent),
            ("b@x.example", "Élan Bos", ghent, Role::Agent),
            ("c@x.example", "Zoe Dam", ghent, Role::Agent),
            ("d@x.example", "Max Smet", ghent, Role::OfficeManager),
            ("e@x.example", "Kim Wu", antwerp, Role::Agent),
        ] {
            house.holder(email, name, &[place(office, &[role])]).await;
        }
        let names = async |search: &str, after: Option<&domain::listing::Cursor>, most| {
            let agents = house
                .read()
                .await
                .agents_in(ghent, search, after, most)
                .await;
            agents.expect("read")
        };
        let first = names("", None, 2).await;
        let shown: Vec<&str> = first.iter().map(|agent| agent.name.as_str()).collect();
        assert_eq!(shown, ["Ada Cole", "Élan Bos"]);
        assert!(first[0].is_bookable() && !first[0].administrator);
        let rest = names("", Some(&first[1].cursor), 2).await;
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0].name, "Zoe Dam");
        assert_eq!(names("ELAN", None, 9).await.len(), 1);
        assert_eq!(names("c@x", None, 9).await.len(), 1);
        assert_eq!(names("%", None, 9).await.len(), 0);
    });
}
