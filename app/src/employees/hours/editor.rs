//! The blocks of a week or a day as rows of inputs, which are a form without scripts too.

use super::canvas::Canvas;
use super::lines::{Line, Lines};
use super::times::{clock, day_name, input, minute};
use super::{HoursView, Page};
use crate::form::{Attempt, provide_form};
use crate::landing::{say_when_done, when_late};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Icon, SaveBar, browser};
use domain::hours::Block;
use domain::{EmployeeId, OfficeId};
use leptos::prelude::*;

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
