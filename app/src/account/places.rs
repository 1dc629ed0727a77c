//! One's own roles and offices, to look at: others decide about them.

use super::{One, show};
use crate::messages::t;
use crate::ui::role_word;
use domain::{Role, Roles};
use leptos::prelude::*;

#[component]
pub(super) fn PlacesSection(one: One) -> impl IntoView {
    let places = show(one, |account| {
        let everywhere = account.record.administrator.then(|| {
            (
                t::account_everywhere().to_owned(),
                Roles::NONE.set(Role::Administrator, true),
            )
        });
        let agent = account.places.iter().any(|(_, held)| held.has(Role::Agent));
        let hours = agent.then(|| {
            let href = format!("/employees/{}/hours", account.record.id);
            view! { <a class="button" href=href>{t::hours_show_own()}</a> }
        });
        let none = account.places.is_empty() && everywhere.is_none();
        let row = |(office, roles): (String, Roles)| {
            let words = roles.iter().map(role_word).collect::<Vec<_>>().join(", ");
            view! {
                <li>
                    <b>{office}</b>
                    <small>{words}</small>
                </li>
            }
        };
        view! {
            {none.then(|| view! { <p class="quiet">{t::person_no_office()}</p> })}
            <ul class="lines">{everywhere.into_iter().chain(account.places).map(row).collect_view()}</ul>
            {hours}
        }
    });
    view! {
        <section class="card">
            <h2>{t::account_places()}</h2>
            {places}
            <p class="quiet">{t::account_places_hint()}</p>
        </section>
    }
}
