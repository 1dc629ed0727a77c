//! The two addresses of pictures: where one's own is sent, and where each is shown.

use super::square::square;
use crate::error::AppError;
use crate::request::{Asker, Change, Deployment};
use axum::Extension;
use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, Multipart, Path, Request};
use axum::http::{StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Action, EmployeeId, PictureId};
use std::future::poll_fn;
use std::pin::Pin;

/// The largest upload in bytes.
const MOST: usize = 10 << 20;
/// The most bytes of a form around its file.
const AROUND: usize = 1 << 16;
/// The most bytes that are read only to be thrown away.
const DISCARDED: usize = 100 << 20;

/// `POST /account/picture`: one's own new picture, as `picture` in a multipart form. Always leads
/// back to the page, which says what became of it.
pub async fn upload(
    Extension(deployment): Extension<Deployment>,
    Extension(asker): Extension<Asker>,
    request: Request,
) -> Redirect {
    let (parts, body) = request.into_parts();
    match (&asker.session, &asker.enrolling) {
        (Some(_), _) => {}
        // Leads to where the second factor is registered that has to be there first.
        (None, Some(_)) => return Redirect::to("/account"),
        (None, None) => return Redirect::to("/sign-in?to=/account"),
    }
    let jpeg = match file(&parts, body, "picture").await {
        Some(file) => square(file).await.ok(),
        None => None,
    };
    let Some(jpeg) = jpeg else {
        return Redirect::to("/account?wrong=picture");
    };
    match keep(&deployment, &asker, &parts, jpeg).await {
        Ok(()) => Redirect::to("/account?done=picture"),
        Err(AppError::NotSignedIn) => Redirect::to("/sign-in?to=/account"),
        Err(error) => {
            tracing::info!(%error, "a picture was not kept");
            Redirect::to("/account?wrong=picture")
        }
    }
}

/// The bytes of the file `name` in the form, if there is one that is not too large.
pub(crate) async fn file(parts: &Parts, body: Body, name: &str) -> Option<Vec<u8>> {
    let length = parts.headers.get(header::CONTENT_LENGTH);
    let length: Option<usize> = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length| length > MOST + AROUND) {
        discard(body).await;
        return None;
    }
    let request = Request::from_parts(parts.clone(), body);
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    while let Some(mut field) = form.next_field().await.ok()? {
        if field.name() != Some(name) {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.ok()? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MOST {
                return None;
            }
        }
        return Some(bytes);
    }
    None
}

/// Reads what is too large, since a browser shows an answer only to those who let it finish.
async fn discard(mut body: Body) {
    let mut read = 0;
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        read += frame.data_ref().map_or(0, |bytes| bytes.len());
        if read > DISCARDED {
            break;
        }
    }
}

async fn keep(
    deployment: &Deployment,
    asker: &Asker,
    parts: &Parts,
    jpeg: Vec<u8>,
) -> Result<(), AppError> {
    let mut request = Change::of(deployment, asker, parts).await?;
    let me = request.me().await?;
    let picture = PictureId(store::new_id());
    let changed = me.change_picture(&request.actor, Some((picture, jpeg)), request.now)?;
    request.apply(changed).await?;
    request.commit().await
}

/// `GET /pictures/EMPLOYEE/PICTURE`: kept by the browser for ever, since a new picture has a new
/// address. For whoever may not see this colleague, there is none.
pub async fn show(
    Extension(deployment): Extension<Deployment>,
    Extension(asker): Extension<Asker>,
    Path((employee, picture)): Path<(EmployeeId, PictureId)>,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ),
    ];
    match find(&deployment, &asker, employee, picture).await {
        Ok(Some(jpeg)) => (headers, jpeg).into_response(),
        Ok(None) | Err(AppError::Refused(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => StatusCode::from_u16(error.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
    }
}

async fn find(
    deployment: &Deployment,
    asker: &Asker,
    employee: EmployeeId,
    picture: PictureId,
) -> Result<Option<Vec<u8>>, AppError> {
    let session = asker.session.as_ref().ok_or(AppError::NotSignedIn)?;
    let mut reading = deployment.store.read(asker.organisation).await?;
    let Some(colleague) = reading.employee(employee).await? else {
        return Ok(None);
    };
    session
        .actor
        .may(Action::SeeColleague, colleague.target())?;
    Ok(reading.picture(employee, picture).await?)
}
