//! Who lives in the house, and what they do, each in a transaction of its own.

use crate::house::{Database, House};
use domain::audit::Recorded;
use domain::credential::PasswordHash;
use domain::employee::{Created, EmailChange, NewEmployee, Wish};
use domain::listing::{Page, Query};
use domain::office::{Draft, OfficeCreated};
use domain::organisation::{Known, OrganisationCreated, Settings};
use domain::sign_in::{Policy, Proof, SignedIn, Step};
use domain::{
    Action, Actor, Allowed, Employee, EmployeeId, OfficeId, OrganisationId, Place, Refusal, Role,
    Roles, Timestamp,
};
use std::future::Future;
use std::sync::Arc;
use store::link::Purpose;
use store::outbox::{Claimed, Message, News};
use store::secret::Token;
use store::session::Device;
use store::{Error, Result, Store, Transaction, Write};
use tokio::sync::Barrier;
use uuid::Uuid;

/// The moment at which every test begins.
pub fn noon() -> Timestamp {
    Timestamp::from_second(1_760_000_000).expect("a moment")
}

/// So many seconds after noon.
pub fn after(seconds: i64) -> Timestamp {
    noon() + jiff::SignedDuration::from_secs(seconds)
}

pub fn roles(roles: &[Role]) -> Roles {
    roles.iter().copied().collect()
}

pub fn place(office: OfficeId, held: &[Role]) -> Place {
    Place {
        office,
        roles: roles(held),
    }
}

pub fn settings() -> Settings {
    Settings {
        name: "Acme".into(),
        time_zone: "Europe/Brussels".into(),
        country: "BE".into(),
        language: "en".into(),
        invitation_hours: 72,
    }
}

pub fn known() -> Known<'static> {
    Known {
        languages: &["en"],
        time_zone: &|_| true,
        country: &|_| true,
    }
}

/// The refusal of something that has to be refused.
#[track_caller]
pub fn refusal<T>(result: Result<T>) -> Refusal {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(Error::Refused(refusal)) => refusal,
        Err(other) => panic!("it failed instead of being refused: {other}"),
    }
}

impl House {
    /// Founds an organisation, with an Administrator.
    pub async fn founded(store: Store, organisation: OrganisationId, database: Database) -> Self {
        let host = format!("{organisation}.example");
        let created =
            OrganisationCreated::allow(organisation, Some(host), settings(), known(), noon());
        let owner = EmployeeId(store::new_id());
        let first =
            Created::first_administrator(organisation, owner, "owner@house.example", noon());
        let house = Self {
            store,
            organisation,
            owner,
            database,
        };
        let mut write = house.write().await;
        write
            .apply(created.expect("allowed"))
            .await
            .expect("founded");
        write.apply(first.expect("allowed")).await.expect("created");
        write.commit().await.expect("committed");
        let token = house.invite(owner).await;
        house
            .activate(&token, "Olga Owner", noon())
            .await
            .expect("activated");
        house
    }

    /// The same house, seen from another organisation in it.
    pub async fn neighbour(&self) -> House {
        let organisation = OrganisationId(Uuid::now_v7());
        Self::founded(self.store.clone(), organisation, self.database.clone()).await
    }

    /// The Administrator of the house, who asks.
    pub async fn ada(&self) -> Actor {
        self.actor(self.owner).await
    }

    pub fn system(&self) -> Actor {
        Actor::system(self.organisation)
    }

    pub async fn write(&self) -> Transaction {
        self.write_from(None).await
    }

    pub async fn write_from(&self, address: Option<&str>) -> Transaction {
        let address = address.map(str::to_owned);
        self.store
            .write(self.organisation, address)
            .await
            .expect("a transaction")
    }

    pub async fn read(&self) -> store::Reading {
        self.store.read(self.organisation).await.expect("a reading")
    }

    /// Writes what a rule allowed, in a transaction of its own.
    pub async fn apply<C: Recorded + Send + Sync>(
        &self,
        change: std::result::Result<Allowed<C>, Refusal>,
    ) -> Result<<Transaction as Write<C>>::Output>
    where
        Transaction: Write<C>,
    {
        let change = change?;
        let mut write = self.write().await;
        let output = write.apply(change).await?;
        write.commit().await?;
        Ok(output)
    }

    pub async fn find(&self, id: EmployeeId) -> Option<Employee> {
        self.read()
            .await
            .employee(id)
            .await
            .expect("the look-up works")
    }

    pub async fn get(&self, id: EmployeeId) -> Employee {
        self.find(id).await.expect("the employee exists")
    }

    /// Somebody who asks, with the roles they hold at this moment.
    pub async fn actor(&self, id: EmployeeId) -> Actor {
        let employee = self.get(id).await;
        Actor::known(
            employee.organisation,
            id,
            employee.administrator,
            employee.places.clone(),
        )
    }

