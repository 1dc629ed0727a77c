//! An agent's appointments as events: in their private feed and in the calendars that get copies (O-06).

use app::request::{Asker, Deployment};
use axum::extract::{Extension, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendars::ics::{self, Event, Status};
use domain::appointment::State;
use domain::booking::Meeting;
use domain::{Appointment, Timestamp};
use jiff::SignedDuration;

/// How far back a feed goes.
const PAST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// An appointment as its agent has it in a calendar. `url` is that of the organisation.
pub(crate) fn event(
    appointment: &Appointment,
    video_link: &str,
    url: &str,
    now: Timestamp,
) -> Event {
    let customer = &appointment.customer;
    let email = customer.email.as_ref().map(ToString::to_string);
    let phone = customer.phone.as_ref().map(|phone| phone.as_str());
    let page = format!("{url}/appointments/{}", appointment.id);
    let lines = [
        customer.name.as_str(),
        email.as_deref().unwrap_or_default(),
        phone.unwrap_or_default(),
        &appointment.remark,
        &page,
    ];
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let location = match appointment.meeting {
        Meeting::InPerson => &appointment.office_name,
        Meeting::Video => video_link,
        Meeting::Phone => phone.unwrap_or_default(),
    };
    let title = [appointment.subject_title.as_str(), &customer.name];
    let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    Event {
        uid: appointment.uid(),
        sequence: appointment.sequence,
        stamp: now,
        begins_at: appointment.begins_at,
        ends_at: appointment.ends_at,
        summary: title.join(", "),
        description: lines.join("\n"),
        location: location.to_owned(),
        url: page,
        organizer: None,
        attendee: None,
        status: match appointment.state {
            State::Requested => Status::Tentative,
            State::Confirmed => Status::Confirmed,
            State::Cancelled => Status::Cancelled,
        },
    }
}

/// `/feeds/TOKEN.ics`: whoever knows the address may read it, so it is kept nowhere on the way.
pub(crate) async fn feed(
    Extension(deployment): Extension<Deployment>,
    Extension(asker): Extension<Asker>,
    Path(file): Path<String>,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (
            header::HeaderName::from_static("x-robots-tag"),
            "noindex, nofollow",
        ),
    ];
    match written(&deployment, &asker, &file).await {
        Ok(Some(text)) => (headers, text).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::warn!(%error, "a feed could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn written(
    deployment: &Deployment,
    asker: &Asker,
    file: &str,
) -> store::Result<Option<String>> {
    let token = file
        .strip_suffix(".ics")
        .and_then(|token| token.parse().ok());
    let Some(token) = token else {
        return Ok(None);
    };
    let mut reading = deployment.store.read(asker.organisation).await?;
    let Some(owner) = reading.feed_owner(&token).await? else {
        return Ok(None);
    };
    let Some(owner) = reading.employee(owner).await? else {
        return Ok(None);
    };
    let appointments = reading.agenda(owner.id, asker.now - PAST).await?;
    let link = &owner.profile.video_link;
    let events: Vec<Event> = appointments
        .iter()
        .map(|appointment| event(appointment, link, &asker.url, asker.now))
        .collect();
    let name = reading.organisation().await?.settings.name;
    Ok(Some(ics::feed(&name, &events)))
}
