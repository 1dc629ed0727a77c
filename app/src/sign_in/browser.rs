//! The browser in which something was begun: a cookie of its own, so that only it can finish it.

use crate::error::AppError;
use crate::request::{asker, cookie};
use axum::http::request::Parts;
use leptos::prelude::use_context;
use store::secret::Token;

/// How long the browser is remembered, in seconds; what it begins lives as long.
const SECONDS: i64 = 15 * 60;

/// The name of the cookie; over https it is bound to this very host.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-staffroom-browser"
    } else {
        "staffroom-browser"
    }
}

/// The browser that asks, if it has begun something.
///
/// # Errors
/// [`AppError::Unavailable`] outside of a request.
pub fn known() -> Result<Option<Token>, AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::Unavailable)?;
    Ok(cookie(&parts, cookie_name(asker()?.is_secure())))
}

/// The browser that asks, which is remembered from now on.
///
/// # Errors
/// [`AppError::Unavailable`].
pub fn remembered() -> Result<Token, AppError> {
    let token = match known()? {
        Some(token) => token,
        None => Token::random()?,
    };
    let name = cookie_name(asker()?.is_secure());
    super::session::set(name, token.reveal(), SECONDS)?;
    Ok(token)
}
