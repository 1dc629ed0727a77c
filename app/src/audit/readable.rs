//! Entries made readable for whoever asks: words instead of codes, and nothing they may not see.

use super::hours::{applications, week};
use super::sentence::sentence;
use super::{AuditLine, AuditPage, Changed};
use crate::error::{AppError, field_word};
use crate::messages::{Language, t, with};
use crate::queues::words::value_word;
use crate::request::{self, Read};
use crate::subjects::words::{meeting_word, span};
use crate::ui::{moment, role_word};
use domain::audit::{APPLIED, HOURS, Line, MEMBER, QUEUE, Query, Value};
use domain::booking::Meeting;
use domain::field::Phone;
use domain::{About, Action, EmployeeId, OfficeId, Roles, Timestamp};
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
    let mut words = Words::of(request).await?;
    words.members = members(request, &lines).await?;
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
    /// The names of those whom the values tell as members.
    members: HashMap<EmployeeId, String>,
}

/// The names of those who came into groups or left them; a statement only where there are any.
async fn members(
    request: &mut Read,
    lines: &[Line],
) -> Result<HashMap<EmployeeId, String>, AppError> {
    let values = lines.iter().flat_map(|line| &line.values);
    let ids = values.filter_map(|value| value.field.strip_prefix(MEMBER)?.parse().ok());
    let mut ids: Vec<EmployeeId> = ids.collect();
    ids.sort();
    ids.dedup();
    let users = request.contact_users_known(&ids).await?;
    Ok(users
        .into_iter()
        .map(|user| (user.employee, user.name))
        .collect())
}

impl Words {
    async fn of(request: &mut Read) -> Result<Self, AppError> {
        let session = request.session.clone();
        let offices = request.offices(&session.actor, Action::ReadAudit).await?;
        let known = offices
            .into_iter()
            .map(|office| (office.id, office.profile.name));
        Ok(Self {
            zone: request.zone(),
            offices: known.collect(),
            sees_all: session.actor.reaches_all(Action::ReadAudit),
            members: HashMap::new(),
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
        if let Some(id) = value.field.strip_prefix("expertise:") {
            return self.handled(value, id.parse().ok()?, all);
        }
        if let Some(id) = value.field.strip_prefix(MEMBER) {
            return self.member(value, id.parse().ok()?, all);
        }
        let of_office = value.field.strip_prefix("office:");
        let applied = value.field.strip_prefix(APPLIED);
        let field = match of_office.or(value.field.strip_prefix(HOURS)).or(applied) {
            Some(id) => {
                let name = match self.office(id.parse().ok()?) {
                    None if !all => return None,
                    name => name.unwrap_or_else(|| t::audit_an_office().to_owned()),
                };
                match applied {
                    Some(_) => format!("{} · {name}", field_word("applied")),
                    None => name,
                }
            }
            None if value.field == "roles" && !all => return None,
            None if value.field.starts_with(QUEUE) => value.field[QUEUE.len()..].to_owned(),
            None => field_word(&value.field).to_owned(),
        };
        let word = |text: &Option<String>| text.as_ref().map(|text| self.word(&value.field, text));
        Some(Changed {
            field,
            before: word(&value.before),
            after: word(&value.after),
        })
    }

    /// That somebody came into a group, or left it.
    fn member(&self, value: &Value, id: EmployeeId, all: bool) -> Option<Changed> {
        let name = self.members.get(&id).cloned();
        let word = |text: &Option<String>| text.as_ref().map(|text| self.word("", text));
        all.then(|| Changed {
            field: name.unwrap_or_else(|| t::audit_former().to_owned()),
            before: word(&value.before),
            after: word(&value.after),
        })
    }

    /// What somebody handles in an office, which is told like the roles held there.
    fn handled(&self, value: &Value, office: OfficeId, all: bool) -> Option<Changed> {
        let name = match self.office(office) {
            None if !all => return None,
            name => name.unwrap_or_else(|| t::audit_an_office().to_owned()),
        };
        Some(Changed {
            field: name,
            before: value.before.clone(),
            after: value.after.clone(),
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
        if let Some(word) = value_word(field, text) {
            return word;
        }
        match (field, text) {
            _ if field.starts_with(HOURS) => week(text),
            _ if field == "applied" || field.starts_with(APPLIED) => applications(text),
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
            ("opening", _) => opening(text),
            ("meetings", _) => text
                .split(',')
                .filter_map(Meeting::from_code)
                .map(meeting_word)
                .collect::<Vec<_>>()
                .join(", "),
            ("confirmed_by", "hand") => t::subject_by_hand().to_owned(),
            ("confirmed_by", "automatic") => t::subject_automatic().to_owned(),
            ("duration" | "before" | "after" | "notice_least", _) => {
                text.parse().map_or_else(|_| text.to_owned(), span)
            }
            ("notice_most", _) => text
                .parse::<i32>()
                .map_or_else(|_| text.to_owned(), t::subject_days),
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

/// Opening hours with the weekdays in words: `1 09:00–12:00` begins with "Mon".
fn opening(text: &str) -> String {
    let days: Vec<&str> = t::date_weekdays_short().split_whitespace().collect();
    let block = |block: &str| {
        let (day, hours) = block.split_once(' ').unwrap_or(("", block));
        let index = day.parse::<usize>().unwrap_or(0).checked_sub(1);
        match index.and_then(|index| days.get(index)) {
            Some(day) => format!("{day} {hours}"),
            None => block.to_owned(),
        }
    };
    text.split(", ").map(block).collect::<Vec<_>>().join(", ")
}

pub(super) fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
