//! Who takes over what somebody leaves behind: the best colleague for each appointment (P-06).

use super::Case;
use crate::availability::Span;
use crate::{Appointment, AppointmentId, EmployeeId, OfficeId, SubjectId, Timestamp};
use std::collections::HashMap;

/// The cases of the colleagues, by office and subject; read for a range around every appointment.
pub type Colleagues = HashMap<(OfficeId, SubjectId), Vec<Case>>;

/// Who could take an appointment over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    pub appointment: AppointmentId,
    /// Those of the same office who handle the subject and are free then, the least loaded first.
    /// The first is suggested; nobody where there is none.
    pub candidates: Vec<Candidate>,
}

/// A colleague against whom nothing stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub id: EmployeeId,
    pub name: String,
    /// How many appointments they have that day, with those suggested to them before this one.
    pub load: usize,
}

/// Suggests somebody for each appointment, in the order of time. What was suggested to somebody takes
/// their time, so that all suggestions together can be carried out.
pub fn suggest(
    appointments: &[Appointment],
    mut colleagues: Colleagues,
    leaving: EmployeeId,
    now: Timestamp,
) -> Vec<Suggestion> {
    let mut all = Vec::with_capacity(appointments.len());
    for appointment in appointments {
        let key = (appointment.office, appointment.subject);
        let cases = colleagues.get(&key).map(Vec::as_slice).unwrap_or_default();
        let at = appointment.begins_at;
        let free = |case: &&Case| {
            let proposal = case.propose_again(appointment, at, now);
            case.agent.id != leaving && proposal.obstacles().is_empty()
        };
        let mut candidates: Vec<Candidate> = cases
            .iter()
            .filter(free)
            .map(|case| Candidate {
                id: case.agent.id,
                name: case.agent.name.clone(),
                load: case.load(at),
            })
            .collect();
        candidates.sort_by_key(|candidate| (candidate.load, candidate.id));
        if let Some(best) = candidates.first() {
            let taken = Span {
                from: appointment.busy_from,
                until: appointment.busy_until,
            };
            let theirs = colleagues.values_mut().flatten();
            for case in theirs.filter(|case| case.agent.id == best.id) {
                case.diary.taken.push(taken);
            }
        }
        all.push(Suggestion {
            appointment: appointment.id,
            candidates,
        });
    }
    all
}
