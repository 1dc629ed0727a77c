//! iCalendar text as others write it: events and time zones, and nothing else of it.

use super::when::{Length, Place, When};
use super::zone::{self, Observance};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, Instant};

/// How much of a stranger's calendar is read. What is left is counted down, so that one budget
/// serves for all the texts of a synchronization.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Bytes of text.
    pub bytes: usize,
    /// Events, each exception of a recurring one counted.
    pub events: usize,
    /// Repetitions that are looked at, also those outside of the window.
    pub repetitions: usize,
    /// When to stop.
    pub deadline: Instant,
}

/// Why a calendar is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// It is no iCalendar text.
    NotACalendar,
    /// It is larger than the budget, has more events, or takes longer.
    TooMuch,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotACalendar => "not a calendar",
            Self::TooMuch => "more than the budget",
        })
    }
}

impl std::error::Error for Unreadable {}

impl Budget {
    /// As much as a busy person's calendars need, within a time.
    pub fn within(time: Duration) -> Self {
        Self {
            bytes: 16 << 20,
            events: 20_000,
            repetitions: 400_000,
            deadline: Instant::now() + time,
        }
    }

    pub(super) fn bytes(&mut self, bytes: usize) -> Result<(), Unreadable> {
        Self::take(&mut self.bytes, bytes)
    }

    pub(super) fn event(&mut self) -> Result<(), Unreadable> {
        Self::take(&mut self.events, 1)?;
        self.time()
    }

    pub(super) fn repetition(&mut self) -> Result<(), Unreadable> {
        Self::take(&mut self.repetitions, 1)?;
        if self.repetitions.is_multiple_of(64) {
            self.time()?;
        }
        Ok(())
    }

    fn time(&self) -> Result<(), Unreadable> {
        if Instant::now() < self.deadline {
            Ok(())
        } else {
            Err(Unreadable::TooMuch)
        }
    }

    fn take(left: &mut usize, taken: usize) -> Result<(), Unreadable> {
        *left = left.checked_sub(taken).ok_or(Unreadable::TooMuch)?;
        Ok(())
    }
}

/// What is read of an iCalendar text.
#[derive(Debug, Default)]
pub struct Calendar {
    /// What it calls itself.
    pub name: Option<String>,
    pub(super) entries: Vec<Entry>,
    pub(super) zones: HashMap<String, TimeZone>,
}

/// A VEVENT, as far as it says when somebody is busy.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub uid: String,
    pub start: Option<When>,
    pub end: Option<When>,
    pub length: Option<Length>,
    pub rules: Vec<String>,
    pub further: Vec<When>,
    pub except: Vec<When>,
    /// Which repetition it stands for, and whether also for all later ones.
    pub replaces: Option<(When, bool)>,
    /// Marked as free, or cancelled.
    pub free: bool,
}

/// A line `NAME;PARAMETER=VALUE:VALUE`.
struct Line<'a> {
    name: String,
    parameters: Vec<(String, &'a str)>,
    value: &'a str,
}

/// Reads an iCalendar text. Lines that make no sense are left out, as most programs do.
///
/// # Errors
/// [`Unreadable`].
pub fn read(text: &str, budget: &mut Budget) -> Result<Calendar, Unreadable> {
    budget.bytes(text.len())?;
    let mut reader = Reader::default();
    for line in unfold(text.trim_start_matches('\u{feff}')) {
        if let Some(line) = parse(&line) {
            reader.take(&line, budget)?;
        }
    }
    match reader.begun {
        true => Ok(reader.calendar),
        false => Err(Unreadable::NotACalendar),
    }
}

/// The lines, each put together again.
fn unfold(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text
        .split('\n')
        .map(|l| l.strip_suffix('\r').unwrap_or(l))
        .peekable();
    std::iter::from_fn(move || {
        let mut whole = lines.next()?.to_owned();
        while let Some(next) = lines.next_if(|next| next.starts_with([' ', '\t'])) {
            whole.push_str(&next[1..]);
        }
        Some(whole)
    })
}

fn parse(line: &str) -> Option<Line<'_>> {
    let mut quoted = false;
    let mut parts = Vec::new();
    let mut begin = 0;
    let mut colon = None;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b';' if !quoted => {
                parts.push(&line[begin..at]);
                begin = at + 1;
            }
            b':' if !quoted => {
                parts.push(&line[begin..at]);
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    let value = &line[colon? + 1..];
    let mut parts = parts.into_iter();
    let name = parts.next()?.trim().to_ascii_uppercase();
    let parameters = parts
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.to_ascii_uppercase(), value.trim_matches('"')))
        .collect();
    Some(Line {
        name,
        parameters,
        value,
    })
}

impl Line<'_> {
    fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| *value)
    }

    fn place(&self) -> Place {
        match self.parameter("TZID") {
            Some(id) => Place::Zone(id.to_owned()),
            None => Place::Floating,
        }
    }

    fn when(&self) -> Option<When> {
        When::parse(self.value, &self.place())
    }

    /// The values of a list; of a period, its begin.
    fn whens(&self) -> impl Iterator<Item = When> {
        let place = self.place();
        self.value.split(',').filter_map(move |value| {
            let begin = value.split('/').next().unwrap_or_default();
            When::parse(begin, &place)
        })
    }
}

