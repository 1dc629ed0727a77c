//! Entries made readable for whoever asks: words instead of codes, and nothing they may not see.

use super::sentence::sentence;
use super::{AuditLine, AuditPage, Changed};
use crate::error::{AppError, field_word};
use crate::messages::{Language, t, with};
use crate::request::{self, Read};
use crate::ui::{moment, role_word};
use domain::audit::{HOURS, Line, Query, Value};
use domain::field::Phone;
use domain::{About, Action, OfficeId, Roles, Timestamp};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use store::audit::PAGE;

/// The most characters that are shown of a long text.
const SHOWN: usize = 160;

/// A page of the trail: two statements, whatever stands in it.
pub(super) async fn page(request: &mut Read, query: &Query) -> Result<AuditPage, AppError> {
    let actor = request.actor().clone();
    let mut lines = request
        .audit(actor.visibility(Action::ReadAudit), query)
        .await?;
    let more = i64::try_from(lines.len()).is_ok_and(|read| read > PAGE);
    lines.truncate(usize::try_from(PAGE).unwrap_or_default());
    let next = lines.last().map(|line| line.sequence).filter(|_| more);
    let words = Words::of(request).await?;
    let readable = |line| words.line(line, query.subject.is_some());
    // A person reads their own language, also where the request came without a page around it.
    let lines = with(request::language(&request.session), || {
        lines.into_iter().map(readable).collect()
    });
    Ok(AuditPage { lines, next })
}

/// What is needed to put values into words for one asker.
struct Words {
    session: std::sync::Arc<store::session::Session>,
    zone: TimeZone,
    /// The offices of which the asker may know, by name.
    offices: HashMap<OfficeId, String>,
    sees_all: bool,
}

impl Words {
    async fn of(request: &mut Read) -> Result<Self, AppError> {
        let session = request.session.clone();
        let offices = request.offices(&session.actor, Action::ReadAudit).await?;
        let known = offices.into_iter().map(|office| (office.id, office.name));
        Ok(Self {
            zone: request.zone(),
            offices: known.collect(),
            sees_all: session.actor.reaches_all(Action::ReadAudit),
            session,
        })
    }

    fn line(&self, line: Line, about_one: bool) -> AuditLine {
        let own = line.subject == About::Employee(self.session.employee);
        let changes = line
            .values
            .iter()
            .filter_map(|value| self.changed(value, own));
        AuditLine {
            at: moment::exact(line.at, &self.zone),
            event: line.event,
            sentence: sentence(&line, &self.session.actor, about_one),
            changes: changes.collect(),
            erased: line.erased,
            address: line.address.clone().filter(|_| self.sees_all),
        }
    }

    /// A value in words. An Office Manager sees of others only what concerns the offices they
    /// manage, as on the page of the employee; of oneself one sees everything.
    fn changed(&self, value: &Value, own: bool) -> Option<Changed> {
        let all = own || self.sees_all;
        let of_office = value.field.strip_prefix("office:");
        let field = match of_office.or(value.field.strip_prefix(HOURS)) {
            Some(id) => match self.office(id.parse().ok()?) {
                None if !all => return None,
                name => name.unwrap_or_else(|| t::audit_an_office().to_owned()),
            },
            None if value.field == "roles" && !all => return None,
            None => field_word(&value.field).to_owned(),
        };
        let word = |text: &Option<String>| text.as_ref().map(|text| self.word(&value.field, text));
        Some(Changed {
            field,
            before: word(&value.before),
            after: word(&value.after),
        })
    }

    fn office(&self, id: OfficeId) -> Option<String> {
        let own = || {
            self.session
                .places
                .iter()
                .find(|(place, _)| place.office == id)
        };
        self.offices
            .get(&id)
            .cloned()
            .or_else(|| own().map(|(_, name)| name.clone()))
    }

    fn word(&self, field: &str, text: &str) -> String {
        let roles = field == "roles" || field.starts_with("office:");
        match (field, text) {
            _ if field.starts_with(HOURS) => week(text),
            ("applied", _) => applications(text),
            _ if roles => match Roles::from_codes(text.split(',')) {
                Some(roles) => roles.iter().map(role_word).collect::<Vec<_>>().join(", "),
                None => text.to_owned(),
            },
            (_, "on") => t::audit_on().to_owned(),
            (_, "off") => t::audit_off().to_owned(),
            ("method", "password") => t::method_password().to_owned(),
            ("method", "second_factor") => t::method_second_factor().to_owned(),
            ("method", "passkey") => t::method_passkey().to_owned(),
            ("method", "single_sign_on") => t::method_single_sign_on().to_owned(),
            ("phone", _) => {
                let country = &self.session.organisation.settings.country;
                Phone::e164(text).map_or_else(|_| text.to_owned(), |phone| phone.shown(country))
            }
            ("language", _) => Language::from_code(text)
                .map(Language::name)
                .unwrap_or(text)
                .to_owned(),
            ("expires_at" | "begins" | "from" | "until", _) => match text.parse::<Timestamp>() {
                Ok(at) => moment::exact(at, &self.zone).text,
                Err(_) => text.to_owned(),
            },
            _ => beginning(text),
        }
    }
}

/// `1 540-720, 2 …` as "Mon 09:00–12:00, Tue …".
fn week(text: &str) -> String {
    let clock = |minute: &str| match minute.parse::<u16>() {
        Ok(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
        Err(_) => minute.to_owned(),
    };
    let day = |day: &str| {
        let (number, times) = day.split_once(' ').unwrap_or((day, ""));
        let number = number.parse::<usize>().unwrap_or(1).saturating_sub(1);
        let name = t::date_weekdays_short().split(' ').nth(number);
        let times = times.split(' ').map(|time| match time.split_once('-') {
            Some((from, until)) => format!("{}–{}", clock(from), clock(until)),
            None => time.to_owned(),
        });
        let times = times.collect::<Vec<_>>().join(" ");
        format!("{} {times}", name.unwrap_or_default())
    };
    let days = text.split(", ").map(day).collect::<Vec<_>>();
    beginning(&days.join(", "))
}

/// `2026-07-01/2026-08-31 Summer, …` as "1 July 2026 – 31 August 2026 Summer, …".
fn applications(text: &str) -> String {
    let date = |text: &str| match text.parse() {
        Ok(day) => moment::date(day),
        Err(_) => text.to_owned(),
    };
    let one = |one: &str| {
        let (dates, name) = one.split_once(' ').unwrap_or((one, t::hours_unavailable()));
        match dates.split_once('/') {
            Some((first, last)) if first == last => format!("{name}: {}", date(first)),
            Some((first, last)) => {
                let dates = t::hours_from_to(date(first), date(last));
                format!("{name}: {dates}")
            }
            None => one.to_owned(),
        }
    };
    beginning(&text.split(", ").map(one).collect::<Vec<_>>().join(", "))
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{applications, week};
    use crate::messages::{Language, with};

    // E-23, O-04: hours in words.
    #[test]
    fn hours_are_told_in_words() {
        let week = |language| with(language, || week("1 540-720 780-1440, 7 0-60"));
        assert_eq!(
            week(Language::En),
            "Mon 09:00–12:00 13:00–24:00, Sun 00:00–01:00"
        );
        assert_eq!(
            week(Language::De),
            "Mo 09:00–12:00 13:00–24:00, So 00:00–01:00"
        );
        let text = "2026-07-01/2026-08-31 Summer hours, 2026-12-24/2026-12-24";
        let told = with(Language::En, || applications(text));
        assert_eq!(
            told,
            "Summer hours: 1 July 2026 – 31 August 2026, Unavailable: 24 December 2026"
        );
    }
}
