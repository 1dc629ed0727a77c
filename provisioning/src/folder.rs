//! The folder of a PBX on disk: each of its files is replaced as a whole or not at all.

use pbx::{FILES, Folder};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Where files are written before they get their names. It is in the folder itself, which may be
/// mounted from elsewhere.
const DRAFTS: &str = ".new";
/// The owner writes, the group (the PBX's) reads: device passwords stand in them.
const FILE_MODE: u32 = 0o640;

/// What is there of our files, expected or not.
pub(crate) fn read(folder: &Path) -> io::Result<Folder> {
    let mut found = Folder::new();
    for name in FILES {
        match fs::read(folder.join(name)) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                found.insert(name.to_owned(), text);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Makes the folder where there is none.
pub(crate) fn make(folder: &Path) -> io::Result<()> {
    let mut maker = DirBuilder::new();
    maker.recursive(true).mode(0o750).create(folder)
}

/// Makes an empty file where there is none. One that is there keeps its mode, which the operator may
/// have widened.
pub(crate) fn touch(path: &Path) -> io::Result<()> {
    match create(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Writes what differs from what is there: all of it to the disk first, then one rename for each file;
/// at last, files of ours that are not expected go. Whoever is killed in the middle leaves whole files,
/// and drafts that the next one clears away.
pub(crate) fn write(folder: &Path, expected: &Folder) -> io::Result<()> {
    make(folder)?;
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
    if !changed.is_empty() {
        DirBuilder::new().mode(0o700).create(&drafts)?;
        for (name, text) in &changed {
            draft(&drafts.join(name), text)?;
        }
        for (name, _) in &changed {
            fs::rename(drafts.join(name), folder.join(name))?;
        }
        fs::remove_dir(&drafts)?;
    }
    let surplus = FILES
        .into_iter()
        .filter(|name| !expected.contains_key(*name));
    for name in surplus {
        remove(&folder.join(name))?;
    }
    File::open(folder)?.sync_all()
}

/// Removes our files by their names, and the folder if nothing else is in it.
pub(crate) fn clear(folder: &Path) -> io::Result<()> {
    for name in FILES {
        remove(&folder.join(name))?;
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
        done => done,
    }
}

pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn draft(path: &Path, text: &str) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A new file, of our mode whatever the mask of the process is.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create_new(true)
        .mode(FILE_MODE)
        .open(path)?;
    file.set_permissions(Permissions::from_mode(FILE_MODE))?;
    Ok(file)
}
