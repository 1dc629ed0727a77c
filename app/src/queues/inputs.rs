//! The inputs of a queue, the same for a new one and one that exists.

use super::words::{direction_word, strategy_word};
use crate::messages::t;
use crate::ui::{Choice, Field, Select, Typed};
use domain::contact_centre::offer::PostProcessing;
use domain::contact_centre::queue::{Direction, Profile, Strategy};
use leptos::prelude::*;

/// What the two inputs of the timeout say together: `manual`, or what was typed as seconds.
#[cfg(feature = "ssr")]
pub(super) fn timeout(ending: &str, typed: String) -> String {
    match ending {
        PostProcessing::MANUAL => PostProcessing::MANUAL.to_owned(),
        _ => typed,
    }
}

/// Everything that is said of a queue but where it runs.
#[component]
pub(super) fn Inputs(profile: Profile) -> AnyView {
    let directions = Direction::ALL.map(|one| (one.code().into(), direction_word(one).into()));
    let strategies = Strategy::ALL.map(|one| (one.code().into(), strategy_word(one).into()));
    let (directions, strategies): (Vec<Choice>, Vec<Choice>) =
        (directions.into(), strategies.into());
    view! {
        <Field label=t::label_name() name="name" value=profile.name.clone() required=true autocomplete="off" />
        <Select label=t::label_direction() name="direction" options=directions value=profile.direction.code() />
        <Ending post_processing=profile.post_processing />
        <Select label=t::label_strategy() name="strategy" options=strategies value=profile.strategy.code() />
        <Field label=t::label_ring_seconds() name="ring_seconds" value=profile.ring_seconds.to_string() required=true
            inputmode="numeric" autocomplete="off" hint=t::queues_ring_hint() />
    }
    .into_any()
}

/// Manual or seconds; both can be seen without a script.
#[component]
fn Ending(post_processing: PostProcessing) -> AnyView {
    let typed = use_context::<Typed>();
    let typed = typed.and_then(|typed| typed.get("ending").map(str::to_owned));
    let manual = match typed {
        Some(ending) => ending == PostProcessing::MANUAL,
        None => post_processing == PostProcessing::Manual,
    };
    let seconds = match post_processing {
        PostProcessing::Manual => String::new(),
        PostProcessing::Seconds(seconds) => seconds.to_string(),
    };
    view! {
        <fieldset>
            <legend>{t::queues_ends()}</legend>
            <label class="choice">
                <input type="radio" name="ending" value="manual" checked=manual />
                {t::queues_manual_choice()}
            </label>
            <label class="choice">
                <input type="radio" name="ending" value="seconds" checked=!manual />
                {t::queues_after_seconds()}
            </label>
            <Field label=t::label_post_processing() name="post_processing" value=seconds inputmode="numeric"
                autocomplete="off" hint=t::queues_timeout_hint() />
        </fieldset>
    }
    .into_any()
}
