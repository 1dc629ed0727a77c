//! An appointment as its customer sees it: what E-09 says of confirmations, and nothing of the staff's.

use super::Opened;
use crate::booking::answer::said;
use crate::booking::calendar::Calendar;
use app::booking::{Cancel, Fact, Own, Words, day_of, meeting_word};
use app::messages::t;
use app::ui::moment::day_and_time;
use axum::http::StatusCode;
use axum::response::Response;
use domain::appointment::State as Stands;
use domain::booking::Meeting;
use domain::{Appointment, Timestamp};
use jiff::tz::TimeZone;
use leptos::prelude::AnyView;

impl Opened {
    pub(super) fn path(&self, end: &str) -> String {
        format!("/book/appointment/{}{end}", self.token)
    }

    fn zone(&self) -> TimeZone {
        let organisation = &self.visit.organisation.settings.time_zone;
        let name = self
            .office
            .as_ref()
            .map_or(organisation.as_str(), |office| office.zone(organisation));
        TimeZone::get(name).unwrap_or(TimeZone::UTC)
    }

    fn time(&self, at: Timestamp) -> String {
        let there = at.to_zoned(self.zone());
        format!("{} {}", day_and_time(&there), there.strftime("%Z"))
    }

    pub(super) fn when(&self, appointment: &Appointment) -> String {
        self.time(appointment.begins_at)
    }

    pub(super) fn agree(
        &self,
        appointment: &Appointment,
        calendar: &Calendar,
        at: Timestamp,
        words: &Words,
    ) -> AnyView {
        let path = self.path("/time");
        let week = day_of(at, &calendar.zone).to_string();
        let other = words.with("week", &week).href(&path);
        let fact = |word, value, other| Fact { word, value, other };
        let facts = vec![
            fact(t::book_own_now(), self.when(appointment), None),
            fact(
                t::book_own_new(),
                self.time(at),
                Some((other, t::book_other_time())),
            ),
        ];
        let words = words.with("at", &at.to_string());
        app::booking::agree(&path, &words, facts)
    }

    /// The page of the appointment; for a link of nothing a page that says so.
    pub(super) fn page(
        &self,
        status: StatusCode,
        done: &str,
        wrong: Option<String>,
        reason: &str,
    ) -> Response {
        let Some(appointment) = &self.appointment else {
            let (title, text) = (t::book_no_such_link, t::book_no_such_link_text);
            return self.visit.say(StatusCode::NOT_FOUND, title, text);
        };
        self.visit.page(status, || {
            let text = match (done, appointment.state) {
                ("cancelled", Stands::Cancelled) => Some(t::book_cancelled()),
                ("booked" | "moved", Stands::Requested) => Some(t::book_requested()),
                ("booked", Stands::Confirmed) => Some(t::book_confirmed()),
                ("moved", Stands::Confirmed) => Some(t::book_moved()),
                _ => None,
            };
            let said = said(text.map(str::to_owned), false);
            let own = self.own(appointment, wrong, reason);
            (t::book_own().to_owned(), app::booking::own(own, said))
        })
    }

    fn own(&self, appointment: &Appointment, wrong: Option<String>, reason: &str) -> Own {
        let now = self.visit.asker.now;
        let open = appointment.is_open_to_customer(now).is_ok();
        let over = appointment.ends_at <= now;
        let (state, good) = match appointment.state {
            Stands::Cancelled => (t::book_state_cancelled(), false),
            _ if over => (t::book_state_over(), false),
            Stands::Requested => (t::book_state_requested(), false),
            Stands::Confirmed => (t::book_state_confirmed(), true),
        };
        let words = Words::default().with("language", self.visit.words.get("language"));
        let begun = appointment.state != Stands::Cancelled && !over && !open;
        let video = self
            .agent
            .as_ref()
            .map(|agent| agent.profile.video_link.clone());
        let is_video = open && appointment.meeting == Meeting::Video;
        Own {
            state,
            good,
            facts: self.facts(appointment),
            texts: self.texts(appointment),
            video: video.filter(|link| is_video && link.starts_with("https://")),
            change: open.then(|| Cancel {
                time: words.href(&self.path("/time")),
                cancel: self.path("/cancel"),
                words: words.clone(),
                reason: reason.to_owned(),
                wrong,
            }),
            over: begun.then(t::book_own_begun),
            again: words.href("/book"),
        }
    }

    /// What it is, and with whom: of the agent what E-09 says of confirmations.
    fn facts(&self, appointment: &Appointment) -> Vec<Fact> {
        let mut facts = vec![
            (t::letter_what(), appointment.subject_title.clone()),
            (t::letter_when(), self.when(appointment)),
        ];
        let country = &self.visit.organisation.settings.country;
        let shown = |phone: &domain::field::Phone| phone.shown(country);
        if let Some(agent) = &self.agent {
            let phone = agent.profile.phone.as_ref();
            let known = [
                agent.profile.name(),
                agent.profile.function.clone(),
                agent.email.to_string(),
                phone.map(shown).unwrap_or_default(),
            ];
            facts.push((t::letter_with(), lines(&known)));
        }
        let office = self.office.as_ref();
        let address = office.map(|office| office.address.lines().collect::<Vec<_>>().join(", "));
        let phone = appointment.customer.phone.as_ref().map(shown);
        let place = match appointment.meeting {
            Meeting::InPerson => vec![appointment.office_name.clone(), address.unwrap_or_default()],
            Meeting::Video => vec![meeting_word(Meeting::Video).to_owned()],
            Meeting::Phone => vec![
                meeting_word(Meeting::Phone).to_owned(),
                phone.unwrap_or_default(),
            ],
        };
        facts.push((t::letter_where(), joined(&place)));
        let phone = office.and_then(|office| office.phone.as_ref()).map(shown);
        facts.push((t::letter_phone(), phone.unwrap_or_default()));
        facts.push((t::label_name(), appointment.customer.name.clone()));
        facts.push((t::letter_reason(), appointment.reason.clone()));
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        let fact = |(word, value)| Fact {
            word,
            value,
            other: None,
        };
        facts.map(fact).collect()
    }

    fn texts(&self, appointment: &Appointment) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        if let Some(office) = &self.office
            && appointment.meeting == Meeting::InPerson
        {
            texts.push((t::letter_directions().to_owned(), office.directions.clone()));
            texts.push((t::letter_parking().to_owned(), office.parking.clone()));
        }
        let answers = appointment.answers.iter();
        texts.extend(answers.map(|said| (said.question.clone(), said.answer.clone())));
        texts.push((t::letter_added().to_owned(), appointment.remark.clone()));
        texts
    }
}

fn present(parts: &[String]) -> Vec<String> {
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.cloned().collect()
}

fn joined(parts: &[String]) -> String {
    present(parts).join(", ")
}

/// Below each other, so that names of scripts in the other direction stand by themselves.
fn lines(parts: &[String]) -> String {
    present(parts).join("\n")
}
