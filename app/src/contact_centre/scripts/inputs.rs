//! The inputs of a script's steps, and the buttons that arrange them.

use super::new::Choices;
use super::rows::{KeyRow, OpenRow, StepRow};
use super::words::kind_word;
use crate::messages::t;
use crate::ui::{Choice, GroupWhy, Icon, Typed, browser, encoded};
use domain::contact_centre::script::{KEYS, Kind, STEPS_MAX};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The empty rows for keys.
const SPARE: usize = 3;

/// With WebAssembly, a press that only arranges the steps changes the address of this page, as the
/// browser would by itself; saving goes on to the server.
pub(super) fn rearrange(page: String) -> impl Fn(leptos::ev::SubmitEvent) + Clone {
    let navigate = use_navigate();
    move |event: leptos::ev::SubmitEvent| {
        let Some(press) = browser::pressed(&event) else {
            return;
        };
        let Some(fields) = browser::fields_of(&event) else {
            return;
        };
        event.prevent_default();
        event.stop_immediate_propagation();
        let pair =
            |(name, value): &(String, String)| format!("{}={}", encoded(name), encoded(value));
        let mut pairs: Vec<String> = fields.iter().map(pair).collect();
        pairs.push(format!("press={}", encoded(&press)));
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&format!("{page}?{}", pairs.join("&")), options);
    }
}

/// Every step with its buttons, and those that add one.
#[component]
pub(super) fn Inputs(
    rows: Vec<StepRow>,
    focus: Option<usize>,
    choices: Choices,
    page: String,
) -> AnyView {
    let last = rows.len().saturating_sub(1);
    let room = rows.len() < STEPS_MAX;
    let steps = rows.into_iter().enumerate().map(|(index, row)| {
        let buttons = arrange_buttons(index, last, &page);
        one_step(index, row, &choices, focus == Some(index), buttons)
    });
    let steps = steps.collect_view();
    let add = Kind::ALL.map(|kind| {
        view! {
            <button class="button small" name="press" value=format!("add_{}", kind.code()) formmethod="get"
                formaction=page.clone() disabled=!room>
                {Icon::Plus}
                {kind_word(kind)}
            </button>
        }
    });
    view! {
        <fieldset id="steps" tabindex="-1" aria-describedby="steps-why">
            <legend>{t::label_steps()}</legend>
            <p class="hint">{t::scripts_steps_hint()}</p>
            <GroupWhy name="steps" />
            <ol class="script">{steps}</ol>
            <p class="quiet">{t::scripts_ends()}</p>
            <div class="buttons" role="group" aria-label=t::scripts_add()>
                {add.into_iter().collect_view()}
            </div>
        </fieldset>
    }
    .into_any()
}

fn arrange_buttons(index: usize, last: usize, page: &str) -> AnyView {
    let button = |verb: &str, name: String, icon: Icon, off: bool| {
        view! {
            <button class="button plain small" name="press" value=format!("{verb}_{index}") formmethod="get"
                formaction=page.to_owned() aria-label=name.clone() title=name disabled=off>
                {icon}
            </button>
        }
    };
    let step = index + 1;
    view! {
        <span class="arrange">
            {button("up", t::scripts_move_up(step), Icon::Ascending, index == 0)}
            {button("down", t::scripts_move_down(step), Icon::Down, index == last)}
            {button("remove", t::scripts_remove(step), Icon::Trash, false)}
        </span>
    }
    .into_any()
}

