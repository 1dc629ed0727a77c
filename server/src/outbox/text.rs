//! What mails say, as text and as simple HTML, in the language of whom they are for.

use super::letter::{self, Attached};
use super::matter::Matter;
use super::notice;
use crate::config::PublicUrl;
use app::messages::{Language, t, with};
use app::ui::moment::date_and_time;
use domain::Timestamp;
use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use store::outbox::{Message, News};

/// Whom a mail is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Addressee {
    /// Empty while there is none.
    pub name: String,
    pub language: Language,
    pub zone: TimeZone,
    pub organisation: String,
}

/// A mail in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Text {
    pub subject: String,
    pub plain: String,
    pub html: String,
    /// For the reader's calendar.
    pub attached: Option<Attached>,
}

/// A paragraph of a mail.
pub(super) enum Part {
    Words(String),
    /// What is known, one line each with its label; several lines of a value stay lines.
    Facts(Vec<(&'static str, String)>),
    /// What to press, and the address behind it.
    Link(&'static str, String),
}

/// Writes a message, with links that begin with `url`.
pub(super) fn write(
    message: &Message,
    matter: &Matter,
    to: &Addressee,
    url: &PublicUrl,
    from: &Mailbox,
) -> Text {
    with(to.language, || {
        let (subject, parts) = content(message, matter, to, url);
        let mut all = vec![Part::Words(greeting(&to.name))];
        all.extend(parts);
        Text {
            plain: plain(&all),
            html: html(to.language, &subject, &all),
            attached: match message {
                Message::Appointment { letter, .. } => letter::event(letter, to, from),
                _ => None,
            },
            subject,
        }
    })
}

fn content(
    message: &Message,
    matter: &Matter,
    to: &Addressee,
    url: &PublicUrl,
) -> (String, Vec<Part>) {
    let organisation = &to.organisation;
    match message {
        Message::Invitation {
            token, expires_at, ..
        } => (
            t::mail_invitation_subject(organisation),
            vec![
                Part::Words(t::mail_invitation_text(organisation)),
                Part::Link(t::mail_invitation_link(), format!("{url}/activate/{token}")),
                Part::Words(once(*expires_at, to)),
                Part::Words(t::mail_invitation_ignore().to_owned()),
            ],
        ),
        Message::ConfirmAddress {
            token, expires_at, ..
        } => (
            t::mail_confirm_subject(organisation),
            vec![
                Part::Words(t::mail_confirm_text(organisation)),
                Part::Link(
                    t::mail_confirm_link(),
                    format!("{url}/confirm-email/{token}"),
                ),
                Part::Words(once(*expires_at, to)),
                Part::Words(t::mail_confirm_ignore().to_owned()),
            ],
        ),
        Message::AddressWillChange { wanted, .. } => (
            t::mail_will_change_subject(organisation),
            vec![
                Part::Words(t::mail_will_change_text(wanted, organisation)),
                Part::Words(t::mail_warning().to_owned()),
            ],
        ),
        Message::AddressChanged { email, .. } => (
            t::mail_changed_subject(organisation),
            vec![
                Part::Words(t::mail_changed_text(email, organisation)),
                Part::Words(t::mail_warning().to_owned()),
            ],
        ),
        Message::ResetPassword {
            token, expires_at, ..
        } => (
            t::mail_reset_subject(organisation),
            vec![
                Part::Words(t::mail_reset_text(organisation)),
                Part::Link(t::mail_reset_link(), format!("{url}/reset/{token}")),
                Part::Words(once(*expires_at, to)),
                Part::Words(t::mail_reset_ignore().to_owned()),
            ],
        ),
        Message::Appointment { letter, .. } => letter::content(letter, &matter.words, to, url),
        Message::Day { on, .. } => notice::day(*on, matter, to, url),
        Message::Attention { .. } => notice::attention(matter, url),
        Message::News { news, .. } => (
            t::mail_news_subject(organisation),
            vec![
                Part::Words(said(*news, organisation)),
                Part::Words(t::mail_warning().to_owned()),
            ],
        ),
        Message::CalendarFailing {
            employee,
            whose,
            calendar,
            failure,
            ..
        } => {
            let text = match whose {
                None => t::calendars_mail_own(calendar),
                Some(name) => t::calendars_mail_other(calendar, name),
            };
            let page = format!("{url}/employees/{employee}/calendars");
            let why = app::employees::failure_sentence(failure).to_owned();
            (
                t::calendars_mail_subject(calendar),
                vec![
                    Part::Words(text),
                    Part::Words(why),
                    Part::Link(t::calendars_mail_link(), page),
                ],
            )
        }
        Message::Expiring {
            name, expires_at, ..
        } => {
            let there = expires_at.to_zoned(to.zone.clone());
            let date = date_and_time(&there);
            let text = match name.as_str() {
                "" => t::mail_expiring_own(date),
                name => t::mail_expiring_text(date, name),
            };
            let page = format!("{url}/settings/sign-in");
            (
                t::mail_expiring_subject(organisation),
                vec![Part::Words(text), Part::Link(t::mail_expiring_link(), page)],
            )
        }
    }
}

/// What happened to somebody's account.
fn said(news: News, organisation: &str) -> String {
    match news {
        News::PasswordChanged => t::mail_news_password(organisation),
        News::PasskeyAdded => t::mail_news_passkey(organisation),
        News::AuthenticatorAdded => t::mail_news_authenticator(organisation),
        News::FactorRemoved => t::mail_news_removed(organisation),
        News::FactorsReset => t::mail_news_reset(organisation),
        News::RecoveryCodesMade => t::mail_news_codes(organisation),
        News::RecoveryCodeUsed => t::mail_news_recovery(organisation),
        News::TurnedOver => t::mail_news_turned_over(organisation),
    }
}

fn greeting(name: &str) -> String {
    match name {
        "" => t::mail_hello().to_owned(),
        name => t::mail_hello_name(name),
    }
}

fn once(expires_at: Timestamp, to: &Addressee) -> String {
    let there = expires_at.to_zoned(to.zone.clone());
    t::mail_once(date_and_time(&there), there.strftime("%Z"))
}

fn plain(parts: &[Part]) -> String {
    let parts = parts.iter().map(|part| match part {
        Part::Words(words) => words.clone(),
        Part::Facts(facts) => {
            let lines = facts
                .iter()
                .map(|(label, words)| match words.contains('\n') {
                    true => format!("{label}:\n{words}"),
                    false => format!("{label}: {words}"),
                });
            lines.collect::<Vec<_>>().join("\n")
        }
        Part::Link(press, address) => format!("{press}:\n{address}"),
    });
    parts.collect::<Vec<_>>().join("\n\n") + "\n"
}

fn html(language: Language, subject: &str, parts: &[Part]) -> String {
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n",
        language.code(),
        escape(subject),
    );
    for part in parts {
        html += &match part {
            Part::Words(words) => format!("<p>{}</p>\n", escape(words)),
            Part::Facts(facts) => {
                let rows = facts.iter().map(|(label, words)| {
                    let words = escape(words).replace('\n', "<br>");
                    let label = escape(label);
                    format!(
                        "<tr><th align=\"left\" valign=\"top\">{label}</th><td>{words}</td></tr>\n"
                    )
                });
                format!("<table>\n{}</table>\n", rows.collect::<String>())
            }
            Part::Link(press, address) => format!(
                "<p><a href=\"{0}\">{1}</a></p>\n<p>{0}</p>\n",
                escape(address),
                escape(press),
            ),
        };
    }
    html + "</body>\n</html>\n"
}

/// `text` where HTML is read, between tags and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
