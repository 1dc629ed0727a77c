//! What stands in the mails of a morning: one's day, and what needs attention (P-07, P-09).

use super::matter::Matter;
use super::text::{Addressee, Part};
use crate::config::PublicUrl;
use app::attention::Kind;
use app::messages::t;
use app::ui::moment::{date, time};
use domain::Appointment;
use domain::appointment::State;
use domain::booking::Meeting;
use jiff::civil::Date;

/// The subject and the paragraphs of an agent's day.
pub(super) fn day(
    on: Date,
    matter: &Matter,
    to: &Addressee,
    url: &PublicUrl,
) -> (String, Vec<Part>) {
    let count = i64::try_from(matter.day.len()).unwrap_or(i64::MAX);
    let mut parts = vec![Part::Words(t::digest_text(count))];
    for appointment in &matter.day {
        parts.push(Part::Facts(facts(appointment, to)));
        let page = format!("{url}/appointments/{}", appointment.id);
        parts.push(Part::Link(t::letter_agent_link(), page));
    }
    parts.push(Part::Words(t::digest_footer().to_owned()));
    (t::digest_subject(date(on)), parts)
}

fn facts(appointment: &Appointment, to: &Addressee) -> Vec<(&'static str, String)> {
    let clock = |at: domain::Timestamp| time(&at.to_zoned(to.zone.clone()));
    let when = format!(
        "{}–{}",
        clock(appointment.begins_at),
        clock(appointment.ends_at)
    );
    let when = match appointment.state {
        State::Requested => format!("{when}\n{}", t::digest_waits()),
        State::Confirmed | State::Cancelled => when,
    };
    let customer = &appointment.customer;
    let phone = customer.phone.as_ref().map(|phone| phone.as_str());
    let place = match appointment.meeting {
        Meeting::InPerson => appointment.office_name.clone(),
        Meeting::Video => t::digest_by_video(&appointment.office_name),
        Meeting::Phone => t::letter_by_phone(phone.unwrap_or_default()),
    };
    let mut facts = vec![
        (t::letter_when(), when),
        (t::letter_what(), appointment.subject_title.clone()),
        (t::letter_who(), customer.name.clone()),
        (t::letter_where(), place),
    ];
    facts.retain(|(_, words)| !words.trim().is_empty());
    facts
}

/// The subject and the paragraphs of what needs attention.
pub(super) fn attention(matter: &Matter, url: &PublicUrl) -> (String, Vec<Part>) {
    let lines = &matter.attention;
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let facts = Kind::ALL.into_iter().filter_map(|kind| {
        let of_kind = lines.iter().filter(|line| line.kind == kind);
        let of_kind: Vec<String> = of_kind
            .map(|line| format!("{}: {}", line.when.full, line.sentence()))
            .collect();
        (!of_kind.is_empty()).then(|| (kind.title(), of_kind.join("\n")))
    });
    let parts = vec![
        Part::Words(t::digest_attention_text().to_owned()),
        Part::Facts(facts.collect()),
        Part::Link(t::digest_attention_link(), format!("{url}/attention")),
        Part::Words(t::digest_footer().to_owned()),
    ];
    (t::digest_attention_subject(count), parts)
}
