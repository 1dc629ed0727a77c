//! The chain of the audit trail: how entries are linked and written, erased from, and verified.

use crate::database::on;
use crate::many::{self, ROWS};
use crate::{At, Error, Reading, Result, Transaction, secret};
use domain::audit::{Entry, Recorded};
use domain::{About, By, EmployeeId, Event, OrganisationId, Timestamp, Version};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

/// The hash before the first entry of an organisation.
const GENESIS: [u8; 32] = [0; 32];

/// An entry as it stands in the chain.
#[derive(FromRow)]
struct Linked {
    sequence: i64,
    at: At,
    event: String,
    author: Option<Uuid>,
    subject_kind: i32,
    subject: Option<Uuid>,
    version: Option<i64>,
    commitment: Vec<u8>,
    hash: Vec<u8>,
}

/// A personal value as it is found beside the chain.
#[derive(FromRow)]
struct Kept {
    sequence: i64,
    position: i32,
    person: Option<Uuid>,
    salt: Option<Vec<u8>>,
    content: Option<String>,
    digest: Vec<u8>,
}

impl Kept {
    /// Whether the content is the one that was written, or erased as a whole.
    fn is_sound(&self) -> bool {
        match (&self.salt, &self.content) {
            (Some(salt), Some(content)) => digest(&[salt, content.as_bytes()]) == self.digest,
            (None, None) => true,
            _ => false,
        }
    }
}

/// A personal value beside the chain, which holds only its digest.
struct Beside {
    sequence: i64,
    position: i32,
    person: Option<Uuid>,
    salt: [u8; 16],
    content: String,
    digest: Vec<u8>,
}

impl Linked {
    /// What the hash covers, in this order, each part with its length before it.
    fn hash_after(&self, organisation: OrganisationId, previous: &[u8]) -> Vec<u8> {
        let id = |id: &Option<Uuid>| id.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
        let version = self
            .version
            .map_or_else(Vec::new, |v| v.to_be_bytes().to_vec());
        let parts: [&[u8]; 10] = [
            previous,
            organisation.0.as_bytes(),
            &self.sequence.to_be_bytes(),
            &self.at.0.as_microsecond().to_be_bytes(),
            self.event.as_bytes(),
            &id(&self.author),
            &self.subject_kind.to_be_bytes(),
            &id(&self.subject),
            &version,
            &self.commitment,
        ];
        digest(&parts)
    }
}

fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

/// A subject as it is stored: its kind, and its id if it has one.
pub(super) fn subject_columns(subject: About) -> (i32, Option<Uuid>) {
    match subject {
        About::Employee(id) => (1, Some(id.0)),
        About::Office(id) => (2, Some(id.0)),
        About::Organisation => (3, None),
        About::Provider(id) => (4, Some(id.0)),
        About::Category(id) => (5, Some(id.0)),
        About::Subject(id) => (6, Some(id.0)),
        About::Appointment(id) => (7, Some(id.0)),
        About::Part(id) => (8, Some(id.0)),
    }
}

/// What an entry's commitment covers of each value, in the order of positions: enough to notice
/// that one was exchanged, and nothing that is erased with the person.
fn covered(position: i32, person: Option<Uuid>, digest: &[u8]) -> Vec<u8> {
    let person = person.map_or([0; 16], |person| *person.as_bytes());
    [&position.to_be_bytes()[..], &person, digest].concat()
}

/// The end of the chain, with what is linked to it and not written yet. The writer is alone in its
/// organisation, so that the chain has no fork.
pub(crate) struct Chain {
    organisation: OrganisationId,
    sequence: i64,
    hash: Vec<u8>,
    entries: Vec<Linked>,
    values: Vec<Beside>,
}

impl Chain {
    /// The end of the chain as it stands.
    pub(crate) async fn read(transaction: &mut Transaction) -> Result<Self> {
        let organisation = transaction.organisation;
        let last: Option<(i64, Vec<u8>)> = on!(transaction, connection => sqlx::query_as(
            "SELECT sequence, hash FROM audit WHERE organisation = $1
             ORDER BY sequence DESC LIMIT 1",
        )
        .bind(organisation)
        .fetch_optional(connection)
        .await)?;
        let (sequence, hash) = last.unwrap_or_else(|| (0, GENESIS.to_vec()));
        let (entries, values) = (Vec::new(), Vec::new());
        Ok(Self {
            organisation,
            sequence,
            hash,
            entries,
            values,
        })
    }

    /// Links an entry to the end; `version` is the subject's after the change.
    pub(crate) fn link(
        &mut self,
        entry: &Entry,
        by: By,
        at: Timestamp,
        version: Option<Version>,
        address: Option<&str>,
    ) -> Result<()> {
        let sequence = self.sequence + 1;
        let author = match by {
            By::Person(id) => Some(id.0),
            By::System => None,
        };
        let (subject_kind, subject) = subject_columns(entry.subject);
        let person = if subject_kind == 1 { subject } else { None };
        let mut contents = Vec::new();
        if !entry.values.is_empty() {
            let text = serde_json::to_string(&entry.values)
                .map_err(|error| Error::Unreadable(error.to_string()))?;
            contents.push((0, person, text));
        }
        // Whoever deletes themselves leaves no address behind (E-16).
        let leaves = entry.event == Event::EmployeeDeleted && author == subject;
        // Nor does a customer, whose data can be erased while the trail stays (P-08).
        let customer = author.is_none() && matches!(entry.subject, About::Appointment(_));
        let address = address.filter(|_| !leaves && !customer);
        contents.extend(address.map(|address| (1, author, address.to_owned())));
        let mut digests = Vec::new();
        for (position, person, content) in contents {
            let salt = secret::random::<16>()?;
            let digest = digest(&[&salt, content.as_bytes()]);
            digests.extend(covered(position, person, &digest));
            self.values.push(Beside {
                sequence,
                position,
                person,
                salt,
                content,
                digest,
            });
        }
        let mut linked = Linked {
            sequence,
            at: At(at),
            event: entry.event.code().to_owned(),
            author,
            subject_kind,
            subject,
            version: version.map(|version| version.0),
            commitment: Sha256::digest(&digests).to_vec(),
            hash: Vec::new(),
        };
        linked.hash = linked.hash_after(self.organisation, &self.hash);
        self.hash.clone_from(&linked.hash);
        self.sequence = sequence;
        self.entries.push(linked);
        Ok(())
    }

