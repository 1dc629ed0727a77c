//! Who could take over what somebody leaves, and what became of each appointment (P-06).

use super::{CANCEL, KEEP, Leaving, Left, Outcome};
use crate::appointments::{Row, server as change};
use crate::error::AppError;
use crate::messages::t;
use crate::request::{Change, Read, zone};
use crate::ui::moment::day_and_time;
use domain::availability::Span;
use domain::booking::handover::{Colleagues, Suggestion, suggest};
use domain::{Appointment, AppointmentId, EmployeeId, Field, Refusal, Version, Why};
use jiff::SignedDuration;
use std::collections::hash_map::Entry;
use store::appointment::Which;
use store::availability::Whom;

/// How many appointments are changed with one request.
const MOST: usize = 500;

pub(super) async fn leaving(id: EmployeeId, all: bool) -> Result<Leaving, AppError> {
    let mut request = Read::begin().await?;
    let employee = request.employee(id).await?;
    let actor = request.actor().clone();
    if !actor.reaches_beyond_own(domain::Action::HandleAppointments) {
        return Err(Refusal::Forbidden.into());
    }
    let which = if all { Which::All } else { Which::Stranded };
    let (zone, now) = (request.zone(), request.now);
    let mut listed = request.upcoming(id, which, now).await?;
    listed.retain(|one| one.appointment.may(&actor).is_ok());
    listed.truncate(MOST);
    let appointments: Vec<_> = listed.iter().map(|one| one.appointment.clone()).collect();
    let suggestions = suggestions(&mut request, id, &appointments).await?;
    let left = listed
        .into_iter()
        .zip(suggestions)
        .map(|(one, suggestion)| {
            let candidates = suggestion.candidates.into_iter().map(|candidate| {
                let why = t::leaving_why(candidate.load);
                (candidate.id, candidate.name, why)
            });
            Left {
                row: Row::of(one, &zone, now),
                candidates: candidates.collect(),
            }
        });
    Ok(Leaving {
        id,
        name: employee.display_name(),
        left: left.collect(),
    })
}

async fn suggestions(
    request: &mut Read,
    id: EmployeeId,
    appointments: &[Appointment],
) -> Result<Vec<Suggestion>, AppError> {
    let begins = appointments.iter().map(|one| one.begins_at);
    let (Some(from), Some(until)) = (begins.clone().min(), begins.max()) else {
        return Ok(Vec::new());
    };
    // The days around, whose other appointments say how much somebody has to do.
    let range = Span {
        from: from - SignedDuration::from_hours(24),
        until: until + SignedDuration::from_hours(24),
    };
    let mut colleagues = Colleagues::new();
    for one in appointments {
        let key = (one.office, one.subject);
        if let Entry::Vacant(place) = colleagues.entry(key) {
            let (office, subject) = key;
            let cases = request
                .cases(office, subject, Whom::Bookable, range, None)
                .await?;
            place.insert(cases.unwrap_or_default());
        }
    }
    Ok(suggest(appointments, colleagues, id, request.now))
}

pub(super) async fn hand_over(
    id: EmployeeId,
    appointments: &[AppointmentId],
    versions: &[Version],
    choices: &[String],
) -> Result<Vec<Outcome>, AppError> {
    let together = appointments.len() == versions.len() && appointments.len() == choices.len();
    if !together || appointments.len() > MOST {
        return Err(Refusal::field(Field::Agent, Why::UnknownChoice).into());
    }
    {
        let mut request = Read::begin().await?;
        request.employee(id).await?;
        if !request
            .actor()
            .reaches_beyond_own(domain::Action::HandleAppointments)
        {
            return Err(Refusal::Forbidden.into());
        }
    }
    let mut outcomes = Vec::new();
    for ((appointment, version), choice) in appointments.iter().zip(versions).zip(choices) {
        if choice == KEEP {
            continue;
        }
        let mut what = String::new();
        let result = carry_out(id, *appointment, *version, choice, &mut what).await;
        let (done, words) = match result {
            Ok(words) => (true, words),
            Err(AppError::NotSignedIn) => return Err(AppError::NotSignedIn),
            Err(error) => (false, said(&error)),
        };
        outcomes.push(Outcome {
            appointment: *appointment,
            what,
            done,
            words,
        });
    }
    Ok(outcomes)
}

/// Why nothing changed: of a refused form what stands against it, else the error's own sentence.
fn said(error: &AppError) -> String {
    let sentences: Vec<String> = error.problems().into_iter().map(|p| p.sentence).collect();
    match sentences.is_empty() {
        true => error.to_string(),
        false => sentences.join(" "),
    }
}

async fn carry_out(
    leaving: EmployeeId,
    id: AppointmentId,
    version: Version,
    choice: &str,
    what: &mut String,
) -> Result<String, AppError> {
    let mut request = Change::begin().await?;
    let appointment = change::known(&mut request, id).await?;
    let begins = appointment.begins_at.to_zoned(zone(&request.session));
    *what = format!("{}, {}", day_and_time(&begins), appointment.subject_title);
    if appointment.employee != Some(leaving) || appointment.version != version {
        return Err(Refusal::Stale.into());
    }
    let words = if choice == CANCEL {
        let cancelled = appointment.cancel(&request.actor, "", request.now)?;
        request.apply(cancelled).await?;
        t::leaving_cancelled().to_owned()
    } else {
        let unknown = |_| Refusal::field(Field::Agent, Why::UnknownChoice);
        let agent: EmployeeId = choice.parse().map_err(unknown)?;
        let at = appointment.begins_at;
        change::hand(&mut request, &appointment, Some(agent), at, false).await?;
        t::leaving_given().to_owned()
    };
    request.commit().await?;
    Ok(words)
}
