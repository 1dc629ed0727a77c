//! How far the contact centre is set up, in one statement.

use crate::database::on;
use crate::{Reading, Result};
use sqlx::FromRow;

/// How many there are of what is set up, in the order in which things need each other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, FromRow)]
pub struct Steps {
    pub pbxs: i64,
    pub tenants: i64,
    pub numbers: i64,
    /// Seats of all licenses together.
    pub seats: i64,
    /// Agent groups besides the default one.
    pub groups: i64,
    pub queues: i64,
    pub scripts: i64,
    pub channels: i64,
    pub users: i64,
}

impl Reading {
    /// How far the contact centre is set up.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn contact_centre_steps(&mut self) -> Result<Steps> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT (SELECT count(*) FROM pbx WHERE organisation = $1) AS pbxs,
                 (SELECT count(*) FROM tenant WHERE organisation = $1) AS tenants,
                 (SELECT count(*) FROM number WHERE organisation = $1) AS numbers,
                 (SELECT CAST(COALESCE(sum(seats), 0) AS bigint) FROM license
                  WHERE organisation = $1) AS seats,
                 (SELECT count(*) FROM agent_group
                  WHERE organisation = $1 AND NOT is_default) AS groups,
                 (SELECT count(*) FROM queue WHERE organisation = $1) AS queues,
                 (SELECT count(*) FROM script WHERE organisation = $1) AS scripts,
                 (SELECT count(*) FROM channel WHERE organisation = $1) AS channels,
                 (SELECT count(*) FROM contact_user WHERE organisation = $1) AS users",
        )
        .bind(organisation)
        .fetch_one(connection)
        .await)?)
    }
}
