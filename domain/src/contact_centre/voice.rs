//! Voice basic settings: a number and an extension in each of the two environments (C-04).

use crate::Why;
use crate::field::Phone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A number and an extension, both of which may be missing.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Line {
    /// From the inventory, given to one place at a time.
    pub number: Option<Phone>,
    pub extension: Option<Extension>,
}

/// Three to six digits, unique in a PBX, never what somebody in need would dial.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Extension(String);

/// What is dialled in an emergency, somewhere: fire, police, ambulance, and the helplines with such
/// numbers.
const EMERGENCY: [&str; 29] = [
    "15", "17", "18", "000", "100", "101", "102", "103", "104", "108", "110", "111", "112", "113",
    "114", "115", "116", "117", "118", "119", "122", "133", "144", "911", "999", "995", "997",
    "998", "116117",
];
/// What is dialled before a number outside.
const OUTSIDE_LINE: [char; 2] = ['0', '9'];
/// Where suggestions begin, and beyond which there are none.
const SUGGESTED: std::ops::Range<u32> = 2_000..1_000_000;

impl Extension {
    /// What was typed; empty is none.
    ///
    /// # Errors
    /// [`Why::NotAnExtension`], [`Why::LooksLikeEmergency`].
    pub fn read(text: &str) -> Result<Option<Self>, Why> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if !(3..=6).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Why::NotAnExtension);
        }
        match looks_like_emergency(text) {
            true => Err(Why::LooksLikeEmergency),
            false => Ok(Some(Self(text.to_owned()))),
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first extensions that nobody has, at most `count`, beginning where no emergency number is.
    pub fn suggest(taken: &BTreeSet<Self>, count: usize) -> Vec<Self> {
        SUGGESTED
            .filter_map(|number| Self::read(&number.to_string()).ok().flatten())
            .filter(|one| !taken.contains(one))
            .take(count)
            .collect()
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether it is an emergency number, also with a digit for the outside line before it.
fn looks_like_emergency(digits: &str) -> bool {
    let outside = digits.strip_prefix(OUTSIDE_LINE);
    EMERGENCY.contains(&digits) || outside.is_some_and(|rest| EMERGENCY.contains(&rest))
}
