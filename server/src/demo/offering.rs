//! What the offices of the demo offer: where they are, when they are open, subjects, and who handles them.

use super::chance::Chance;
use app::settings::known::known;
use domain::expertise::Ticks;
use domain::office::{Draft, TimesDraft};
use domain::organisation::Settings;
use domain::subject::{self, CategoryCreated, Narrowed, NarrowedDraft, SubjectCreated};
use domain::{Actor, CategoryId, EmployeeId, OfficeId, Refusal, Role, SubjectId, Timestamp};
use jiff::ToSpan;
use jiff::civil::date;
use jiff::tz::TimeZone;
use store::{Result, Transaction};

/// An office of the demo.
struct Place {
    external_id: &'static str,
    email: &'static str,
    phone: &'static str,
    description: &'static str,
    address: &'static str,
    directions: &'static str,
    parking: &'static str,
    /// Weekday, from and until.
    open: &'static [(i8, &'static str, &'static str)],
}

/// In the order of [`super::people::OFFICES`]; the one without an address is virtual.
const PLACES: [Place; 3] = [
    Place {
        external_id: "GNT",
        email: "ghent@demo.example",
        phone: "09 210 40 00",
        description: "Our house at the Korenmarkt, on two floors with a lift.",
        address: "Korenmarkt 12\n9000 Ghent",
        directions: "Tram 1 and 2, stop Korenmarkt. Ten minutes by bicycle from the station Sint-Pieters.",
        parking: "Car park Vrijdagmarkt, five minutes on foot. Bicycles at the door.",
        open: &[
            (1, "09:00", "12:30"),
            (1, "13:30", "17:00"),
            (2, "09:00", "12:30"),
            (2, "13:30", "17:00"),
            (3, "09:00", "12:30"),
            (3, "13:30", "17:00"),
            (4, "09:00", "12:30"),
            (4, "13:30", "19:00"),
            (5, "09:00", "12:30"),
            (5, "13:30", "17:00"),
            (6, "09:00", "12:00"),
        ],
    },
    Place {
        external_id: "ANR",
        email: "antwerp@demo.example",
        phone: "03 200 40 00",
        description: "By the river, with a view of the port.",
        address: "Plantinkaai 3\n2000 Antwerp",
        directions: "Tram 4, stop Sint-Andries.",
        parking: "In front of the house, one hour for free.",
        open: &[
            (1, "09:30", "17:30"),
            (2, "09:30", "17:30"),
            (3, "09:30", "12:30"),
            (4, "09:30", "17:30"),
            (5, "09:30", "17:30"),
        ],
    },
    Place {
        external_id: "ONLINE",
        email: "online@demo.example",
        phone: "02 300 40 00",
        description: "By video or phone, wherever you are.",
        address: "",
        directions: "",
        parking: "",
        open: &[
            (1, "08:00", "20:00"),
            (2, "08:00", "20:00"),
            (3, "08:00", "20:00"),
            (4, "08:00", "20:00"),
            (5, "08:00", "20:00"),
            (6, "09:00", "13:00"),
        ],
    },
];

const CATEGORIES: [&str; 3] = ["Everyday banking", "Loans", "Savings and investments"];

/// A subject of the demo.
struct Topic {
    category: usize,
    title: &'static str,
    external_id: &'static str,
    meetings: &'static [&'static str],
    /// Duration, buffer before, buffer after, earliest notice, latest notice.
    times: [&'static str; 5],
    questions: &'static [(&'static str, bool)],
}

const ANY: &[&str] = &["in_person", "video", "phone"];
const SEEN: &[&str] = &["in_person", "video"];

/// The one that few handle.
const BUSINESS: usize = 4;

