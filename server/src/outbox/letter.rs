//! What customers and agents read about an appointment, and the event for their calendar (P-02).

use super::text::{Addressee, Part};
use crate::config::PublicUrl;
use app::messages::t;
use app::ui::moment::day_and_time;
use calendars::ics::{self, Event, Method, Person, Status};
use domain::appointment::State;
use domain::booking::Meeting;
use lettre::message::Mailbox;
use store::appointment::{Letter, Occasion, Reader};

/// An event that goes with a mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Attached {
    pub method: Method,
    pub calendar: String,
}

/// The subject and the paragraphs of a letter; `words` are what the organisation adds.
pub(super) fn content(
    letter: &Letter,
    words: &str,
    to: &Addressee,
    url: &PublicUrl,
) -> (String, Vec<Part>) {
    let appointment = &letter.appointment;
    let when = day_and_time(&appointment.begins_at.to_zoned(to.zone.clone()));
    let mut parts = vec![Part::Words(opening(letter, &to.organisation))];
    if letter.occasion == Occasion::Cancelled && !appointment.reason.is_empty() {
        let reason = appointment.reason.clone();
        parts.push(Part::Facts(vec![(t::letter_reason(), reason)]));
    }
    parts.push(Part::Facts(facts(letter, to, &when)));
    if !words.is_empty() {
        parts.push(Part::Words(words.to_owned()));
    }
    parts.extend(link(letter, url));
    (subject(letter, &when), parts)
}

fn subject(letter: &Letter, when: &str) -> String {
    let title = &letter.appointment.subject_title;
    match letter.occasion {
        Occasion::Requested => t::letter_subject_requested(title, when),
        Occasion::Booked => t::letter_subject_booked(title, when),
        Occasion::Confirmed => t::letter_subject_confirmed(title, when),
        Occasion::Moved => t::letter_subject_moved(title, when),
        Occasion::Reassigned => t::letter_subject_reassigned(title, when),
        Occasion::GivenAway => t::letter_subject_given_away(title, when),
        Occasion::Cancelled => t::letter_subject_cancelled(title, when),
        Occasion::Reminder => t::letter_subject_reminder(title, when),
    }
}

fn opening(letter: &Letter, organisation: &str) -> String {
    let for_agent = letter.reader == Reader::Agent;
    match letter.occasion {
        Occasion::Requested if for_agent => t::letter_agent_requested().to_owned(),
        Occasion::Confirmed if for_agent => t::letter_agent_confirmed().to_owned(),
        Occasion::Moved if for_agent => t::letter_agent_moved().to_owned(),
        Occasion::Cancelled if for_agent => t::letter_agent_cancelled().to_owned(),
        Occasion::GivenAway => t::letter_agent_given_away().to_owned(),
        _ if for_agent => t::letter_agent_booked().to_owned(),
        Occasion::Requested => t::letter_customer_requested().to_owned(),
        Occasion::Booked => t::letter_customer_booked(organisation),
        Occasion::Confirmed => t::letter_customer_confirmed(organisation),
        Occasion::Moved => t::letter_customer_moved(organisation),
        Occasion::Reassigned => t::letter_customer_reassigned(organisation),
        Occasion::Cancelled => t::letter_customer_cancelled(organisation),
        Occasion::Reminder => t::letter_customer_reminder(organisation),
    }
}

