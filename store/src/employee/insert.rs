//! New rows of employees and of the roles they hold, one or many.

use super::write::folded;
use crate::database::on;
use crate::error::taken;
use crate::many::{self, ROWS};
use crate::{At, Result, Transaction};
use domain::credential::PasswordHash;
use domain::employee::Record;
use domain::fold::fold;
use domain::{EmployeeId, Place};

/// Writes the rows of new employees, without their places.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    employees: &[(&Record, Option<&PasswordHash>)],
) -> Result<()> {
    let organisation = transaction.organisation;
    for rows in employees.chunks(ROWS) {
        let sql = many::insert(
            "INSERT INTO employee (organisation, id, version, status, activated_at, sign_in, provider, email,
                 email_folded, password, first_name, last_name, name_folded, search, phone,
                 external_id, roles, wanted, online_planning, \"function\", introduction,
                 video_link, created_at, last_seen_at)",
            24,
            rows.len(),
            "",
        );
        on!(transaction, connection => {
            let mut query = sqlx::query(sql);
            for (record, password) in rows {
                let profile = &record.profile;
                let (name_folded, search) = folded(profile, &record.email);
                query = query
                    .bind(organisation)
                    .bind(record.id)
                    .bind(record.version)
                    .bind(record.status.bit())
                    .bind(record.activated_at.map(At))
                    .bind(record.sign_in.bit())
                    .bind(record.provider)
                    .bind(record.email.as_str())
                    .bind(fold(record.email.as_str()))
                    .bind(password.map(|password| &password.0))
                    .bind(&profile.first_name)
                    .bind(&profile.last_name)
                    .bind(name_folded)
                    .bind(search)
                    .bind(profile.phone.as_ref().map(|phone| phone.as_str()))
                    .bind(profile.external_id.as_deref())
                    .bind(record.roles())
                    .bind(record.wanted)
                    .bind(profile.online_planning)
                    .bind(&profile.function)
                    .bind(&profile.introduction)
                    .bind(&profile.video_link)
                    .bind(At(record.created_at))
                    .bind(record.last_seen_at.map_or(At::NEVER, At));
            }
            query.execute(connection).await.map(|_| ())
        })
        .map_err(taken)?;
        transaction
            .touched
            .extend(rows.iter().map(|(record, _)| record.id));
    }
    let more = i64::try_from(employees.len()).unwrap_or(i64::MAX);
    transaction.count_employees(more).await
}

/// Writes which roles are held in offices, in place of those that were held there.
pub(crate) async fn place(
    transaction: &mut Transaction,
    places: &[(EmployeeId, Place)],
) -> Result<()> {
    let organisation = transaction.organisation;
    for rows in places.chunks(ROWS) {
        let sql = many::insert(
            "INSERT INTO assignment (organisation, employee, office, roles)",
            4,
            rows.len(),
            "ON CONFLICT (organisation, employee, office) DO UPDATE SET roles = excluded.roles",
        );
        on!(transaction, connection => {
            let mut query = sqlx::query(sql);
            for (employee, place) in rows {
                query = query
                    .bind(organisation)
                    .bind(employee)
                    .bind(place.office)
                    .bind(place.roles);
            }
            query.execute(connection).await.map(|_| ())
        })?;
    }
    Ok(())
}