const TOPICS: [Topic; 8] = [
    topic(
        0,
        "Open an account",
        "account",
        &["in_person"],
        ["30", "0", "5", "60", "60"],
    ),
    topic(
        0,
        "Cards and payments",
        "cards",
        ANY,
        ["15", "0", "0", "30", "30"],
    ),
    topic(
        1,
        "Mortgage",
        "mortgage",
        SEEN,
        ["60", "0", "15", "1440", "90"],
    )
    .asks(&[
        ("How much would you like to borrow?", true),
        ("Is there a house that you have in mind?", false),
    ]),
    topic(
        1,
        "Car loan",
        "car-loan",
        ANY,
        ["30", "0", "5", "120", "60"],
    ),
    topic(
        1,
        "Business loan",
        "business-loan",
        SEEN,
        ["45", "10", "10", "2880", "60"],
    )
    .asks(&[("What does your company do?", true)]),
    topic(
        2,
        "Savings plan",
        "savings",
        ANY,
        ["30", "0", "5", "120", "60"],
    ),
    topic(
        2,
        "Investments",
        "investments",
        SEEN,
        ["60", "5", "10", "1440", "60"],
    ),
    topic(2, "Pension", "pension", ANY, ["45", "0", "5", "240", "90"]),
];

const fn topic(
    category: usize,
    title: &'static str,
    external_id: &'static str,
    meetings: &'static [&'static str],
    times: [&'static str; 5],
) -> Topic {
    Topic {
        category,
        title,
        external_id,
        meetings,
        times,
        questions: &[],
    }
}

impl Topic {
    const fn asks(mut self, questions: &'static [(&'static str, bool)]) -> Self {
        self.questions = questions;
        self
    }

    fn draft(&self, categories: &[CategoryId]) -> subject::Draft {
        let [duration, before, after, notice_least, notice_most] = self.times.map(str::to_owned);
        let questions = self.questions.iter();
        subject::Draft {
            category: categories.get(self.category).copied(),
            title: self.title.to_owned(),
            active: true,
            external_id: self.external_id.to_owned(),
            meetings: self.meetings.iter().copied().map(str::to_owned).collect(),
            duration,
            before,
            after,
            notice_least,
            notice_most,
            questions: questions
                .map(|(text, required)| ((*text).to_owned(), *required))
                .collect(),
        }
    }
}

/// Says where the offices with people are and when they are open, and adds subjects, which it answers with.
///
/// # Errors
/// When the database can't.
pub(super) async fn furnish(
    transaction: &mut Transaction,
    (ada, settings): (&Actor, &Settings),
    offices: &[OfficeId],
    chance: &mut Chance,
    at: Timestamp,
) -> Result<Vec<SubjectId>> {
    for (office, place) in offices.iter().zip(&PLACES) {
        describe(transaction, (ada, settings), *office, place, at).await?;
    }
    let mut categories = Vec::new();
    for title in CATEGORIES {
        let id = CategoryId(chance.id());
        let made = CategoryCreated::allow(ada, id, title, at + 10.minutes())?;
        transaction.apply(made).await?;
        categories.push(id);
    }
    let known = transaction.categories().await?;
    let mut subjects = Vec::new();
    for topic in &TOPICS {
        let id = SubjectId(chance.id());
        let draft = topic.draft(&categories);
        let made = SubjectCreated::allow(ada, id, &draft, &known, at + 20.minutes())?;
        transaction.apply(made).await?;
        subjects.push(id);
    }
    narrow(transaction, ada, offices, &subjects, at + 30.minutes()).await?;
    Ok(subjects)
}

