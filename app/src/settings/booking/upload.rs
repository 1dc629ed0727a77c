//! `POST /settings/booking/logo`: a new logo, encoded anew before anybody sees it.

use crate::account::picture::{file, logo};
use crate::error::AppError;
use crate::request::{Asker, Change, Deployment};
use axum::Extension;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::Redirect;

/// Takes `logo` of a multipart form. Always leads back to the page, which says what became of it.
pub async fn upload_logo(
    Extension(deployment): Extension<Deployment>,
    Extension(asker): Extension<Asker>,
    request: Request,
) -> Redirect {
    let (parts, body) = request.into_parts();
    let may = asker.session.as_ref().map(|session| {
        let action = domain::Action::ChangeSettings;
        session.actor.may_everywhere(action).is_ok()
    });
    // Nothing is decoded for those who may not, and before that is known.
    let png = match may {
        // Leads to where the second factor is registered that has to be there first.
        None if asker.enrolling.is_some() => return Redirect::to("/settings/booking"),
        None => return Redirect::to("/sign-in?to=/settings/booking"),
        Some(false) => return Redirect::to("/settings/booking"),
        Some(true) => match file(&parts, body, "logo").await {
            Some(upload) => logo(upload).await.ok(),
            None => None,
        },
    };
    let Some(png) = png else {
        return Redirect::to("/settings/booking?wrong=logo");
    };
    match keep(&deployment, &asker, &parts, png).await {
        Ok(()) => Redirect::to("/settings/booking?done=logo"),
        Err(AppError::NotSignedIn) => Redirect::to("/sign-in?to=/settings/booking"),
        Err(error) => {
            tracing::info!(%error, "a logo was not kept");
            Redirect::to("/settings/booking?wrong=logo")
        }
    }
}

async fn keep(
    deployment: &Deployment,
    asker: &Asker,
    parts: &Parts,
    png: Vec<u8>,
) -> Result<(), AppError> {
    let mut request = Change::of(deployment, asker, parts).await?;
    let bookings = request.bookings().await?;
    let changed = bookings.change_logo(&request.actor, Some(png), request.now)?;
    request.apply(changed).await?;
    request.commit().await
}