fn one_step(
    index: usize,
    row: StepRow,
    choices: &Choices,
    focus: bool,
    buttons: AnyView,
) -> AnyView {
    let kind = Kind::from_code(&row.kind);
    let title = t::scripts_step(kind.map_or("", kind_word), index + 1);
    let inputs = match kind {
        Some(Kind::Say) => said(index, &row.text, t::scripts_said()),
        Some(Kind::CheckHours) => hours(index, row.clone(), choices),
        Some(Kind::ChooseByKey) => choice(index, row.clone(), choices),
        Some(Kind::Forward) => {
            let name = format!("steps[{index}][target]");
            let options = targets(choices, false);
            labelled(t::scripts_leads_to(), select(name, options, &row.target))
        }
        Some(Kind::HangUp) => view! { <p>{t::scripts_hang_up_text()}</p> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <li>
            <fieldset tabindex="-1" autofocus=focus>
                <legend>{title}</legend>
                <input type="hidden" name=format!("steps[{index}][kind]") value=row.kind />
                {buttons}
                {inputs}
            </fieldset>
        </li>
    }
    .into_any()
}

/// What stands in an input: what was typed into a form that came back, else its own.
fn standing(name: &str, own: &str) -> String {
    let typed = use_context::<Typed>();
    let typed = typed.and_then(|typed| typed.get(name).map(str::to_owned));
    typed.unwrap_or_else(|| own.to_owned())
}

fn labelled(label: impl Into<String>, input: AnyView) -> AnyView {
    let label: String = label.into();
    view! {
        <label class="labelled">
            <span>{label}</span>
            {input}
        </label>
    }
    .into_any()
}

fn said(index: usize, text: &str, label: &str) -> AnyView {
    let name = format!("steps[{index}][text]");
    let value = standing(&name, text);
    let input =
        view! { <input class="input" type="text" name=name value=value autocomplete="off" /> };
    labelled(label, input.into_any())
}

fn select(name: String, options: Vec<Choice>, own: &str) -> AnyView {
    let chosen = standing(&name, own);
    let option = |(code, word): Choice| {
        let selected = code == chosen;
        view! { <option value=code selected=selected>{word}</option> }
    };
    let options = options.into_iter().map(option).collect_view();
    view! { <select class="input" name=name>{options}</select> }.into_any()
}

/// Where a step can lead, and whether it can hang up instead.
fn targets(choices: &Choices, ends: bool) -> Vec<Choice> {
    let mut all = vec![(String::new(), t::scripts_nothing().to_owned())];
    if ends {
        let hang_up = Kind::HangUp.code().to_owned();
        all.push((hang_up, t::scripts_then_hang_up().to_owned()));
    }
    all.extend(choices.targets.iter().cloned());
    all
}

fn hours(index: usize, row: StepRow, choices: &Choices) -> AnyView {
    let zone = match row.zone.is_empty() {
        true => choices.zone.clone(),
        false => row.zone.clone(),
    };
    let zones = choices.zones.iter();
    let zones: Vec<Choice> = zones.map(|zone| (zone.clone(), zone.clone())).collect();
    let mut at = 0;
    let days = (1..).zip(t::date_weekdays().split_whitespace());
    let days = days.map(|(weekday, day): (i8, &str)| {
        let own = row.open.iter().filter(|block| block.weekday == weekday);
        let mut own: Vec<OpenRow> = own.cloned().collect();
        let room = (own.len() + 1).max(2);
        own.resize_with(room, || OpenRow {
            weekday,
            ..OpenRow::default()
        });
        let inputs = (1..).zip(own).map(|(number, block)| {
            let view = block_inputs(index, at, (day, number), &block);
            at += 1;
            view
        });
        let inputs = inputs.collect_view();
        view! {
            <div class="day">
                <b>{day.to_owned()}</b>
                <div class="blocks">{inputs}</div>
            </div>
        }
    });
    let days = days.collect_view();
    let zone = select(format!("steps[{index}][zone]"), zones, &zone);
    let closed = select(
        format!("steps[{index}][target]"),
        targets(choices, true),
        &row.target,
    );
    view! {
        {labelled(t::label_time_zone(), zone)}
        <div class="week">{days}</div>
        {said(index, &row.text, t::scripts_closed_text())}
        <p class="hint">{t::scripts_closed_text_hint()}</p>
        {labelled(t::scripts_closed_target(), closed)}
    }
    .into_any()
}

fn block_inputs(step: usize, at: usize, (day, number): (&str, usize), block: &OpenRow) -> AnyView {
    let name = |part: &str| format!("steps[{step}][open][{at}][{part}]");
    let (from, until) = (name("from"), name("until"));
    let (opens, closes) = (standing(&from, &block.from), standing(&until, &block.until));
    view! {
        <span class="block">
            <input type="hidden" name=name("weekday") value=block.weekday.to_string() />
            <input class="input" type="time" name=from value=opens aria-label=t::scripts_open_from(day, number) />
            <span aria-hidden="true">"–"</span>
            <input class="input" type="time" name=until value=closes aria-label=t::scripts_open_until(day, number) />
        </span>
    }
    .into_any()
}

fn choice(index: usize, row: StepRow, choices: &Choices) -> AnyView {
    let mut keys = row.keys;
    let room = (keys.len() + SPARE).min(KEYS.len().max(keys.len()));
    keys.resize_with(room, KeyRow::default);
    let options = targets(choices, true);
    let rows = keys.into_iter().enumerate().map(|(at, own)| {
        let name = |part: &str| format!("steps[{index}][keys][{at}][{part}]");
        let (key, number) = (name("key"), at + 1);
        let value = standing(&key, &own.key);
        let key = view! { <input class="input key" type="text" name=key value=value maxlength="1" autocomplete="off" /> };
        let target = select(name("target"), options.clone(), &own.target);
        view! {
            <div class="choice-row">
                {labelled(t::scripts_choice_key(number), key.into_any())}
                {labelled(t::scripts_choice_target(number), target)}
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        {said(index, &row.text, t::scripts_said())}
        {rows}
    }
    .into_any()
}