    /// Adds an employee.
    pub async fn create(&self, by: &Actor, new: NewEmployee) -> Result<EmployeeId> {
        let id = EmployeeId(store::new_id());
        let created = Created::allow(by, id, &new, "BE", noon())?;
        let mut write = self.write().await;
        write.apply(created).await?;
        write.commit().await?;
        Ok(id)
    }

    /// A Pending employee without a name.
    pub async fn pending(&self, email: &str) -> EmployeeId {
        let new = NewEmployee {
            email: email.into(),
            ..NewEmployee::default()
        };
        self.create(&self.system(), new).await.expect("created")
    }

    /// Invites, and gives the link as it would be handed over.
    pub async fn invite(&self, id: EmployeeId) -> Token {
        self.invite_at(id, false, noon()).await.expect("invited")
    }

    pub async fn invite_at(&self, id: EmployeeId, by_mail: bool, at: Timestamp) -> Result<Token> {
        let invited = self.get(id).await.invite(&self.system(), 72, by_mail, at)?;
        let mut write = self.write().await;
        let token = write.apply(invited).await?;
        write.commit().await?;
        Ok(token)
    }

    /// Accepts an invitation as its page does.
    pub async fn activate(&self, token: &Token, name: &str, at: Timestamp) -> Result<EmployeeId> {
        let (first, last) = name.split_once(' ').expect("two names");
        let mut write = self.write().await;
        let holder = write.use_link(token, Purpose::Invitation, at).await?;
        let employee = write
            .employee(holder.employee)
            .await?
            .ok_or(Refusal::DeadLink)?;
        let hash = PasswordHash(format!("$hash$of${name}"));
        let activated = employee.activate(&holder.address, first, last, hash, at)?;
        write.apply(activated).await?;
        write.commit().await?;
        Ok(holder.employee)
    }

    /// An active employee with a password and without a role.
    pub async fn active(&self, email: &str, name: &str) -> EmployeeId {
        let id = self.pending(email).await;
        let token = self.invite(id).await;
        self.activate(&token, name, noon())
            .await
            .expect("activated")
    }

    /// An active Administrator.
    pub async fn administrator(&self, email: &str, name: &str) -> EmployeeId {
        let id = self.active(email, name).await;
        let wish = Wish {
            administrator: Some(true),
            ..Wish::default()
        };
        self.assign(&self.system(), id, wish)
            .await
            .expect("made an Administrator");
        id
    }

    /// An active employee who holds roles in offices.
    pub async fn holder(&self, email: &str, name: &str, places: &[Place]) -> EmployeeId {
        let id = self.active(email, name).await;
        let wish = Wish {
            places: places.to_vec(),
            ..Wish::default()
        };
        self.assign(&self.system(), id, wish)
            .await
            .expect("assigned");
        id
    }

    pub async fn assign(&self, by: &Actor, id: EmployeeId, wish: Wish) -> Result<()> {
        let mut write = self.write().await;
        let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        let others = write.other_active_administrators(id).await?;
        if let Some(change) = employee.assign(by, &wish, others, noon())? {
            write.apply(change).await?;
        }
        write.commit().await
    }

    pub async fn suspend(&self, by: &Actor, id: EmployeeId) -> Result<()> {
        let mut write = self.write().await;
        let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        let others = write.other_active_administrators(id).await?;
        write.apply(employee.suspend(by, others, noon())?).await?;
        write.commit().await
    }

    /// Reactivates, and invites again whoever is Pending then, as the page does.
    pub async fn reactivate(&self, by: &Actor, id: EmployeeId) -> Result<Option<Token>> {
        let mut write = self.write().await;
        let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        write.apply(employee.reactivate(by, noon())?).await?;
        let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        let token = match employee.invite_again(72, noon()) {
            Ok(invited) => Some(write.apply(invited).await?),
            Err(_) => None,
        };
        write.commit().await?;
        Ok(token)
    }

    pub async fn delete(&self, by: &Actor, id: EmployeeId) -> Result<()> {
        let mut write = self.write_from(Some("203.0.113.9")).await;
        let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        let others = write.other_active_administrators(id).await?;
        let deleted = employee.delete(by, employee.email.as_str(), others, noon())?;
        write.apply(deleted).await?;
        write.commit().await
    }

    /// Asks for another address; of a Pending employee it changes at once, with a new invitation.
    pub async fn change_email(&self, by: &Actor, id: EmployeeId, email: &str) -> Result<()> {
        let mut write = self.write().await;
        let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        match employee
            .change_email(by, email, noon())?
            .expect("another address")
        {
            EmailChange::AtOnce(changed) => {
                write.apply(changed).await?;
                let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
                if let Ok(invited) = employee.invite_again(72, noon()) {
                    write.apply(invited).await?;
                }
            }
            EmailChange::AfterConfirmation(requested) => write.apply(requested).await?,
        }
        write.commit().await
    }

