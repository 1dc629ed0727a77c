//! `POST /book`: the booking itself, in one transaction, alone in the organisation (P-04).

mod again;

use super::answer::failed;
use super::calendar::Calendar;
use super::catalogue::Catalogue;
use super::page::{Pairs, Settled, moment, settle};
use super::visit::{Arriving, Visit};
use crate::state::State;
use app::booking::Words;
use app::error::AppError;
use app::messages::{self, t};
use app::request::Asker;
use app::sign_in::slow;
use axum::Extension;
use axum::extract::{Form, State as Held};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::appointment::{Booked, CustomerDraft, Wish};
use domain::booking::{AHEAD_MAX, Meeting, WishDraft, Wrong, choose};
use domain::fold::fold;
use domain::throttle::Counted;
use domain::{Actor, AppointmentId, Refusal, Timestamp};
use store::attempt::Key;
use store::{Reading, Store, Transaction};

/// What became of a booking.
enum Outcome {
    /// The secret of the customer's links.
    Booked(String),
    /// Somebody else has the time.
    Gone,
    /// The email has as many appointments ahead as it may.
    TooMany(i64),
}

/// `POST /book`
pub async fn book(
    Held(state): Held<State>,
    Extension(asker): Extension<Asker>,
    headers: HeaderMap,
    Form(pairs): Form<Pairs>,
) -> Response {
    let arriving = Arriving {
        deployment: &state.deployment,
        asker: &asker,
        headers: &headers,
        pairs: &pairs,
        path: "/book",
    };
    match asked(&arriving).await {
        Ok(response) => response,
        Err(error) => failed(&error),
    }
}

/// A booking that was asked for, as far as it can be judged without being alone.
struct Request<'a> {
    visit: &'a Visit,
    catalogue: Catalogue,
    settled: Settled,
    at: Timestamp,
    meeting: Meeting,
    pairs: &'a [(String, String)],
}

async fn asked(arriving: &Arriving<'_>) -> store::Result<Response> {
    let store = &arriving.deployment.store;
    let mut reading = store.read(arriving.asker.organisation).await?;
    let visit = arriving.visit(&mut reading, "").await?;
    if !visit.bookings.settings.enabled {
        return Ok(visit.closed());
    }
    let mut catalogue = Catalogue::read(&mut reading, &visit.words).await?;
    let chosen = catalogue.choose(&visit.words);
    let settled = match catalogue.dangling {
        // What the form was about is not offered any more; never book something else instead.
        true => None,
        false => settle(&mut reading, &catalogue, &chosen).await?,
    };
    let at = moment(visit.words.get("at"), visit.asker.now);
    let (Some(settled), Some(at)) = (settled, at) else {
        let begin = Redirect::to(&visit.words.without(&["at", "week"]).href("/book"));
        return Ok(begin.into_response());
    };
    if settled.whose == super::catalogue::Whose::NotChosen {
        let begin = Redirect::to(&settled.words(&visit.words).href("/book"));
        return Ok(begin.into_response());
    }
    let meetings: Vec<Meeting> = settled.offer.meetings.iter().collect();
    let wished = Meeting::from_code(visit.words.get("meeting"));
    let meeting = wished.filter(|meeting| meetings.contains(meeting));
    let Some(meeting) = meeting.or(meetings.first().copied()) else {
        return Ok(visit.refuse(&Refusal::WrongState.into()));
    };
    let request = Request {
        visit: &visit,
        catalogue,
        settled,
        at,
        meeting,
        pairs: arriving.pairs,
    };
    request.answer(reading).await
}

