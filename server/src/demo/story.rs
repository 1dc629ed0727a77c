//! The people of the demo come into being: each step is a change that a rule allowed.

use super::chance::Chance;
use super::founding::{ADDRESS, Founded, actor, read};
use super::offering;
use super::people::Person;
use super::plan::{Happening, What, plan};
use domain::credential::PasswordHash;
use domain::employee::{Created, Draft, NewEmployee, Wish};
use domain::sign_in::{Policy, Proof, Step};
use domain::{AbsenceId, Actor, EmployeeId, Place, Refusal, SessionId, Timestamp};
use store::link::Purpose;
use store::secret::Token;
use store::{Result, Store, Transaction};
use uuid::Uuid;

/// The one who runs the office in Ghent, by place in the list.
const MAX: usize = 1;

pub(super) struct Story<'a> {
    pub(super) founded: &'a Founded,
    pub(super) now: Timestamp,
    people: &'a [Person],
    ids: Vec<EmployeeId>,
    absences: Vec<AbsenceId>,
    phones: Vec<Option<String>>,
    /// The secrets of the links that were handed over, until they are used.
    links: Vec<Option<Token>>,
    password: &'a PasswordHash,
    max: Option<Actor>,
    pub(super) transaction: Transaction,
    /// When those were here who sign in elsewhere.
    seen: Vec<(EmployeeId, Timestamp)>,
}

/// Tells what happened to `people` up to `now`.
///
/// # Errors
/// When the database can't.
pub(super) async fn tell(
    store: &Store,
    founded: &Founded,
    chance: &mut Chance,
    people: &[Person],
    password: &PasswordHash,
    now: Timestamp,
) -> Result<()> {
    let happenings = plan(people, chance, now - super::AGE, now);
    let mut ids: Vec<EmployeeId> = people.iter().map(|_| EmployeeId(chance.id())).collect();
    ids.splice(..1, founded.ada.id());
    let phones = people.iter().map(|_| {
        let digits = chance.below(1_000_000);
        chance.percent(60).then(|| {
            format!(
                "0470 {:02} {:02} {:02}",
                digits / 10_000,
                digits / 100 % 100,
                digits % 100
            )
        })
    });
    let phones: Vec<_> = phones.collect();
    let absences: Vec<_> = people.iter().map(|_| AbsenceId(chance.id())).collect();
    let mut story = Story {
        founded,
        now,
        absences,
        people,
        ids,
        phones,
        links: vec![None; people.len()],
        password,
        max: None,
        transaction: store
            .write(founded.organisation, Some(ADDRESS.into()))
            .await?,
        seen: Vec::new(),
    };
    for happening in happenings {
        story.go_on(happening).await?;
    }
    story.transaction.commit().await?;
    for (employee, at) in story.seen {
        let session = SessionId(Uuid::nil());
        store
            .seen(founded.organisation, session, employee, at)
            .await?;
    }
    Ok(())
}

impl Story<'_> {
    async fn go_on(&mut self, Happening { at, who, what }: Happening) -> Result<()> {
        let id = self.ids[who];
        if what == What::Create {
            return self.create(who, at).await;
        }
        let (ada, settings) = (&self.founded.ada, &self.founded.settings);
        let employee = read(&mut self.transaction, id).await?;
        let others = self.transaction.other_active_administrators(id).await?;
        match what {
            What::Create => {}
            What::Assign => {
                if let Some(change) = employee.assign(ada, &self.wish(who), others, at)? {
                    self.transaction.apply(change).await?;
                }
                let there = (&*self.founded.offices, &*self.founded.subjects);
                offering::learn(&mut self.transaction, ada, there, (who, id), at).await?;
            }
            What::Invite { by_mail } => {
                let hours = settings.invitation_hours;
                let change = employee.invite(ada, hours, by_mail, at)?;
                self.links[who] = Some(self.transaction.apply(change).await?);
            }
            What::Revoke => {
                let change = employee.revoke_invitation(ada, at)?;
                self.transaction.apply(change).await?;
            }
            What::Activate => {
                let person = &self.people[who];
                let link = self.links[who].take().ok_or(Refusal::DeadLink)?;
                let purpose = Purpose::Invitation;
                let holder = self.transaction.use_link(&link, purpose, at).await?;
                let (first, last) = (person.first_name, person.last_name);
                let password = self.password.clone();
                let change = employee.activate(&holder.address, first, last, password, at)?;
                self.transaction.apply(change).await?;
                if who == MAX {
                    self.max = Some(actor(&mut self.transaction, id, at).await?);
                }
            }
            What::Revise => {
                let draft = Draft {
                    phone: Some(format!("09 210 {:02} {:02}", 10 + who, 90 - who)),
                    ..Draft::default()
                };
                let change = employee.revise(ada, &draft, &settings.country, at)?;
                if let Some(change) = change {
                    self.transaction.apply(change).await?;
                }
            }
            What::PlanHours => self.plan_hours(who, &employee, at).await?,
            What::GoAway => {
                let absence = self.absences[who];
                self.go_away(who, &employee, absence, at).await?;
            }
            What::Suspend => {
                // Whom Max may suspend, he does; the rule says whom.
                let by_max = self
                    .max
                    .as_ref()
                    .map(|max| employee.suspend(max, others, at));
                let change = match by_max {
                    Some(Ok(change)) => change,
                    _ => employee.suspend(ada, others, at)?,
                };
                self.transaction.apply(change).await?;
            }
            What::Reactivate => {
                let change = employee.reactivate(ada, at)?;
                self.transaction.apply(change).await?;
            }
            What::SignIn => {
                match employee.sign_in(Proof::Password, false, &Policy::default(), at) {
                    Ok(Step::In(change)) => self.transaction.apply(change).await?,
                    Ok(Step::SecondFactor) | Err(_) => self.seen.push((id, at)),
                }
            }
        }
        Ok(())
    }

    async fn create(&mut self, who: usize, at: Timestamp) -> Result<()> {
        let person = &self.people[who];
        let text = |text: &str| Some(text.to_owned());
        let new = NewEmployee {
            email: person.address(),
            bypass_activation: person.elsewhere,
            roles: person.roles(),
            provider: None,
            providers: Vec::new(),
            draft: Draft {
                first_name: text(person.first_name),
                last_name: text(person.last_name),
                phone: self.phones[who].clone(),
                external_id: person.elsewhere.then(|| format!("E-{}", 10_000 + who)),
                online_planning: Some(!person.not_online),
                function: text(person.function),
                introduction: text(person.introduction),
                video_link: None,
            },
        };
        let country = &self.founded.settings.country;
        let change = Created::allow(&self.founded.ada, self.ids[who], &new, country, at)?;
        self.transaction.apply(change).await
    }

    fn wish(&self, who: usize) -> Wish {
        let places = self.people[who]
            .places
            .into_iter()
            .zip(&self.founded.offices);
        let places = places.filter(|(roles, _)| !roles.is_empty());
        Wish {
            places: places
                .map(|(roles, office)| Place {
                    office: *office,
                    roles,
                })
                .collect(),
            ..Wish::default()
        }
    }
}
