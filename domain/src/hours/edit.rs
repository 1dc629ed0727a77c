//! What one can do to appointment hours, and what they become by it (O-04).

use super::{Applied, AppliedId, Block, DAY, Hours, Pattern, Template, TemplateId, Week};
use crate::field::{self, Problems};
use crate::{Field, OfficeId, Refusal, Why};
use jiff::civil::Date;

/// The most characters of a template's name.
pub const NAME_MAX: usize = 60;
/// The most blocks of a day, of all offices together.
pub const BLOCKS_MAX: usize = 40;
/// The most templates of one agent.
pub const TEMPLATES_MAX: usize = 50;
/// The most applications of one agent.
pub const APPLIED_MAX: usize = 300;

/// One change of somebody's appointment hours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Other blocks for the default week, in the offices that the actor edits.
    Default(Week),
    /// Another name, and other blocks in the offices that the actor edits.
    Template(TemplateId, String, Pattern),
    /// A new template.
    Add(String, Pattern),
    /// A template goes, and with it its applications.
    Remove(TemplateId),
    /// A template counts from the first day to the last, in one office or in all.
    Apply(TemplateId, Date, Date, Option<OfficeId>),
    /// An application goes.
    Withdraw(AppliedId),
}

/// Whether a day can have these blocks: each ends after it begins and by midnight, and those of one
/// office do not overlap (those of different offices may).
///
/// # Errors
/// [`Why::Backward`], [`Why::Overlapping`], [`Why::TooLong`] for too many.
pub fn check_day(blocks: &[Block]) -> Result<(), Why> {
    if blocks.len() > BLOCKS_MAX {
        return Err(Why::TooLong(BLOCKS_MAX));
    }
    if blocks.iter().any(|b| b.from >= b.until || b.until > DAY) {
        return Err(Why::Backward);
    }
    let mut sorted: Vec<_> = blocks.iter().map(|b| (b.office, b.from, b.until)).collect();
    sorted.sort_unstable();
    let overlap = |pair: &[(OfficeId, u16, u16)]| pair[0].0 == pair[1].0 && pair[1].1 < pair[0].2;
    if sorted.windows(2).any(overlap) {
        return Err(Why::Overlapping);
    }
    Ok(())
}

impl Hours {
    /// The hours after `edit` by somebody who edits the blocks of `offices`; blocks of other offices
    /// stay as they are.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::NotFound`] for a template or an application that there is not.
    pub fn edited(&self, edit: Edit, offices: &[OfficeId]) -> Result<Self, Refusal> {
        let mut hours = self.clone();
        match edit {
            Edit::Default(week) => {
                replace(&mut hours.default.0, &week.0, offices)?;
            }
            Edit::Template(id, name, pattern) => {
                let name = hours.read_name(&name, Some(id))?;
                let kept = hours.template_mut(id)?;
                if kept.pattern.is_day() != pattern.is_day() {
                    return Err(Refusal::field(Field::Template, Why::UnknownChoice));
                }
                replace(kept.pattern.days_mut(), pattern.days(), offices)?;
                kept.name = name;
            }
            Edit::Add(name, pattern) => hours.add(&name, &pattern, offices)?,
            Edit::Remove(id) => {
                hours.template_mut(id)?;
                hours.templates.retain(|template| template.id != id);
                hours.applied.retain(|applied| applied.template != id);
            }
            Edit::Apply(template, first, last, office) => {
                hours.apply(template, first, last, office, offices)?;
            }
            Edit::Withdraw(id) => {
                let before = hours.applied.len();
                hours.applied.retain(|applied| applied.id != id);
                if hours.applied.len() == before {
                    return Err(Refusal::NotFound);
                }
            }
        }
        Ok(hours)
    }

    fn template_mut(&mut self, id: TemplateId) -> Result<&mut Template, Refusal> {
        let mut templates = self.templates.iter_mut();
        templates.find(|t| t.id == id).ok_or(Refusal::NotFound)
    }

    fn read_name(&self, name: &str, of: Option<TemplateId>) -> Result<String, Refusal> {
        let name =
            field::line(name, NAME_MAX).map_err(|why| Refusal::field(Field::Template, why))?;
        let same = |t: &Template| Some(t.id) != of && t.name.to_lowercase() == name.to_lowercase();
        match () {
            () if name.is_empty() => Err(Refusal::field(Field::Template, Why::Required)),
            () if self.templates.iter().any(same) => {
                Err(Refusal::field(Field::Template, Why::Taken))
            }
            () => Ok(name),
        }
    }

    fn add(&mut self, name: &str, pattern: &Pattern, offices: &[OfficeId]) -> Result<(), Refusal> {
        let name = self.read_name(name, None)?;
        if self.templates.len() >= TEMPLATES_MAX {
            return Err(Refusal::field(Field::Template, Why::TooLong(TEMPLATES_MAX)));
        }
        let mut empty = match pattern {
            Pattern::Week(_) => Pattern::Week(Week::default()),
            Pattern::Day(_) => Pattern::Day(Vec::new()),
        };
        replace(empty.days_mut(), pattern.days(), offices)?;
        self.numbered += 1;
        self.templates.push(Template {
            id: TemplateId(self.numbered),
            name,
            pattern: empty,
        });
        Ok(())
    }

    fn apply(
        &mut self,
        template: TemplateId,
        first: Date,
        last: Date,
        office: Option<OfficeId>,
        offices: &[OfficeId],
    ) -> Result<(), Refusal> {
        let mut problems = Problems::default();
        if office.is_some_and(|office| !offices.contains(&office)) {
            problems.add(Field::Office, Why::NotInOffice);
        }
        if template != TemplateId::UNAVAILABLE && self.template(template).is_none() {
            problems.add(Field::Template, Why::UnknownChoice);
        }
        if last < first {
            problems.add(Field::LastDay, Why::EndsFirst);
        }
        if self.applied.len() >= APPLIED_MAX {
            problems.add(Field::Template, Why::TooLong(APPLIED_MAX));
        }
        problems.none()?;
        self.numbered += 1;
        self.applied.push(Applied {
            id: AppliedId(self.numbered),
            template,
            first,
            last,
            office,
        });
        Ok(())
    }
}

/// Puts the blocks of `new` in the place of those that `days` has in `offices`.
fn replace(
    days: &mut [Vec<Block>],
    new: &[Vec<Block>],
    offices: &[OfficeId],
) -> Result<(), Refusal> {
    let refuse = |why| Err(Refusal::field(Field::Blocks, why));
    for (day, new) in days.iter_mut().zip(new) {
        if new.iter().any(|block| !offices.contains(&block.office)) {
            return refuse(Why::NotInOffice);
        }
        day.retain(|block| !offices.contains(&block.office));
        day.extend_from_slice(new);
        day.sort_unstable();
        if let Err(why) = check_day(day) {
            return refuse(why);
        }
    }
    Ok(())
}
