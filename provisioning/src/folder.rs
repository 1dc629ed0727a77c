//! The folder of a PBX on disk: each of its files is replaced as a whole or not at all.

use pbx::Folder;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Where files are written before they get their names. It is in the folder itself, which may be
/// mounted from elsewhere.
const DRAFTS: &str = ".new";
/// The owner writes, the group (the PBX's) reads: device passwords stand in them.
const FILE_MODE: u32 = 0o640;

/// What is there of the files that are expected.
pub(crate) fn read(folder: &Path, expected: &Folder) -> io::Result<Folder> {
    let mut found = Folder::new();
    for name in expected.keys() {
        match fs::read(folder.join(name)) {
            Ok(bytes) => {
                found.insert(name.clone(), String::from_utf8_lossy(&bytes).into_owned());
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Writes what differs from what is there: all of it to the disk first, then one rename for each file.
/// Whoever is killed in the middle leaves whole files, and drafts that the next one clears away.
pub(crate) fn write(folder: &Path, expected: &Folder) -> io::Result<()> {
    let mut maker = DirBuilder::new();
    maker.recursive(true).mode(0o750).create(folder)?;
    let drafts = folder.join(DRAFTS);
    match fs::remove_dir_all(&drafts) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let other = |name: &str, text: &str| {
        fs::read(folder.join(name)).map_or(true, |there| there != text.as_bytes())
    };
    let changed = expected.iter().filter(|(name, text)| other(name, text));
    let changed: Vec<_> = changed.collect();
    if changed.is_empty() {
        return Ok(());
    }
    DirBuilder::new().mode(0o700).create(&drafts)?;
    for (name, text) in &changed {
        draft(&drafts.join(name), text)?;
    }
    for (name, _) in &changed {
        fs::rename(drafts.join(name), folder.join(name))?;
    }
    File::open(folder)?.sync_all()?;
    fs::remove_dir(&drafts)
}

fn draft(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(FILE_MODE)
        .open(path)?;
    // Whatever the mask of the process is.
    file.set_permissions(Permissions::from_mode(FILE_MODE))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
