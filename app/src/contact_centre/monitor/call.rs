//! How somebody's phones stand, where their PBX is heard.

use crate::messages::t;
use crate::ui::{Moment, Pill, Time, Tone};
use domain::contact_centre::monitor::Phone;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How somebody's phones stand, and since when.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Call {
    pub phone: Phone,
    pub since: Moment,
}

/// What is heard of somebody's phones; `None` where their PBX says nothing of them.
#[cfg(feature = "ssr")]
pub(super) fn heard(
    presence: &provisioning::Presence,
    watched: &domain::contact_centre::monitor::Watched,
    now: domain::Timestamp,
    zone: &jiff::tz::TimeZone,
) -> Option<Call> {
    let (phone, since) = presence.phone(watched.pbx, watched.extension.as_deref()?)?;
    let since = crate::ui::moment::since(since, now, zone);
    Some(Call { phone, since })
}

pub(super) fn call_word(phone: Phone) -> &'static str {
    match phone {
        Phone::Free => t::monitor_phone_free(),
        Phone::Ringing => t::monitor_phone_ringing(),
        Phone::OnCall => t::monitor_phone_on_call(),
        Phone::Unreachable => t::monitor_phone_unreachable(),
    }
}

/// How somebody's phones stand; since when, while it rings or they talk.
#[component]
pub(super) fn CallPill(call: Call) -> AnyView {
    let tone = match call.phone {
        Phone::OnCall => Tone::Good,
        Phone::Ringing => Tone::Wait,
        Phone::Free | Phone::Unreachable => Tone::Quiet,
    };
    let under_way = matches!(call.phone, Phone::Ringing | Phone::OnCall);
    let since = under_way.then(|| view! { <Time moment=call.since /> });
    view! {
        <Pill tone text=call_word(call.phone) />
        {since}
    }
    .into_any()
}
