//! The rows of the editor as signals: what the board draws and the form sends.

use super::HoursView;
use super::read::Row;
use super::times::{input, minute};
use crate::messages::t;
use crate::ui::browser;
use domain::hours::Block;
use domain::hours::edit::check_day;
use domain::{OfficeId, Why};
use leptos::prelude::*;

/// A row of the form. One without times is free: it is no block, and shown only where no script adds
/// others. A block that goes becomes free again, so that the form knows that something changed.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Line {
    pub key: u32,
    pub day: RwSignal<u8>,
    pub from: RwSignal<Option<u16>>,
    pub until: RwSignal<Option<u16>>,
    pub office: RwSignal<OfficeId>,
    pub automatic: RwSignal<bool>,
    /// Whether it is shown although it is free.
    pub open: RwSignal<bool>,
}

/// Everything that is edited.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    pub all: RwSignal<Vec<Line>>,
    pub offices: StoredValue<Vec<(OfficeId, String)>>,
    /// Seven, or one for a day template.
    pub days: u8,
}

impl Line {
    pub fn of(key: u32, row: &Row) -> Self {
        Self {
            key,
            day: RwSignal::new(row.day),
            from: RwSignal::new(minute(&row.from, false)),
            until: RwSignal::new(minute(&row.until, true)),
            office: RwSignal::new(row.office),
            automatic: RwSignal::new(row.automatic),
            open: RwSignal::new(false),
        }
    }

    /// Its block, once it has both times.
    pub fn block(self) -> Option<Block> {
        Some(Block {
            from: self.from.get()?,
            until: self.until.get()?,
            office: self.office.get(),
            automatic: self.automatic.get(),
        })
    }

    pub fn is_free(self) -> bool {
        self.from.get().is_none() && self.until.get().is_none()
    }

    /// Makes it free.
    pub fn clear(self) {
        self.from.set(None);
        self.until.set(None);
        self.open.set(false);
    }

    /// What it sends.
    pub fn row(self) -> Row {
        Row {
            day: self.day.get_untracked(),
            from: input(self.from.get_untracked()),
            until: input(self.until.get_untracked()),
            office: self.office.get_untracked(),
            automatic: self.automatic.get_untracked(),
        }
    }
}

impl Lines {
    pub fn of(view: &HoursView) -> Self {
        let lines = (0..).zip(&view.rows).map(|(key, row)| Line::of(key, row));
        Self {
            all: RwSignal::new(lines.collect()),
            offices: StoredValue::new(view.offices.clone()),
            days: view.days(),
        }
    }

    /// The day's blocks as a text, the same for the same blocks.
    pub fn text(self, day: u8) -> String {
        let mut blocks = self.of_day(day);
        blocks.sort_unstable();
        let text = |b: &Block| format!("{} {} {} {}", b.from, b.until, b.office, b.automatic);
        blocks.iter().map(text).collect::<Vec<_>>().join(", ")
    }

    pub fn of_day(self, day: u8) -> Vec<Block> {
        let lines = self.all.get().into_iter();
        let lines = lines.filter(|line| line.day.get() == day);
        lines.filter_map(Line::block).collect()
    }

    /// What the day's blocks are called when something is wrong with them.
    pub fn why(self, day: u8) -> &'static str {
        let lines = self
            .all
            .get()
            .into_iter()
            .filter(|line| line.day.get() == day);
        let blocks: Vec<Block> = lines.filter_map(Line::block).collect();
        match check_day(&blocks) {
            Ok(()) => "",
            Err(Why::Overlapping) => t::hours_overlap(),
            Err(Why::Backward) => t::hours_backward(),
            Err(_) => t::hours_too_many(),
        }
    }

    /// A new block; a free row of the day takes it, so that nothing else moves.
    pub fn add(self, day: u8, block: Block) -> Line {
        let (from, until) = (Some(block.from), Some(block.until));
        let line = self.open(day);
        line.from.set(from);
        line.until.set(until);
        line.office.set(block.office);
        line.automatic.set(block.automatic);
        browser::changed();
        line
    }

    /// A free row of the day, shown.
    pub fn open(self, day: u8) -> Line {
        let mut free = self.all.get_untracked().into_iter();
        let free = free.find(|line| {
            let empty = line.from.get_untracked().is_none() && line.until.get_untracked().is_none();
            empty && line.day.get_untracked() == day && !line.open.get_untracked()
        });
        let line = free.unwrap_or_else(|| self.push(day));
        line.open.set(true);
        line
    }

    pub fn push(self, day: u8) -> Line {
        let lines = self.all.get_untracked();
        let key = lines.iter().map(|line| line.key + 1).max().unwrap_or(0);
        let office = self
            .offices
            .with_value(|all| all.first().map(|(id, _)| *id));
        let row = Row {
            day,
            from: String::new(),
            until: String::new(),
            office: office.unwrap_or(OfficeId(uuid::Uuid::nil())),
            automatic: true,
        };
        let line = Line::of(key, &row);
        self.all.update(|lines| lines.push(line));
        line
    }

    /// The blocks of a day as they are now.
    pub fn blocks(self, day: u8) -> Vec<Block> {
        untrack(|| self.of_day(day))
    }

    /// Gives every weekday from Monday to Friday the blocks of `day`.
    pub fn copy_to_weekdays(self, day: u8) {
        let blocks = self.blocks(day);
        for other in (0..5).filter(|other| *other != day) {
            for line in self.all.get_untracked() {
                if line.day.get_untracked() == other {
                    line.clear();
                }
            }
            for block in &blocks {
                self.add(other, *block);
            }
        }
    }

    /// Gives office `to` the blocks of office `from`, where it has none at that time.
    pub fn copy_to_office(self, from: OfficeId, to: OfficeId) {
        for day in 0..self.days {
            let blocks = self.blocks(day);
            for block in blocks.iter().filter(|block| block.office == from) {
                let copy = Block {
                    office: to,
                    ..*block
                };
                let mut all = self.blocks(day);
                all.push(copy);
                if check_day(&all).is_ok() {
                    self.add(day, copy);
                }
            }
        }
    }

    /// The name of an office.
    pub fn office(self, id: OfficeId) -> String {
        self.offices.with_value(|all| {
            let found = all.iter().find(|(office, _)| *office == id);
            found.map_or_else(String::new, |(_, name)| name.clone())
        })
    }
}
