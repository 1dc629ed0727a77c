//! The blocks of a week or a day as rows of inputs, which are a form without scripts too.

use super::canvas::Canvas;
use super::read::Row;
use super::times::{clock, day_name, input, minute};
use super::{HoursView, Page};
use crate::form::{Attempt, provide_form};
use crate::landing::{say_when_done, when_late};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Icon, SaveBar, browser};
use domain::hours::Block;
use domain::hours::edit::check_day;
use domain::{EmployeeId, OfficeId, Why};
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
    fn of(key: u32, row: &Row) -> Self {
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

    fn is_free(self) -> bool {
        self.from.get().is_none() && self.until.get().is_none()
    }

    /// Makes it free.
    pub fn clear(self) {
        self.from.set(None);
        self.until.set(None);
        self.open.set(false);
    }

    /// What it sends.
    fn row(self) -> Row {
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
    fn of(view: &HoursView) -> Self {
        let lines = (0..).zip(&view.rows).map(|(key, row)| Line::of(key, row));
        Self {
            all: RwSignal::new(lines.collect()),
            offices: StoredValue::new(view.offices.clone()),
            days: view.days(),
        }
    }

    /// The day's blocks as a text, the same for the same blocks.
    fn text(self, day: u8) -> String {
        let mut blocks = self.of_day(day);
        blocks.sort_unstable();
        let text = |b: &Block| format!("{} {} {} {}", b.from, b.until, b.office, b.automatic);
        blocks.iter().map(text).collect::<Vec<_>>().join(", ")
    }

    fn of_day(self, day: u8) -> Vec<Block> {
        let lines = self.all.get().into_iter();
        let lines = lines.filter(|line| line.day.get() == day);
        lines.filter_map(Line::block).collect()
    }

    /// What the day's blocks are called when something is wrong with them.
    fn why(self, day: u8) -> &'static str {
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
    fn open(self, day: u8) -> Line {
        let mut free = self.all.get_untracked().into_iter();
        let free = free.find(|line| {
            let empty = line.from.get_untracked().is_none() && line.until.get_untracked().is_none();
            empty && line.day.get_untracked() == day && !line.open.get_untracked()
        });
        let line = free.unwrap_or_else(|| self.push(day));
        line.open.set(true);
        line
    }

    fn push(self, day: u8) -> Line {
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
    fn blocks(self, day: u8) -> Vec<Block> {
        untrack(|| self.of_day(day))
    }

    /// Gives every weekday from Monday to Friday the blocks of `day`.
    fn copy_to_weekdays(self, day: u8) {
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
    fn copy_to_office(self, from: OfficeId, to: OfficeId) {
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

/// The form.
#[component]
pub(super) fn Editor(id: EmployeeId, hours: StoredValue<HoursView>, page: Page) -> AnyView {
    let Page {
        save,
        hours: data,
        overtaken,
        ..
    } = page;
    let attempt: Attempt = provide_form(save);
    let view = hours.get_value();
    let days = view.days();
    let rows = overtaken.try_update_value(Option::take).flatten();
    let lines = Lines::of(&HoursView {
        rows: rows.unwrap_or_else(|| view.rows.clone()),
        ..view.clone()
    });
    say_when_done(attempt, t::landing_saved, move || data.refetch());
    when_late(attempt, move || {
        let typed = lines.all.get_untracked().into_iter().map(Line::row);
        overtaken.set_value(Some(typed.collect()));
        data.refetch();
    });
    // "Discard" brings the inputs back to what they began with; so do the signals behind them.
    let first = StoredValue::new(view.rows.clone());
    let discard = move |_| {
        // A form that was saved is brought back once more when it is gone already.
        let Some(rows) = first.try_get_value() else {
            return;
        };
        lines.all.update(|all| all.truncate(rows.len()));
        for (line, row) in lines.all.get_untracked().into_iter().zip(&rows) {
            let begun = Line::of(line.key, row);
            line.day.set(row.day);
            line.from.set(begun.from.get_untracked());
            line.until.set(begun.until.get_untracked());
            line.office.set(row.office);
            line.automatic.set(row.automatic);
            line.open.set(false);
        }
    };
    let title = match &view.template {
        None => t::hours_default().to_owned(),
        Some(template) => template.name.clone(),
    };
    let named = view.template.clone().map(|template| {
        view! {
            <input type="hidden" name="of" value=template.id.to_string() />
            <Field label=t::hours_template_name() name="template" value=template.name required=true maxlength=60 autocomplete="off" />
        }
    });
    let nowhere = view.offices.is_empty();
    view! {
        <section class="hours" id="blocks">
            <h2>{title}</h2>
            {nowhere.then(|| view! { <p class="quiet">{t::hours_no_office()}</p> })}
            <ErrorSummary />
            <ActionForm action=save attr:class="form hours-form" attr:novalidate=true on:reset=discard>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=view.version.to_string() />
                {named}
                <CopyToOffice lines />
                <Canvas lines />
                <div class="days">
                    {(0..days).map(|day| view! { <Day day lines /> }).collect_view()}
                </div>
                <SaveBar pending=save.pending() saved=attempt.successes />
            </ActionForm>
        </section>
    }
    .into_any()
}

#[component]
fn Day(day: u8, lines: Lines) -> AnyView {
    let only = lines.days == 1;
    let name = day_name(day, only);
    let why = Memo::new(move |_| lines.why(day));
    let drawn = move || lines.text(day);
    let begun = untrack(drawn);
    let none = move || {
        let mut all = lines.all.get().into_iter();
        !all.any(|line| line.day.get() == day && (!line.is_free() || line.open.get()))
    };
    let add = move |_| {
        let blocks = lines.blocks(day);
        let begin = blocks.iter().map(|block| block.until).max().unwrap_or(540);
        let begin = begin.min(1_380);
        let office = lines
            .offices
            .with_value(|all| all.first().map(|(id, _)| *id));
        if let Some(office) = office {
            let until = (begin + 180).min(domain::hours::DAY);
            lines.add(
                day,
                Block {
                    from: begin,
                    until,
                    office,
                    automatic: true,
                },
            );
        }
    };
    let copy = (!only).then(|| {
        view! {
            <button type="button" class="button plain small with-script" on:click=move |_| lines.copy_to_weekdays(day)
                aria-label=t::hours_copy_day_of(name)>
                {Icon::Copy}
                {t::hours_copy_day()}
            </button>
        }
    });
    view! {
        <fieldset class="day" data-label=name aria-describedby=format!("day-{day}-why")>
            <legend>{name}</legend>
            // Says whether the day is as it was, also when a row came from another day or is new. It is not sent.
            <input type="text" name="drawn" hidden=true disabled=true value=begun prop:value=drawn />
            <p class="quiet none with-script" hidden=move || !none()>{t::hours_none()}</p>
            <ul>
                <For each=move || on_day(lines, day) key=|line| line.key children=move |line| view! { <BlockRow line lines /> } />
            </ul>
            <p class="why" id=format!("day-{day}-why") hidden=move || why.get().is_empty()>
                {Icon::Alert}
                <span>{move || why.get()}</span>
            </p>
            <div class="buttons">
                <button type="button" class="button small with-script" on:click=add aria-label=t::hours_add_to(name)>
                    {Icon::Plus}
                    {t::hours_add()}
                </button>
                {copy}
            </div>
        </fieldset>
    }
    .into_any()
}

/// The rows of a day, in the order in which they came.
fn on_day(lines: Lines, day: u8) -> Vec<Line> {
    let lines = lines.all.get().into_iter();
    lines.filter(|line| line.day.get() == day).collect()
}

#[component]
fn BlockRow(line: Line, lines: Lines) -> AnyView {
    let key = line.key;
    let name = move |part: &str| format!("blocks[{key}][{part}]");
    let only = lines.days == 1;
    let day = move || day_name(line.day.get(), only);
    let typed = move |to: RwSignal<Option<u16>>, ends: bool| {
        move |event| {
            // What is half typed is nothing yet, and stays in the input.
            if let Some(minute) = minute(&event_target_value(&event), ends) {
                to.set(Some(minute));
            }
        }
    };
    let free = move || line.is_free();
    let remove = move |_| {
        line.clear();
        browser::changed();
    };
    let label = move || match (line.from.get(), line.until.get()) {
        (Some(from), Some(until)) => t::hours_remove(day(), clock(from), clock(until)),
        _ => t::hours_remove_row(day()),
    };
    let (from, until) = (line.from.get_untracked(), line.until.get_untracked());
    view! {
        <li class="block-row" data-free=move || (free() && !line.open.get()).then_some("true")>
            <input type="hidden" name=name("day") value=move || line.day.get().to_string() />
            <label>
                <span class="visually-hidden">{move || t::hours_from(day())}</span>
                <input class="input" type="time" name=name("from") value=input(from) prop:value=move || input(line.from.get())
                    on:input=typed(line.from, false) />
            </label>
            <span aria-hidden="true">"–"</span>
            <label>
                <span class="visually-hidden">{move || t::hours_until(day())}</span>
                <input class="input" type="time" name=name("until") value=input(until) prop:value=move || input(line.until.get())
                    on:input=typed(line.until, true) />
            </label>
            <OfficeOf line lines name=name("office") />
            <label class="choice">
                <input type="checkbox" name=name("automatic") value="true" checked=line.automatic.get_untracked()
                    prop:checked=move || line.automatic.get()
                    on:change=move |event| line.automatic.set(event_target_checked(&event)) />
                {t::hours_automatic()}
            </label>
            <button type="button" class="button plain icon-only small with-script" aria-label=label on:click=remove>
                {Icon::Close}
            </button>
        </li>
    }
    .into_any()
}

/// In which office a block is; a choice only where there is one.
#[component]
fn OfficeOf(line: Line, lines: Lines, name: String) -> AnyView {
    let offices = lines.offices.get_value();
    if offices.len() < 2 {
        return view! { <input type="hidden" name=name value=line.office.get_untracked().to_string() /> }
            .into_any();
    }
    let begun = line.office.get_untracked();
    let options = offices.into_iter().map(|(id, name)| {
        view! { <option value=id.to_string() selected=id == begun>{name}</option> }
    });
    let chosen = move |event| {
        if let Ok(office) = event_target_value(&event).parse() {
            line.office.set(office);
        }
    };
    view! {
        <label>
            <span class="visually-hidden">{t::label_office()}</span>
            <select class="input" name=name prop:value=move || line.office.get().to_string() on:change=chosen>
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// Copies all blocks of one office to another (O-04).
#[component]
fn CopyToOffice(lines: Lines) -> AnyView {
    let offices = lines.offices.get_value();
    let (Some((first, _)), Some((second, _))) = (offices.first(), offices.get(1)) else {
        return ().into_any();
    };
    let (from, to) = (RwSignal::new(*first), RwSignal::new(*second));
    let choice = move |label: &'static str, at: RwSignal<OfficeId>| {
        let begun = at.get_untracked();
        let options = lines.offices.get_value().into_iter().map(|(id, name)| {
            view! { <option value=id.to_string() selected=id == begun>{name}</option> }
        });
        view! {
            <label>
                <span>{label}</span>
                <select class="input" on:change=move |event| if let Ok(office) = event_target_value(&event).parse() { at.set(office) }>
                    {options.collect_view()}
                </select>
            </label>
        }
    };
    view! {
        <div class="copy-office with-script">
            {choice(t::hours_copy_from(), from)}
            {choice(t::hours_copy_to(), to)}
            <button type="button" class="button" on:click=move |_| lines.copy_to_office(from.get_untracked(), to.get_untracked())>
                {Icon::Copy}
                {t::hours_copy_blocks()}
            </button>
        </div>
    }
    .into_any()
}
