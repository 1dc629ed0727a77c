//! Numbers that come to the inventory, one or a block, and that leave it (C-04).

use super::Number;
use crate::audit::{Entry, Recorded, Value};
use crate::field::{Phone, Problems};
use crate::{About, Action, Actor, Allowed, Event, Field, Refusal, Timestamp, Why};

/// The most numbers that are added, or removed, at once.
pub const BLOCK_MAX: u64 = 10_000;

/// Numbers that follow each other: as many digits each, from the first to the last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    first: Phone,
    last: Phone,
}

/// Numbers that come to the inventory; those that are there already stay as they are.
#[derive(Debug)]
pub struct NumbersAdded {
    pub block: Block,
}

/// Free numbers that leave the inventory.
#[derive(Debug)]
pub struct NumbersRemoved {
    pub numbers: Vec<Phone>,
}

fn digits(phone: &Phone) -> u64 {
    // At most 15 digits, as E.164 says.
    phone
        .as_str()
        .trim_start_matches('+')
        .parse()
        .unwrap_or_default()
}

/// A number in E.164, or `None` after the problem was noted.
fn one(field: Field, text: &str, problems: &mut Problems) -> Option<Phone> {
    let read = match text.trim() {
        "" => Err(Why::Required),
        text => Phone::e164(text).map_err(|_| Why::NotE164),
    };
    problems.take(field, read.map(Some))
}

impl Block {
    /// The block of two numbers in E.164, and nothing but E.164 (case 16); without a last number it
    /// is the first alone.
    ///
    /// # Errors
    /// [`Refusal::Invalid`].
    pub fn read(first: &str, last: &str) -> Result<Self, Refusal> {
        let mut problems = Problems::default();
        let first = one(Field::Number, first, &mut problems);
        let last = match last.trim() {
            "" => first.clone(),
            last => one(Field::LastNumber, last, &mut problems),
        };
        problems.none()?;
        let (Some(first), Some(last)) = (first, last) else {
            return Err(Refusal::field(Field::Number, Why::Required));
        };
        let refused = |why| Err(Refusal::field(Field::LastNumber, why));
        if first.as_str().len() != last.as_str().len() {
            return refused(Why::LengthsDiffer);
        }
        if digits(&last) < digits(&first) {
            return refused(Why::EndsFirst);
        }
        let block = Self { first, last };
        match block.count() <= BLOCK_MAX {
            true => Ok(block),
            false => refused(Why::TooManyNumbers(BLOCK_MAX)),
        }
    }

    /// How many numbers there are in it, at least one.
    pub fn count(&self) -> u64 {
        digits(&self.last) - digits(&self.first) + 1
    }

    /// Each number in its order.
    pub fn numbers(&self) -> impl Iterator<Item = Phone> + use<> {
        let all = digits(&self.first)..=digits(&self.last);
        all.filter_map(|digits| Phone::e164(&format!("+{digits}")).ok())
    }
}

impl NumbersAdded {
    /// Allows the numbers from `first` to `last`, or the first alone.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        first: &str,
        last: &str,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let block = Block::read(first, last)?;
        Ok(Allowed::new(Self { block }, actor, at))
    }
}

impl NumbersRemoved {
    /// Allows that these numbers, as read in the same transaction, leave the inventory.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`] where there are none or too many,
    /// [`Refusal::NumbersInUse`].
    pub fn allow(
        actor: &Actor,
        numbers: &[Number],
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        if numbers.is_empty() {
            return Err(Refusal::field(Field::Number, Why::Required));
        }
        if numbers.len() as u64 > BLOCK_MAX {
            return Err(Refusal::field(
                Field::Number,
                Why::TooManyNumbers(BLOCK_MAX),
            ));
        }
        let used = numbers.iter().filter(|number| number.holder.is_some());
        match used.count() {
            0 => {
                let numbers = numbers.iter().map(|number| number.number.clone());
                let removed = Self {
                    numbers: numbers.collect(),
                };
                Ok(Allowed::new(removed, actor, at))
            }
            used => Err(Refusal::NumbersInUse(
                i64::try_from(used).unwrap_or(i64::MAX),
            )),
        }
    }
}

/// Numbers as the trail says them: of those that follow each other the first and the last.
fn said(numbers: impl Iterator<Item = Phone>) -> String {
    let mut runs: Vec<Block> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some(run) if digits(&run.last) + 1 == digits(&number) => run.last = number,
            _ => runs.push(Block {
                first: number.clone(),
                last: number,
            }),
        }
    }
    let run = |run: &Block| match run.first == run.last {
        true => run.first.as_str().to_owned(),
        false => format!("{} – {}", run.first.as_str(), run.last.as_str()),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

fn entry(event: Event, before: &str, after: &str) -> Entry {
    Entry {
        event,
        subject: About::Organisation,
        values: Value::changed("number", before, after)
            .into_iter()
            .collect(),
    }
}

impl Recorded for NumbersAdded {
    fn entry(&self) -> Entry {
        entry(Event::NumbersAdded, "", &said(self.block.numbers()))
    }
}

impl Recorded for NumbersRemoved {
    fn entry(&self) -> Entry {
        let removed = said(self.numbers.iter().cloned());
        entry(Event::NumbersRemoved, &removed, "")
    }
}
