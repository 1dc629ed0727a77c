//! The setting `secret-file`: the key of what is sealed in the database, made on the first start.

use super::WrongSetting;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use store::secret::Key;

/// The key in this file; a file with a new one where there is none.
///
/// # Errors
/// When others may read it, when it is no key, or when it can't be read or made.
pub fn read_or_make(path: &Path) -> Result<Key, WrongSetting> {
    let wrong =
        |why: String| WrongSetting::new("secret-file", format!("{}: {why}", path.display()));
    let failed = |error: io::Error| wrong(error.to_string());
    match make(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        made => made.map_err(failed)?,
    }
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
    if mode & 0o077 != 0 {
        let path = path.display();
        return Err(wrong(format!("others may read it; run chmod 600 {path}")));
    }
    let bytes = fs::read(path).map_err(failed)?;
    Key::new(&bytes).map_err(|_| {
        let length = Key::LENGTH;
        wrong(format!(
            "a secret has {length} bytes, and this file has {}",
            bytes.len()
        ))
    })
}

/// Writes a new key beside the file and gives it its name when it is whole, so that another
/// process that starts now never reads half a key, and never replaces one.
fn make(path: &Path) -> io::Result<()> {
    if path.exists() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    make_folder(folder)?;
    let mut key = [0; Key::LENGTH];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    let named = file
        .write_all(&key)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    named?;
    File::open(folder)?.sync_all()
}

/// Makes a folder of data, which nobody but its owner may look into.
///
/// # Errors
/// When it can't be made.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
