//! `GET /book`: the next step of a booking, as far as the address says what was chosen.

use super::answer::{failed, said};
use super::calendar::{Calendar, Wanted};
use super::catalogue::{ANYBODY, Catalogue, Chosen, Whose};
use super::steps::{self, Step};
use super::visit::{Arriving, Visit};
use crate::state::State;
use app::booking::{Words, day_of};
use app::messages::t;
use app::request::Asker;
use axum::Extension;
use axum::extract::{Query, State as Held};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::expertise::Bookable;
use domain::subject::Offer;
use domain::{Office, Subject, Timestamp};
use jiff::SignedDuration;
use jiff::civil::Date;
use store::{Reading, Result};

/// Words of a query or a form.
pub type Pairs = Vec<(String, String)>;

/// A subject, an office and whose times: all that is chosen before the time.
pub struct Settled {
    pub subject: Subject,
    pub office: Office,
    pub offer: Offer,
    pub agents: Vec<Bookable>,
    pub whose: Whose,
}

/// `GET /book`
pub async fn show(
    Held(state): Held<State>,
    Extension(asker): Extension<Asker>,
    headers: HeaderMap,
    Query(pairs): Query<Pairs>,
) -> Response {
    let arriving = Arriving {
        deployment: &state.deployment,
        asker: &asker,
        headers: &headers,
        pairs: &pairs,
        path: "/book",
    };
    match shown(&arriving).await {
        Ok(response) => response,
        Err(error) => failed(&error),
    }
}

async fn shown(arriving: &Arriving<'_>) -> Result<Response> {
    let store = &arriving.deployment.store;
    let mut reading = store.read(arriving.asker.organisation).await?;
    let visit = arriving.visit(&mut reading, "").await?;
    if !visit.bookings.settings.enabled {
        return Ok(visit.closed());
    }
    let mut catalogue = Catalogue::read(&mut reading, &visit.words).await?;
    let chosen = catalogue.choose(&visit.words);
    let Some(settled) = settle(&mut reading, &catalogue, &chosen).await? else {
        return Ok(before_agent(&visit, &catalogue, &chosen));
    };
    if settled.whose == Whose::NotChosen {
        return Ok(steps::page(&visit, Step::Agent, || {
            let facts = steps::facts(&visit.words, &catalogue, &settled, None);
            steps::agents(&visit, &catalogue, &settled, facts)
        }));
    }
    time_or_details(&mut reading, &visit, &catalogue, &settled).await
}

/// Whose times they are, once subject and office are chosen.
pub async fn settle(
    reading: &mut Reading,
    catalogue: &Catalogue,
    chosen: &Chosen,
) -> Result<Option<Settled>> {
    let (Some(subject), Some(office)) = (&chosen.subject, &chosen.office) else {
        return Ok(None);
    };
    let Some(offer) = catalogue.offer(office.id, subject.id) else {
        return Ok(None);
    };
    let agents = reading.bookable_agents(office.id, subject.id).await?;
    Ok(Some(Settled {
        subject: subject.clone(),
        office: office.clone(),
        offer: offer.clone(),
        whose: catalogue.agent(&agents),
        agents,
    }))
}

fn before_agent(visit: &Visit, catalogue: &Catalogue, chosen: &Chosen) -> Response {
    if catalogue.subjects_in(None).is_empty() {
        return visit.say(StatusCode::OK, t::book_title, t::book_nothing);
    }
    match &chosen.subject {
        None => steps::page(visit, Step::Subject, || {
            steps::subjects(visit, catalogue, chosen.office.as_ref())
        }),
        Some(subject) => steps::page(visit, Step::Office, || {
            steps::offices(visit, catalogue, subject)
        }),
    }
}

async fn time_or_details(
    reading: &mut Reading,
    visit: &Visit,
    catalogue: &Catalogue,
    settled: &Settled,
) -> Result<Response> {
    let now = visit.asker.now;
    let at = moment(visit.words.get("at"), now);
    let week = week(visit.words.get("week"), now);
    let from = at.or(week.map(|(_, from)| from)).unwrap_or(now);
    let calendar = Calendar::read(reading, settled.wanted(), from, now).await?;
    let Some(calendar) = calendar else {
        return Ok(visit.say(StatusCode::OK, t::book_title, t::book_nothing));
    };
    if let Some(at) = at.filter(|at| calendar.offers(*at)) {
        let text = || calendar.text(at);
        return Ok(steps::page(visit, Step::Details, || {
            let facts = steps::facts(&visit.words, catalogue, settled, Some(text()));
            let words = settled.words(&visit.words).with("at", &at.to_string());
            steps::details(visit, settled, words, Vec::new(), Default::default(), facts)
        }));
    }
    let gone = !visit.words.get("at").is_empty();
    Ok(steps::page(visit, Step::Time, || {
        let wanted = match at {
            Some(at) => Some(day_of(at, &calendar.zone)),
            None => week.map(|(day, _)| day),
        };
        let zone = settled.office.zone(&visit.organisation.settings.time_zone);
        let week = calendar.week(wanted, &settled.office.name, zone);
        let facts = steps::facts(&visit.words, catalogue, settled, None);
        let gone = gone.then(|| t::book_gone_time().to_owned());
        let words = settled.words(&visit.words);
        steps::times(&words, week, facts, said(gone, true))
    }))
}

impl Settled {
    /// What its times are asked for with.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            office: self.office.id,
            subject: self.subject.id,
            agent: match self.whose {
                Whose::One(id) => Some(id),
                Whose::Anybody | Whose::NotChosen => None,
            },
            except: None,
        }
    }

    /// The words of everything that was chosen, also where nobody had to choose.
    pub fn words(&self, words: &Words) -> Words {
        let agent = match self.whose {
            Whose::One(id) => id.to_string(),
            Whose::Anybody => ANYBODY.to_owned(),
            Whose::NotChosen => String::new(),
        };
        words
            .with("subject", &self.subject.id.to_string())
            .with("office", &self.office.id.to_string())
            .with("agent", &agent)
    }
}

/// The furthest that anything can be booked ahead, and a little more.
const FURTHEST: SignedDuration = SignedDuration::from_hours(24 * 800);

/// The time of a word, where it lies in reach.
pub fn moment(word: &str, now: Timestamp) -> Option<Timestamp> {
    let at: Timestamp = word.parse().ok()?;
    (at > now - FURTHEST && at < now + FURTHEST).then_some(at)
}

/// The day of a word, where it lies in reach, and about when it begins.
pub fn week(word: &str, now: Timestamp) -> Option<(Date, Timestamp)> {
    let day: Date = word.parse().ok()?;
    let there = jiff::tz::TimeZone::UTC.to_zoned(day.into()).ok()?;
    let from = there.timestamp();
    (from > now - FURTHEST && from < now + FURTHEST).then(|| (day, from.max(now)))
}
