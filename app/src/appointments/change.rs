//! What staff do with an appointment: another time or agent, confirm, cancel, note (P-02).

use crate::error::AppError;
use domain::{AppointmentId, EmployeeId, Version};
use leptos::prelude::*;

/// Gives an appointment another time, another agent, or both. `day` and `time` are by the asker's
/// clock, such as `2026-11-23` and `09:30`, and count before `at`, which is one of the times that
/// were offered, such as `2026-11-23T09:30`; empty they stay, as does an agent who is not named.
/// `against` sets rules aside on purpose, for those who may.
#[server(endpoint = "move_appointment")]
pub async fn move_appointment(
    id: AppointmentId,
    version: Version,
    #[server(default)] agent: Option<EmployeeId>,
    #[server(default)] day: String,
    #[server(default)] time: String,
    #[server(default)] at: String,
    #[server(default)] against: bool,
) -> Result<(), AppError> {
    let (mut request, appointment) = server::begin(id, version).await?;
    let at = match server::chosen(&day, &time, &at, &crate::request::zone(&request.session))? {
        Some(at) => at,
        None => appointment.begins_at,
    };
    server::hand(&mut request, &appointment, agent, at, against).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/appointments/{id}?done=appointment-moved"));
    Ok(())
}

/// Confirms a requested appointment.
#[server(endpoint = "confirm_appointment")]
pub async fn confirm_appointment(id: AppointmentId, version: Version) -> Result<(), AppError> {
    let (mut request, appointment) = server::begin(id, version).await?;
    let agent = appointment.employee.ok_or(domain::Refusal::WrongState)?;
    let case = server::case(&mut request, &appointment, agent, appointment.begins_at).await?;
    let proposal = case.propose_again(&appointment, appointment.begins_at, request.now);
    let confirmed = appointment.confirm(&request.actor, &proposal, request.now)?;
    request.apply(confirmed).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/appointments/{id}?done=appointment-confirmed"));
    Ok(())
}

/// Cancels an appointment, with a reason that the customer reads.
#[server(endpoint = "cancel_appointment")]
pub async fn cancel_appointment(
    id: AppointmentId,
    version: Version,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let (mut request, appointment) = server::begin(id, version).await?;
    let cancelled = appointment.cancel(&request.actor, &reason, request.now)?;
    request.apply(cancelled).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/appointments/{id}?done=appointment-cancelled"));
    Ok(())
}

/// Keeps a note that only staff read (P-08).
#[server(endpoint = "note_appointment")]
pub async fn note_appointment(
    id: AppointmentId,
    version: Version,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let (mut request, appointment) = server::begin(id, version).await?;
    if let Some(noted) = appointment.note(&request.actor, &note, request.now)? {
        request.apply(noted).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/appointments/{id}?done=saved"));
    Ok(())
}

#[cfg(feature = "ssr")]
pub(crate) mod server {
    use crate::error::AppError;
    use crate::request::Change;
    use domain::availability::Span;
    use domain::booking::Case;
    use domain::{Appointment, AppointmentId, EmployeeId, Field, Refusal, Timestamp, Version, Why};
    use jiff::civil::{Date, Time};
    use jiff::tz::TimeZone;
    use store::availability::Whom;

    /// An appointment that the asker may handle, as it was when they saw it (E-20).
    pub(crate) async fn begin(
        id: AppointmentId,
        version: Version,
    ) -> Result<(Change, Appointment), AppError> {
        let mut request = Change::begin().await?;
        let appointment = known(&mut request, id).await?;
        match appointment.version == version {
            true => Ok((request, appointment)),
            false => Err(Refusal::Stale.into()),
        }
    }

    pub(crate) async fn known(
        request: &mut Change,
        id: AppointmentId,
    ) -> Result<Appointment, AppError> {
        let appointment = request.appointment(id).await?.ok_or(Refusal::NotFound)?;
        appointment.may(&request.actor)?;
        Ok(appointment)
    }

    /// The time of a form: the day and time that were typed, else the one that was chosen.
    pub(crate) fn chosen(
        day: &str,
        time: &str,
        at: &str,
        zone: &TimeZone,
    ) -> Result<Option<Timestamp>, Refusal> {
        match (day.trim(), time.trim(), at.split_once('T')) {
            ("", "", None) => Ok(None),
            ("", "", Some((day, time))) => instant(day, time, zone).map(Some),
            (day, time, _) => instant(day, time, zone).map(Some),
        }
    }

    /// Another time, another agent, or both.
    pub(crate) async fn hand(
        request: &mut Change,
        appointment: &Appointment,
        agent: Option<EmployeeId>,
        at: Timestamp,
        against: bool,
    ) -> Result<(), AppError> {
        let agent = agent
            .or(appointment.employee)
            .ok_or_else(|| Refusal::field(Field::Agent, Why::Required))?;
        let case = case(request, appointment, agent, at).await?;
        let proposal = case.propose_again(appointment, at, request.now);
        let reminder = request.bookings().await?.settings.reminder();
        let moved =
            appointment.revise(&request.actor, &proposal, against, reminder, request.now)?;
        if let Some(moved) = moved {
            request.apply(moved).await?;
        }
        Ok(())
    }

    /// What decides whether an agent can take an appointment at `at`.
    pub(super) async fn case(
        request: &mut Change,
        appointment: &Appointment,
        agent: EmployeeId,
        at: Timestamp,
    ) -> Result<Case, AppError> {
        let range = Span {
            from: at,
            until: at,
        };
        let (office, subject) = (appointment.office, appointment.subject);
        let except = Some(appointment.id);
        let cases = request
            .cases(office, subject, Whom::One(agent), range, except)
            .await?;
        let Some(case) = cases.and_then(|mut cases| cases.pop()) else {
            let why = Why::AgainstRule(vec![domain::booking::Obstacle::NotOffered]);
            return Err(Refusal::field(Field::Begins, why).into());
        };
        match case.is_there() || appointment.employee == Some(agent) {
            true => Ok(case),
            false => Err(Refusal::field(Field::Agent, Why::UnknownChoice).into()),
        }
    }

    /// A time by a clock; one that does not exist that day is the one after the gap.
    pub(crate) fn instant(day: &str, time: &str, zone: &TimeZone) -> Result<Timestamp, Refusal> {
        let mut problems = domain::field::Problems::default();
        let date = day.trim().parse::<Date>();
        if date.is_err() {
            problems.add(
                Field::Day,
                if day.trim().is_empty() {
                    Why::Required
                } else {
                    Why::NotADate
                },
            );
        }
        let clock = time.trim().parse::<Time>();
        if clock.is_err() {
            problems.add(
                Field::Begins,
                if time.trim().is_empty() {
                    Why::Required
                } else {
                    Why::NotATime
                },
            );
        }
        problems.none()?;
        let there = date
            .and_then(|date| clock.map(|clock| date.to_datetime(clock)))
            .and_then(|there| there.to_zoned(zone.clone()));
        there
            .map(|there| there.timestamp())
            .map_err(|_| Refusal::field(Field::Begins, Why::NotATime))
    }
}
