//! Whom somebody watches, and how they stand (C-14).

use crate::cast::noon;
use crate::contact_centre::{PBX, UNGROUPED, assigned};
use crate::house::{House, everywhere};
use domain::contact_centre::membership::Membership;
use domain::contact_centre::monitor::{Of, OnCall, Page, Query, Shown, Watching};
use domain::contact_centre::user::State;
use domain::listing::Place;
use domain::{AgentGroupId, EmployeeId, PbxId, QueueId};

impl House {
    async fn watches_group(&self, employee: EmployeeId, enabled: bool) {
        let us = self.literal(self.organisation.0);
        let (employee, group) = (self.literal(employee.0), self.literal(UNGROUPED));
        let mut raw = self.raw().await;
        raw.run(&format!(
            "INSERT INTO supervised_group (organisation, employee, agent_group, supervisor, enabled)
             VALUES ({us}, {employee}, {group}, true, {enabled})"
        ))
        .await;
    }

    async fn watched(&self, watching: Watching, asked: &Query) -> Page {
        let page = self.read().await.watched(watching, asked, None).await;
        page.expect("read")
    }

    async fn calling(&self, watching: Watching, asked: &Query, on_call: &OnCall) -> Page {
        let mut reading = self.read().await;
        let page = reading.watched(watching, asked, Some(on_call)).await;
        page.expect("read")
    }

    async fn is_dialled(&self, id: EmployeeId, extension: &str, environment: i32) {
        let us = self.literal(self.organisation.0);
        let (employee, pbx) = (self.literal(id.0), self.literal(PBX.0));
        let mut raw = self.raw().await;
        raw.run(&format!(
            "INSERT INTO extension (organisation, pbx, extension, employee, environment)
             VALUES ({us}, {pbx}, '{extension}', {employee}, {environment})"
        ))
        .await;
    }

    async fn names(&self, watching: Watching, of: Option<Of>) -> Vec<String> {
        let asked = Query {
            of,
            ..Query::default()
        };
        let page = self.watched(watching, &asked).await;
        page.rows.into_iter().map(|one| one.name).collect()
    }

    async fn says(&self, id: EmployeeId, state: State) {
        let (actor, person) = (self.actor(id).await, self.get(id).await);
        let user = self.read().await.contact_user(id).await;
        let user = user.expect("read").expect("a user");
        let set = user.set_state(&actor, &person, state.code(), noon());
        let set = set.map(|set| set.expect("another state"));
        self.apply(set).await.expect("set");
    }
}

fn of_queue(employee: EmployeeId, queue: QueueId) -> Membership {
    Membership {
        enabled: true,
        priority: Some(1),
        ..assigned(queue, employee)
    }
}

// C-14, section 8: exactly the members of what is assigned and enabled, and of these nothing else.
#[test]
fn supervisors_watch_what_is_assigned_and_enabled() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let care = house.queue("Care", "30").await;
        let billing = house.queue("Billing", "30").await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let sam = house.contact_user("Sam Peeters", true, PBX).await;
        let ann = house.contact_user("Ann Claes", false, PBX).await;
        let ben = house.contact_user("Ben Maes", false, PBX).await;
        house
            .put(&[
                of_queue(sam, sales),
                of_queue(sam, billing),
                assigned(sales, ann),
                of_queue(ben, care),
            ])
            .await
            .expect("put");
        house.supervises(kim, sales, true).await;
        house.supervises(kim, care, false).await;
        house.watches_group(kim, false).await;
        let kims = Watching::Scope(kim);
        let page = house.watched(kims, &Query::default()).await;
        let seen: Vec<_> = page
            .rows
            .iter()
            .map(|one| (one.name.as_str(), one.queues.clone(), one.group.clone()))
            .collect();
        let queue = |name: &str, enabled| vec![(name.to_owned(), enabled)];
        assert_eq!(
            seen,
            [
                ("Ann Claes", queue("Sales", false), None),
                ("Sam Peeters", queue("Sales", true), None),
            ],
            "neither Ben, whose queue is not enabled, nor that Sam is in Billing"
        );
        let group = Of::Group(AgentGroupId(UNGROUPED));
        for outside in [Of::Queue(care), Of::Queue(billing), group] {
            assert!(house.names(kims, Some(outside)).await.is_empty());
        }
        assert_eq!(house.names(kims, Some(Of::Queue(sales))).await.len(), 2);
        let watchable = house.read().await.watchable(kims).await;
        let watchable = watchable.expect("read");
        assert_eq!(watchable.queues, [(sales, "Sales".to_owned())]);
        assert!(watchable.groups.is_empty());
        let one = async |id| {
            let one = house.read().await.watched_one(kims, id).await;
            one.expect("read").map(|one| one.name)
        };
        assert_eq!(one(sam).await.as_deref(), Some("Sam Peeters"));
        assert_eq!(one(ben).await, None);

        let all = house.names(Watching::Everybody, None).await;
        assert_eq!(all.len(), 4);
        let billed = house.names(Watching::Everybody, Some(Of::Queue(billing)));
        assert_eq!(billed.await, ["Sam Peeters"]);
        let neighbour = house.neighbour().await;
        assert!(neighbour.names(Watching::Everybody, None).await.is_empty());
        assert!(neighbour.names(kims, None).await.is_empty());
    });
}

