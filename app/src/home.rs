//! The first page after signing in: the one that somebody's roles make the most useful.

use crate::me::{Me, use_me};
use domain::Action;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::{LazyRoute, lazy_route};

/// `/`: sends everybody where their work is.
pub struct HomePage;

#[lazy_route]
impl LazyRoute for HomePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <Redirect path=home(&use_me()) /> }.into_any()
    }
}

fn home(me: &Me) -> String {
    match me.manages.first() {
        _ if me.actor.reaches_all(Action::ViewEmployee) => "/employees".to_owned(),
        Some((office, _)) => format!("/team/{office}"),
        None => "/account".to_owned(),
    }
}
