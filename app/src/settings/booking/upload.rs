//! `POST /settings/booking/logo`: a new logo, encoded anew before anybody sees it.

use crate::account::picture::{file, logo};
use crate::error::AppError;
use crate::request::{Asker, Deployment, cookie};
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
    match keep(&deployment, asker, &parts, png).await {
        Ok(()) => Redirect::to("/settings/booking?done=logo"),
        Err(AppError::NotSignedIn) => Redirect::to("/sign-in?to=/settings/booking"),
        Err(_) => Redirect::to("/settings/booking?wrong=logo"),
    }
}

/// Like [`Change`](crate::request::Change), for a request that is no server function's.
async fn keep(
    deployment: &Deployment,
    asker: Asker,
    parts: &Parts,
    png: Vec<u8>,
) -> Result<(), AppError> {
    let token = cookie(parts, deployment.cookie_name()).ok_or(AppError::NotSignedIn)?;
    let mut transaction = deployment
        .store
        .write(asker.organisation, asker.address)
        .await?;
    let session = transaction.session(&token, asker.now).await?;
    let session = session.ok_or(AppError::NotSignedIn)?;
    if session.lacks_factor {
        return Err(AppError::NotSignedIn);
    }
    let bookings = transaction.bookings().await?;
    let changed = bookings.change_logo(&session.actor, Some(png), asker.now)?;
    transaction.apply(changed).await?;
    Ok(transaction.commit().await?)
}