// C-12, C-14: an agent group that is watched brings all who are in it, with its name.
#[test]
fn a_watched_group_brings_its_users() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        house.contact_user("Sam Peeters", true, PBX).await;
        house.supervises(kim, sales, true).await;
        house.watches_group(kim, true).await;
        let kims = Watching::Scope(kim);
        let page = house.watched(kims, &Query::default()).await;
        let groups: Vec<_> = page.rows.iter().map(|one| one.group.as_deref()).collect();
        assert_eq!(groups, [Some("Ungrouped"), Some("Ungrouped")]);
        let group = Some(Of::Group(AgentGroupId(UNGROUPED)));
        assert_eq!(house.names(kims, group).await.len(), 2);
        assert!(house.names(kims, Some(Of::Queue(sales))).await.is_empty());
    });
}

// C-14, C-18: states are counted, also while one of them is asked for; who is suspended is in none.
#[test]
fn states_are_counted_and_asked_for() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let mut members = Vec::new();
        for name in ["Ann Claes", "Ben Maes", "Cas Vos", "Dirk Pauwels"] {
            members.push(house.contact_user(name, false, PBX).await);
        }
        let put: Vec<_> = members.iter().map(|id| of_queue(*id, sales)).collect();
        house.put(&put).await.expect("put");
        house.supervises(kim, sales, true).await;
        house.says(members[1], State::OnBreak).await;
        house.says(members[2], State::OnBreak).await;
        let suspended = house.suspend(&house.system(), members[2]).await;
        suspended.expect("suspended");
        let kims = Watching::Scope(kim);
        let asked = |state| Query {
            state: Some(state),
            ..Query::default()
        };
        let page = house
            .watched(kims, &asked(Shown::Says(State::OnBreak)))
            .await;
        let names: Vec<_> = page.rows.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Ben Maes"]);
        let counts: Vec<_> = page.counts.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [2, 1, 0, 1]);
        assert_eq!(page.count(Some(Shown::Says(State::OnBreak))), 1);
        assert_eq!(page.count(None), 4);
        let gone = house.watched(kims, &asked(Shown::NotActive)).await;
        assert_eq!(gone.rows[0].name, "Cas Vos");
        let search = Query {
            search: "pau".to_owned(),
            ..Query::default()
        };
        let found = house.watched(kims, &search).await;
        assert_eq!(found.rows.len(), 1);
        let by_email = Query {
            search: "x.example".to_owned(),
            ..Query::default()
        };
        let none = house.watched(kims, &by_email).await;
        assert!(none.rows.is_empty(), "an email is not theirs to look for");
        let first = house.watched(kims, &Query::default()).await;
        let beyond = Query {
            place: Place::After(first.rows[2].cursor.clone()),
            ..Query::default()
        };
        let rest = house.watched(kims, &beyond).await;
        let names: Vec<_> = rest.rows.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Dirk Pauwels"]);
        assert!(rest.before && !rest.after);
        let set = "SELECT count(*) FROM audit WHERE event = 'employee.contact_state_set'";
        assert_eq!(house.raw().await.count(set).await, 2);
    });
}

