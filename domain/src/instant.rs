//! Times as they travel: whole microseconds since 1970. jiff's own reader of them brings the words for
//! every way a date can be wrong, which is 20 KB of WebAssembly.

use crate::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// # Errors
/// What the format can't take.
pub fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    at.as_microsecond().serialize(to)
}

/// # Errors
/// For what is no number, and for a time beyond the year 9999.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    Timestamp::from_microsecond(i64::deserialize(from)?).map_err(|_| D::Error::custom("no time"))
}

/// The same for a time that may be missing.
pub mod optional {
    use super::{Deserialize, Deserializer, Error, Serialize, Serializer, Timestamp};

    /// # Errors
    /// What the format can't take.
    pub fn serialize<S: Serializer>(at: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
        at.map(Timestamp::as_microsecond).serialize(to)
    }

    /// # Errors
    /// For what is no number, and for a time beyond the year 9999.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
        let at = Option::<i64>::deserialize(from)?.map(Timestamp::from_microsecond);
        at.transpose().map_err(|_| D::Error::custom("no time"))
    }
}
