//! Scripts: what a caller goes through, as a list of steps that is edited with and without
//! WebAssembly (C-19).

mod edit;
mod inputs;
mod list;
mod new;
mod rows;
pub(crate) mod words;

pub use edit::{DeleteScript, GetScript, ReviseScript, ScriptPage};
pub use list::{ListScripts, ScriptsPage};
pub use new::{CreateScript, NewScriptPage, ScriptChoices};
pub use rows::StepRow;

use crate::messages::t;
use crate::ui::Icon;
use leptos::prelude::*;

/// The way back to the list.
#[component]
fn Crumb() -> impl IntoView {
    view! {
        <a class="crumb" href="/contact-centre/scripts">
            {Icon::Back}
            {t::scripts_title()}
        </a>
    }
}
