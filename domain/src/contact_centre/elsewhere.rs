//! Engage users of other tenants than the default, of whom there are none where there are several
//! PBXs (C-06).

use crate::{EmployeeId, Refusal};
use serde::{Deserialize, Serialize};

/// How many of them are named.
pub const NAMED_MAX: i64 = 20;

/// The Engage users of other tenants than the one that is the default, or is to be.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Elsewhere {
    /// By name, at most [`NAMED_MAX`].
    pub people: Vec<(EmployeeId, String)>,
    /// How many there are besides those.
    pub more: i64,
}

impl Elsewhere {
    /// Refuses what would leave them there with so many PBXs (case 20).
    ///
    /// # Errors
    /// [`Refusal::EngageElsewhere`].
    pub fn allows(&self, pbxs: usize) -> Result<(), Refusal> {
        match pbxs > 1 && !self.people.is_empty() {
            true => Err(Refusal::EngageElsewhere(self.clone())),
            false => Ok(()),
        }
    }

    /// Their names with commas between.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.people.iter().map(|(_, name)| name.as_str()).collect();
        names.join(", ")
    }
}
