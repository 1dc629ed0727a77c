//! The booking page (P-05): plain routes under `/book`, outside of the app's router, whose state is the
//! address alone. A customer needs no account, no cookie and no script.

mod act;
mod answer;
mod calendar;
mod catalogue;
mod files;
mod limit;
mod own;
mod page;
mod steps;
mod visit;

use crate::state::State;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use limit::Limiter;
use std::sync::Arc;

/// Everything under `/book`. What loads with a page is not counted among the pages.
pub fn router() -> Router<State> {
    let limiter = Arc::new(Limiter::of_pages());
    let of_files = Arc::new(Limiter::of_files());
    let pages = Router::new()
        .route("/book", get(page::show).post(act::book))
        .route("/book/appointment/{token}", get(own::show))
        .route(
            "/book/appointment/{token}/time",
            get(own::times).post(own::change),
        )
        .route(
            "/book/appointment/{token}/cancel",
            get(own::show).post(own::cancel),
        )
        .layer(from_fn_with_state(limiter, limit::count));
    let kept = files::kept().layer(from_fn_with_state(of_files, limit::count));
    pages.merge(kept).merge(files::built_in())
}
