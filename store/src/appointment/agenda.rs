//! What an agent has ahead: for their feed and for the copies in their calendars (O-06).

use super::{LONGEST, Row, SELECT, known};
use crate::bundle::rows;
use crate::{At, Reading, Result};
use domain::{Appointment, EmployeeId, Timestamp};

/// The most appointments; nobody has as many ahead.
const MOST: i64 = 2_000;

impl Reading {
    /// Somebody's appointments that end after `from` and take place, by time.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn agenda(
        &mut self,
        employee: EmployeeId,
        from: Timestamp,
    ) -> Result<Vec<Appointment>> {
        let organisation = self.organisation;
        let sql = format!(
            "{SELECT} WHERE a.organisation = $1 AND a.employee = $2 AND a.state < 4
                 AND a.busy_from > $5 AND a.ends_at > $3
             ORDER BY a.begins_at, a.id LIMIT $4"
        );
        let rows = rows!(self, Row, sql, |query| query
            .bind(organisation)
            .bind(employee)
            .bind(At(from))
            .bind(MOST)
            .bind(At(from - LONGEST)))?;
        known(rows)
    }
}
