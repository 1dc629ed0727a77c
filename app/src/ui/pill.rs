//! A status as colour, shape and word, and the roles of a person as icons with words.

use super::{Icon, Text, escape};
use crate::messages::t;
use domain::{Role, Roles, Status};
use leptos::prelude::*;

/// What a colour means, the same in pills and notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Works as it should: active, confirmed, done.
    Good,
    /// Waits for somebody: pending, requested.
    Wait,
    /// Stopped or gone wrong: suspended, cancelled, failed.
    Stop,
    /// Worth knowing.
    #[default]
    Accent,
    /// Nothing special: past, off.
    Quiet,
}

impl Tone {
    /// The class in `pill.css` and `notice.css`.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Wait => "wait",
            Tone::Stop => "stop",
            Tone::Accent => "accent",
            Tone::Quiet => "quiet",
        }
    }
}

/// `<Pill tone=Tone::Wait text=t::appointment_requested()/>`
#[component]
pub fn Pill(tone: Tone, #[prop(into)] text: Text) -> impl IntoView {
    view! { <span class=format!("pill {}", tone.class())>{text}</span> }
}

/// The same as text for `inner_html`, where many rows are text.
pub fn pill_html(tone: Tone, text: &str) -> String {
    format!(
        "<span class=\"pill {}\">{}</span>",
        tone.class(),
        escape(text)
    )
}

/// The status of an employee.
#[component]
pub fn StatusPill(status: Status) -> impl IntoView {
    view! { <Pill tone=status_tone(status) text=status_word(status)/> }
}

pub fn status_tone(status: Status) -> Tone {
    match status {
        Status::Active => Tone::Good,
        Status::Pending => Tone::Wait,
        Status::Suspended => Tone::Stop,
    }
}

pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Active => t::status_active(),
        Status::Pending => t::status_pending(),
        Status::Suspended => t::status_suspended(),
    }
}

pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Agent => t::role_agent(),
        Role::OfficeManager => t::role_office_manager(),
        Role::Administrator => t::role_administrator(),
    }
}

pub fn role_icon(role: Role) -> Icon {
    match role {
        Role::Agent => Icon::Headset,
        Role::OfficeManager => Icon::Office,
        Role::Administrator => Icon::Shield,
    }
}

/// Each role as an icon with its word; in a narrow window only a screen reader gets the word,
/// unless `words` asks for it everywhere.
#[component]
pub fn RoleList(roles: Roles, #[prop(optional)] words: bool) -> impl IntoView {
    let held = Role::ALL.into_iter().filter(|role| roles.has(*role));
    let items = held
        .map(|role| view! { <li>{role_icon(role)}<span>{role_word(role)}</span></li> })
        .collect_view();
    view! { <ul class="roles" class:words=words>{items}</ul> }
}
