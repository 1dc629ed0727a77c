//! What can be relied on in demo data.

use super::*;
use domain::listing::{Place, Query, Summary};
use domain::{Action, Actor, Role, Status};
use std::path::PathBuf;
use store::now;
use store::secret::Key;

/// A store in a folder of its own, gone at the end of the test.
struct Filled {
    store: Store,
    folder: PathBuf,
}

impl Drop for Filled {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn filled(employees: usize, seed: u64, now: Timestamp) -> Filled {
    let folder = std::env::temp_dir().join(format!("staffroom-demo-{}", store::new_id()));
    std::fs::create_dir_all(&folder).unwrap();
    let address = format!("sqlite:{}", folder.join("staffroom.db").display());
    let store = Store::open(&address, Key::new(&[7; Key::LENGTH]).unwrap())
        .await
        .unwrap();
    let password = PasswordHash("$".into());
    fill(&store, Wish { employees, seed }, password, now)
        .await
        .unwrap();
    Filled { store, folder }
}

async fn everybody(store: &Store) -> Vec<Summary> {
    let (organisation, _) = store.organisations().await.unwrap()[0];
    let mut reading = store.read(organisation).await.unwrap();
    assert_eq!(reading.check().await.unwrap(), []);
    let visibility = Actor::system(organisation).visibility(Action::ViewEmployee);
    let mut query = Query {
        size: Some(100),
        ..Query::default()
    };
    let mut all: Vec<Summary> = Vec::new();
    loop {
        let page = reading.employees(visibility, &query).await.unwrap();
        all.extend(page.rows);
        let last = all.last().map(|row| row.cursor.clone());
        match (page.after, last) {
            (true, Some(last)) => query.place = Place::After(last),
            _ => return all,
        }
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_people_and_another_gives_others() {
    let now = now();
    let first = everybody(&filled(300, 1, now).await.store).await;
    let second = everybody(&filled(300, 1, now).await.store).await;
    let other = everybody(&filled(300, 2, now).await.store).await;
    assert_eq!(first.len(), 300);
    assert_eq!(first, second);
    assert_ne!(first, other);
}

// The organisation that everybody tries Staffroom on has something of everything.
#[tokio::test]
async fn there_is_somebody_of_every_kind() {
    let filled = filled(EMPLOYEES, 1, now()).await;
    let all = everybody(&filled.store).await;
    for status in Status::ALL {
        assert!(all.iter().filter(|row| row.status == status).count() >= 3);
    }
    for role in Role::ALL {
        assert!(all.iter().any(|row| row.roles.has(role)));
    }
    assert!(all.iter().any(|row| row.offices.len() == 3));
    assert!(all.iter().filter(|row| row.offices.is_empty()).count() >= 3);
    assert!(all.iter().any(|row| row.name == row.email.as_str()));
    assert!(all.iter().any(|row| row.last_seen_at.is_none()));
    let find = |email: &str| all.iter().find(|row| row.email.as_str() == email).unwrap();
    let (ada, sam, lee) = (
        find("ada@demo.example"),
        find("sam@demo.example"),
        find("lee@demo.example"),
    );
    assert!(ada.roles.has(Role::Administrator) && !ada.roles.has(Role::Agent));
    assert_eq!(sam.offices, ["Antwerp", "Ghent"]);
    assert!(lee.roles.is_empty() && lee.status == Status::Active);
    let administrators = all
        .iter()
        .filter(|row| row.roles.has(Role::Administrator) && row.status == Status::Active);
    assert_eq!(administrators.count(), 1);
}

// O-04, O-05: whoever can be booked has hours, and some are away; the same for the same seed.
#[tokio::test]
async fn agents_have_hours_and_some_are_away() {
    let now = now();
    let read = async |filled: Filled| {
        let all = everybody(&filled.store).await;
        let agents = all
            .iter()
            .filter(|row| row.roles.has(Role::Agent) && row.status == Status::Active);
        let ids: Vec<_> = agents
            .filter(|row| !row.offices.is_empty())
            .map(|row| row.id)
            .collect();
        let (organisation, _) = filled.store.organisations().await.unwrap()[0];
        let mut reading = filled.store.read(organisation).await.unwrap();
        let hours = reading.hours_of(&ids).await.unwrap();
        assert_eq!(hours.len(), ids.len());
        assert!(hours.values().all(|hours| !hours.offices().is_empty()));
        assert!(hours.values().any(|hours| hours.applied.len() >= 3));
        let span = domain::availability::Span {
            from: now,
            until: now + SignedDuration::from_hours(24 * 60),
        };
        let absences = reading.absences_in(span, &ids).await.unwrap();
        assert!(absences.len() >= 5);
        assert!(absences.iter().any(|absence| absence.span.from < now));
        let mut hours: Vec<_> = hours.into_iter().collect();
        hours.sort_by_key(|(id, _)| *id);
        (hours, absences)
    };
    let first = read(filled(EMPLOYEES, 1, now).await).await;
    assert_eq!(first, read(filled(EMPLOYEES, 1, now).await).await);
}

#[tokio::test]
async fn a_large_demo_has_many_offices_and_a_realistic_mix() {
    let filled = filled(2_000, 1, now()).await;
    let all = everybody(&filled.store).await;
    assert_eq!(all.len(), 2_000);
    let share = |count: usize| count * 100 / all.len();
    let is = |status| share(all.iter().filter(|row| row.status == status).count());
    assert_eq!((is(Status::Pending), is(Status::Suspended)), (8, 4));
    let mut offices: Vec<&String> = all.iter().flat_map(|row| &row.offices).collect();
    offices.sort();
    offices.dedup();
    assert_eq!(offices.len(), 40);
}

// O-01 to O-03: the offices are open, offer subjects, and somebody handles them.
#[tokio::test]
async fn the_offices_offer_something() {
    let filled = filled(EMPLOYEES, 1, now()).await;
    let (organisation, _) = filled.store.organisations().await.unwrap()[0];
    let mut reading = filled.store.read(organisation).await.unwrap();
    let offices = reading.all_offices().await.unwrap();
    assert_eq!(offices.len(), 3);
    assert!(offices.iter().any(|office| office.virtual_only));
    let times = reading.all_office_times().await.unwrap();
    assert_eq!(times.len(), 3);
    assert!(times.values().all(|times| !times.closing.is_empty()));
    assert_eq!(reading.categories().await.unwrap().len(), 3);
    assert_eq!(reading.subjects().await.unwrap().len(), 8);
    let bookable = reading.bookable(None).await.unwrap();
    for office in &offices {
        let offers = reading.offers(office.id).await.unwrap();
        let offered = offers.iter().filter(|offer| offer.offered);
        let handled = offered.filter(|offer| bookable.contains_key(&(office.id, offer.subject)));
        assert!(handled.count() >= 5, "{}", office.name);
    }
    let nobody = |office: &&domain::Office| {
        let loan = |(place, _): &&(domain::OfficeId, domain::SubjectId)| *place == office.id;
        bookable.keys().filter(loan).count() < 8
    };
    assert!(
        offices.iter().any(|office| nobody(&office)),
        "something that nobody handles"
    );
}

// C-03, C-04, C-06: the contact centre of the demo can be tried at once.
#[tokio::test]
async fn the_contact_centre_is_set_up() {
    let filled = filled(LEAST, 1, now()).await;
    let (organisation, _) = filled.store.organisations().await.unwrap()[0];
    let mut reading = filled.store.read(organisation).await.unwrap();
    assert_eq!(reading.pbxs().await.unwrap()[0].name, "Ghent PBX");
    let tenants = reading.tenants().await.unwrap();
    assert_eq!(
        (&*tenants[0].name, tenants[0].is_default),
        ("Demo Care", true)
    );
    assert_eq!(
        (&*tenants[1].name, tenants[1].is_default),
        ("Demo Sales", false)
    );
    let seats: Vec<i64> = reading
        .licenses()
        .await
        .unwrap()
        .iter()
        .map(|one| one.seats)
        .collect();
    assert_eq!(seats, [20, 30, 20, 10]);
    let steps = reading.contact_centre_steps().await.unwrap();
    assert_eq!((steps.numbers, steps.seats), (60, 80));
}
