//! The store, its readings and its transactions.

use crate::contact_centre::change::Concern;
use crate::database::{Connection, Database, Dialect};
use crate::search::Index;
use crate::secret::Key;
use crate::{Result, audit, postgres};
use domain::audit::Recorded;
use domain::{Allowed, EmployeeId, OrganisationId, Refusal};
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use tokio::sync::broadcast;

/// Everything that is kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    key: Key,
    changes: broadcast::Sender<OrganisationId>,
    /// Names in memory, on SQLite alone.
    index: Index,
}

/// A connection that reads, in one organisation. It has no way to write.
pub struct Reading {
    pub(crate) organisation: OrganisationId,
    pub(crate) store: Store,
    connection: Connection,
}

/// A transaction that writes in one organisation, alone there until it commits or is dropped.
pub struct Transaction {
    reading: Reading,
    /// From which address the request came, for the audit trail.
    pub(crate) address: Option<String>,
    /// Whose names or emails may be others after the commit.
    pub(crate) touched: Vec<EmployeeId>,
    /// Whether letters about appointments are left out.
    pub(crate) quiet: bool,
}

impl Deref for Transaction {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}

/// How a kind of change reaches the tables. Private in effect: only `apply` calls it.
pub trait Write<C> {
    /// What the caller needs of what was written, such as the secret of a new link.
    type Output;

    /// Writes the rows of a change; the audit entry is `apply`'s.
    fn write(&mut self, change: &Allowed<C>) -> impl Future<Output = Result<Self::Output>> + Send;
}

impl Reading {
    /// The organisation whose rows it sees.
    pub fn organisation_id(&self) -> OrganisationId {
        self.organisation
    }

    pub(crate) fn dialect(&mut self) -> Dialect<'_> {
        self.connection.dialect()
    }
}

impl Transaction {
    /// Writes what a rule allowed, its audit entry, and what PBXs must be told of it.
    ///
    /// # Errors
    /// A refusal when what is kept changed meanwhile or holds the value already; after any error
    /// the transaction is only good for being dropped.
    pub async fn apply<C: Recorded + Sync>(
        &mut self,
        change: Allowed<C>,
    ) -> Result<<Self as Write<C>>::Output>
    where
        Self: Write<C>,
    {
        if change.organisation() != self.organisation {
            return Err(Refusal::NotFound.into());
        }
        let concern = Concern::before(self, &change.entry()).await?;
        let output = self.write(&change).await?;
        let sequence = audit::append(self, &*change, change.by(), change.at()).await?;
        if let Some(concern) = concern {
            concern.queue(self, sequence, change.at()).await?;
        }
        Ok(output)
    }

    /// Writes no letters about the appointments of this transaction: for what happened elsewhere or
    /// long ago, such as an import or the demo.
    pub fn tell_nobody(&mut self) {
        self.quiet = true;
    }

    /// Commits, waits until it is on disk, and wakes those who watch for changes.
    ///
    /// # Errors
    /// When the database can't; then nothing was written.
    pub async fn commit(mut self) -> Result<()> {
        let organisation = self.organisation;
        if let Dialect::Postgres(connection) = self.dialect() {
            postgres::notify(connection, organisation).await?;
        }
        let store = self.reading.store.clone();
        self.commit_quietly().await?;
        if store.is_alone() {
            let _ = store.0.changes.send(organisation);
        }
        Ok(())
    }

    /// Commits what nobody watches, such as "last seen"; as durable as the rest.
    pub(crate) async fn commit_quietly(self) -> Result<()> {
        let (store, organisation) = (self.reading.store, self.reading.organisation);
        match self.reading.connection {
            Connection::SqliteWriter(transaction, barrier) => {
                transaction.commit().await?;
                barrier.durable().await;
                // What is committed is committed, also if the names have to be read anew.
                if let Err(error) = store.refresh_names(organisation, &self.touched).await {
                    tracing::warn!(%error, "the names in memory were forgotten");
                }
            }
            Connection::PostgresWriter(transaction) => transaction.commit().await?,
            Connection::SqliteReader(_) | Connection::PostgresReader(_) => {}
        }
        Ok(())
    }
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`, and brings its tables up to date.
    ///
    /// # Errors
    /// When it can't be reached, or is of a newer version.
    pub async fn open(address: &str, key: Key) -> Result<Self> {
        let (changes, _) = broadcast::channel(1_024);
        let database = Database::open(address).await?;
        if let Database::Postgres(pool) = &database {
            tokio::spawn(postgres::listen(pool.clone(), changes.clone()));
        }
        Ok(Self(Arc::new(Inner {
            database,
            key,
            changes,
            index: Index::default(),
        })))
    }

    /// A reading of one organisation.
    ///
    /// # Errors
    /// When no connection is to be had in time.
    pub async fn read(&self, organisation: OrganisationId) -> Result<Reading> {
        Ok(Reading {
            organisation,
            store: self.clone(),
            connection: self.0.database.reader().await?,
        })
    }

    /// A transaction that is alone in writing to the organisation; `address` is where the request
    /// came from.
    ///
    /// # Errors
    /// When no connection is to be had in time.
    pub async fn write(
        &self,
        organisation: OrganisationId,
        address: Option<String>,
    ) -> Result<Transaction> {
        let connection = self.0.database.writer(organisation).await?;
        let reading = Reading {
            organisation,
            store: self.clone(),
            connection,
        };
        Ok(Transaction {
            reading,
            address,
            touched: Vec::new(),
            quiet: false,
        })
    }

    /// Says in which organisations something was committed, by any server. A hint: what changed
    /// stands in the audit trail.
    pub fn changes(&self) -> broadcast::Receiver<OrganisationId> {
        self.0.changes.subscribe()
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        self.0.database.is_ready().await
    }

    /// Whether one process is all there is, so that what it remembers is the truth.
    pub fn is_alone(&self) -> bool {
        matches!(self.0.database, Database::Sqlite { .. })
    }

    pub(crate) fn index(&self) -> &Index {
        &self.0.index
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0.key
    }
}

/// What a guarded update must have touched: exactly one row, or somebody else was first (E-20).
pub(crate) fn exactly_one(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Refusal::Stale.into())
    }
}
