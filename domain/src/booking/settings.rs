//! How the organisation takes bookings, reminds, and keeps what customers leave (P-05, P-07, P-08).

use crate::audit::{Entry, Recorded, Value};
use crate::field::{self, Problems};
use crate::{About, Action, Actor, Allowed, Event, Field, Refusal, Timestamp, Version, Why};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The most characters of a text that customers read.
pub const TEXT_MAX: usize = 2_000;
/// The most sites that may embed the booking page.
pub const FRAMES_MAX: usize = 20;
/// How many hours before an appointment a reminder can go out.
pub const REMINDER_HOURS: std::ops::RangeInclusive<i32> = 1..=336;
/// How many days after an appointment the customer's data can be kept.
pub const RETENTION_DAYS: std::ops::RangeInclusive<i32> = 1..=3_650;

/// What an Administrator decides about bookings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether customers can book by themselves.
    pub enabled: bool,
    pub welcome: String,
    /// `#rrggbb`, or empty for the usual colour.
    pub accent: String,
    /// Origins of sites that may embed the page, such as `https://www.example.org`.
    pub frames: Vec<String>,
    /// What a customer agrees to; empty asks nothing.
    pub consent_text: String,
    /// Days after the appointment until the customer's data is erased; `None` keeps it.
    pub retention_days: Option<i32>,
    /// Hours before the appointment; `None` sends no reminder.
    pub reminder_hours: Option<i32>,
    /// Whether agents get their day by mail, unless they decide otherwise.
    pub digest: bool,
    /// What is added to the mails of the three occasions.
    pub words_booked: String,
    pub words_reminder: String,
    pub words_cancelled: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            enabled: true,
            welcome: String::new(),
            accent: String::new(),
            frames: Vec::new(),
            consent_text: String::new(),
            retention_days: None,
            reminder_hours: Some(24),
            digest: true,
            words_booked: String::new(),
            words_reminder: String::new(),
            words_cancelled: String::new(),
        }
    }
}

/// As the store read them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Bookings {
    /// Zero while nobody has changed anything.
    pub version: i64,
    pub settings: Settings,
    pub has_logo: bool,
}

/// What a form says; numbers as they were typed, empty is "none".
#[derive(Clone, Default, Debug)]
pub struct Draft {
    pub enabled: bool,
    pub welcome: String,
    pub accent: String,
    /// One origin a line.
    pub frames: String,
    pub consent_text: String,
    pub retention_days: String,
    pub reminder_hours: String,
    pub digest: bool,
    pub words_booked: String,
    pub words_reminder: String,
    pub words_cancelled: String,
}

/// Other settings of bookings.
#[derive(Debug)]
pub struct BookingChanged {
    pub from: i64,
    pub before: Settings,
    pub settings: Settings,
}

impl Settings {
    /// How long before an appointment a customer is reminded.
    pub fn reminder(&self) -> Option<SignedDuration> {
        self.reminder_hours
            .map(|hours| SignedDuration::from_hours(hours.into()))
    }
}

impl Bookings {
    /// Allows other settings; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`] with everything that is wrong.
    pub fn change(
        &self,
        actor: &Actor,
        draft: &Draft,
        at: Timestamp,
    ) -> Result<Option<Allowed<BookingChanged>>, Refusal> {
        actor.may_everywhere(Action::ChangeSettings)?;
        let settings = draft.read()?;
        if settings == self.settings && self.version > 0 {
            return Ok(None);
        }
        let changed = BookingChanged {
            from: self.version,
            before: self.settings.clone(),
            settings,
        };
        Ok(Some(Allowed::new(changed, actor, at)))
    }
}

impl Draft {
    fn read(&self) -> Result<Settings, Refusal> {
        let mut problems = Problems::default();
        let text = |text: &str| field::lines(text, TEXT_MAX);
        let settings = Settings {
            enabled: self.enabled,
            welcome: problems.take(Field::Welcome, text(&self.welcome)),
            accent: problems.take(Field::Accent, colour(&self.accent)),
            frames: problems.take(Field::Frames, origins(&self.frames)),
            consent_text: problems.take(Field::ConsentText, text(&self.consent_text)),
            retention_days: problems.take(
                Field::RetentionDays,
                number(&self.retention_days, RETENTION_DAYS),
            ),
            reminder_hours: problems.take(
                Field::ReminderHours,
                number(&self.reminder_hours, REMINDER_HOURS),
            ),
            digest: self.digest,
            words_booked: problems.take(Field::WordsBooked, text(&self.words_booked)),
            words_reminder: problems.take(Field::WordsReminder, text(&self.words_reminder)),
            words_cancelled: problems.take(Field::WordsCancelled, text(&self.words_cancelled)),
        };
        problems.none().map(|()| settings)
    }
}

/// `#rrggbb` in small letters, or nothing.
fn colour(text: &str) -> Result<String, Why> {
    let text = text.trim().to_lowercase();
    let digits = text.strip_prefix('#').unwrap_or_default();
    let fits = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    match text.is_empty() || fits {
        true => Ok(text),
        false => Err(Why::NotAColour),
    }
}

/// Origins, one a line: `https://`, a host, maybe a port, and nothing after it.
fn origins(text: &str) -> Result<Vec<String>, Why> {
    let mut origins = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let origin = field::https(line.trim_end_matches('/'))?.to_lowercase();
        let host = origin.trim_start_matches("https://");
        // It ends up in a header, where a `;` would begin another directive.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        if !host.chars().all(plain) {
            return Err(Why::NotAnHttpsAddress);
        }
        origins.push(origin);
    }
    origins.dedup();
    match origins.len() {
        0..=FRAMES_MAX => Ok(origins),
        _ => Err(Why::TooLong(FRAMES_MAX)),
    }
}

fn number(text: &str, range: std::ops::RangeInclusive<i32>) -> Result<Option<i32>, Why> {
    let (least, most) = (*range.start(), *range.end());
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            _ => Err(Why::OutOfRange(least.into(), most.into())),
        },
    }
}

impl Recorded for BookingChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(Version(self.from))
    }

    fn entry(&self) -> Entry {
        let (before, new) = (&self.before, &self.settings);
        let on = |on: bool| if on { "on" } else { "off" };
        let some = |number: Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
        let values = [
            Value::changed("enabled", on(before.enabled), on(new.enabled)),
            Value::changed("welcome", &before.welcome, &new.welcome),
            Value::changed("accent", &before.accent, &new.accent),
            Value::changed("frames", &before.frames.join(" "), &new.frames.join(" ")),
            Value::changed("consent_text", &before.consent_text, &new.consent_text),
            Value::changed(
                "retention_days",
                &some(before.retention_days),
                &some(new.retention_days),
            ),
            Value::changed(
                "reminder_hours",
                &some(before.reminder_hours),
                &some(new.reminder_hours),
            ),
            Value::changed("digest", on(before.digest), on(new.digest)),
            Value::changed("words_booked", &before.words_booked, &new.words_booked),
            Value::changed(
                "words_reminder",
                &before.words_reminder,
                &new.words_reminder,
            ),
            Value::changed(
                "words_cancelled",
                &before.words_cancelled,
                &new.words_cancelled,
            ),
        ];
        Entry {
            event: Event::BookingChanged,
            subject: About::Organisation,
            values: values.into_iter().flatten().collect(),
        }
    }
}
