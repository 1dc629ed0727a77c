//! How what a PBX runs on differs from what it should run on.

use super::Different;
use crate::messages::t;
use crate::ui::{Notice, Tone};
use leptos::prelude::*;

/// The differences, or the sentence that there are none.
#[component]
pub(super) fn Comparison(
    found: Result<Vec<Different>, String>,
    /// All of them, listed or not.
    differences: usize,
    /// Changes still wait, which explains differences.
    waiting: bool,
) -> AnyView {
    let listed = match found {
        Ok(listed) => listed,
        Err(why) => {
            return view! {
                <Notice tone=Tone::Stop title=t::provisioning_unreadable()>
                    <p>{why}</p>
                </Notice>
            }
            .into_any();
        }
    };
    if listed.is_empty() {
        return view! { <Notice tone=Tone::Good title=t::provisioning_same() /> }.into_any();
    }
    let hint = match waiting {
        true => t::provisioning_differs_waiting(),
        false => t::provisioning_differs_hint(),
    };
    let more = differences
        .checked_sub(listed.len())
        .filter(|more| *more > 0)
        .map(|more| view! { <p class="quiet">{t::provisioning_more(more)}</p> });
    view! {
        <Notice tone=Tone::Wait title=t::provisioning_differs(differences)>
            <p>{hint}</p>
        </Notice>
        <div class="sheet">
            <table class="table">
                <caption class="visually-hidden">{t::provisioning_comparison()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::provisioning_place()}</th>
                        <th scope="col">{t::provisioning_expected()}</th>
                        <th scope="col">{t::provisioning_found()}</th>
                    </tr>
                </thead>
                <tbody>{listed.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

fn row(one: Different) -> impl IntoView {
    let value = |value: Option<String>| match value {
        Some(value) => view! { <code>{value}</code> }.into_any(),
        None => view! { <span class="quiet">{t::provisioning_nothing()}</span> }.into_any(),
    };
    let within = [one.section, one.key];
    let within: Vec<String> = within.into_iter().filter(|part| !part.is_empty()).collect();
    view! {
        <tr>
            <td class="who">
                <b>{one.file}</b>
                " "
                <span class="quiet">{within.join(" → ")}</span>
            </td>
            <td class="what">{value(one.expected)}</td>
            <td class="where">{value(one.found)}</td>
        </tr>
    }
}
