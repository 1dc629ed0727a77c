//! A labelled input with its marks, hint and error: one line, several lines, or a choice.

use super::form::{escape, id_of, typed_or, why};
use super::{Icon, Text};
use crate::messages::t;
use leptos::prelude::*;

/// An option of a [`Select`]: what is sent, and what is read.
pub type Choice = (String, String);

/// One line of text. Uncontrolled: what is typed lives in the page, `value` is where it begins.
/// Put `novalidate` on the form: the server's sentences are better than the browser's.
#[component]
pub fn Field(
    #[prop(into)] label: Text,
    name: &'static str,
    #[prop(optional, into)] value: Signal<String>,
    /// text, email, tel, url, password, date, time, number, search, file.
    #[prop(default = "text")]
    kind: &'static str,
    /// Its own sentence, where the page's [`Problems`](super::form::Problems) do not have it.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional, into)] required: Signal<bool>,
    /// Says "optional", for forms in which most is required.
    #[prop(optional)]
    optional: bool,
    /// Marks what customers can see (E-09).
    #[prop(optional)]
    customers: bool,
    #[prop(optional, into)] placeholder: Option<Text>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    /// The id of a `<datalist>` of suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] readonly: bool,
    /// When the name stands twice on a page.
    #[prop(optional, into)]
    id: Option<String>,
    /// Called with what is typed, as it is typed.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = id_of(name, id);
    let why = why(name, error);
    let value = if kind == "password" {
        value
    } else {
        typed_or(name, value)
    };
    let input = view! {
        <input class="input" id=id.clone() type=kind name=name value=move || value.get()
            required=move || required.get() aria-invalid=move || (!why.get().is_empty()).then_some("true") aria-describedby=described_by(&id)
            placeholder=placeholder autocomplete=autocomplete inputmode=inputmode maxlength=maxlength list=list autofocus=autofocus readonly=readonly
            on:input=move |event| if let Some(on_input) = on_input { on_input.run(event_target_value(&event)) }/>
    };
    frame(
        id,
        label,
        hint,
        required,
        optional,
        customers,
        why,
        input.into_any(),
    )
}

/// Several lines of plain text.
#[component]
pub fn TextArea(
    #[prop(into)] label: Text,
    name: &'static str,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional, into)] required: Signal<bool>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] customers: bool,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let id = id_of(name, id);
    let why = why(name, error);
    let value = typed_or(name, value);
    // A child would become " " when it is empty, which is then the person's text.
    let input = view! {
        <textarea class="input" id=id.clone() name=name rows=rows maxlength=maxlength required=move || required.get()
            aria-invalid=move || (!why.get().is_empty()).then_some("true") aria-describedby=described_by(&id)
            inner_html=move || escape(&value.get())></textarea>
    };
    frame(
        id,
        label,
        hint,
        required,
        optional,
        customers,
        why,
        input.into_any(),
    )
}

/// A choice from a list. `value` names the option that is chosen at first.
#[component]
pub fn Select(
    #[prop(into)] label: Text,
    name: &'static str,
    options: Vec<Choice>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional, into)] required: Signal<bool>,
    #[prop(optional)] customers: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = id_of(name, id);
    let why = why(name, error);
    let value = typed_or(name, value);
    let options = options
        .into_iter()
        .map(|(code, word)| {
            let own = code.clone();
            view! { <option value=code selected=move || value.with(|chosen| *chosen == own)>{word}</option> }
        })
        .collect_view();
    let input = view! {
        <select class="input" id=id.clone() name=name required=move || required.get()
            aria-invalid=move || (!why.get().is_empty()).then_some("true") aria-describedby=described_by(&id)
            on:change=move |event| if let Some(on_change) = on_change { on_change.run(event_target_value(&event)) }>
            {options}
        </select>
    };
    frame(
        id,
        label,
        hint,
        required,
        false,
        customers,
        why,
        input.into_any(),
    )
}

fn described_by(id: &str) -> String {
    format!("{id}-hint {id}-why")
}

/// What stands around every input: the label and its marks above, hint and error below.
/// The label holds nothing but its words, which the save bar and tests read.
fn frame(
    id: String,
    label: Text,
    hint: Option<Text>,
    required: Signal<bool>,
    optional: bool,
    customers: bool,
    why: Signal<String>,
    input: AnyView,
) -> impl IntoView {
    view! {
        <div class="field">
            <div class="name">
                <label for=id.clone()>{label}</label>
                <span class="mark required" hidden=move || !required.get()>{t::field_required()}</span>
                {optional.then(|| view! { <span class="mark">{t::field_optional()}</span> })}
                {customers.then(|| view! { <span class="mark">{Icon::Eye}{t::field_customers()}</span> })}
            </div>
            {input}
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <Why id=id why/>
        </div>
    }
}

/// The sentence about a field; always in the page, shown when there is one.
#[component]
pub(super) fn Why(id: String, why: Signal<String>) -> impl IntoView {
    view! { <p class="why" id=format!("{id}-why") hidden=move || why.get().is_empty()>{Icon::Alert}<span>{move || why.get()}</span></p> }
}

/// The sentence about several inputs together, such as the boxes of a group, by the name they share.
#[component]
pub fn GroupWhy(name: &'static str) -> impl IntoView {
    let why = why(name, MaybeProp::default());
    view! { <Why id=name.to_owned() why/> }
}
