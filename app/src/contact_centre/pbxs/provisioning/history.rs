//! The last changes that a PBX is told of, each with where it stands.

use super::Told;
use crate::audit::event_word;
use crate::messages::t;
use crate::ui::{Pill, Time, Tone};
use leptos::prelude::*;

/// The changes, newest first.
#[component]
pub(super) fn History(changes: Vec<Told>, waiting: i64) -> AnyView {
    let count = match waiting {
        0 => t::provisioning_all_applied().to_owned(),
        waiting => t::provisioning_n_waiting(waiting),
    };
    view! {
        <h2>{t::provisioning_changes()}</h2>
        <p class="quiet" aria-live="polite">
            {count}
        </p>
        <div class="sheet">
            <table class="table">
                <caption class="visually-hidden">{t::provisioning_changes()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::provisioning_change()}</th>
                        <th scope="col">{t::provisioning_when()}</th>
                        <th scope="col">{t::label_status()}</th>
                    </tr>
                </thead>
                <tbody>{changes.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(change: Told) -> impl IntoView {
    let status = match (change.applied, change.failed) {
        (Some(at), _) => view! {
            <Pill tone=Tone::Good text=t::provisioning_applied() />
            " "
            <span class="quiet">
                <Time moment=at />
            </span>
        }
        .into_any(),
        (None, Some(why)) => view! {
            <Pill tone=Tone::Stop text=t::provisioning_failed() />
            " "
            {why.reason}
            " "
            <span class="quiet">
                {t::provisioning_next()} " " <Time moment=why.again />
            </span>
        }
        .into_any(),
        (None, None) => {
            view! { <Pill tone=Tone::Wait text=t::provisioning_waiting() /> }.into_any()
        }
    };
    view! {
        <tr>
            <td class="who">
                <b>{event_word(change.event)}</b>
                {change.about.map(|name| view! { " " <span class="quiet">{name}</span> })}
            </td>
            <td class="what">
                <Time moment=change.at />
            </td>
            <td class="where">{status}</td>
        </tr>
    }
}