/// A value of type TEXT on one line.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut escaped = false;
    for character in text.chars() {
        match (escaped, character) {
            (false, '\\') => escaped = true,
            (true, 'n' | 'N') => {
                plain.push(' ');
                escaped = false;
            }
            (_, character) => {
                plain.push(character);
                escaped = false;
            }
        }
    }
    plain
}

#[derive(Default)]
struct Reader {
    calendar: Calendar,
    begun: bool,
    /// The components that are open, outermost first; deeper ones than anybody needs only count.
    open: Vec<String>,
    deeper: usize,
    entry: Option<Entry>,
    zone: Option<Zone>,
}

#[derive(Default)]
struct Zone {
    id: String,
    location: Option<String>,
    observances: Vec<Observance>,
}

impl Reader {
    fn take(&mut self, line: &Line<'_>, budget: &mut Budget) -> Result<(), Unreadable> {
        match line.name.as_str() {
            "BEGIN" => self.begin(&line.value.trim().to_ascii_uppercase(), budget)?,
            "END" => self.end(),
            _ => match self.open.last().map(String::as_str) {
                _ if self.deeper > 0 => {}
                Some("VCALENDAR") => {
                    if matches!(line.name.as_str(), "NAME" | "X-WR-CALNAME") {
                        self.calendar.name = Some(unescaped(line.value.trim()));
                    }
                }
                Some("VEVENT") => {
                    if let Some(entry) = &mut self.entry {
                        entry.take(line);
                    }
                }
                Some("VTIMEZONE" | "STANDARD" | "DAYLIGHT") => {
                    if let Some(zone) = &mut self.zone {
                        zone.take(line);
                    }
                }
                _ => {}
            },
        }
        Ok(())
    }

    fn begin(&mut self, name: &str, budget: &mut Budget) -> Result<(), Unreadable> {
        if self.open.len() >= 8 {
            self.deeper += 1;
            return Ok(());
        }
        let within = self.open.last().map(String::as_str);
        match (name, within) {
            ("VCALENDAR", None) => self.begun = true,
            ("VEVENT", Some("VCALENDAR")) => {
                budget.event()?;
                self.entry = Some(Entry::default());
            }
            ("VTIMEZONE", Some("VCALENDAR")) => {
                budget.event()?;
                self.zone = Some(Zone::default());
            }
            ("STANDARD" | "DAYLIGHT", Some("VTIMEZONE")) => {
                if let Some(zone) = &mut self.zone {
                    zone.observances.push(Observance::new(name == "DAYLIGHT"));
                }
            }
            _ => {}
        }
        self.open.push(name.to_owned());
        Ok(())
    }

    /// Ends what was begun last, whatever the name: a text that is not nested has no right reading.
    fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        match self.open.pop().as_deref() {
            Some("VEVENT") if self.open.len() == 1 => {
                self.calendar.entries.extend(self.entry.take());
            }
            Some("VTIMEZONE") if self.open.len() == 1 => {
                let zone = self.zone.take().unwrap_or_default();
                let found = zone::find(&zone.id)
                    .or_else(|| zone.location.as_deref().and_then(zone::find))
                    .or_else(|| zone::of_rules(&zone.observances));
                self.calendar.zones.extend(found.map(|f| (zone.id, f)));
            }
            _ => {}
        }
    }
}

impl Zone {
    fn take(&mut self, line: &Line<'_>) {
        match (line.name.as_str(), self.observances.last_mut()) {
            ("TZID", _) => self.id = line.value.trim().to_owned(),
            ("X-LIC-LOCATION", _) => self.location = Some(line.value.trim().to_owned()),
            (name, Some(observance)) => observance.take(name, line.value.trim()),
            _ => {}
        }
    }
}

impl Entry {
    fn take(&mut self, line: &Line<'_>) {
        let value = line.value.trim();
        match line.name.as_str() {
            "UID" => self.uid = value.to_owned(),
            "DTSTART" => self.start = line.when(),
            "DTEND" => self.end = line.when(),
            "DURATION" => self.length = Length::parse(value),
            "RRULE" => self.rules.push(value.to_owned()),
            "RDATE" => self.further.extend(line.whens()),
            "EXDATE" => self.except.extend(line.whens()),
            "RECURRENCE-ID" => {
                let range = line.parameter("RANGE");
                let later = range.is_some_and(|r| r.eq_ignore_ascii_case("THISANDFUTURE"));
                self.replaces = line.when().map(|when| (when, later));
            }
            "TRANSP" => self.free |= value.eq_ignore_ascii_case("TRANSPARENT"),
            "STATUS" => self.free |= value.eq_ignore_ascii_case("CANCELLED"),
            "X-MICROSOFT-CDO-BUSYSTATUS" => self.free |= value.eq_ignore_ascii_case("FREE"),
            _ => {}
        }
    }
}
