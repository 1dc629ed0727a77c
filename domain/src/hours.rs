//! When an agent can be booked (O-04): a default week, templates, and the dates to which they are applied.

pub mod change;
pub mod edit;

use crate::OfficeId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The minutes of a day on the clock; a block can end here.
pub const DAY: u16 = 1_440;

/// A time of a day in which bookings are taken in one office, by the clock of that office.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Block {
    /// Minutes since midnight.
    pub from: u16,
    /// Minutes since midnight, at most [`DAY`]; the block is over then.
    pub until: u16,
    pub office: OfficeId,
    /// Whether bookings in it are confirmed at once.
    pub automatic: bool,
}

/// Seven days of blocks, Monday first.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week(pub [Vec<Block>; 7]);

/// What a template says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// For each day of a week its own blocks.
    Week(Week),
    /// For every day the same blocks.
    Day(Vec<Block>),
}

/// The number of a template among those of one agent.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TemplateId(pub u32);

impl TemplateId {
    /// The day template without blocks, which exists from the start and can't be changed.
    pub const UNAVAILABLE: Self = Self(0);
}

/// A week or a day with a name, to be applied over dates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Template {
    pub id: TemplateId,
    pub name: String,
    pub pattern: Pattern,
}

/// The number of an application among those of one agent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AppliedId(pub u32);

/// A template applied over dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Applied {
    pub id: AppliedId,
    pub template: TemplateId,
    pub first: Date,
    /// The last day, included.
    pub last: Date,
    /// In which office it counts; `None` for all of them.
    pub office: Option<OfficeId>,
}

impl Applied {
    fn covers(&self, date: Date, office: OfficeId) -> bool {
        self.first <= date && date <= self.last && self.office.is_none_or(|only| only == office)
    }
}

/// The appointment hours of one agent. Read as it is stored; what a person writes passes
/// [`edit::Edit`] first.
///
/// A day template that is applied comes before a week template, and that before the default week.
/// Of two of one kind the one that was applied later counts.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Hours {
    pub default: Week,
    pub templates: Vec<Template>,
    /// In the order in which they were applied.
    pub applied: Vec<Applied>,
    /// The highest number that a template or an application ever had.
    pub numbered: u32,
}

impl Week {
    /// The blocks of the weekday of `date`.
    pub fn on(&self, date: Date) -> &[Block] {
        &self.0[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
    }
}

impl Pattern {
    fn on(&self, date: Date) -> &[Block] {
        match self {
            Self::Week(week) => week.on(date),
            Self::Day(blocks) => blocks,
        }
    }

    /// Every day of the pattern: seven, or one.
    pub fn days(&self) -> &[Vec<Block>] {
        match self {
            Self::Week(week) => &week.0,
            Self::Day(blocks) => std::slice::from_ref(blocks),
        }
    }

    /// The same, to be changed.
    pub fn days_mut(&mut self) -> &mut [Vec<Block>] {
        match self {
            Self::Week(week) => &mut week.0,
            Self::Day(blocks) => std::slice::from_mut(blocks),
        }
    }

    /// Whether it says the same for every day.
    pub fn is_day(&self) -> bool {
        matches!(self, Self::Day(_))
    }
}

impl Hours {
    /// The template of a number, unless it is [`TemplateId::UNAVAILABLE`].
    pub fn template(&self, id: TemplateId) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The blocks of an office on a day of its calendar, in the order in which they are kept.
    pub fn blocks_in(&self, office: OfficeId, date: Date) -> impl Iterator<Item = Block> + '_ {
        let day = self.counting(office, date).iter().copied();
        day.filter(move |block| block.office == office)
    }

    /// Every office that has a block anywhere.
    pub fn offices(&self) -> BTreeSet<OfficeId> {
        let templates = self.templates.iter().flat_map(|t| t.pattern.days());
        let days = self.default.0.iter().chain(templates);
        days.flatten().map(|block| block.office).collect()
    }

    /// The blocks that count for an office on a day; those of other offices stand between them.
    fn counting(&self, office: OfficeId, date: Date) -> &[Block] {
        let mut week = None;
        for applied in self.applied.iter().rev() {
            if !applied.covers(date, office) {
                continue;
            }
            match self.template(applied.template).map(|t| &t.pattern) {
                Some(pattern @ Pattern::Day(_)) => return pattern.on(date),
                Some(pattern @ Pattern::Week(_)) => week = week.or(Some(pattern)),
                None if applied.template == TemplateId::UNAVAILABLE => return &[],
                None => {}
            }
        }
        week.map_or_else(|| self.default.on(date), |pattern| pattern.on(date))
    }

    /// The hours as far as they concern these offices, for somebody who sees no others.
    #[must_use]
    pub fn only(&self, offices: &[OfficeId]) -> Self {
        let mut hours = self.clone();
        let templates = hours.templates.iter_mut();
        let days = templates.flat_map(|t| t.pattern.days_mut());
        for day in hours.default.0.iter_mut().chain(days) {
            day.retain(|block| offices.contains(&block.office));
        }
        hours
            .applied
            .retain(|a| a.office.is_none_or(|only| offices.contains(&only)));
        hours
    }
}
