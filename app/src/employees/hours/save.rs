//! Saving the blocks of the default week or of a template.

use super::read::Row;
use crate::error::AppError;
use crate::form::Given;
use domain::{EmployeeId, Version};
use leptos::prelude::*;

/// Puts these blocks into the default week or into the template `of`, in the offices whose blocks the
/// asker edits; `template` is its name.
#[server(endpoint = "save_hours")]
pub async fn save_hours(
    id: EmployeeId,
    version: Version,
    #[server(default)] of: Option<u32>,
    #[server(default)] template: Given,
    #[server(default)] blocks: Vec<Row>,
) -> Result<(), AppError> {
    use domain::Refusal;
    use domain::hours::edit::Edit;
    use domain::hours::{TemplateId, Week};
    let mut request = crate::request::Change::begin().await?;
    let edit = match of.map(TemplateId) {
        None => Edit::Default(Week(server::days(&blocks)?)),
        Some(of) => {
            let kept = request.hours(id).await?;
            let known = kept.hours.template(of).ok_or(Refusal::NotFound)?;
            let name = template.0.unwrap_or_else(|| known.name.clone());
            Edit::Template(of, name, server::pattern(known.pattern.is_day(), &blocks)?)
        }
    };
    server::change(&mut request, id, Some(version), edit).await?;
    request.commit().await?;
    crate::landing::land_on(&server::done(id, of));
    Ok(())
}

#[cfg(feature = "ssr")]
pub(super) mod server {
    use super::super::times::minute;
    use super::Row;
    use crate::error::AppError;
    use crate::request::Change;
    use domain::hours::edit::Edit;
    use domain::hours::{Block, Hours, Pattern, Week};
    use domain::{EmployeeId, Field, Refusal, Version, Why};

    /// Asks the rule and writes; with a version, only when nobody else was first. Answers with the
    /// hours as they are then.
    pub async fn change(
        request: &mut Change,
        id: EmployeeId,
        version: Option<Version>,
        edit: Edit,
    ) -> Result<Hours, AppError> {
        let employee = request.employee(id).await?;
        employee.hours_offices(&request.actor)?;
        let kept = request.hours(id).await?;
        if version.is_some_and(|version| version != kept.version.unwrap_or(Version(0))) {
            return Err(Refusal::Stale.into());
        }
        let change = employee.change_hours(&request.actor, &kept, edit, request.now)?;
        let Some(change) = change else {
            return Ok(kept.hours);
        };
        let hours = change.hours.clone();
        request.apply(change).await?;
        Ok(hours)
    }

    /// Where a browser without scripts goes afterwards.
    pub fn done(id: EmployeeId, template: Option<u32>) -> String {
        match template {
            Some(template) => format!("/employees/{id}/hours?template={template}&done=saved"),
            None => format!("/employees/{id}/hours?done=saved"),
        }
    }

    /// The pattern that rows make.
    pub fn pattern(day: bool, rows: &[Row]) -> Result<Pattern, Refusal> {
        Ok(match day {
            true => {
                let [day] = days::<1>(rows)?;
                Pattern::Day(day)
            }
            false => Pattern::Week(Week(days(rows)?)),
        })
    }

    /// The blocks of each day; rows in which nothing was typed are none.
    pub fn days<const N: usize>(rows: &[Row]) -> Result<[Vec<Block>; N], Refusal> {
        let refuse = |why| Refusal::field(Field::Blocks, why);
        let mut days = std::array::from_fn(|_| Vec::new());
        for row in rows {
            if row.from.trim().is_empty() && row.until.trim().is_empty() {
                continue;
            }
            let day = days.get_mut(usize::from(row.day));
            let day: &mut Vec<Block> = day.ok_or_else(|| refuse(Why::UnknownChoice))?;
            let time = |text, ends| minute(text, ends).ok_or_else(|| refuse(Why::NotATime));
            day.push(Block {
                from: time(&row.from, false)?,
                until: time(&row.until, true)?,
                office: row.office,
                automatic: row.automatic,
            });
        }
        Ok(days)
    }
}
