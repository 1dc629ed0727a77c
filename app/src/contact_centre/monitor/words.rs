//! The words of states.

use crate::contact_centre::users::state_word;
use crate::messages::t;
use crate::ui::{Pill, StatusPill, Tone};
use domain::contact_centre::monitor::{Shown, Watched};
use domain::contact_centre::user::State;
use leptos::prelude::*;

pub(super) fn shown_word(shown: Shown) -> &'static str {
    match shown {
        Shown::Says(state) => state_word(state),
        Shown::NotActive => t::monitor_not_active(),
    }
}

/// The state of somebody; the status of whom no call is offered.
#[component]
pub(super) fn StatePill(watched: Watched) -> AnyView {
    let tone = match Shown::of(watched.status, watched.state) {
        Shown::Says(State::Available) => Tone::Good,
        Shown::Says(State::OnBreak) => Tone::Wait,
        Shown::Says(State::WorkingOffline) => Tone::Quiet,
        Shown::NotActive => return view! { <StatusPill status=watched.status /> }.into_any(),
    };
    view! { <Pill tone text=state_word(watched.state) /> }.into_any()
}

/// The queues by which somebody is watched; those in which they are not enabled say so.
pub(super) fn queue_words(queues: &[(String, bool)]) -> String {
    let named = queues.iter().map(|(name, enabled)| match enabled {
        true => name.clone(),
        false => t::monitor_not_enabled(name),
    });
    named.collect::<Vec<_>>().join(", ")
}
