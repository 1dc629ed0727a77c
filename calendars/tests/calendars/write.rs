//! What is written can be read by others, whatever stands in it (P-02).

use calendars::ics::{Event, Method, Person, Status, feed, object, write};
use proptest::prelude::*;

pub(crate) fn event() -> Event {
    Event {
        uid: "0192@staffroom".into(),
        sequence: 2,
        stamp: "2026-11-22T08:00:00Z".parse().unwrap(),
        begins_at: "2026-11-23T09:00:00Z".parse().unwrap(),
        ends_at: "2026-11-23T09:45:00.5Z".parse().unwrap(),
        summary: "Mortgage; first talk, at home".into(),
        description: "Bring:\nyour papers\\all".into(),
        location: "Korenmarkt 1".into(),
        url: "https://staff.example/b/x".into(),
        organizer: Some(Person {
            name: "Bank \"North\"".into(),
            email: "no-reply@bank.example".into(),
        }),
        attendee: Some(Person {
            name: "Ève Ölander".into(),
            email: "eve@example.org".into(),
        }),
        status: Status::Confirmed,
    }
}

/// The lines as a reader of RFC 5545 has them.
fn unfolded(text: &str) -> Vec<String> {
    let text = text.replace("\r\n ", "");
    assert!(text.ends_with("\r\n"));
    text.trim_end_matches("\r\n")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

// P-02
#[test]
fn an_event_is_written_as_the_standard_says() {
    let lines = unfolded(&write(Method::Request, &[event()]));
    assert_eq!(
        lines,
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Staffroom//Appointments//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:REQUEST",
            "BEGIN:VEVENT",
            "UID:0192@staffroom",
            "SEQUENCE:2",
            "DTSTAMP:20261122T080000Z",
            "DTSTART:20261123T090000Z",
            "DTEND:20261123T094500Z",
            "SUMMARY:Mortgage\\; first talk\\, at home",
            "DESCRIPTION:Bring:\\nyour papers\\\\all",
            "LOCATION:Korenmarkt 1",
            "URL:https://staff.example/b/x",
            "STATUS:CONFIRMED",
            "ORGANIZER;CN=\"Bank 'North'\":mailto:no-reply@bank.example",
            "ATTENDEE;CN=\"Ève Ölander\";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:eve@example.org",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    );
}

// P-02: what is cancelled says so; what is empty is left out.
#[test]
fn a_cancelled_event_without_anything() {
    let bare = Event {
        status: Status::Cancelled,
        description: " ".into(),
        location: String::new(),
        url: String::new(),
        organizer: None,
        attendee: None,
        sequence: -1,
        ..event()
    };
    let lines = unfolded(&write(Method::Cancel, &[bare]));
    assert!(lines.contains(&"METHOD:CANCEL".to_owned()));
    assert!(lines.contains(&"STATUS:CANCELLED".to_owned()));
    assert!(lines.contains(&"SEQUENCE:0".to_owned()));
    for left_out in ["DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "ATTENDEE"] {
        assert!(!lines.iter().any(|line| line.starts_with(left_out)));
    }
}

// O-06: a server that holds our copy is told of nobody whom it could write to.
#[test]
fn a_copy_on_a_server_has_no_method_and_no_people() {
    let text = object(&event());
    for absent in ["METHOD", "ORGANIZER", "ATTENDEE", "eve@"] {
        assert!(!text.contains(absent), "{absent}");
    }
}

// O-06
#[test]
fn a_feed_has_a_name_and_every_event() {
    let lines = unfolded(&feed("Ada, Appointments", &[event(), event()]));
    assert!(lines.contains(&"X-WR-CALNAME:Ada\\, Appointments".to_owned()));
    assert_eq!(lines.iter().filter(|l| *l == "BEGIN:VEVENT").count(), 2);
}

proptest! {
    // Cases 22: nobody writes a line of their own into a calendar, and no line is too long.
    #[test]
    fn no_text_breaks_out(text in any::<String>(), name in any::<String>(), email in any::<String>()) {
        let strange = Event {
            uid: text.clone(),
            summary: text.clone(),
            description: format!("x{text}"),
            location: format!("x{text}"),
            url: format!("https://x/{text}"),
            organizer: Some(Person { name, email: email.clone() }),
            attendee: Some(Person { name: format!("x\r\nBEGIN:VEVENT\n{text}\""), email }),
            ..event()
        };
        for text in [write(Method::Request, std::slice::from_ref(&strange)), feed(&text, &[strange])] {
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= 75, "{line}");
                prop_assert!(!line.chars().any(char::is_control));
            }
            let lines = unfolded(&text);
            let begun = lines.iter().filter(|line| line.starts_with("BEGIN:")).count();
            prop_assert_eq!(begun, 2);
            for line in &lines {
                let name: String = line.chars().take_while(|c| c.is_ascii_uppercase() || *c == '-').collect();
                prop_assert!(!name.is_empty(), "{}", line);
            }
            let quotes = lines.iter().filter(|l| l.starts_with("ATTENDEE")).map(|l| l.matches('"').count()).sum::<usize>();
            prop_assert_eq!(quotes, 2);
        }
    }
}
