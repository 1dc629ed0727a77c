//! The audit trail: appended to with every change, chained by hashes, read by those who may (E-23).

use crate::transaction::on;
use crate::{At, Error, Reading, Result, Transaction, secret};
use domain::audit::{Line, Person, Query, Recorded, Value};
use domain::listing::{Of, Visibility};
use domain::{By, EmployeeId, Event, OfficeId, Subject, Timestamp, Version};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

/// How many entries a page of the trail has.
pub const PAGE: i64 = 50;

/// The hash before the first entry of an organisation.
const GENESIS: [u8; 32] = [0; 32];

fn subject_columns(subject: Subject) -> (i32, Option<Uuid>) {
    match subject {
        Subject::Employee(id) => (1, Some(id.0)),
        Subject::Office(id) => (2, Some(id.0)),
        Subject::Organisation => (3, None),
    }
}

/// What an entry's hash covers, in this order, each part with its length before it.
struct Link<'a> {
    previous: &'a [u8],
    sequence: i64,
    at: Timestamp,
    event: &'a str,
    author: Option<Uuid>,
    subject_kind: i32,
    subject: Option<Uuid>,
    version: Option<i64>,
    commitment: &'a [u8],
}

impl Link<'_> {
    fn hash(&self) -> Vec<u8> {
        let id = |id: Option<Uuid>| id.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
        let version = self
            .version
            .map_or_else(Vec::new, |v| v.to_be_bytes().to_vec());
        let parts: [&[u8]; 9] = [
            self.previous,
            &self.sequence.to_be_bytes(),
            &self.at.as_microsecond().to_be_bytes(),
            self.event.as_bytes(),
            &id(self.author),
            &self.subject_kind.to_be_bytes(),
            &id(self.subject),
            &version,
            self.commitment,
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

/// Appends the entry of a change; the writer is alone, so that the chain has no fork.
pub(crate) async fn append<C: Recorded>(
    transaction: &mut Transaction,
    change: &C,
    by: By,
    at: Timestamp,
) -> Result<()> {
    let organisation = transaction.organisation;
    let entry = change.entry();
    let last: Option<(i64, Vec<u8>)> = on!(transaction, connection => sqlx::query_as(
        "SELECT sequence, hash FROM audit WHERE organisation = $1 ORDER BY sequence DESC LIMIT 1",
    )
    .bind(organisation)
    .fetch_optional(connection)
    .await)?;
    let (sequence, previous) = last.map_or((1, GENESIS.to_vec()), |(last, hash)| (last + 1, hash));
    let author = match by {
        By::Person(id) => Some(id.0),
        By::System => None,
    };
    let (subject_kind, subject) = subject_columns(entry.subject);
    let person = if subject_kind == 1 { subject } else { None };
    let mut contents = Vec::new();
    if !entry.values.is_empty() {
        let text =
            serde_json::to_string(&entry.values).map_err(|e| Error::Unreadable(e.to_string()))?;
        contents.push((0, person, text));
    }
    if let Some(address) = transaction.address.clone() {
        contents.push((1, author, address));
    }
    let mut digests = Vec::new();
    let mut rows = Vec::new();
    for (position, person, content) in contents {
        let salt = secret::random::<16>()?;
        let digest = digest(&[&salt, content.as_bytes()]);
        digests.extend_from_slice(&digest);
        rows.push((position, person, salt, content, digest));
    }
    let commitment = Sha256::digest(&digests).to_vec();
    let version = change.decided_on().map(|version| version.next().0);
    let event = entry.event.code();
    let hash = Link {
        previous: &previous,
        sequence,
        at,
        event,
        author,
        subject_kind,
        subject,
        version,
        commitment: &commitment,
    }
    .hash();
    on!(transaction, connection => sqlx::query(
        "INSERT INTO audit (organisation, sequence, at, event, author, subject_kind, subject,
             version, commitment, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(organisation)
    .bind(sequence)
    .bind(At(at))
    .bind(event)
    .bind(author)
    .bind(subject_kind)
    .bind(subject)
    .bind(version)
    .bind(commitment)
    .bind(hash)
    .execute(connection)
    .await
    .map(|_| ()))?;
    for (position, person, salt, content, digest) in rows {
        on!(transaction, connection => sqlx::query(
            "INSERT INTO audit_value (organisation, sequence, position, person, salt, content, digest)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(organisation)
        .bind(sequence)
        .bind(position)
        .bind(person)
        .bind(salt.as_slice())
        .bind(content)
        .bind(digest)
        .execute(connection)
        .await
        .map(|_| ()))?;
    }
    Ok(())
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

#[derive(FromRow)]
struct Row {
    sequence: i64,
    at: At,
    event: String,
    author: Option<EmployeeId>,
    author_name: Option<String>,
    subject_kind: i32,
    subject: Option<Uuid>,
    subject_name: Option<String>,
    values_sequence: Option<i64>,
    content: Option<String>,
    address: Option<String>,
}

/// The statement, by what a search of authors may look in (where somebody may not see the author,
/// only the name that is shown, never the email), and by which entries somebody may see.
macro_rules! trail {
    ($author:literal, $scope:literal) => {
        concat!(
            "SELECT a.sequence, a.at, a.event, a.author, a.subject_kind, a.subject,
                 CASE WHEN w.first_name = '' AND w.last_name = '' THEN w.email
                     ELSE w.first_name || ' ' || w.last_name END AS author_name,
                 COALESCE(f.name, CASE WHEN e.first_name = '' AND e.last_name = '' THEN e.email
                     ELSE e.first_name || ' ' || e.last_name END) AS subject_name,
                 v.sequence AS values_sequence, v.content, d.content AS address
             FROM audit a
             LEFT JOIN employee w ON w.organisation = a.organisation AND w.id = a.author
             LEFT JOIN employee e ON e.organisation = a.organisation AND e.id = a.subject
             LEFT JOIN office f ON f.organisation = a.organisation AND f.id = a.subject
             LEFT JOIN audit_value v ON v.organisation = a.organisation
                 AND v.sequence = a.sequence AND v.position = 0
             LEFT JOIN audit_value d ON d.organisation = a.organisation
                 AND d.sequence = a.sequence AND d.position = 1
             WHERE a.organisation = $1 AND a.sequence < $2
                 AND ($3 IS NULL OR a.subject = $3) AND ($4 IS NULL OR a.event = $4)
                 AND ($5 = '' OR e.search LIKE $5 ESCAPE '\\' OR ",
            $author,
            " LIKE $5 ESCAPE '\\')
                 AND a.at >= $6 AND a.at < $7 AND ($8 IS NULL OR a.version > $8)
                 AND ($9 IS NULL OR $9 IS NOT NULL) ",
            $scope,
            " ORDER BY a.sequence DESC LIMIT $10"
        )
    };
}

impl Reading {
    /// The entries that somebody may see, newest first, at most [`PAGE`] and one more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn audit(&mut self, visibility: Visibility, query: &Query) -> Result<Vec<Line>> {
        let (sql, who) = match visibility.of() {
            Of::Nobody => return Ok(Vec::new()),
            Of::Everyone => (trail!("w.search", ""), None),
            Of::ManagedBy(id) => (
                trail!(
                    "w.name_folded",
                    "AND (a.subject = $9 OR EXISTS (
                         SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
                             AND m.employee = $9 AND (m.roles & 2) <> 0
                             AND (m.office = a.subject OR EXISTS (
                                 SELECT 1 FROM assignment s WHERE s.organisation = m.organisation
                                     AND s.office = m.office AND s.employee = a.subject))))"
                ),
                Some(id),
            ),
            Of::Only(id) => (trail!("w.name_folded", "AND a.subject = $9"), Some(id)),
        };
        let organisation = visibility.organisation();
        let person = crate::search::pattern(&query.person);
        let never_after = Timestamp::from_second(253_402_207_200).unwrap_or(Timestamp::MAX);
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(sql)
            .bind(organisation)
            .bind(query.before.unwrap_or(i64::MAX))
            .bind(query.employee)
            .bind(query.event.map(Event::code))
            .bind(person)
            .bind(At(query.from.unwrap_or(Timestamp::UNIX_EPOCH)))
            .bind(At(query.until.unwrap_or(never_after)))
            .bind(query.since.map(|Version(version)| version))
            .bind(who)
            .bind(PAGE + 1)
            .fetch_all(connection)
            .await)?;
        let mut lines: Vec<Line> = rows.into_iter().map(line).collect::<Result<_>>()?;
        if let Of::ManagedBy(id) = visibility.of() {
            let managed = self.managed_by(id).await?;
            for line in lines
                .iter_mut()
                .filter(|line| line.subject != Subject::Employee(id))
            {
                line.values.retain(|value| value.concerns(&managed));
            }
        }
        Ok(lines)
    }

    async fn managed_by(&mut self, id: EmployeeId) -> Result<Vec<OfficeId>> {
        let organisation = self.organisation;
        let offices: Vec<(OfficeId,)> = on!(self, connection => sqlx::query_as(
            "SELECT office FROM assignment
             WHERE organisation = $1 AND employee = $2 AND (roles & 2) <> 0",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(offices.into_iter().map(|(office,)| office).collect())
    }

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
            let rows: Vec<Chained> = on!(self, connection => sqlx::query_as(
                "SELECT sequence, at, event, author, subject_kind, subject, version, commitment, hash
                 FROM audit WHERE organisation = $1 AND sequence >= $2 ORDER BY sequence LIMIT 1000",
            )
            .bind(organisation)
            .bind(expected)
            .fetch_all(connection)
            .await)?;
            let Some(last) = rows.last().map(|row| row.sequence) else {
                return Ok(None);
            };
            let values: Vec<(i64, Option<Vec<u8>>, Option<String>, Vec<u8>)> = on!(self, connection => sqlx::query_as(
                    "SELECT sequence, salt, content, digest FROM audit_value
                     WHERE organisation = $1 AND sequence >= $2 AND sequence <= $3
                     ORDER BY sequence, position",
                )
                .bind(organisation)
                .bind(expected)
                .bind(last)
                .fetch_all(connection)
                .await)?;
            for row in rows {
                let mut digests = Vec::new();
                for (_, salt, content, kept) in
                    values.iter().filter(|value| value.0 == row.sequence)
                {
                    if let (Some(salt), Some(content)) = (salt, content)
                        && digest(&[salt, content.as_bytes()]) != *kept
                    {
                        return Ok(Some(row.sequence));
                    }
                    digests.extend_from_slice(kept);
                }
                let sound = row.sequence == expected
                    && Sha256::digest(&digests).as_slice() == row.commitment
                    && row.link(&previous).hash() == row.hash;
                if !sound {
                    return Ok(Some(row.sequence));
                }
                previous = row.hash;
                expected += 1;
            }
        }
    }
}

#[derive(FromRow)]
struct Chained {
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

impl Chained {
    fn link<'a>(&'a self, previous: &'a [u8]) -> Link<'a> {
        Link {
            previous,
            sequence: self.sequence,
            at: self.at.0,
            event: &self.event,
            author: self.author,
            subject_kind: self.subject_kind,
            subject: self.subject,
            version: self.version,
            commitment: &self.commitment,
        }
    }
}

fn line(row: Row) -> Result<Line> {
    let unreadable = || Error::Unreadable(format!("audit entry {}", row.sequence));
    let subject = match (row.subject_kind, row.subject) {
        (1, Some(id)) => Subject::Employee(EmployeeId(id)),
        (2, Some(id)) => Subject::Office(OfficeId(id)),
        (3, None) => Subject::Organisation,
        _ => return Err(unreadable()),
    };
    let values: Vec<Value> = match &row.content {
        Some(json) => serde_json::from_str(json).map_err(|_| unreadable())?,
        None => Vec::new(),
    };
    Ok(Line {
        sequence: row.sequence,
        at: row.at.0,
        event: Event::from_code(&row.event).ok_or_else(unreadable)?,
        author: match (row.author, &row.author_name) {
            (None, _) => Person::System,
            (Some(id), Some(name)) => Person::Known(id, name.trim().to_owned()),
            (Some(_), None) => Person::Former,
        },
        subject,
        subject_name: row.subject_name.map(|name| name.trim().to_owned()),
        erased: row.values_sequence.is_some() && row.content.is_none(),
        values,
        address: row.address,
    })
}
