//! The form of the settings of bookings.

use super::logo::LogoSection;
use super::{BookingSheet, ChangeBookingSettings};
use crate::form::Attempt;
use crate::landing::Done;
use crate::messages::t;
use crate::ui::{CopyField, ErrorSummary, Field, SaveBar, Switch, TextArea, Title};
use domain::booking::Settings;
use leptos::prelude::*;

/// Everything that an Administrator decides about bookings.
#[component]
pub(super) fn Edit(
    sheet: BookingSheet,
    change: ServerAction<ChangeBookingSettings>,
    attempt: Attempt,
) -> impl IntoView {
    let page = format!("{}/book", sheet.url);
    let snippet = format!("<script src=\"{}/book/embed.js\"></script>", sheet.url);
    view! {
        <Title text=t::booking_title() />
        <div class="head">
            <h1>{t::booking_title()}</h1>
        </div>
        <Done />
        <ErrorSummary />
        <section class="card">
            <h2>{t::booking_page()}</h2>
            <p>
                <a class="link" href=page.clone() rel="external">{page.clone()}</a>
            </p>
            <p>{t::booking_embed()}</p>
            <CopyField label=t::booking_snippet() text=snippet />
            <p class="quiet">{t::booking_embed_hint()}</p>
        </section>
        <ActionForm action=change attr:class="form" attr:novalidate=true>
            <input type="hidden" name="version" value=sheet.version.to_string() />
            <PageInputs settings=sheet.settings.clone() />
            <MailInputs settings=sheet.settings />
            <SaveBar pending=change.pending() saved=attempt.successes />
        </ActionForm>
        <LogoSection has_logo=sheet.has_logo version=sheet.version />
    }
}

#[component]
fn PageInputs(settings: Settings) -> impl IntoView {
    let days = settings.retention_days.map(|days| days.to_string());
    view! {
        <fieldset>
            <legend>{t::booking_what_customers_see()}</legend>
            <Switch label=t::label_enabled() name="enabled" checked=settings.enabled hint=t::booking_enabled_hint() />
            <TextArea label=t::label_welcome() name="welcome" value=settings.welcome hint=t::booking_welcome_hint() />
            <Field label=t::label_accent() name="accent" value=settings.accent autocomplete="off" hint=t::booking_accent_hint() />
            <TextArea label=t::label_frames() name="frames" value=settings.frames.join("\n") rows=3 hint=t::booking_frames_hint() />
        </fieldset>
        <fieldset>
            <legend>{t::booking_data()}</legend>
            <TextArea label=t::label_consent_text() name="consent_text" value=settings.consent_text hint=t::booking_consent_hint() />
            <Field label=t::label_retention_days() name="retention_days" value=days.unwrap_or_default() inputmode="numeric"
                autocomplete="off" hint=t::booking_retention_hint() />
        </fieldset>
    }
}

#[component]
fn MailInputs(settings: Settings) -> impl IntoView {
    let hours = settings.reminder_hours.map(|hours| hours.to_string());
    view! {
        <fieldset>
            <legend>{t::booking_mails()}</legend>
            <Field label=t::label_reminder_hours() name="reminder_hours" value=hours.unwrap_or_default() inputmode="numeric"
                autocomplete="off" hint=t::booking_reminder_hint() />
            <Switch label=t::label_digest() name="digest" checked=settings.digest hint=t::booking_digest_hint() />
            <TextArea label=t::label_words_booked() name="words_booked" value=settings.words_booked />
            <TextArea label=t::label_words_reminder() name="words_reminder" value=settings.words_reminder />
            <TextArea label=t::label_words_cancelled() name="words_cancelled" value=settings.words_cancelled />
        </fieldset>
    }
}
