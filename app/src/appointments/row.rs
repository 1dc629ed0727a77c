//! An appointment as lists and calendars show it, in the reader's words and time zone.

use crate::messages::t;
use crate::ui::Tone;
use domain::appointment::State;
use domain::booking::Meeting;
use domain::{AppointmentId, EmployeeId, Version};
use serde::{Deserialize, Serialize};

/// A row of the plan.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    pub id: AppointmentId,
    pub version: Version,
    pub state: State,
    /// `2026-11-23`, in the reader's time zone.
    pub day: String,
    /// "Mon 23 Nov"
    pub day_text: String,
    /// Minutes since midnight.
    pub from: u16,
    /// Minutes since midnight; 1,440 where it ends on another day.
    pub until: u16,
    /// "09:00–09:30"
    pub time: String,
    pub subject: String,
    pub office: String,
    /// `None` for a former employee.
    pub agent: Option<(EmployeeId, String)>,
    /// Whether the agent is Active.
    pub agent_active: bool,
    /// Empty once erased.
    pub customer: String,
    pub meeting: Meeting,
    pub over: bool,
    /// Whether it was booked against a rule, on purpose.
    pub against: bool,
}

impl Row {
    /// Who comes, or that their data was erased.
    pub fn customer(&self) -> String {
        match self.customer.as_str() {
            "" => t::appointments_erased().to_owned(),
            name => name.to_owned(),
        }
    }

    /// Who takes it.
    pub fn agent(&self) -> String {
        match &self.agent {
            Some((_, name)) => name.clone(),
            None => t::appointments_former().to_owned(),
        }
    }
}

/// The word for a state.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::Requested => t::appointments_requested(),
        State::Confirmed => t::appointments_confirmed(),
        State::Cancelled => t::appointments_cancelled(),
    }
}

/// The colour of a state.
pub(super) fn tone(state: State) -> Tone {
    match state {
        State::Requested => Tone::Wait,
        State::Confirmed => Tone::Good,
        State::Cancelled => Tone::Stop,
    }
}

/// The word for a kind of meeting.
pub(super) fn meeting_word(meeting: Meeting) -> &'static str {
    match meeting {
        Meeting::InPerson => t::appointments_in_person(),
        Meeting::Video => t::appointments_video(),
        Meeting::Phone => t::appointments_phone(),
    }
}

#[cfg(feature = "ssr")]
mod server {
    use super::Row;
    use crate::ui::moment::{day_short, time};
    use domain::Timestamp;
    use jiff::tz::TimeZone;
    use store::appointment::Listed;

    impl Row {
        /// What the store read, for somebody who reads times in `zone`.
        pub(crate) fn of(listed: Listed, zone: &TimeZone, now: Timestamp) -> Self {
            let appointment = listed.appointment;
            let from = appointment.begins_at.to_zoned(zone.clone());
            let until = appointment.ends_at.to_zoned(zone.clone());
            let minutes = |hour: i8, minute: i8| {
                u16::try_from(i32::from(hour) * 60 + i32::from(minute)).unwrap_or_default()
            };
            Self {
                id: appointment.id,
                version: appointment.version,
                state: appointment.state,
                day: from.date().to_string(),
                day_text: day_short(from.date()),
                from: minutes(from.hour(), from.minute()),
                until: match from.date() == until.date() {
                    true => minutes(until.hour(), until.minute()),
                    false => domain::hours::DAY,
                },
                time: format!("{}–{}", time(&from), time(&until)),
                subject: appointment.subject_title,
                office: appointment.office_name,
                agent: appointment.employee.map(|id| (id, listed.agent)),
                agent_active: listed.is_active,
                customer: appointment.customer.name,
                meeting: appointment.meeting,
                over: appointment.ends_at <= now,
                against: !appointment.against.is_empty(),
            }
        }
    }
}
