//! The steps of a booking as views: what there is to choose, with what was chosen so far above it.

use super::answer::said;
use super::catalogue::{ANYBODY, Catalogue, Whose};
use super::page::Settled;
use super::visit::Visit;
use app::booking::{
    Choice, Details, Fact, FreeTime, Group, Wanted, Week, Words, chosen, meeting_word,
};
use app::messages::t;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Office, Subject};
use leptos::prelude::{AnyView, IntoAny};

/// Where a customer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Subject,
    Office,
    Agent,
    Time,
    Details,
}

impl Step {
    fn title(self) -> &'static str {
        match self {
            Self::Subject => t::book_subject(),
            Self::Office => t::book_office(),
            Self::Agent => t::book_agent(),
            Self::Time => t::book_time(),
            Self::Details => t::book_details(),
        }
    }
}

/// A step as an answer.
pub fn page(visit: &Visit, step: Step, write: impl FnOnce() -> AnyView) -> Response {
    visit.page(StatusCode::OK, || {
        let title = format!("{} – {}", step.title(), t::book_title());
        (title, write())
    })
}

/// The words of welcome before the first step, and what could not be chosen as the address wished.
fn opening(visit: &Visit, catalogue: &Catalogue) -> AnyView {
    let welcome = visit.bookings.settings.welcome.clone();
    let dangling = catalogue.dangling.then(|| t::book_preselected().to_owned());
    after(said(dangling, false), app::booking::prose(welcome))
}

/// One view below another.
pub fn after(before: AnyView, step: AnyView) -> AnyView {
    (before, step).into_any()
}

/// How long it takes, and how one meets.
fn line(subject: &Subject, minutes: i32) -> String {
    let meetings: Vec<&str> = subject.meetings.iter().map(meeting_word).collect();
    format!("{} · {}", t::book_minutes(minutes), meetings.join(", "))
}

/// What it can be about.
pub fn subjects(visit: &Visit, catalogue: &Catalogue, office: Option<&Office>) -> AnyView {
    let offered = catalogue.subjects_in(office);
    let choice = |subject: &&Subject| {
        let words = visit.words.without(&["week", "at"]);
        let words = words.with("subject", &subject.id.to_string());
        let offer = office.and_then(|office| catalogue.offer(office.id, subject.id));
        let minutes = offer.map_or(subject.duration, |offer| offer.duration);
        Choice {
            href: words.href("/book"),
            title: subject.title.clone(),
            lines: vec![line(subject, minutes)],
        }
    };
    let group = |category: &domain::Category| Group {
        title: category.title.clone(),
        choices: offered
            .iter()
            .filter(|subject| subject.category == category.id)
            .map(choice)
            .collect(),
    };
    let groups = catalogue.categories.iter().map(group);
    let groups = groups.filter(|group| !group.choices.is_empty()).collect();
    after(opening(visit, catalogue), app::booking::subjects(groups))
}

/// Where it can be.
pub fn offices(visit: &Visit, catalogue: &Catalogue, subject: &Subject) -> AnyView {
    let choice = |office: &Office| {
        let words = visit.words.without(&["week", "at"]);
        let words = words
            .with("subject", &subject.id.to_string())
            .with("office", &office.id.to_string());
        let place = match office.virtual_only {
            true => vec![t::book_online().to_owned()],
            false => office.address.lines().map(str::to_owned).collect(),
        };
        let described = office.description.lines().map(str::to_owned);
        Choice {
            href: words.href("/book"),
            title: office.name.clone(),
            lines: place.into_iter().chain(described).collect(),
        }
    };
    let choices = catalogue.offices_of(subject).into_iter().map(choice);
    let fact = subject_fact(&visit.words, catalogue, subject, None);
    let step = app::booking::offices(choices.collect());
    after(opening(visit, catalogue), after(chosen(vec![fact]), step))
}