async fn describe(
    transaction: &mut Transaction,
    (ada, settings): (&Actor, &Settings),
    id: OfficeId,
    place: &Place,
    at: Timestamp,
) -> Result<()> {
    let text = |text: &str| Some(text.to_owned());
    let draft = Draft {
        virtual_only: Some(place.address.is_empty()),
        description: text(place.description),
        external_id: text(place.external_id),
        email: text(place.email),
        phone: text(place.phone),
        address: text(place.address),
        directions: text(place.directions),
        parking: text(place.parking),
        ..Draft::default()
    };
    let office = transaction.office(id).await?.ok_or(Refusal::NotFound)?;
    if let Some(change) = office.revise(ada, &draft, &settings.country, known(), at)? {
        transaction.apply(change).await?;
    }
    let open = place.open.iter();
    let draft = TimesDraft {
        opening: open
            .map(|(weekday, from, until)| (*weekday, (*from).to_owned(), (*until).to_owned()))
            .collect(),
        closing: closings(at),
    };
    let office = transaction.office(id).await?.ok_or(Refusal::NotFound)?;
    let before = transaction.office_times(id).await?;
    if let Some(change) = office.revise_times(ada, &before, &draft, at + 5.minutes())? {
        transaction.apply(change).await?;
    }
    Ok(())
}

/// The holidays at the end of the year in which the demo is looked at, which began at `at`.
fn closings(at: Timestamp) -> Vec<(String, String, String)> {
    let year = (at + super::AGE).to_zoned(TimeZone::UTC).year();
    let day = |year, month, day| date(year, month, day).to_string();
    let days = |first: String, last: String, why: &str| (first, last, why.to_owned());
    vec![
        days(day(year, 12, 25), day(year, 12, 26), "Christmas"),
        days(day(year + 1, 1, 1), day(year + 1, 1, 1), "New Year"),
    ]
}

/// Antwerp takes its time for mortgages, and nobody opens an account online.
async fn narrow(
    transaction: &mut Transaction,
    ada: &Actor,
    offices: &[OfficeId],
    subjects: &[SubjectId],
    at: Timestamp,
) -> Result<()> {
    let longer = NarrowedDraft {
        offered: true,
        duration: "90".into(),
        confirmed_by: "hand".into(),
        ..NarrowedDraft::default()
    };
    let all = [(1, 2, longer), (2, 0, NarrowedDraft::default())];
    for (office, subject, draft) in all {
        let (Some(office), Some(subject)) = (offices.get(office), subjects.get(subject)) else {
            continue;
        };
        let office = transaction.office(*office).await?;
        let subject = transaction.subject(*subject).await?;
        let (Some(office), Some(subject)) = (office, subject) else {
            continue;
        };
        if let Some(change) = office.narrow(ada, &subject, Narrowed::default(), &draft, at)? {
            transaction.apply(change).await?;
        }
    }
    Ok(())
}

/// Whether the person at `who` handles a subject in an office, all by their places in the lists. Those
/// whom the documentation names handle everything but business loans, which only some in Ghent do.
const fn handles(who: usize, office: usize, subject: usize) -> bool {
    match subject {
        BUSINESS => office == 0 && who % 4 == 3,
        _ => who < super::LEAST || (who * 7 + subject * 3 + office) % 5 < 3,
    }
}

/// Lets the person at `who` handle subjects where they are an Agent by now.
///
/// # Errors
/// When the database can't.
pub(super) async fn learn(
    transaction: &mut Transaction,
    ada: &Actor,
    (offices, subjects): (&[OfficeId], &[SubjectId]),
    (who, id): (usize, EmployeeId),
    at: Timestamp,
) -> Result<()> {
    let employee = transaction.employee(id).await?.ok_or(Refusal::NotFound)?;
    let all = transaction.subjects().await?;
    for (number, office) in offices.iter().enumerate() {
        let agent =
            |place: &&domain::Place| place.office == *office && place.roles.has(Role::Agent);
        if !employee.places.iter().any(|place| agent(&place)) {
            continue;
        }
        let handled = subjects.iter().enumerate();
        let handled = handled.filter(|(subject, _)| handles(who, number, *subject));
        let ticks = Ticks {
            added: handled.map(|(_, id)| *id).collect(),
            removed: Vec::new(),
        };
        if let Some(change) = employee.handle(ada, *office, (&[], &all), &ticks, at)? {
            transaction.apply(change).await?;
        }
    }
    Ok(())
}
