//! Where the operator wants folders written, and what is found there.

use crate::{configuration, folder, reload};
use domain::PbxId;
use pbx::{Difference, Folder};
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use store::Reading;
use tokio::task::spawn_blocking;

/// A folder in which each PBX has one of its own, called by its id, and what is called after one was
/// written. Settings of the operator alone: nothing of the web leads here.
#[derive(Clone, Debug)]
pub struct Place {
    pub directory: PathBuf,
    /// A program, which gets the PBX's folder as its argument. Without one the folder is only written.
    pub reload: Option<PathBuf>,
    /// How long the program has.
    pub timeout: Duration,
}

/// Why a PBX could not be told.
#[derive(Debug)]
pub enum Fault {
    Store(store::Error),
    Folder(io::Error),
    Reload(String),
    /// Our own work was broken off.
    Interrupted,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Folder(error) => write!(f, "the folder: {error}"),
            Self::Reload(why) => write!(f, "the reload program: {why}"),
            Self::Interrupted => f.write_str("broken off"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// The files that a PBX is expected to run on; `None` where there is no such PBX.
///
/// # Errors
/// When the database can't.
pub async fn expected(reading: &mut Reading, pbx: PbxId) -> Result<Option<Folder>, Fault> {
    let Some(export) = reading.export_pbx(pbx).await? else {
        return Ok(None);
    };
    let written = spawn_blocking(move || pbx::files(&configuration(&export)));
    written.await.map(Some).map_err(|_| Fault::Interrupted)
}

impl Place {
    /// What writes into this folder, with the usual patience for the reload program.
    pub fn new(directory: PathBuf, reload: Option<PathBuf>) -> Self {
        let timeout = reload::TIMEOUT;
        Self {
            directory,
            reload,
            timeout,
        }
    }

    /// The folder of a PBX.
    pub fn folder(&self, pbx: PbxId) -> PathBuf {
        self.directory.join(pbx.to_string())
    }

    /// How what is there differs from what is expected. No secret is in it.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub async fn drift(&self, pbx: PbxId, expected: Folder) -> Result<Vec<Difference>, Fault> {
        let folder = self.folder(pbx);
        let compared = spawn_blocking(move || {
            let found = folder::read(&folder, &expected)?;
            Ok(pbx::drift(&expected, &found))
        });
        let compared = compared.await.map_err(|_| Fault::Interrupted)?;
        compared.map_err(Fault::Folder)
    }

    /// Writes the folder and calls the reload program.
    ///
    /// # Errors
    /// When either does not succeed.
    pub async fn write(&self, pbx: PbxId, expected: Folder) -> Result<(), Fault> {
        let (folder, place) = (self.folder(pbx), self.clone());
        let written = spawn_blocking(move || {
            folder::write(&folder, &expected).map_err(Fault::Folder)?;
            match &place.reload {
                Some(program) => {
                    reload::reload(program, &folder, place.timeout).map_err(Fault::Reload)
                }
                None => Ok(()),
            }
        });
        written.await.map_err(|_| Fault::Interrupted)?
    }
}
