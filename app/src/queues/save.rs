//! From the boxes of a form to memberships: what was changed since it was read, and no more.

use super::members::Line;
use super::row::read_place;
use crate::error::AppError;
use crate::request::Change;
use domain::contact_centre::membership::{Membership, change_memberships};
use domain::{EmployeeId, Field, QueueId, Refusal, Why};
use std::collections::{BTreeMap, BTreeSet};

/// What the lines of a queue's page ask for, of those that are not as they were.
pub(super) fn of_lines(queue: QueueId, lines: &[Line]) -> Vec<Membership> {
    let wanted = |line: &Line| {
        // What is no number is no priority that there is.
        let priority = match line.priority.trim() {
            "" => None,
            text => Some(text.parse().unwrap_or(0)),
        };
        Membership {
            queue,
            employee: line.user,
            assigned: line.assigned,
            enabled: line.enabled,
            priority,
        }
    };
    let changed = |line: &&Line| {
        let kind = match (line.assigned, line.enabled) {
            (true, true) => "enabled",
            (true, false) => "assigned",
            (false, true) => return true,
            (false, false) => return !line.was.is_empty(),
        };
        match line.was.split_once(':') {
            Some((was, priority)) => was != kind || priority != line.priority.trim(),
            None => true,
        }
    };
    lines.iter().filter(changed).map(wanted).collect()
}

/// What the cells of the matrix ask for: `users` are its rows and `queues` its columns, and each cell is
/// `ROW.COLUMN`. `was` has the cells of members when the form was read, with `e` behind those enabled.
pub(super) fn of_cells(
    (users, queues): (&[EmployeeId], &[QueueId]),
    was: &str,
    (assigned, enabled): (&[String], &[String]),
) -> Result<Vec<Membership>, AppError> {
    let was = was
        .split_whitespace()
        .map(|cell| match cell.strip_suffix('e') {
            Some(cell) => (cell, true),
            None => (cell, false),
        });
    let was: BTreeMap<&str, bool> = was.collect();
    let of = |cells: &'_ [String]| cells.iter().cloned().collect::<BTreeSet<String>>();
    let (assigned, enabled) = (of(assigned), of(enabled));
    let mut all: BTreeSet<&str> = was.keys().copied().collect();
    all.extend(assigned.iter().chain(&enabled).map(String::as_str));
    let mut wanted = Vec::new();
    for cell in all {
        let (assigned, enabled) = (assigned.contains(cell), enabled.contains(cell));
        let before = was.get(cell).copied();
        if (assigned, enabled) == (before.is_some(), before == Some(true)) {
            continue;
        }
        let (row, column) = read_place(cell).ok_or_else(unknown)?;
        wanted.push(Membership {
            queue: *queues.get(column).ok_or_else(unknown)?,
            employee: *users.get(row).ok_or_else(unknown)?,
            assigned,
            enabled,
            priority: None,
        });
    }
    Ok(wanted)
}

fn unknown() -> Refusal {
    Refusal::field(Field::Members, Why::UnknownChoice)
}

/// Writes what is wanted, all of it or nothing.
pub(super) async fn apply(request: &mut Change, wanted: &[Membership]) -> Result<(), AppError> {
    let queues: BTreeSet<QueueId> = wanted.iter().map(|one| one.queue).collect();
    let users: BTreeSet<EmployeeId> = wanted.iter().map(|one| one.employee).collect();
    let (queues, users): (Vec<_>, Vec<_>) =
        (queues.into_iter().collect(), users.into_iter().collect());
    let facts = request.membership_facts(&queues, &users).await?;
    let changes = change_memberships(&request.actor, wanted, &facts, request.now)?;
    for change in changes {
        request.apply(change).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(number)
    }

    // C-10: only what was ticked or unticked since the matrix was read is changed.
    #[test]
    fn cells_that_were_not_touched_are_not_changed() {
        let users = [EmployeeId(id(1)), EmployeeId(id(2))];
        let queues = [QueueId(id(8)), QueueId(id(9))];
        let texts = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        let cells = |was, assigned: &[&str], enabled: &[&str]| {
            of_cells((&users, &queues), was, (&texts(assigned), &texts(enabled)))
        };
        assert_eq!(cells("0.0 1.1e", &["0.0", "1.1"], &["1.1"]), Ok(vec![]));
        let changed = cells("0.0 1.1e", &["0.0", "0.1"], &["0.0"]).expect("read");
        let shown: Vec<_> = changed
            .iter()
            .map(|one| (one.employee, one.queue, one.assigned, one.enabled))
            .collect();
        assert_eq!(
            shown,
            [
                (users[0], queues[0], true, true),
                (users[0], queues[1], true, false),
                (users[1], queues[1], false, false),
            ]
        );
        assert!(cells("", &["5.0"], &[]).is_err(), "no such row");
        assert!(cells("", &["x"], &[]).is_err());
    }

    // C-10: of a queue's lines too, and a priority that is no number is refused by the rule.
    #[test]
    fn lines_that_were_not_touched_are_not_changed() {
        let line = |was: &str, assigned, enabled, priority: &str| Line {
            user: EmployeeId(id(1)),
            was: was.into(),
            assigned,
            enabled,
            priority: priority.into(),
        };
        let asked = |line: Line| {
            let wanted = of_lines(QueueId(id(8)), &[line]);
            wanted
                .first()
                .map(|one| (one.assigned, one.enabled, one.priority))
        };
        assert_eq!(asked(line("enabled:5", true, true, "5")), None);
        assert_eq!(asked(line("", false, false, "5")), None);
        assert_eq!(
            asked(line("enabled:5", true, true, "2")),
            Some((true, true, Some(2)))
        );
        assert_eq!(
            asked(line("assigned:5", false, false, "5")),
            Some((false, false, Some(5)))
        );
        assert_eq!(
            asked(line("", false, true, "first")),
            Some((false, true, Some(0)))
        );
    }
}
