//! A new file: nobody but its owner may read it, and it has its name only when it is whole.

use super::Failure;
use crate::config::make_folder;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Makes the file at `path` of what `write` puts into the empty draft it is given.
///
/// # Errors
/// When there is such a file already, which stays as it is, or when it can't be written.
pub(super) async fn file(
    path: &Path,
    write: impl AsyncFnOnce(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if path.exists() {
        let shown = path.display();
        return Err(format!("{shown} exists already, and is not overwritten").into());
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    make_folder(folder)?;
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let mut options = OpenOptions::new();
    options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    let written = write(&draft).await.and_then(|()| {
        File::open(&draft)?.sync_all()?;
        // Unlike a renaming, a link never takes the place of another file.
        Ok(fs::hard_link(&draft, path)?)
    });
    fs::remove_file(&draft)?;
    written?;
    Ok(File::open(folder)?.sync_all()?)
}
