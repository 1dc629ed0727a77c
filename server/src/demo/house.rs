//! The demo in a database of its own, for one test.

use super::{LEAST, Wish, fill};
use domain::credential::PasswordHash;
use domain::{OrganisationId, Timestamp};
use std::fs;
use std::path::PathBuf;
use store::Store;
use store::secret::Key;

/// The smallest demo; its folder is gone when it is dropped.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) organisation: OrganisationId,
    pub(crate) folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl House {
    /// As it is at `now`; `name` is the test's alone.
    pub(crate) async fn new(name: &str, now: Timestamp) -> Self {
        let place = format!("staffroom-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(place);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let database = format!("sqlite:{}", folder.join("staffroom.db").display());
        let key = Key::new(&[7; Key::LENGTH]).unwrap();
        let store = Store::open(&database, key).await.unwrap();
        let wish = Wish {
            employees: LEAST,
            seed: 1,
        };
        let password = PasswordHash("$".into());
        fill(&store, wish, password, now).await.unwrap();
        let (organisation, _) = store.organisations().await.unwrap()[0];
        Self {
            store,
            organisation,
            folder,
        }
    }
}
