//! One agent, one subject, one office: everything that decides whether the three go together (P-03).

use super::{Meeting, Obstacle};
use crate::appointment::Proposal;
use crate::availability::{self, Diary, Need, Premises, Slot, Span};
use crate::employee::Status;
use crate::subject::Offer;
use crate::{Appointment, EmployeeId, OrganisationId, Role, Roles, Timestamp};

/// Times are offered to customers every so many minutes.
pub const STEP: u32 = 15;

/// An agent as far as bookings are concerned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agent {
    pub id: EmployeeId,
    /// Empty while there is none.
    pub name: String,
    pub status: Status,
    pub online_planning: bool,
    /// In the office of the case.
    pub roles: Roles,
    /// Whether they handle the subject in the office (O-03).
    pub expert: bool,
}

impl Agent {
    /// What stands against every booking with them, whatever the time.
    pub fn obstacles(&self) -> impl Iterator<Item = Obstacle> {
        [
            (self.status != Status::Active, Obstacle::NotActive),
            (self.name.is_empty(), Obstacle::NoName),
            (!self.online_planning, Obstacle::NotOnline),
            (!self.roles.has(Role::Agent), Obstacle::NotInOffice),
            (!self.expert, Obstacle::NoExpertise),
        ]
        .into_iter()
        .filter_map(|(holds, obstacle)| holds.then_some(obstacle))
    }
}

/// As the store read it. A proposal of it can't be made around the question.
#[derive(Clone, Debug)]
pub struct Case {
    pub organisation: OrganisationId,
    pub office_name: String,
    pub office_active: bool,
    pub premises: Premises,
    pub offer: Offer,
    pub agent: Agent,
    /// Without what stands against every booking; [`Case::known`] adds it.
    pub diary: Diary,
}

impl Case {
    /// The case with what stands against every booking of it, whatever the time.
    #[must_use]
    pub fn known(mut self) -> Self {
        let general = [
            (!self.office_active, Obstacle::OfficeInactive),
            (!self.offer.offered, Obstacle::NotOffered),
        ];
        let general = general
            .into_iter()
            .filter_map(|(holds, obstacle)| holds.then_some(obstacle));
        self.diary.against = self.agent.obstacles().chain(general).collect();
        self
    }

    /// Whether the agent takes appointments in the office at all. Of others, staff of the office are told
    /// nothing: neither that they are busy nor that they are away.
    pub fn is_there(&self) -> bool {
        self.agent.roles.has(Role::Agent)
    }

    fn need(&self, now: Timestamp) -> Need {
        let minutes = |number: i32| u32::try_from(number).unwrap_or_default();
        Need {
            now,
            duration: minutes(self.offer.duration).max(1),
            before: minutes(self.offer.before),
            after: minutes(self.offer.after),
            notice_least: minutes(self.offer.notice_least),
            notice_most: minutes(self.offer.notice_most).saturating_mul(24 * 60),
            step: STEP,
        }
    }

    /// The times in `range` at which a customer can book, in order.
    pub fn slots(&self, range: Span, now: Timestamp) -> Vec<Slot> {
        availability::slots(&self.premises, &self.diary, &self.need(now), range)
    }

    /// What would be booked at `at`, with what stands against it.
    pub fn propose(&self, meeting: Meeting, at: Timestamp, now: Timestamp) -> Proposal {
        self.proposal(&self.need(now), meeting, at)
    }

    /// What an appointment would become at `at` with this agent: as long as it was, with its buffers.
    /// How long ahead it has to be booked, and whether office and subject take bookings, was asked when
    /// it was, and is only asked again for another time.
    pub fn propose_again(&self, before: &Appointment, at: Timestamp, now: Timestamp) -> Proposal {
        let minutes = |from: Timestamp, until: Timestamp| {
            u32::try_from(until.duration_since(from).as_mins()).unwrap_or_default()
        };
        let need = Need {
            duration: minutes(before.begins_at, before.ends_at).max(1),
            before: minutes(before.busy_from, before.begins_at),
            after: minutes(before.ends_at, before.busy_until),
            ..self.need(now)
        };
        let mut proposal = self.proposal(&need, before.meeting, at);
        if at == before.begins_at {
            let asked = [
                Obstacle::TooSoon,
                Obstacle::TooFar,
                Obstacle::NotOffered,
                Obstacle::OfficeInactive,
                Obstacle::MeetingNotOffered,
            ];
            proposal
                .obstacles
                .retain(|obstacle| !asked.contains(obstacle));
        }
        proposal
    }

    fn proposal(&self, need: &Need, meeting: Meeting, at: Timestamp) -> Proposal {
        let mut obstacles = availability::obstacles(&self.premises, &self.diary, need, at);
        if !self.offer.meetings.has(meeting) {
            obstacles.push(Obstacle::MeetingNotOffered);
            obstacles.sort_unstable();
        }
        let automatic = || availability::is_automatic(&self.premises, &self.diary.hours, need, at);
        let (span, busy) = (need.span(at), need.busy(at));
        Proposal {
            organisation: self.organisation,
            agent: self.agent.id,
            office: self.premises.office,
            office_name: self.office_name.clone(),
            subject: self.offer.subject,
            subject_title: self.offer.title.clone(),
            meeting,
            begins_at: span.from,
            ends_at: span.until,
            busy_from: busy.from,
            busy_until: busy.until,
            by_hand: self.offer.by_hand.unwrap_or_else(|| !automatic()),
            obstacles,
        }
    }
}
