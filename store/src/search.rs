//! Search: the one place where the two databases may part. PostgreSQL has an index for it; on
//! SQLite, where one process is all there is, the names stand in memory, in their order.

mod names;

use crate::database::on;
use crate::{Error, Reading, Result, Store};
use domain::fold::fold;
use domain::{EmployeeId, OrganisationId};
use names::Names;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use tokio::sync::Mutex;

/// The names of each organisation that was searched, as they were last committed.
#[derive(Default, Debug)]
pub(crate) struct Index {
    known: RwLock<HashMap<OrganisationId, Arc<RwLock<Names>>>>,
    /// Held while names are read from the database and put in, so that the last to put them in
    /// has read what is newest.
    reading: Mutex<()>,
}

/// What the index answers: candidates in order, whom the statement still has to let through.
pub(crate) struct Candidates {
    pub(crate) rows: Vec<(Box<str>, EmployeeId)>,
    /// How many there are in all, up to one more than were asked for.
    pub(crate) count: i64,
}

impl Index {
    fn names(&self, organisation: OrganisationId) -> Option<Arc<RwLock<Names>>> {
        self.known.read().ok()?.get(&organisation).cloned()
    }

    /// Those whose name or email holds `folded`, in the order of names, beyond `cursor`; `None`
    /// while the organisation is not in memory.
    pub(crate) fn candidates(
        &self,
        organisation: OrganisationId,
        folded: &str,
        cursor: Option<(&str, EmployeeId)>,
        ascending: bool,
        most: usize,
        counted: usize,
    ) -> Option<Candidates> {
        let names = self.names(organisation)?;
        let names = names.read().ok()?;
        let rows = names.matching(folded, cursor, ascending, most);
        Some(Candidates {
            rows,
            count: names.count(folded, counted),
        })
    }
}

impl Store {
    /// Reads every name of an organisation into memory, if it is not there yet.
    ///
    /// # Errors
    /// When the database can't.
    pub(crate) async fn remember_names(&self, organisation: OrganisationId) -> Result<()> {
        let _alone = self.index().reading.lock().await;
        if self.index().names(organisation).is_some() {
            return Ok(());
        }
        let mut reading = self.read(organisation).await?;
        let rows: Vec<(String, EmployeeId, String)> = on!(reading, connection => sqlx::query_as(
            "SELECT name_folded, id, search FROM employee WHERE organisation = $1
             ORDER BY name_folded, id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        let names = Arc::new(RwLock::new(Names::of(rows)));
        if let Ok(mut known) = self.index().known.write() {
            known.insert(organisation, names);
        }
        Ok(())
    }

    /// Brings what is in memory up to what was committed of these employees.
    ///
    /// # Errors
    /// When the database can't; the organisation is then forgotten, and read again when needed.
    pub(crate) async fn refresh_names(
        &self,
        organisation: OrganisationId,
        touched: &[EmployeeId],
    ) -> Result<()> {
        if touched.is_empty() {
            return Ok(());
        }
        let _alone = self.index().reading.lock().await;
        let Some(names) = self.index().names(organisation) else {
            return Ok(());
        };
        let refreshed = self.read_names(organisation, &names, touched).await;
        if refreshed.is_err()
            && let Ok(mut known) = self.index().known.write()
        {
            known.remove(&organisation);
        }
        refreshed
    }

    async fn read_names(
        &self,
        organisation: OrganisationId,
        names: &RwLock<Names>,
        touched: &[EmployeeId],
    ) -> Result<()> {
        let mut reading = self.read(organisation).await?;
        for id in touched {
            let row = reading.name_of(*id).await?;
            let poisoned = |_| Error::Unreadable("the names in memory".into());
            names.write().map_err(poisoned)?.put(*id, row);
        }
        Ok(())
    }
}

impl Reading {
    async fn name_of(&mut self, id: EmployeeId) -> Result<Option<(String, String)>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT name_folded, search FROM employee WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?)
    }
}

/// The condition that a column has a [`pattern`] in it, which is parameter `$n`: `has!("e.search", 3)`.
macro_rules! has {
    ($column:literal, $n:literal) => {
        concat!($column, " LIKE $", $n, " ESCAPE '\\'")
    };
}
pub(crate) use has;

/// The same, where an empty pattern finds all.
macro_rules! found {
    ($column:literal, $n:literal) => {
        concat!(
            "($",
            $n,
            " = '' OR ",
            $crate::search::has!($column, $n),
            ")"
        )
    };
}
pub(crate) use found;

/// The most bytes of a pattern: more than any name and email have together, and fewer than SQLite
/// refuses.
const LONGEST: usize = 20_000;

/// The `LIKE` pattern that finds any part of what was typed, with `\` as escape; empty finds all.
pub(crate) fn pattern(typed: &str) -> String {
    let folded = fold(typed);
    if folded.is_empty() {
        return folded;
    }
    let mut pattern = String::with_capacity(folded.len() + 2);
    pattern.push('%');
    for c in folded.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
        if pattern.len() > LONGEST {
            break;
        }
    }
    pattern.push('%');
    pattern
}
