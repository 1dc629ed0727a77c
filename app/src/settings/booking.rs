//! Settings → Booking: the page on which customers book, what they agree to, and the words of mails.

mod edit;
mod logo;
#[cfg(feature = "ssr")]
mod upload;

#[cfg(feature = "ssr")]
pub use upload::upload_logo;

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::{leave_when_done, when_late};
use crate::outcome::refused;
use domain::booking::Settings;
use edit::Edit;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// The settings of bookings as they are, and where the page is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BookingSheet {
    pub version: i64,
    pub settings: Settings,
    pub has_logo: bool,
    /// Where people reach Staffroom, without a slash at the end.
    pub url: String,
}

/// The settings of bookings, for those who may change them.
#[server(endpoint = "get_booking_settings", input = server_fn::codec::Json)]
pub async fn get_booking_settings() -> Result<BookingSheet, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::ChangeSettings)?;
    let bookings = request.bookings().await?;
    Ok(BookingSheet {
        version: bookings.version,
        settings: bookings.settings,
        has_logo: bookings.has_logo,
        url: crate::request::asker()?.url.to_string(),
    })
}

/// Changes the settings of bookings; answers with the path of the page that shows them.
#[server(endpoint = "change_booking_settings")]
pub async fn change_booking_settings(
    version: i64,
    #[server(default)] enabled: bool,
    welcome: String,
    accent: String,
    frames: String,
    consent_text: String,
    retention_days: String,
    reminder_hours: String,
    #[server(default)] digest: bool,
    words_booked: String,
    words_reminder: String,
    words_cancelled: String,
) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request
        .actor
        .may_everywhere(domain::Action::ChangeSettings)?;
    let bookings = request.bookings().await?;
    if bookings.version != version {
        return Err(domain::Refusal::Stale.into());
    }
    let draft = domain::booking::settings::Draft {
        enabled,
        welcome,
        accent,
        frames,
        consent_text,
        retention_days,
        reminder_hours,
        digest,
        words_booked,
        words_reminder,
        words_cancelled,
    };
    if let Some(change) = bookings.change(&request.actor, &draft, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/settings/booking?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/settings/booking`
pub struct BookingSettingsPage;

#[lazy_route]
impl LazyRoute for BookingSettingsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let sheet = Resource::new(|| (), |()| get_booking_settings());
        let change = ServerAction::<ChangeBookingSettings>::new();
        let attempt = provide_form(change);
        leave_when_done(change);
        when_late(attempt, move || sheet.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match sheet.await {
                        Ok(sheet) => view! { <Edit sheet change attempt /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}
