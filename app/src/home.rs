//! The first page after signing in: the one that somebody's roles make the most useful.

use crate::me::use_me;
use domain::{Action, Actor};
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::{LazyRoute, lazy_route};

/// `/`: sends everybody where their work is. The server redirects before it comes to this page,
/// which is for those who get here inside of the browser.
pub struct HomePage;

#[lazy_route]
impl LazyRoute for HomePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <Redirect path=home(&use_me().actor) /> }.into_any()
    }
}

/// Where somebody's work is: everybody's employees, the people of an office, or their own account.
pub fn home(actor: &Actor) -> String {
    match actor.managed().next() {
        _ if actor.reaches_all(Action::ViewEmployee) => "/employees".to_owned(),
        Some(office) => format!("/team/{office}"),
        None => "/account".to_owned(),
    }
}