    /// Signs in, as the page does once the password was compared.
    pub async fn sign_in(&self, id: EmployeeId, at: Timestamp) -> Result<Token> {
        self.sign_in_instead(id, at, None).await
    }

    pub async fn sign_in_instead(
        &self,
        id: EmployeeId,
        at: Timestamp,
        instead: Option<&Token>,
    ) -> Result<Token> {
        let mut write = self.write().await;
        let employee = write.employee(id).await?.ok_or(Refusal::WrongCredentials)?;
        let device = Device {
            agent: "Test/1.0".into(),
            address: "203.0.113.7".into(),
        };
        let token = write
            .begin_session(by_password(&employee, at)?, &device, instead)
            .await?;
        write.commit().await?;
        Ok(token)
    }

    /// On how many devices somebody is signed in.
    pub async fn devices(&self, id: EmployeeId) -> usize {
        let sessions = self.read().await.sessions(id, after(60)).await;
        sessions.expect("the list").len()
    }

    /// The mails that wait, in the order in which they were queued; none is given twice.
    pub async fn mails(&self) -> Vec<Message> {
        let claimed = self.claim().await.into_iter();
        claimed.map(|one| one.message).collect()
    }

    /// The same as a server claims them.
    pub async fn claim(&self) -> Vec<Claimed> {
        let claimed = self.store.claim(self.organisation, 1_000, after(1_000_000));
        let mut claimed = claimed.await.expect("claimed");
        claimed.sort_by_key(|one| one.id);
        claimed
    }

    /// What somebody is told of their account in the mails that wait.
    pub async fn news(&self) -> Vec<(String, News)> {
        let told = |message| match message {
            Message::News { to, news } => Some((to.to_string(), news)),
            _ => None,
        };
        self.mails().await.into_iter().filter_map(told).collect()
    }

    /// Signs in with the password and a second factor.
    pub async fn with_second_factor(&self, id: EmployeeId, at: Timestamp) -> Result<Token> {
        let mut write = self.write().await;
        let employee = write.employee(id).await?.ok_or(Refusal::WrongCredentials)?;
        let step = employee.sign_in(Proof::SecondFactor, true, &Policy::default(), at)?;
        let Step::In(allowed) = step else {
            return Err(Refusal::WrongCredentials.into());
        };
        let token = write
            .begin_session(allowed, &Device::default(), None)
            .await?;
        write.commit().await?;
        Ok(token)
    }

    pub async fn office(&self, name: &str) -> OfficeId {
        let id = OfficeId(store::new_id());
        let created = new_office(&self.system(), id, name);
        let mut write = self.write().await;
        write
            .apply(created.expect("allowed"))
            .await
            .expect("created");
        write.commit().await.expect("committed");
        id
    }

    pub async fn list(&self, by: &Actor, query: &Query) -> Page {
        let visibility = by.visibility(Action::ViewEmployee);
        self.read()
            .await
            .employees(visibility, query)
            .await
            .expect("a page")
    }
}

/// A new office of which only the name is said.
pub fn new_office(
    by: &Actor,
    id: OfficeId,
    name: &str,
) -> std::result::Result<Allowed<OfficeCreated>, Refusal> {
    OfficeCreated::allow(by, id, &Draft::named(name, true), "BE", known(), noon())
}

/// A sign-in with the password alone.
pub fn by_password(employee: &Employee, at: Timestamp) -> Result<Allowed<SignedIn>> {
    match employee.sign_in(Proof::Password, false, &Policy::default(), at)? {
        Step::In(allowed) => Ok(allowed),
        Step::SecondFactor => Err(Refusal::SecondFactorRequired.into()),
    }
}

/// How many of two that begin at the same moment win; who is refused does not.
pub async fn winners<F>(house: &House, task: impl Fn(House, usize) -> F) -> usize
where
    F: Future<Output = Result<bool>> + Send + 'static,
{
    let gate = Arc::new(Barrier::new(2));
    let run = |number| {
        let (gate, task) = (gate.clone(), task(house.same_server(), number));
        tokio::spawn(async move {
            gate.wait().await;
            task.await
        })
    };
    let mut winners = 0;
    for task in [run(0), run(1)] {
        match task.await.expect("no panic") {
            Ok(true) => winners += 1,
            Ok(false) | Err(Error::Refused(_)) => {}
            Err(other) => panic!("it failed instead of being refused: {other}"),
        }
    }
    winners
}
