//! An on/off choice with its explanation: a checkbox that looks like a switch, and a plain box.

use super::Text;
use super::field::Why;
use super::form::{Typed, id_of, why};
use leptos::prelude::*;

/// A checkbox; sends `name=true` when it is on and nothing when it is off (`#[serde(default)]` in the arguments).
#[component]
pub fn Switch(
    #[prop(into)] label: Text,
    name: &'static str,
    #[prop(optional, into)] checked: Signal<bool>,
    /// What is sent when it is on; for `roles[]` and the like.
    #[prop(default = "true")]
    value: &'static str,
    #[prop(optional, into)] hint: Option<Text>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Makes `[data-when=…]` in the same form appear while it is on, without a script (see `employee.css`).
    #[prop(optional)]
    shows: Option<&'static str>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = id_of(
        name,
        id.or_else(|| {
            (value != "true").then(|| format!("{}-{value}", name.trim_end_matches("[]")))
        }),
    );
    let why = why(name, error);
    let checked = match use_context::<Typed>() {
        Some(typed) => Signal::stored(typed.has(name, value)),
        None => checked,
    };
    view! {
        <div class="switch" data-invalid=move || (!why.get().is_empty()).then_some("true")>
            <input type="checkbox" id=id.clone() name=name value=value checked=move || checked.get() disabled=move || disabled.get()
                data-shows=shows aria-describedby=format!("{id}-hint {id}-why")
                on:change=move |event| if let Some(on_change) = on_change { on_change.run(event_target_checked(&event)) }/>
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <Why id=id why/>
        </div>
    }
}

/// A box with a word, as in a filter; several share a name such as `role[]`.
#[component]
pub fn Check(
    #[prop(into)] label: Text,
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(optional)] checked: bool,
    /// How many there are, or another short remark at the end of the line.
    #[prop(optional, into)]
    remark: Option<Text>,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="checkbox" name=name value=value checked=checked/>
            {label}
            {remark.map(|remark| view! { <small>{remark}</small> })}
        </label>
    }
}