    /// Writes what was linked.
    pub(crate) async fn write(self, transaction: &mut Transaction) -> Result<()> {
        let organisation = transaction.organisation;
        for rows in self.entries.chunks(ROWS) {
            let sql = many::insert(
                "INSERT INTO audit (organisation, sequence, at, event, author, subject_kind,
                     subject, version, commitment, hash)",
                10,
                rows.len(),
                "",
            );
            on!(transaction, connection => {
                let mut query = sqlx::query(sql);
                for row in rows {
                    query = query
                        .bind(organisation)
                        .bind(row.sequence)
                        .bind(row.at)
                        .bind(&row.event)
                        .bind(row.author)
                        .bind(row.subject_kind)
                        .bind(row.subject)
                        .bind(row.version)
                        .bind(&row.commitment)
                        .bind(&row.hash);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        for rows in self.values.chunks(ROWS) {
            let sql = many::insert(
                "INSERT INTO audit_value (organisation, sequence, position, person, salt, content,
                     digest)",
                7,
                rows.len(),
                "",
            );
            on!(transaction, connection => {
                let mut query = sqlx::query(sql);
                for row in rows {
                    query = query
                        .bind(organisation)
                        .bind(row.sequence)
                        .bind(row.position)
                        .bind(row.person)
                        .bind(row.salt.as_slice())
                        .bind(&row.content)
                        .bind(&row.digest);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}

/// Appends the entry of a change; answers with its number.
pub(crate) async fn append<C: Recorded>(
    transaction: &mut Transaction,
    change: &C,
    by: By,
    at: Timestamp,
) -> Result<i64> {
    let address = transaction.address.clone();
    let version = change.decided_on().map(Version::next);
    let mut chain = Chain::read(transaction).await?;
    chain.link(&change.entry(), by, at, version, address.as_deref())?;
    let sequence = chain.sequence;
    chain.write(transaction).await?;
    Ok(sequence)
}

/// Erases what the trail says of somebody; that something was said, and its digest, stay.
pub(crate) async fn erase(transaction: &mut Transaction, person: EmployeeId) -> Result<()> {
    let organisation = transaction.organisation;
    on!(transaction, connection => sqlx::query(
        "UPDATE audit_value SET salt = NULL, content = NULL
         WHERE organisation = $1 AND person = $2",
    )
    .bind(organisation)
    .bind(person)
    .execute(connection)
    .await
    .map(|_| ()))?;
    Ok(())
}

impl Reading {
    /// Checks the chain of the organisation from its first entry; `Some(sequence)` is the first
    /// entry that was altered, and `None` that nothing was.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn verify_audit(&mut self) -> Result<Option<i64>> {
        let organisation = self.organisation;
        let mut previous = GENESIS.to_vec();
        let mut expected = 1;
        loop {
            let rows: Vec<Linked> = on!(self, connection => sqlx::query_as(
                "SELECT sequence, at, event, author, subject_kind, subject, version, commitment, hash
                 FROM audit WHERE organisation = $1 AND sequence >= $2 ORDER BY sequence LIMIT 1000",
            )
            .bind(organisation)
            .bind(expected)
            .fetch_all(connection)
            .await)?;
            let Some(last) = rows.last().map(|row| row.sequence) else {
                return self.wrongly_erased().await;
            };
            let values: Vec<Kept> = on!(self, connection => sqlx::query_as(
                "SELECT sequence, position, person, salt, content, digest FROM audit_value
                 WHERE organisation = $1 AND sequence >= $2 AND sequence <= $3
                 ORDER BY sequence, position",
            )
            .bind(organisation)
            .bind(expected)
            .bind(last)
            .fetch_all(connection)
            .await)?;
            let mut values = values.into_iter().peekable();
            for row in rows {
                let mut digests = Vec::new();
                while let Some(value) = values.next_if(|value| value.sequence <= row.sequence) {
                    if !value.is_sound() {
                        return Ok(Some(row.sequence));
                    }
                    digests.extend(covered(value.position, value.person, &value.digest));
                }
                let sound = row.sequence == expected
                    && Sha256::digest(&digests).as_slice() == row.commitment
                    && row.hash_after(organisation, &previous) == row.hash;
                if !sound {
                    return Ok(Some(row.sequence));
                }
                previous = row.hash;
                expected += 1;
            }
        }
    }

    /// The first entry of which a value is erased although its person is still there: values are
    /// erased with the person, and in no other way.
    async fn wrongly_erased(&mut self) -> Result<Option<i64>> {
        let organisation = self.organisation;
        let (sequence,): (Option<i64>,) = on!(self, connection => sqlx::query_as(
            "SELECT min(v.sequence) FROM audit_value v
             WHERE v.organisation = $1 AND v.content IS NULL AND (v.person IS NULL OR EXISTS (
                 SELECT 1 FROM employee e WHERE e.organisation = v.organisation AND e.id = v.person))",
        )
        .bind(organisation)
        .fetch_one(connection)
        .await)?;
        Ok(sequence)
    }
}
