//! The form of a booking that could not be made: with what was typed, and what is wrong or gone.

use super::Request;
use crate::booking::answer::said;
use crate::booking::calendar::Calendar;
use crate::booking::steps::{self, Step};
use app::booking::Wanted;
use app::error::why_sentence;
use app::messages::t;
use axum::http::StatusCode;
use axum::response::Response;
use domain::booking::Wrong;
use domain::{Field, Refusal, Why};
use store::Reading;

impl Request<'_> {
    /// What is wrong in the words of the form, by the names of its inputs.
    pub(super) fn sentences(&self, wrong: &[Wrong]) -> Vec<(String, String)> {
        let questions = &self.settled.offer.questions;
        let each = wrong.iter().map(|wrong| {
            let plain =
                |name: &str, label: &str| (name.to_owned(), why_sentence(label, &wrong.why));
            match (wrong.field, wrong.question) {
                (Field::Answers, Some(number)) => {
                    let label = questions.get(number).map_or("", |question| &question.text);
                    let why = match wrong.why {
                        Why::Required => t::book_answer_first(label),
                        _ => why_sentence(label, &wrong.why),
                    };
                    (format!("answer-{number}"), why)
                }
                (Field::Email, _) => plain("email", t::book_email()),
                (Field::Phone, _) => plain("phone", t::book_phone()),
                (Field::Remark, _) => plain("remark", t::label_remark()),
                (Field::Consent, _) => ("consent".into(), t::book_agree_first().to_owned()),
                _ => plain("name", t::book_name()),
            }
        });
        each.collect()
    }

    /// The form once more, with what was typed and what is wrong with it.
    pub(super) async fn again(
        &self,
        reading: &mut Reading,
        wrong: Vec<(String, String)>,
        status: StatusCode,
    ) -> store::Result<Response> {
        let now = self.visit.asker.now;
        let calendar = Calendar::read(reading, self.settled.wanted(), self.at, now).await?;
        let Some(calendar) = calendar else {
            return Ok(self.visit.refuse(&Refusal::WrongState.into()));
        };
        if !calendar.offers(self.at) {
            // That the time is gone is the first thing to know; but not of a try that did not count.
            let status = match status {
                StatusCode::TOO_MANY_REQUESTS => status,
                _ => StatusCode::CONFLICT,
            };
            return Ok(self.instead(&calendar, wrong, status));
        }
        let mut response = steps::page(self.visit, Step::Details, || {
            let words = &self.visit.words;
            let time = Some(calendar.text(self.at));
            let facts = steps::facts(words, &self.catalogue, &self.settled, time);
            let words = self.settled.words(words).with("at", &self.at.to_string());
            let wanted = self.wanted(wrong);
            steps::details(self.visit, &self.settled, words, Vec::new(), wanted, facts)
        });
        *response.status_mut() = status;
        Ok(response)
    }

    pub(super) async fn gone(&self, reading: &mut Reading) -> store::Result<Response> {
        let now = self.visit.asker.now;
        let calendar = Calendar::read(reading, self.settled.wanted(), self.at, now).await?;
        match calendar {
            Some(calendar) => Ok(self.instead(&calendar, Vec::new(), StatusCode::CONFLICT)),
            None => Ok(self.visit.refuse(&Refusal::WrongState.into())),
        }
    }

    /// The form with other times in place of the one that is gone; everything typed is kept.
    fn instead(
        &self,
        calendar: &Calendar,
        wrong: Vec<(String, String)>,
        status: StatusCode,
    ) -> Response {
        let instead = calendar.instead(self.at);
        let none = instead.is_empty();
        let mut response = steps::page(self.visit, Step::Details, || {
            let words = self.settled.words(&self.visit.words);
            let facts = steps::facts(&words, &self.catalogue, &self.settled, None);
            let text = match none {
                true => t::book_none(),
                false => t::book_gone(),
            };
            let wanted = self.wanted(wrong);
            let form = steps::details(self.visit, &self.settled, words, instead, wanted, facts);
            steps::after(said(Some(text.to_owned()), true), form)
        });
        *response.status_mut() = status;
        response
    }

    fn wanted(&self, wrong: Vec<(String, String)>) -> Wanted {
        Wanted {
            typed: self.pairs.to_vec(),
            wrong,
        }
    }
}
