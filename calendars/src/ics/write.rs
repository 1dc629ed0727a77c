//! Events as iCalendar text.

use super::line::{Lines, quoted, uri};
use super::{Event, Method, Person, Status};

const PRODUCT: &str = "-//Staffroom//Appointments//EN";

/// A calendar to be sent: an attachment of a mail whose content type names the same method.
pub fn write(method: Method, events: &[Event]) -> String {
    let mut lines = begin();
    lines.add("METHOD", method.word());
    for event in events {
        add(&mut lines, event, true);
    }
    end(lines)
}

/// A calendar that others subscribe to, under a name, read anew about every quarter of an hour.
pub fn feed(name: &str, events: &[Event]) -> String {
    let mut lines = begin();
    lines.add("METHOD", Method::Publish.word());
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
    lines.add("X-PUBLISHED-TTL", "PT15M");
    for event in events {
        add(&mut lines, event, true);
    }
    end(lines)
}

/// One event as it is put on a CalDAV server: without a method (RFC 4791, 4.1), and without
/// organizer and attendee, since a server would send mails of its own to them (RFC 6638).
pub fn object(event: &Event) -> String {
    let mut lines = begin();
    add(&mut lines, event, false);
    end(lines)
}

fn begin() -> Lines {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", PRODUCT);
    lines.add("CALSCALE", "GREGORIAN");
    lines
}

fn end(mut lines: Lines) -> String {
    lines.add("END", "VCALENDAR");
    lines.finish()
}

fn add(lines: &mut Lines, event: &Event, with_people: bool) {
    lines.add("BEGIN", "VEVENT");
    lines.text("UID", &event.uid);
    lines.add("SEQUENCE", &event.sequence.max(0).to_string());
    lines.instant("DTSTAMP", event.stamp);
    lines.instant("DTSTART", event.begins_at);
    lines.instant("DTEND", event.ends_at);
    lines.text("SUMMARY", event.summary.trim());
    lines.text_if_any("DESCRIPTION", &event.description);
    lines.text_if_any("LOCATION", &event.location);
    if !event.url.is_empty() {
        lines.add("URL", &uri(&event.url));
    }
    lines.add("STATUS", word(event.status));
    if with_people {
        if let Some(organizer) = &event.organizer {
            person(lines, "ORGANIZER", organizer, "");
        }
        if let Some(attendee) = &event.attendee {
            let answer = ";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE";
            person(lines, "ATTENDEE", attendee, answer);
        }
    }
    lines.add("END", "VEVENT");
}

const fn word(status: Status) -> &'static str {
    match status {
        Status::Tentative => "TENTATIVE",
        Status::Confirmed => "CONFIRMED",
        Status::Cancelled => "CANCELLED",
    }
}

fn person(lines: &mut Lines, property: &str, person: &Person, parameters: &str) {
    let name = match person.name.trim() {
        "" => String::new(),
        name => format!(";CN={}", quoted(name)),
    };
    let address = format!("mailto:{}", uri(&person.email));
    lines.add(&format!("{property}{name}{parameters}"), &address);
}
