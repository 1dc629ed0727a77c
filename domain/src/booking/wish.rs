//! What a customer types on the booking page, read at once (P-05, P-08).

use super::{Meeting, Settings};
use crate::appointment::{Answer, CustomerDraft, TEXT_MAX, Wish};
use crate::subject::Offer;
use crate::{Field, Refusal, Why, field};

/// How many appointments one email may have ahead, so that nobody fills a calendar for fun.
pub const AHEAD_MAX: i64 = 5;

/// What was typed. Answers stand in the order of the questions; what is missing is empty.
#[derive(Clone, Copy, Debug)]
pub struct WishDraft<'a> {
    pub customer: CustomerDraft<'a>,
    pub answers: &'a [String],
    pub remark: &'a str,
    pub consented: bool,
}

/// Something that is wrong with what was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    pub field: Field,
    /// Which question it is about, from 0; of [`Field::Answers`] alone.
    pub question: Option<usize>,
    pub why: Why,
}

impl Wrong {
    fn of(field: Field, why: Why) -> Self {
        Self {
            field,
            question: None,
            why,
        }
    }
}

impl WishDraft<'_> {
    /// Reads what was typed for an appointment about `offer`: an email always, a telephone number where
    /// the agent calls, an answer to each question that wants one, and consent where it is asked for.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(
        &self,
        offer: &Offer,
        meeting: Meeting,
        settings: &Settings,
    ) -> Result<Wish, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let customer = match self.customer.read(true) {
            Ok(customer) => Some(customer),
            Err(Refusal::Invalid(problems)) => {
                let each = problems.into_iter();
                wrong.extend(each.map(|problem| Wrong::of(problem.field, problem.why)));
                None
            }
            Err(_) => None,
        };
        if meeting == Meeting::Phone && self.customer.phone.trim().is_empty() {
            wrong.push(Wrong::of(Field::Phone, Why::Required));
        }
        let answers = self.answers(offer, &mut wrong);
        if let Err(why) = field::lines(self.remark, TEXT_MAX) {
            wrong.push(Wrong::of(Field::Remark, why));
        }
        if !settings.consent_text.is_empty() && !self.consented {
            wrong.push(Wrong::of(Field::Consent, Why::Required));
        }
        match customer {
            Some(customer) if wrong.is_empty() => Ok(Wish {
                customer,
                answers,
                remark: self.remark.to_owned(),
                consented: !settings.consent_text.is_empty(),
            }),
            _ => Err(wrong),
        }
    }

    fn answers(&self, offer: &Offer, wrong: &mut Vec<Wrong>) -> Vec<Answer> {
        let mut answers = Vec::new();
        for (number, question) in offer.questions.iter().enumerate() {
            let typed = self.answers.get(number).map_or("", String::as_str);
            let mut problem = |why| {
                wrong.push(Wrong {
                    field: Field::Answers,
                    question: Some(number),
                    why,
                });
            };
            match field::lines(typed, TEXT_MAX) {
                Ok(answer) if answer.is_empty() => {
                    if question.required {
                        problem(Why::Required);
                    }
                }
                Ok(answer) => answers.push(Answer {
                    question: question.text.clone(),
                    answer,
                }),
                Err(why) => problem(why),
            }
        }
        answers
    }
}
