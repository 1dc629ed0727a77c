//! An agent whose calendars are followed, and what is known of them.

use super::radicale::Radicale;
use crate::config::PublicUrl;
use crate::demo::house::House;
use crate::sync;
use calendars::{Client, Inward};
use domain::audit::Recorded;
use domain::availability::Span;
use domain::calendar::{Access, CalendarLinked, Found, Kind, Link};
use domain::{
    Actor, Allowed, CalendarId, CalendarLinkId, Employee, EmployeeId, OrganisationId, Role,
};
use jiff::SignedDuration;
use store::availability::Whom;
use store::{Store, Transaction, Write, now};

/// An agent of the demo, whose calendar Work is on Radicale.
pub(super) struct Scene {
    pub(super) sync: sync::Sync,
    _house: House,
    pub(super) organisation: OrganisationId,
    pub(super) agent: EmployeeId,
    pub(super) server: Radicale,
}

impl Scene {
    pub(super) async fn new(name: &str) -> Self {
        let house = House::new(&format!("sync-{name}"), now()).await;
        let (store, organisation) = (house.store.clone(), house.organisation);
        let agent = agent(&store, organisation).await;
        let scene = Self {
            sync: sync::Sync {
                store,
                client: Client::new(Inward::Allowed).unwrap(),
                public_url: PublicUrl::read("https://staffroom.example").unwrap(),
            },
            _house: house,
            organisation,
            agent,
            server: Radicale::start().await,
        };
        scene.unlink_all().await;
        scene
    }

    fn system(&self) -> Actor {
        Actor::system(self.organisation)
    }

    pub(super) async fn employee(&self) -> (Employee, Actor) {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        let employee = reading.employee(self.agent).await.unwrap().unwrap();
        let actor = Actor::known(
            self.organisation,
            self.agent,
            false,
            employee.places.clone(),
        );
        (employee, actor)
    }

    pub(super) async fn links(&self) -> Vec<Link> {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        reading.calendar_links(self.agent).await.unwrap()
    }

    pub(super) async fn apply<C: Recorded + Sync>(&self, change: Allowed<C>)
    where
        Transaction: Write<C>,
    {
        let store = &self.sync.store;
        let mut write = store.write(self.organisation, None).await.unwrap();
        write.apply(change).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Unlinks what the demo linked.
    pub(super) async fn unlink_all(&self) {
        let (employee, _) = self.employee().await;
        for link in self.links().await {
            let unlinked = employee
                .unlink_calendar(&self.system(), &link, now())
                .unwrap();
            self.apply(unlinked).await;
        }
    }

    pub(super) async fn link(&self, kind: Kind, address: &str) {
        let address = format!("{}{address}", self.server.url);
        let work = format!("{}/ada/work/", self.server.url);
        self.link_at(kind, address, work).await;
    }

    pub(super) async fn link_at(&self, kind: Kind, address: String, work: String) {
        let account = kind == Kind::Account;
        let linked = CalendarLinked {
            id: CalendarLinkId(store::new_id()),
            employee: self.agent,
            kind,
            name: "127.0.0.1".into(),
            access: Access {
                address,
                user: "ada".into(),
                password: "secret".into(),
            },
            calendars: vec![Found {
                id: CalendarId(store::new_id()),
                name: "Work".into(),
                address: work,
                writable: account,
            }],
        };
        let (employee, actor) = self.employee().await;
        let linked = employee.link_calendar(&actor, 0, linked, now()).unwrap();
        self.apply(linked).await;
    }

    pub(super) async fn switch(&self, copies: bool, blocks: bool) {
        let (employee, actor) = self.employee().await;
        let link = self.links().await.remove(0);
        let calendar = link.calendars[0].id;
        let switched = employee.switch_calendar(&actor, &link, calendar, copies, blocks, now());
        self.apply(switched.unwrap().unwrap()).await;
    }

    /// Synchronizes now, whatever is due.
    pub(super) async fn sync(&self) {
        let links: Vec<_> = self.links().await.iter().map(|link| link.id).collect();
        let store = &self.sync.store;
        store
            .calendars_are_due(self.organisation, &links, now())
            .await
            .unwrap();
        self.sync.sync_due(None).await.unwrap();
    }

    pub(super) async fn busy(&self) -> Vec<String> {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        let year = Span {
            from: now() - SignedDuration::from_hours(24 * 365),
            until: now() + SignedDuration::from_hours(24 * 365),
        };
        let employee = reading.employee(self.agent).await.unwrap().unwrap();
        let office = employee.places[0].office;
        let subject = reading.subjects().await.unwrap()[0].id;
        let whom = Whom::One(self.agent);
        let cases = reading.cases(office, subject, whom, year, None).await;
        let mut busy = cases.unwrap().unwrap().remove(0).diary.busy;
        busy.sort_by_key(|span| span.from);
        busy.iter().map(|span| span.from.to_string()).collect()
    }

    /// Whether anything is known of a link.
    pub(super) async fn knows(&self, link: CalendarLinkId) -> bool {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        reading.calendar_access(link).await.unwrap().is_some()
    }

    /// Upcoming appointments of the agent, as the demo has them.
    pub(super) async fn upcoming(&self) -> usize {
        let mut reading = self.sync.store.read(self.organisation).await.unwrap();
        reading.agenda(self.agent, now()).await.unwrap().len()
    }

    /// How many events stand in the calendar, and their text.
    pub(super) async fn copies(&self) -> (usize, String) {
        let (_, text) = self.server.send("GET", "/ada/work/", "").await;
        (text.matches("BEGIN:VEVENT").count(), text)
    }
}

/// Somebody who takes appointments; the one with the most ahead.
async fn agent(store: &Store, organisation: OrganisationId) -> EmployeeId {
    let mut reading = store.read(organisation).await.unwrap();
    let system = Actor::system(organisation);
    let query = domain::listing::Query::default();
    let seen = system.visibility(domain::Action::ViewEmployee);
    let page = reading.employees(seen, &query).await.unwrap();
    let mut found = None;
    for row in page.rows {
        let employee = reading.employee(row.id).await.unwrap().unwrap();
        let takes = employee
            .places
            .iter()
            .any(|place| place.roles.has(Role::Agent));
        if takes && employee.status == domain::Status::Active {
            let ahead = reading.agenda(row.id, now()).await.unwrap().len();
            found = found.max(Some((ahead, row.id)));
        }
    }
    found.unwrap().1
}