fn facts(letter: &Letter, to: &Addressee, when: &str) -> Vec<(&'static str, String)> {
    let (appointment, premises) = (&letter.appointment, &letter.premises);
    let zone = appointment.begins_at.to_zoned(to.zone.clone());
    let mut facts = vec![
        (t::letter_what(), appointment.subject_title.clone()),
        (t::letter_when(), format!("{when} {}", zone.strftime("%Z"))),
    ];
    match letter.reader {
        Reader::Customer => {
            let known = letter.agent.iter().flat_map(|agent| {
                let phone = agent.phone.as_ref().map(|phone| phone.as_str().to_owned());
                let function = agent.function.clone();
                let ways = [agent.email.to_string(), phone.unwrap_or_default()];
                [agent.name.clone(), function].into_iter().chain(ways)
            });
            facts.push((t::letter_with(), joined(known)));
        }
        Reader::Agent => {
            let customer = &appointment.customer;
            let email = customer.email.as_ref().map(ToString::to_string);
            let phone = customer.phone.as_ref().map(|p| p.as_str().to_owned());
            let known = [Some(customer.name.clone()), email, phone];
            let known: Vec<String> = known.into_iter().flatten().collect();
            facts.push((t::letter_who(), known.join("\n")));
            let answers = appointment.answers.iter();
            let answers = answers.map(|said| format!("{} {}", said.question, said.answer));
            let said = answers.chain([appointment.remark.clone()]);
            facts.push((t::letter_added(), joined(said)));
        }
    }
    facts.push((t::letter_where(), place(letter)));
    if appointment.meeting == Meeting::InPerson && letter.reader == Reader::Customer {
        facts.push((t::letter_directions(), premises.directions.clone()));
        facts.push((t::letter_parking(), premises.parking.clone()));
    }
    if letter.reader == Reader::Customer {
        facts.push((
            t::letter_phone(),
            premises.phone.clone().unwrap_or_default(),
        ));
    }
    facts.retain(|(_, words)| !words.trim().is_empty());
    facts
}

/// Where the two meet.
fn place(letter: &Letter) -> String {
    let premises = &letter.premises;
    match letter.appointment.meeting {
        Meeting::InPerson => joined([premises.name.clone(), premises.address.clone()]),
        Meeting::Video => match letter.agent.as_ref().map(|agent| agent.video_link.as_str()) {
            None | Some("") => t::letter_by_video_later().to_owned(),
            Some(link) => t::letter_by_video(link),
        },
        Meeting::Phone => {
            let phone = letter.appointment.customer.phone.as_ref();
            t::letter_by_phone(phone.map_or("", |phone| phone.as_str()))
        }
    }
}

fn link(letter: &Letter, url: &PublicUrl) -> Option<Part> {
    let (press, address) = match (letter.reader, letter.occasion) {
        (_, Occasion::GivenAway) | (Reader::Customer, Occasion::Cancelled) => return None,
        (Reader::Customer, _) => {
            let token = letter.token.as_ref()?;
            let page = format!("{url}/book/appointment/{token}");
            (t::letter_customer_link(), page)
        }
        (Reader::Agent, _) => {
            let page = format!("{url}/appointments/{}", letter.appointment.id);
            (t::letter_agent_link(), page)
        }
    };
    Some(Part::Link(press, address))
}

/// The event that puts the appointment into the reader's calendar, changes it there, or takes it out;
/// a reminder changes nothing.
pub(super) fn event(letter: &Letter, to: &Addressee, from: &Mailbox) -> Option<Attached> {
    let appointment = &letter.appointment;
    let (method, status) = match (letter.occasion, appointment.state) {
        (Occasion::Reminder, _) => return None,
        (Occasion::Cancelled | Occasion::GivenAway, _) | (_, State::Cancelled) => {
            (Method::Cancel, Status::Cancelled)
        }
        (_, State::Requested) => (Method::Request, Status::Tentative),
        (_, State::Confirmed) => (Method::Request, Status::Confirmed),
    };
    let (name, email) = match letter.reader {
        Reader::Customer => {
            let email = appointment.customer.email.as_ref()?;
            (appointment.customer.name.clone(), email)
        }
        Reader::Agent => {
            let agent = letter.agent.as_ref()?;
            (agent.name.clone(), &agent.email)
        }
    };
    let summary = match letter.reader {
        Reader::Customer => format!("{}, {}", appointment.subject_title, to.organisation),
        Reader::Agent => format!(
            "{}, {}",
            appointment.subject_title, appointment.customer.name
        ),
    };
    let event = Event {
        uid: appointment.uid(),
        sequence: appointment.sequence,
        stamp: letter.at,
        begins_at: appointment.begins_at,
        ends_at: appointment.ends_at,
        summary,
        description: String::new(),
        location: place(letter),
        url: String::new(),
        organizer: Some(Person {
            name: to.organisation.clone(),
            email: from.email.to_string(),
        }),
        attendee: Some(Person {
            name,
            email: email.to_string(),
        }),
        status,
    };
    Some(Attached {
        method,
        calendar: ics::write(method, &[event]),
    })
}

fn joined(lines: impl IntoIterator<Item = String>) -> String {
    let lines = lines.into_iter().filter(|line| !line.trim().is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