impl Request<'_> {
    async fn answer(&self, mut reading: Reading) -> store::Result<Response> {
        let wish = match self.wish() {
            Ok(wish) => wish,
            Err(wrong) => {
                let wrong = messages::with(self.visit.language, || self.sentences(&wrong));
                return self
                    .again(&mut reading, wrong, StatusCode::UNPROCESSABLE_ENTITY)
                    .await;
            }
        };
        // What is plainly gone does not get in the way of those who write; it may be gone by this very form.
        let before = match self.key() {
            Some(id) => reading.appointment(id).await?,
            None => None,
        };
        let wanted = self.settled.wanted();
        let calendar = Calendar::at(&mut reading, wanted, self.at, self.visit.asker.now).await?;
        if before.is_none() && !calendar.is_some_and(|calendar| calendar.offers(self.at)) {
            return self.gone(&mut reading).await;
        }
        // Whoever waits to write must not hold what others read with.
        drop(reading);
        let mut outcome = self.book(wish).await;
        let store = &self.visit.deployment.store;
        if matches!(outcome, Ok(Outcome::TooMany(_)))
            && let Err(error) = count_in_vain(store, &self.visit.asker).await
        {
            outcome = Err(error);
        }
        let organisation = self.visit.asker.organisation;
        match outcome {
            Ok(Outcome::Booked(token)) => {
                let language = self.visit.words.get("language");
                let page = Words::default().with("language", language);
                let page = page.href(&format!("/book/appointment/{token}?done=booked"));
                Ok(Redirect::to(&page).into_response())
            }
            Ok(Outcome::Gone) => {
                let mut reading = store.read(organisation).await?;
                self.gone(&mut reading).await
            }
            Ok(Outcome::TooMany(count)) => {
                let why = messages::with(self.visit.language, || t::book_too_many(count));
                let wrong = vec![("email".to_owned(), why)];
                let mut reading = store.read(organisation).await?;
                self.again(&mut reading, wrong, StatusCode::UNPROCESSABLE_ENTITY)
                    .await
            }
            Err(AppError::Unavailable) => Ok(self.visit.refuse(&AppError::Unavailable)),
            Err(error) => {
                let why = messages::with(self.visit.language, || error.to_string());
                let status = StatusCode::from_u16(error.status());
                let wrong = vec![("name".to_owned(), why)];
                let mut reading = store.read(organisation).await?;
                let status = status.unwrap_or(StatusCode::BAD_REQUEST);
                self.again(&mut reading, wrong, status).await
            }
        }
    }

    fn typed(&self, name: &str) -> &str {
        let found = self.pairs.iter().rev().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    fn wish(&self) -> Result<Wish, Vec<Wrong>> {
        let questions = 0..self.settled.offer.questions.len();
        let answer = |number| self.typed(&format!("answer-{number}")).to_owned();
        let answers: Vec<String> = questions.map(answer).collect();
        let draft = WishDraft {
            customer: CustomerDraft {
                name: self.typed("name"),
                email: self.typed("email"),
                phone: self.typed("phone"),
                language: self.visit.language.code(),
                country: &self.visit.organisation.settings.country,
            },
            answers: &answers,
            remark: self.typed("remark"),
            consented: self.typed("consent") == "true",
        };
        let settings = &self.visit.bookings.settings;
        draft.read(&self.settled.offer, self.meeting, settings)
    }

    /// Books, unless somebody else was first: everything that decides is read in the transaction.
    async fn book(&self, wish: Wish) -> Result<Outcome, AppError> {
        let asker = &self.visit.asker;
        let store = &self.visit.deployment.store;
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        if let Some(token) = self.sent_before(&mut transaction, &wish).await? {
            return Ok(Outcome::Booked(token));
        }
        count(&mut transaction, asker).await?;
        let email = wish.customer.email.as_ref().map(ToString::to_string);
        let ahead = transaction
            .ahead_of(&email.unwrap_or_default(), asker.now)
            .await?;
        if ahead >= AHEAD_MAX {
            return Ok(Outcome::TooMany(ahead));
        }
        let wanted = self.settled.wanted();
        let calendar = Calendar::at(&mut transaction, wanted, self.at, asker.now).await?;
        let Some(calendar) = calendar.filter(|calendar| calendar.offers(self.at)) else {
            return Ok(Outcome::Gone);
        };
        let Some(case) = choose(&calendar.cases, self.meeting, self.at, asker.now) else {
            return Ok(Outcome::Gone);
        };
        let proposal = case.propose(self.meeting, self.at, asker.now);
        let actor = Actor::system(asker.organisation);
        let id = self.id(&mut transaction).await?;
        let reminder = self.visit.bookings.settings.reminder();
        let booked = Booked::allow(&actor, id, &proposal, wish, false, reminder, asker.now)?;
        let token = match transaction.apply(booked).await {
            Ok(token) => token,
            Err(store::Error::Refused(Refusal::Invalid(_))) => return Ok(Outcome::Gone),
            Err(error) => return Err(error.into()),
        };
        transaction.commit().await?;
        Ok(Outcome::Booked(token.reveal().to_owned()))
    }

    fn key(&self) -> Option<AppointmentId> {
        self.typed("key").parse().ok()
    }

    /// The link of the appointment that this very form has booked already: a button that is pressed
    /// twice books once.
    async fn sent_before(
        &self,
        transaction: &mut Transaction,
        wish: &Wish,
    ) -> store::Result<Option<String>> {
        let Some(id) = self.key() else {
            return Ok(None);
        };
        let Some(known) = transaction.appointment(id).await? else {
            return Ok(None);
        };
        let email = |customer: &domain::appointment::Customer| {
            let email = customer.email.as_ref();
            email.map(|email| fold(email.as_str()))
        };
        let same = known.begins_at == self.at
            && known.subject == self.settled.subject.id
            && known.office == self.settled.office.id
            && known.is_upcoming(self.visit.asker.now)
            && email(&known.customer) == email(&wish.customer);
        match same {
            true => transaction.link_of_appointment(id).await,
            false => Ok(None),
        }
    }

    /// The id that the form came with, unless it is of another appointment.
    async fn id(&self, transaction: &mut Transaction) -> store::Result<AppointmentId> {
        let fresh = AppointmentId(store::new_id());
        match self.key() {
            Some(id) if transaction.appointment(id).await?.is_none() => Ok(id),
            _ => Ok(fresh),
        }
    }
}

/// Counts a try that came to nothing, and whose transaction is gone with all that it counted.
async fn count_in_vain(store: &Store, asker: &Asker) -> Result<(), AppError> {
    let mut transaction = store
        .write(asker.organisation, asker.address.clone())
        .await?;
    count(&mut transaction, asker).await?;
    Ok(transaction.commit_attempts().await?)
}

/// Counts what a customer writes, by where it comes from and for the whole organisation.
pub async fn count(transaction: &mut Transaction, asker: &Asker) -> Result<(), AppError> {
    let of_address = slow::of_address(asker, Counted::BookedFrom);
    let of_all = Key::new(Counted::BookedIn, &[]);
    for key in of_address.iter().chain([&of_all]) {
        slow::count_in(transaction, asker, key).await?;
    }
    Ok(())
}
