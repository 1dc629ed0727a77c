//! A form that posts to a server function, with or without WebAssembly: what was wrong, what was typed.

use crate::again::Again;
use crate::error::AppError;
use crate::ui::{FieldProblem, Typed, provide_problems, provide_typed};
use domain::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Deserializer, Serialize};
use server_fn::ServerFn;

/// What a page knows of the last attempt to send a form.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// Why it was refused; `None` when it was not, or not yet.
    pub error: Signal<Option<AppError>>,
    /// How often it succeeded in this page.
    pub successes: Signal<usize>,
    /// How often somebody else was first in this page (E-20).
    pub late: Signal<usize>,
    /// Whether it is under way, or has succeeded; what makes something new is not sent again then.
    pub sent: Signal<bool>,
}

/// Lets the fields below know what was wrong with the last attempt of `action` and what was typed:
/// after an answer in the browser, and in a page that the server shows again after a plain post.
pub fn provide_form<S>(action: ServerAction<S>) -> Attempt
where
    S: ServerFn<Error = AppError> + Send + Sync + Clone + 'static,
    S::Output: Send + Sync + Clone + 'static,
{
    let answer = action.value();
    let returned = returned::<S>();
    let typed = returned.as_ref().map(|(_, typed)| typed.clone());
    let from_server = returned.map(|(error, _)| error);
    let error = Signal::derive(move || match answer.get() {
        Some(Ok(_)) => None,
        Some(Err(error)) => Some(error),
        None => from_server.clone(),
    });
    provide_problems(Signal::derive(move || -> Vec<FieldProblem> {
        error.with(|error| error.as_ref().map(AppError::problems).unwrap_or_default())
    }));
    if let Some(typed) = typed {
        provide_typed(Typed(typed));
    }
    let again = use_context::<Again>();
    let (successes, late, version) = (RwSignal::new(0), RwSignal::new(0), action.version());
    Effect::new(move |before: Option<usize>| {
        let now = version.get();
        // An answer from before this form was made counts for the form before.
        if before.is_some_and(|before| before != now) {
            answer.with_untracked(|answer| match answer {
                Some(Ok(_)) => successes.update(|count| *count += 1),
                Some(Err(AppError::Missed(_) | AppError::Refused(Refusal::Stale))) => {
                    late.update(|count| *count += 1);
                }
                Some(Err(error)) if error.asks_to_sign_in() => again.map_or((), Again::ask),
                _ => {}
            });
        }
        now
    });
    let pending = action.pending();
    let succeeded = move || answer.with(|answer| matches!(answer, Some(Ok(_))));
    Attempt {
        error,
        successes: successes.into(),
        late: late.into(),
        sent: Signal::derive(move || pending.get() || succeeded()),
    }
}

/// Shows in one place what was wrong with the latest attempt of any of several forms.
pub fn provide_problems_of<const N: usize>(attempts: [Attempt; N]) {
    let latest = RwSignal::new(None);
    for (number, attempt) in attempts.into_iter().enumerate() {
        Effect::new(move |before: Option<Option<AppError>>| {
            let now = attempt.error.get();
            if before.is_some_and(|before| before != now) {
                latest.set(Some(number));
            }
            now
        });
    }
    provide_problems(Signal::derive(move || -> Vec<FieldProblem> {
        let errors = attempts.iter().enumerate();
        let shown =
            errors.filter(|(number, _)| latest.get().is_none_or(|latest| latest == *number));
        shown
            .filter_map(|(_, attempt)| attempt.error.get())
            .flat_map(|error| error.problems())
            .collect()
    }));
}

/// A field that may be missing from a form, which leaves what there is; one that is there and empty
/// clears it. (A plain `Option` would be `None` for both.)
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
pub struct Given(pub Option<String>);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(field: D) -> Result<Self, D::Error> {
        String::deserialize(field).map(|text| Self(Some(text)))
    }
}

/// Whether the form of this function came back with the page; only the server knows, and its attribute
/// stays.
pub fn came_back<S: ServerFn>() -> bool {
    returned::<S>().is_some()
}

/// What came back with the page itself; only the server knows.
#[cfg_attr(
    not(feature = "ssr"),
    expect(
        clippy::extra_unused_type_parameters,
        reason = "only the server asks whose form it was"
    )
)]
fn returned<S: ServerFn>() -> Option<(AppError, Vec<(String, String)>)> {
    #[cfg(feature = "ssr")]
    {
        let parts = use_context::<axum::http::request::Parts>()?;
        let submitted = parts.extensions.get::<crate::request::Submitted>()?;
        (submitted.to == S::PATH).then(|| (submitted.error.clone(), submitted.typed.clone()))
    }
    #[cfg(not(feature = "ssr"))]
    None
}