/// With whom it can be.
pub fn agents(
    visit: &Visit,
    catalogue: &Catalogue,
    settled: &Settled,
    facts: Vec<Fact>,
) -> AnyView {
    let words = settled.words(&visit.words).without(&["week", "at"]);
    let to = |agent: &str| words.with("agent", agent).href("/book");
    let agents = settled.agents.iter();
    let agents = agents.map(|agent| (to(&agent.id.to_string()), agent.clone()));
    let step = app::booking::agents(to(ANYBODY), agents.collect());
    after(opening(visit, catalogue), after(chosen(facts), step))
}

/// When it can be.
pub fn times(words: &Words, week: Week, facts: Vec<Fact>, said: AnyView) -> AnyView {
    let step = app::booking::times("/book", words, week);
    after(said, after(chosen(facts), step))
}

/// Who comes; `instead` are other times where the one that was chosen is gone.
pub fn details(
    visit: &Visit,
    settled: &Settled,
    words: Words,
    instead: Vec<FreeTime>,
    wanted: Wanted,
    facts: Vec<Fact>,
) -> AnyView {
    let key = wanted.typed.iter().rev().find(|(name, _)| name == "key");
    let key = key.map_or_else(|| store::new_id().to_string(), |(_, key)| key.clone());
    let form = Details {
        words,
        key,
        meetings: settled.offer.meetings.iter().collect(),
        questions: settled.offer.questions.clone(),
        consent_text: visit.bookings.settings.consent_text.clone(),
        instead,
        wanted,
    };
    app::booking::details(form, chosen(facts))
}

fn subject_fact(
    words: &Words,
    catalogue: &Catalogue,
    subject: &Subject,
    office: Option<&Office>,
) -> Fact {
    let other = words.without(&["subject", "week", "at"]).href("/book");
    // With the office in the address, only its subjects are shown again.
    let office = office.filter(|_| !words.get("office").is_empty());
    let several = catalogue.subjects_in(office).len() > 1;
    let minutes = office.and_then(|office| catalogue.offer(office.id, subject.id));
    let minutes = minutes.map_or(subject.duration, |offer| offer.duration);
    Fact {
        word: t::letter_what(),
        value: format!("{}, {}", subject.title, t::book_minutes(minutes)),
        other: several.then(|| (other, t::book_other_subject())),
    }
}

/// What was chosen so far; `time` once there is one.
pub fn facts(
    words: &Words,
    catalogue: &Catalogue,
    settled: &Settled,
    time: Option<String>,
) -> Vec<Fact> {
    let own = settled.words(words);
    let mut facts = vec![subject_fact(
        words,
        catalogue,
        &settled.subject,
        Some(&settled.office),
    )];
    let other = own.without(&["office", "week", "at"]).href("/book");
    let several = catalogue.offices_of(&settled.subject).len() > 1;
    let address = settled
        .office
        .address
        .lines()
        .collect::<Vec<_>>()
        .join(", ");
    let place = match address.is_empty() {
        true => settled.office.name.clone(),
        false => format!("{}, {address}", settled.office.name),
    };
    facts.push(Fact {
        word: t::letter_where(),
        value: place,
        other: several.then(|| (other, t::book_other_office())),
    });
    let name = match settled.whose {
        Whose::NotChosen => None,
        Whose::Anybody => Some(t::book_anybody().to_owned()),
        Whose::One(id) => {
            let mut agents = settled.agents.iter();
            agents.find(|agent| agent.id == id).map(named)
        }
    };
    if let Some(name) = name {
        let other = own.without(&["agent", "week", "at"]).href("/book");
        let several = settled.agents.len() > 1;
        facts.push(Fact {
            word: t::letter_with(),
            value: name,
            other: several.then(|| (other, t::book_other_agent())),
        });
    }
    if let Some(time) = time {
        let at = words.get("at").split('T').next().unwrap_or_default();
        let other = own.without(&["at"]).with("week", at).href("/book");
        facts.push(Fact {
            word: t::letter_when(),
            value: time,
            other: Some((other, t::book_other_time())),
        });
    }
    facts
}

fn named(agent: &domain::expertise::Bookable) -> String {
    match agent.function.is_empty() {
        true => agent.name.clone(),
        false => format!("{}, {}", agent.name, agent.function),
    }
}
