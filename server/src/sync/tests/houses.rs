//! Several organisations: nobody's calendars wait for those of others (O-06).

use crate::config::PublicUrl;
use crate::sync::link::PATIENCE;
use crate::sync::{AT_ONCE, BATCH, Sync};
use calendars::{Client, Inward};
use domain::calendar::{Access, CalendarLinked, Found, Kind, Link};
use domain::credential::PasswordHash;
use domain::employee::Created;
use domain::organisation::{OrganisationCreated, Settings};
use domain::{Actor, CalendarId, CalendarLinkId, EmployeeId, OrganisationId};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::calendar::LEASE;
use store::link::Purpose;
use store::secret::Key;
use store::{Store, now};
use tokio::sync::Barrier;
use tokio::time::timeout;

/// A store for several organisations, and the worker on it.
struct Town {
    sync: Sync,
    database: String,
    folder: PathBuf,
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn open(database: &str, key: u8) -> Store {
    let key = Key::new(&[key; Key::LENGTH]).unwrap();
    Store::open(database, key).await.unwrap()
}

impl Town {
    async fn new(name: &str) -> Self {
        let place = format!("staffroom-town-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(place);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let database = format!("sqlite:{}", folder.join("staffroom.db").display());
        let sync = Sync {
            store: open(&database, 7).await,
            client: Client::new(Inward::Allowed).unwrap(),
            public_url: PublicUrl::read("https://staffroom.example").unwrap(),
        };
        Self {
            sync,
            database,
            folder,
        }
    }

    /// An organisation with an Administrator.
    async fn house(&self, host: &str) -> House {
        let (id, owner) = (OrganisationId(store::new_id()), EmployeeId(store::new_id()));
        let settings = Settings {
            name: host.into(),
            time_zone: "Europe/Brussels".into(),
            country: "BE".into(),
            language: "en".into(),
            invitation_hours: 72,
        };
        let known = app::settings::known::known();
        let made = OrganisationCreated::allow(id, Some(host.into()), settings, known, now());
        let first = Created::first_administrator(id, owner, "ada@demo.example", now());
        let mut write = self.sync.store.write(id, None).await.unwrap();
        write.apply(made.unwrap()).await.unwrap();
        write.apply(first.unwrap()).await.unwrap();
        let employee = write.employee(owner).await.unwrap().unwrap();
        let invited = employee.invite(&Actor::system(id), 72, false, now());
        let token = write.apply(invited.unwrap()).await.unwrap();
        let used = write.use_link(&token, Purpose::Invitation, now()).await;
        used.unwrap();
        let employee = write.employee(owner).await.unwrap().unwrap();
        let hash = PasswordHash("$".into());
        let activated = employee.activate(&employee.email, "Ada", "Maes", hash, now());
        write.apply(activated.unwrap()).await.unwrap();
        write.commit().await.unwrap();
        House {
            store: self.sync.store.clone(),
            id,
            owner,
        }
    }
}

/// An organisation, as a server sees it.
struct House {
    store: Store,
    id: OrganisationId,
    owner: EmployeeId,
}

impl House {
    /// Has the Administrator subscribe to an address.
    async fn subscribe(&self, address: &str) {
        let linked = CalendarLinked {
            id: CalendarLinkId(store::new_id()),
            employee: self.owner,
            kind: Kind::Subscription,
            name: "a".into(),
            access: Access {
                address: address.into(),
                user: String::new(),
                password: String::new(),
            },
            calendars: vec![Found {
                id: CalendarId(store::new_id()),
                name: "a".into(),
                address: String::new(),
                writable: false,
            }],
        };
        let mut write = self.store.write(self.id, None).await.unwrap();
        let employee = write.employee(self.owner).await.unwrap().unwrap();
        let actor = Actor::known(self.id, self.owner, true, Vec::new());
        let linked = employee.link_calendar(&actor, 0, linked, now()).unwrap();
        write.apply(linked).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Of each link whether it was read, and why it was not.
    async fn read(&self) -> Vec<(bool, Option<String>)> {
        let mut reading = self.store.read(self.id).await.unwrap();
        let links = reading.calendar_links(self.owner).await.unwrap();
        let stands = |link: Link| (link.synced_at.is_some(), link.failure);
        links.into_iter().map(stands).collect()
    }
}

/// The address of a calendar that answers nobody before so many ask at the same time.
async fn calendar_for(askers: usize) -> String {
    let gate = Arc::new(Barrier::new(askers));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/a.ics", listener.local_addr().unwrap());
    let answer = move || async move {
        gate.wait().await;
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    };
    let served = axum::Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, served).await });
    address
}

// O-06: a calendar that is slow to answer keeps neither another organisation's waiting nor the next one of
// its own: here each answers only once all are asked.
#[tokio::test]
async fn calendars_are_followed_side_by_side() {
    let town = Town::new("side-by-side").await;
    let houses = [
        town.house("one.example").await,
        town.house("two.example").await,
    ];
    let address = calendar_for(4).await;
    for house in &houses {
        house.subscribe(&address).await;
        house.subscribe(&address).await;
    }
    let all = timeout(Duration::from_secs(15), town.sync.sync_due(None)).await;
    all.expect("none waits for another").unwrap();
    for house in &houses {
        assert_eq!(house.read().await, [(true, None), (true, None)]);
    }
}

// O-06, robust: secrets that can't be read, as after a change of keys, are told to whose they are, and stop
// neither what stands beside them nor another organisation's.
#[tokio::test]
async fn secrets_that_can_not_be_read_stop_nobody_else() {
    let town = Town::new("sealed").await;
    let (one, two) = (
        town.house("one.example").await,
        town.house("two.example").await,
    );
    let address = calendar_for(1).await;
    let before = House {
        store: open(&town.database, 8).await,
        ..one
    };
    before.subscribe(&address).await;
    before.subscribe(&address).await;
    one.subscribe(&address).await;
    two.subscribe(&address).await;
    town.sync.sync_due(None).await.unwrap();
    let sealed = (false, Some("sealed".to_owned()));
    assert_eq!(one.read().await, [sealed.clone(), sealed, (true, None)]);
    assert_eq!(two.read().await, [(true, None)]);
}

// O-06: what is claimed together ends before another server may take it, however slow every one of it is.
#[test]
fn a_batch_ends_before_its_lease() {
    let rounds = usize::try_from(BATCH).unwrap().div_ceil(AT_ONCE);
    let longest = PATIENCE * u32::try_from(rounds).unwrap();
    assert!(longest < LEASE.unsigned_abs(), "{longest:?}");
}
