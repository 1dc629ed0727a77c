//! What is wrong with a form, at its top: takes the focus and leads to each field.

use super::form::{Problems, escape};
use super::{Icon, browser};
use crate::messages::t;
use leptos::{html, prelude::*};

/// Reads the [`Problems`] of the page; hidden while there are none.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    let problems =
        use_context::<Problems>().map_or_else(|| Signal::stored(Vec::new()), |problems| problems.0);
    Effect::new(move |_| {
        if problems.with(|all| !all.is_empty())
            && let Some(summary) = summary.get()
        {
            // After the attributes that show it.
            request_animation_frame(move || {
                let _ = summary.focus();
            });
        }
    });
    let list = move || {
        problems.with(|all| {
            all.iter()
                .map(|problem| match problem.name.trim_end_matches("[]") {
                    "" => format!("<li>{}</li>", escape(&problem.sentence)),
                    id => format!(
                        "<li><a href=\"#{}\">{}</a></li>",
                        escape(id),
                        escape(&problem.sentence)
                    ),
                })
                .collect::<String>()
        })
    };
    // The list is inner HTML because its shape may be known to the server only (see `form.rs`).
    view! {
        <div class="error-summary" node_ref=summary role="alert" tabindex="-1" autofocus=true hidden=move || problems.with(Vec::is_empty)>
            <h2>{Icon::Alert}<span>{move || t::form_problems(problems.with(Vec::len))}</span></h2>
            <ul inner_html=list on:click=browser::go_to_field></ul>
        </div>
    }
}