// C-14: of those who are on a call, a supervisor finds and counts those whom they watch.
#[test]
fn who_is_on_a_call_is_counted_and_asked_for() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let mut members = Vec::new();
        for (name, extension) in [
            ("Ann Claes", "501"),
            ("Ben Maes", "502"),
            ("Cas Vos", "503"),
        ] {
            let id = house.contact_user(name, false, PBX).await;
            house.is_dialled(id, extension, 1).await;
            members.push(id);
        }
        let put: Vec<_> = members[..2].iter().map(|id| of_queue(*id, sales)).collect();
        house.put(&put).await.expect("put");
        house.supervises(kim, sales, true).await;
        let kims = Watching::Scope(kim);
        let everybody = Query::default();
        let asked = Query {
            on_call: true,
            ..Query::default()
        };
        let names =
            |page: &Page| -> Vec<String> { page.rows.iter().map(|one| one.name.clone()).collect() };
        let calls = |extensions: &[&str]| -> OnCall {
            let extensions = extensions.iter().map(|one| (*one).to_owned()).collect();
            OnCall::from([(PBX, extensions)])
        };
        assert_eq!(house.watched(kims, &everybody).await.on_call, None);
        let page = house
            .calling(kims, &everybody, &calls(&["502", "503"]))
            .await;
        assert_eq!((page.on_call, page.rows.len()), (Some(1), 2));
        let page = house
            .calling(kims, &asked, &calls(&["501", "502", "503"]))
            .await;
        assert_eq!(names(&page), ["Ann Claes", "Ben Maes"]);
        assert_eq!(page.total(&asked), 2);
        let page = house.calling(kims, &asked, &calls(&[])).await;
        assert_eq!((page.on_call, page.rows.len()), (Some(0), 0));
        let mut elsewhere = calls(&["501"]);
        let there = elsewhere.pop_first().expect("one").1;
        elsewhere.insert(PbxId(uuid::Uuid::from_u128(9)), there);
        let page = house.calling(kims, &asked, &elsewhere).await;
        assert_eq!(names(&page), [""; 0], "another PBX has a 501 of its own");
        assert_eq!(house.watched(kims, &asked).await.rows.len(), 0);
        let cas = calls(&["503"]);
        let all = house.calling(Watching::Everybody, &asked, &cas);
        assert_eq!(names(&all.await), ["Cas Vos"]);
    });
}

// C-14: whom the PBX is told to leave in peace.
#[test]
fn extensions_of_those_on_a_break() {
    everywhere(async |house| {
        house.contact_centre().await;
        let mut users = Vec::new();
        for (name, extension) in [
            ("Ann Claes", "501"),
            ("Ben Maes", "502"),
            ("Cas Vos", "503"),
        ] {
            let id = house.contact_user(name, true, PBX).await;
            house.is_dialled(id, extension, 2).await;
            users.push(id);
        }
        house.is_dialled(users[1], "602", 1).await;
        house.says(users[1], State::WorkingOffline).await;
        house.says(users[2], State::OnBreak).await;
        let told = async || {
            let told = house.read().await.extensions_on_break(PBX).await;
            told.expect("read")
        };
        assert_eq!(told().await, ["503", "602"], "the one that queues call");
        let suspended = house.suspend(&house.system(), users[2]).await;
        suspended.expect("suspended");
        assert_eq!(told().await, ["602"]);
    });
}

// C-14: a supervisor's page is told of what happens to those whom they watch, and of nobody else.
#[test]
fn news_are_of_those_who_are_watched() {
    everywhere(async |house| {
        house.contact_centre().await;
        let sales = house.queue("Sales", "30").await;
        let kim = house.contact_user("Kim Wu", false, PBX).await;
        let ann = house.contact_user("Ann Claes", false, PBX).await;
        let ben = house.contact_user("Ben Maes", false, PBX).await;
        house.put(&[of_queue(ann, sales)]).await.expect("put");
        house.supervises(kim, sales, true).await;
        let news = async || {
            let news = house.read().await.news_of_watched(kim).await;
            news.expect("read")
        };
        let before = news().await;
        house.says(ben, State::OnBreak).await;
        assert_eq!(news().await, before, "Ben is not watched");
        house.says(ann, State::OnBreak).await;
        let after = news().await;
        assert_ne!(after, before);
        house.put(&[of_queue(ben, sales)]).await.expect("put");
        assert_ne!(news().await, after, "one more is watched");
    });
}
