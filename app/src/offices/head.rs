//! The head of an office's pages: which it is, and the tabs.

use crate::messages::t;
use crate::ui::{Icon, Pill, Tab, Tabs, Tone};
use domain::OfficeId;
use leptos::prelude::*;

/// The name of an office, whether it takes bookings, and its tabs.
#[component]
pub fn OfficeHead(id: OfficeId, #[prop(into)] name: String, active: bool) -> AnyView {
    let pill = (!active).then(|| view! { <Pill tone=Tone::Quiet text=t::offices_inactive() /> });
    view! {
        <a class="crumb" href="/offices">
            {Icon::Back}
            {t::offices_title()}
        </a>
        <div class="head">
            <h1>{name}</h1>
            {pill}
        </div>
        <Tabs label=t::office_tabs()>
            <Tab href=format!("/offices/{id}") label=t::office_details() />
            <Tab href=format!("/offices/{id}/hours") label=t::office_hours() />
            <Tab href=format!("/offices/{id}/subjects") label=t::nav_subjects() />
            <Tab href=format!("/offices/{id}/expertise") label=t::expertise_title() />
        </Tabs>
    }
    .into_any()
}
