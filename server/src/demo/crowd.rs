//! The crowd of a large demo: who came on the first days, and who arrived lately.

use super::chance::Chance;
use super::founding::{ADDRESS, Founded};
use super::names::{FIRST, LAST};
use super::plan::last_seen;
use domain::credential::PasswordHash;
use domain::employee::{Created, Draft, NewEmployee, Wish};
use domain::{EmployeeId, Place, Role, Roles, Status, Timestamp};
use jiff::{SignedDuration, ToSpan};
use store::newcomer::Newcomer;
use store::{Result, Store, Transaction};

/// How many are written in one transaction.
const BATCH: usize = 10_000;
/// Of 100, how many still wait to activate their account.
const PENDING: usize = 8;
/// Of 100, how many are suspended.
const SUSPENDED: usize = 4;
/// Of 100, how many sign in elsewhere: most, since a large organisation has single sign-on.
const ELSEWHERE: usize = 60;
/// How many others there are for each administrator.
const LED: usize = 2_500;

const FUNCTIONS: [&str; 6] = [
    "",
    "Adviser",
    "Senior adviser",
    "Mortgage adviser",
    "Adviser for firms",
    "Video adviser",
];

/// What all of a crowd have in common.
struct Crowd<'a> {
    founded: &'a Founded,
    password: &'a PasswordHash,
    /// When the first of them was made.
    begin: Timestamp,
    /// From one to the next.
    step: SignedDuration,
    now: Timestamp,
}

/// Writes a crowd of `count` into the store.
///
/// # Errors
/// When the database can't.
pub(super) async fn arrive(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    count: usize,
    password: &PasswordHash,
    now: Timestamp,
) -> Result<()> {
    let pending = count * PENDING / 100;
    let settled = count - pending;
    let day = SignedDuration::from_hours(24);
    let crowd = |begin, days: i32, count: usize| Crowd {
        founded,
        password,
        begin,
        step: day * days / i32::try_from(count.max(1)).unwrap_or(i32::MAX),
        now,
    };
    // Those who are settled came within the week after the beginning, before the others had much
    // to do, so that the trail is in the order of time; the others came in the last days.
    let first = crowd(now - super::AGE + day, 5, settled);
    first
        .write(store, chance, 0..settled, Crowd::settled)
        .await?;
    let last = crowd(now - day * 10, 9, pending);
    last.write(store, chance, settled..count, Crowd::pending)
        .await
}

