//! Times in the database: text with exactly six decimals on SQLite, `timestamptz` on PostgreSQL.

use jiff::{Timestamp, Unit};
use serde::{Deserialize, Deserializer};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Postgres, Sqlite, Type};

/// A time on its way to or from the database; it sorts and compares the same in both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At(pub Timestamp);

impl At {
    /// The time that stands for "never".
    pub const NEVER: Self = Self(Timestamp::UNIX_EPOCH);

    /// The time, or `None` for "never".
    pub fn unless_never(self) -> Option<Timestamp> {
        (self != Self::NEVER).then_some(self.0)
    }
}

/// The present, in whole microseconds: the one clock of the server's side.
pub fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the module that may read the clock"
    )]
    let now = Timestamp::now();
    now.round(Unit::Microsecond).unwrap_or(now)
}

impl From<At> for Timestamp {
    fn from(at: At) -> Self {
        at.0
    }
}

/// As text, the way SQLite has it.
impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(text: D) -> Result<Self, D::Error> {
        Timestamp::deserialize(text).map(Self)
    }
}

impl Type<Sqlite> for At {
    fn type_info() -> SqliteTypeInfo {
        <str as Type<Sqlite>>::type_info()
    }

    fn compatible(_: &SqliteTypeInfo) -> bool {
        true
    }
}

impl Encode<'_, Sqlite> for At {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode(format!("{:.6}", self.0), buffer)
    }
}

impl Decode<'_, Sqlite> for At {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Ok(Self(<&str as Decode<Sqlite>>::decode(value)?.parse()?))
    }
}

impl Type<Postgres> for At {
    fn type_info() -> PgTypeInfo {
        <jiff_sqlx::Timestamp as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for At {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode_by_ref(&jiff_sqlx::Timestamp::from(self.0), buffer)
    }
}

impl Decode<'_, Postgres> for At {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        Ok(Self(
            <jiff_sqlx::Timestamp as Decode<Postgres>>::decode(value)?.to_jiff(),
        ))
    }
}
