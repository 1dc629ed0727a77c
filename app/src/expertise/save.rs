//! From the boxes of a form to changes of expertise: what was ticked since it was read, and no more.

use crate::error::AppError;
use crate::request::Change;
use domain::expertise::Ticks;
use domain::{EmployeeId, Field, OfficeId, Refusal, SubjectId, Why};
use std::collections::BTreeMap;
use std::str::FromStr;

/// The boxes of a form by whom or where they are of: `had` was ticked when the form was read, `handles`
/// is ticked now; each is `ID:SUBJECT`.
pub(super) fn ticks<Id>(had: &[String], handles: &[String]) -> Result<BTreeMap<Id, Ticks>, AppError>
where
    Id: FromStr + Ord,
{
    let mut all: BTreeMap<Id, Ticks> = BTreeMap::new();
    for cell in handles.iter().filter(|cell| !had.contains(cell)) {
        let (id, subject) = read(cell)?;
        all.entry(id).or_default().added.push(subject);
    }
    for cell in had.iter().filter(|cell| !handles.contains(cell)) {
        let (id, subject) = read(cell)?;
        all.entry(id).or_default().removed.push(subject);
    }
    Ok(all)
}

fn read<Id: FromStr>(cell: &str) -> Result<(Id, SubjectId), AppError> {
    let unknown = || Refusal::field(Field::Subject, Why::UnknownChoice);
    let (id, subject) = cell.split_once(':').ok_or_else(unknown)?;
    let id = id.parse().map_err(|_| unknown())?;
    Ok((id, subject.parse().map_err(|_| unknown())?))
}

/// Writes what was ticked for each of several employees in several offices.
pub(super) async fn apply(
    request: &mut Change,
    all: Vec<(EmployeeId, OfficeId, Ticks)>,
) -> Result<(), AppError> {
    if all.is_empty() {
        return Ok(());
    }
    let subjects = request.subjects().await?;
    let (actor, now) = (request.actor.clone(), request.now);
    for (employee, office, ticks) in all {
        let employee = request.employee(employee).await?;
        let handled = request.expertise_of(employee.id).await?.into_iter();
        let handled: Vec<SubjectId> = handled
            .filter(|(place, _)| *place == office)
            .map(|(_, subject)| subject)
            .collect();
        let change = employee.handle(&actor, office, (&handled, &subjects), &ticks, now)?;
        if let Some(change) = change {
            request.apply(change).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // O-03: only what was ticked or unticked since the form was read is changed.
    #[test]
    fn what_was_not_touched_is_not_changed() {
        let id = |number: u128| uuid::Uuid::from_u128(number);
        let cell = |who: u128, what: u128| format!("{}:{}", id(who), id(what));
        let had = [cell(1, 10), cell(1, 11), cell(2, 10)];
        let handles = [cell(1, 10), cell(1, 12), cell(2, 10)];
        let all = ticks::<EmployeeId>(&had, &handles).expect("read");
        let one = Ticks {
            added: vec![SubjectId(id(12))],
            removed: vec![SubjectId(id(11))],
        };
        assert_eq!(all, [(EmployeeId(id(1)), one)].into());
        assert!(ticks::<EmployeeId>(&[], &["nonsense".into()]).is_err());
        assert!(ticks::<EmployeeId>(&["1:2".into()], &[]).is_err());
    }
}
