//! Where the operator wants configurations written, and what is found there.

use crate::tables::Dialplans;
use crate::{Extent, Tables, configuration, folder, reload};
use domain::PbxId;
use pbx::{DIALPLAN, Difference, Folder, Table};
use std::fmt;
use std::fs;
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
    /// Realtime tables, which then hold most of it; without them the folder holds all.
    pub tables: Option<Tables>,
    /// A program, which gets the PBX's folder as its argument. Without one the folder is only written.
    pub reload: Option<PathBuf>,
    /// How long the program has, and the database with the tables.
    pub timeout: Duration,
}

/// Why a PBX could not be told.
#[derive(Debug)]
pub enum Fault {
    Store(store::Error),
    Folder(io::Error),
    Tables(String),
    Reload(String),
    /// Our own work was broken off.
    Interrupted,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Folder(error) => write!(f, "the folder: {error}"),
            Self::Tables(why) => write!(f, "the tables: {why}"),
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

/// What a PBX is expected to run on.
#[derive(Clone, Default, Debug)]
pub struct Content {
    pub files: Folder,
    /// Empty where the files hold all.
    pub tables: Vec<Table>,
}

impl Place {
    /// What writes into this folder and these tables, with the usual patience.
    pub fn new(directory: PathBuf, tables: Option<Tables>, reload: Option<PathBuf>) -> Self {
        let timeout = reload::TIMEOUT;
        Self {
            directory,
            tables,
            reload,
            timeout,
        }
    }

    /// The folder of a PBX.
    pub fn folder(&self, pbx: PbxId) -> PathBuf {
        self.directory.join(pbx.to_string())
    }

    /// What a PBX is expected to run on here; `None` where there is no such PBX.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn expected(
        &self,
        reading: &mut Reading,
        pbx: PbxId,
    ) -> Result<Option<Content>, Fault> {
        let Some(export) = reading.export_pbx(pbx).await? else {
            return Ok(None);
        };
        let has_tables = self.tables.is_some();
        let written = spawn_blocking(move || {
            let configuration = configuration(&export);
            match has_tables {
                false => Content {
                    files: pbx::files(&configuration),
                    tables: Vec::new(),
                },
                true => Content {
                    files: pbx::realtime_files(&configuration),
                    tables: pbx::tables(&configuration),
                },
            }
        });
        written.await.map(Some).map_err(|_| Fault::Interrupted)
    }

    /// Whether a PBX was written here once, in the way that is set now.
    ///
    /// # Errors
    /// When the folder or the tables can't be read.
    pub(crate) async fn has(&self, pbx: PbxId) -> Result<bool, Fault> {
        let folder = self.folder(pbx);
        let has_phones = folder.join("pjsip_staffroom.conf").exists();
        match &self.tables {
            None => Ok(has_phones),
            Some(_) if has_phones || !folder.exists() => Ok(false),
            Some(tables) => {
                let whole = tables.are_whole(pbx, &folder, self.timeout);
                whole.await.map_err(Fault::Tables)
            }
        }
    }

    /// The PBXs, of whatever database, of which files of ours are here.
    ///
    /// # Errors
    /// When the directory can't be read.
    pub(crate) fn written(&self) -> io::Result<Vec<PbxId>> {
        let mut written = Vec::new();
        for entry in fs::read_dir(&self.directory)? {
            let name = entry?.file_name();
            let Some(pbx) = name.to_str().and_then(|name| name.parse::<PbxId>().ok()) else {
                continue;
            };
            let folder = self.folder(pbx);
            if folder.file_name() == Some(&name) && !folder::read(&folder)?.is_empty() {
                written.push(pbx);
            }
        }
        Ok(written)
    }

    /// Takes away what was written for a PBX, by name, and nothing else; rows come first, since files
    /// tell that there is something to take away.
    ///
    /// # Errors
    /// When the tables or the folder can't be written.
    pub(crate) async fn clear(&self, pbx: PbxId) -> Result<(), Fault> {
        let folder = self.folder(pbx);
        if let Some(tables) = &self.tables {
            let cleared = tables.clear(pbx, &folder, self.timeout);
            cleared.await.map_err(Fault::Tables)?;
        }
        let cleared = spawn_blocking(move || folder::clear(&folder));
        let cleared = cleared.await.map_err(|_| Fault::Interrupted)?;
        cleared.map_err(Fault::Folder)
    }

    /// How what is there differs from what is expected. No secret is in it.
    ///
    /// # Errors
    /// When the folder or the tables can't be read.
    pub async fn drift(&self, pbx: PbxId, expected: Content) -> Result<Vec<Difference>, Fault> {
        let (folder, files) = (self.folder(pbx), expected.files);
        let compared = spawn_blocking(move || Ok(pbx::drift(&files, &folder::read(&folder)?)));
        let compared = compared.await.map_err(|_| Fault::Interrupted)?;
        let mut differences = compared.map_err(Fault::Folder)?;
        if let Some(tables) = &self.tables {
            let (folder, patience) = (self.folder(pbx), self.timeout);
            let found = tables.drift(pbx, &folder, &expected.tables, patience);
            differences.extend(found.await.map_err(Fault::Tables)?);
        }
        Ok(differences)
    }

    /// Writes the tables, then the folder, and calls the reload program. Tables come first because a
    /// running Asterisk obeys them at once: a suspended person's row is gone whatever happens to the
    /// folder. Only new members whose hint is not read yet come after it.
    ///
    /// # Errors
    /// When any of it does not succeed; the tables are then as they were or as they should be, but
    /// for members who wait.
    pub async fn write(&self, pbx: PbxId, expected: Content, extent: Extent) -> Result<(), Fault> {
        let Content { files, tables } = expected;
        let Some(place) = &self.tables else {
            return self.write_folder(pbx, files).await;
        };
        let folder = self.folder(pbx);
        let found = folder.clone();
        let there = spawn_blocking(move || folder::read(&found)).await;
        let mut there = there
            .map_err(|_| Fault::Interrupted)?
            .map_err(Fault::Folder)?;
        let there = there.remove(DIALPLAN).unwrap_or_default();
        let next = files.get(DIALPLAN).cloned().unwrap_or_default();
        let dialplans = Dialplans {
            there: &there,
            next: &next,
        };
        let written = place.write(pbx, &folder, &tables, (extent, dialplans), self.timeout);
        let waiting = written.await.map_err(Fault::Tables)?;
        self.write_folder(pbx, files).await?;
        let Some(waiting) = waiting else {
            return Ok(());
        };
        let admitted = place.admit(pbx, &folder, &tables, (waiting, &next), self.timeout);
        admitted.await.map_err(Fault::Tables)
    }

    /// Writes the folder, and has it read.
    async fn write_folder(&self, pbx: PbxId, files: Folder) -> Result<(), Fault> {
        let (folder, place) = (self.folder(pbx), self.clone());
        let written = spawn_blocking(move || {
            folder::write(&folder, &files).map_err(Fault::Folder)?;
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
