//! Many new employees at once, as an import or the demo brings them: the rules decide on each, and
//! few statements write all, with the audit trail as whole as if each had come alone.

use crate::audit::Chain;
use crate::employee::{insert, place};
use crate::{Result, Transaction};
use domain::audit::{Entry, Recorded};
use domain::credential::PasswordHash;
use domain::employee::{Activated, Assigned, Created, Record, Suspended};
use domain::{Allowed, By, Employee, EmployeeId, Refusal, Status, Timestamp, Version};

/// Somebody who does not exist yet, with what was allowed of them so far.
#[derive(Debug)]
pub struct Newcomer {
    record: Record,
    password: Option<PasswordHash>,
    noted: Vec<Noted>,
}

/// What the audit trail will say.
#[derive(Debug)]
struct Noted {
    entry: Entry,
    by: By,
    at: Timestamp,
    version: Option<Version>,
}

impl Newcomer {
    /// Somebody whose creation was allowed.
    pub fn new(created: Allowed<Created>) -> Self {
        let record = record(&created);
        let noted = vec![noted(&created)];
        Self {
            record,
            password: None,
            noted,
        }
    }

    /// The employee they will be, on whom rules can decide.
    pub fn employee(&self) -> Employee {
        Employee::known(self.record.clone())
    }

    /// Adds that they activated the account.
    ///
    /// # Errors
    /// [`Refusal::Stale`] when it was not decided on this employee as they are by now.
    pub fn activate(&mut self, change: Allowed<Activated>) -> Result<()> {
        self.note(&change, change.employee)?;
        self.record.status = Status::Active;
        self.record.activated_at = Some(change.at());
        self.record.profile.clone_from(&change.profile);
        self.password = Some(change.password.clone());
        Ok(())
    }

    /// Adds which roles they hold, and where.
    ///
    /// # Errors
    /// As [`Newcomer::activate`].
    pub fn assign(&mut self, change: Allowed<Assigned>) -> Result<()> {
        self.note(&change, change.employee)?;
        self.record.places.clone_from(&change.places);
        self.record.administrator = change.administrator;
        self.record.wanted = change.wanted;
        Ok(())
    }

    /// Adds that they were suspended; there is no session or link yet that would have to end.
    ///
    /// # Errors
    /// As [`Newcomer::activate`].
    pub fn suspend(&mut self, change: Allowed<Suspended>) -> Result<()> {
        self.note(&change, change.employee)?;
        self.record.status = Status::Suspended;
        Ok(())
    }

    /// Adds when they were last here; like every "last seen" it is no change of theirs.
    pub fn seen(&mut self, at: Timestamp) {
        self.record.last_seen_at = Some(at);
    }

    fn note<C: Recorded>(&mut self, change: &Allowed<C>, employee: EmployeeId) -> Result<()> {
        let same = employee == self.record.id && change.organisation() == self.record.organisation;
        if !same || change.decided_on() != Some(self.record.version) {
            return Err(Refusal::Stale.into());
        }
        self.record.version = self.record.version.next();
        self.noted.push(noted(change));
        Ok(())
    }
}

fn noted<C: Recorded>(change: &Allowed<C>) -> Noted {
    Noted {
        entry: change.entry(),
        by: change.by(),
        at: change.at(),
        version: change.decided_on().map(Version::next),
    }
}

/// The employee that a creation makes.
pub(crate) fn record(change: &Allowed<Created>) -> Record {
    let at = change.at();
    Record {
        organisation: change.organisation,
        id: change.id,
        version: Version::FIRST,
        status: change.status,
        activated_at: (change.status == Status::Active).then_some(at),
        sign_in: change.sign_in,
        provider: change.provider,
        exempt: false,
        email: change.email.clone(),
        email_wanted: None,
        administrator: change.administrator,
        wanted: change.wanted,
        places: Vec::new(),
        profile: change.profile.clone(),
        language: None,
        time_zone: None,
        mails_day: None,
        mails_attention: None,
        picture: None,
        created_at: at,
        last_seen_at: None,
    }
}

impl Transaction {
    /// Writes everybody, and what the audit trail says of them, in the order of time.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when an email or an External ID is taken, also by another of them;
    /// after any error the transaction is only good for being dropped.
    pub async fn add_all(&mut self, newcomers: &[Newcomer]) -> Result<()> {
        if newcomers
            .iter()
            .any(|one| one.record.organisation != self.organisation)
        {
            return Err(Refusal::NotFound.into());
        }
        let rows: Vec<_> = newcomers
            .iter()
            .map(|one| (&one.record, one.password.as_ref()))
            .collect();
        insert(self, &rows).await?;
        let places: Vec<_> = newcomers
            .iter()
            .flat_map(|one| {
                one.record
                    .places
                    .iter()
                    .map(|place| (one.record.id, *place))
            })
            .collect();
        place(self, &places).await?;
        let mut noted: Vec<&Noted> = newcomers.iter().flat_map(|one| &one.noted).collect();
        noted.sort_by_key(|noted| noted.at);
        let address = self.address.clone();
        let mut chain = Chain::read(self).await?;
        for Noted {
            entry,
            by,
            at,
            version,
        } in noted
        {
            chain.link(entry, *by, *at, *version, address.as_deref())?;
        }
        chain.write(self).await
    }
}