impl Crowd<'_> {
    async fn write(
        &self,
        store: &Store,
        chance: &mut Chance,
        numbers: std::ops::Range<usize>,
        make: impl Fn(&Self, &mut Chance, usize, Timestamp) -> Result<Newcomer>,
    ) -> Result<()> {
        let begin = numbers.start;
        let numbers: Vec<usize> = numbers.collect();
        for batch in numbers.chunks(BATCH) {
            let mut newcomers = Vec::with_capacity(batch.len());
            for number in batch {
                let steps = i32::try_from(number - begin).unwrap_or(i32::MAX);
                newcomers.push(make(self, chance, *number, self.begin + self.step * steps)?);
            }
            let organisation = self.founded.organisation;
            let mut transaction = store.write(organisation, Some(ADDRESS.into())).await?;
            transaction.add_all(&newcomers).await?;
            self.invite(&mut transaction, &newcomers).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    /// Hands over a link to each who waits to activate the account.
    async fn invite(&self, transaction: &mut Transaction, newcomers: &[Newcomer]) -> Result<()> {
        let hours = self.founded.settings.invitation_hours;
        for newcomer in newcomers {
            let employee = newcomer.employee();
            if employee.status == Status::Pending {
                let at = employee.created_at;
                let change = employee.invite(&self.founded.ada, hours, false, at)?;
                transaction.apply(change).await?;
            }
        }
        Ok(())
    }

    /// Somebody who was invited lately.
    fn pending(&self, chance: &mut Chance, number: usize, at: Timestamp) -> Result<Newcomer> {
        let role = Roles::NONE.set(Role::Agent, chance.percent(80));
        let named = chance.percent(70);
        self.create(chance, number, false, named, role, at)
    }

    /// Somebody whose account is activated, and who may be suspended by now.
    fn settled(&self, chance: &mut Chance, number: usize, at: Timestamp) -> Result<Newcomer> {
        let elsewhere = chance.percent(ELSEWHERE);
        let places = self.places(chance);
        // Those without an office: some wait for one, some have no role, a few run the whole.
        let wanted = match places.is_empty() {
            true if number.is_multiple_of(LED) => Role::Administrator,
            true if chance.percent(50) => Role::Agent,
            _ => Role::OfficeManager,
        };
        let wants = places.is_empty() && (wanted != Role::OfficeManager || chance.percent(10));
        let roles = places
            .iter()
            .fold(Roles::NONE.set(wanted, wants), |all, place| {
                all.and(place.roles)
            });
        let mut newcomer = self.create(chance, number, elsewhere, true, roles, at)?;
        let ada = &self.founded.ada;
        if !places.is_empty() {
            let wish = Wish {
                places,
                ..Wish::default()
            };
            if let Some(change) = newcomer.employee().assign(ada, &wish, 1, at + 1.second())? {
                newcomer.assign(change)?;
            }
        }
        if !elsewhere {
            let employee = newcomer.employee();
            let (first, last) = (&employee.profile.first_name, &employee.profile.last_name);
            let password = self.password.clone();
            let at = at + 2.seconds();
            newcomer.activate(employee.activate(&employee.email, first, last, password, at)?)?;
        }
        if chance.percent(SUSPENDED) {
            let change = newcomer.employee().suspend(ada, 1, at + 3.seconds())?;
            newcomer.suspend(change)?;
        } else if chance.percent(90) {
            newcomer.seen(last_seen(chance, self.now));
        }
        Ok(newcomer)
    }

    /// Most are agents in one office, some in two; some run one; some have none yet.
    fn places(&self, chance: &mut Chance) -> Vec<Place> {
        let agent = Roles::NONE.set(Role::Agent, true);
        let manager = Roles::NONE.set(Role::OfficeManager, true);
        let roles: &[Roles] = match chance.below(100) {
            0..70 => &[agent],
            70..84 => &[agent, agent],
            84..88 => &[manager],
            88..91 => &[agent.and(manager)],
            91..93 => &[manager, agent],
            _ => &[],
        };
        let offices = &self.founded.offices;
        let first = chance.below(offices.len());
        let place = |(number, roles): (usize, &Roles)| Place {
            office: offices[(first + number) % offices.len()],
            roles: *roles,
        };
        roles.iter().enumerate().map(place).collect()
    }

    fn create(
        &self,
        chance: &mut Chance,
        number: usize,
        elsewhere: bool,
        named: bool,
        roles: Roles,
        at: Timestamp,
    ) -> Result<Newcomer> {
        let (first_name, first) = chance.one(&FIRST);
        let (last_name, last) = chance.one(&LAST);
        let text = |text: &str| Some(text.to_owned());
        let digits = chance.below(1_000_000);
        let new = NewEmployee {
            email: format!("{first}.{last}.{number}@demo.example"),
            bypass_activation: elsewhere,
            roles,
            provider: None,
            providers: Vec::new(),
            draft: Draft {
                first_name: text(first_name).filter(|_| named),
                last_name: text(last_name).filter(|_| named),
                phone: chance.percent(50).then(|| format!("+32471{digits:06}")),
                external_id: elsewhere.then(|| format!("E-{}", 1_000_000 + number)),
                online_planning: Some(chance.percent(92)),
                function: text(FUNCTIONS[chance.below(FUNCTIONS.len())]),
                ..Draft::default()
            },
        };
        let country = &self.founded.settings.country;
        let id = EmployeeId(chance.id());
        Ok(Newcomer::new(Created::allow(
            &self.founded.ada,
            id,
            &new,
            country,
            at,
        )?))
    }
}
