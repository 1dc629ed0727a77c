//! The page of one thing with its id in the address, on which it is edited and deleted.

use crate::error::AppError;
use crate::form::{Attempt, provide_form, provide_problems_of};
use crate::landing::{leave_when_done, when_late};
use crate::outcome::refused;
use domain::Refusal;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::ServerFn;
use std::future::Future;
use std::str::FromStr;

/// A form that is posted to a server function, which answers with the path of the page to go to.
pub trait Form:
    ServerFn<Output = String, Error = AppError> + Send + Sync + Clone + 'static
{
}

impl<S> Form for S where
    S: ServerFn<Output = String, Error = AppError> + Send + Sync + Clone + 'static
{
}

/// The two forms of the page; they outlive what they change.
pub struct Forms<R: Form, D: Form> {
    pub revise: ServerAction<R>,
    pub delete: ServerAction<D>,
    pub revised: Attempt,
}

impl<R: Form, D: Form> Clone for Forms<R, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Form, D: Form> Copy for Forms<R, D> {}

/// Shows what `read` finds by the id in the address, leaves for where a form leads, and reads again
/// when somebody else was first (E-20).
pub fn one<I, T, R, D, Found>(
    read: impl Fn(I) -> Found + Copy + Send + Sync + 'static,
    show: impl Fn(T, Forms<R, D>) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    I: FromStr + Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    R: Form,
    D: Form,
    Found: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id")?.parse::<I>().ok());
    let one = Resource::new(id, move |id| async move {
        match id {
            Some(id) => read(id).await,
            None => Err(Refusal::NotFound.into()),
        }
    });
    let (revise, delete) = (ServerAction::<R>::new(), ServerAction::<D>::new());
    let (revised, deleted) = (provide_form(revise), provide_form(delete));
    provide_problems_of([revised, deleted]);
    leave_when_done(revise);
    leave_when_done(delete);
    when_late(revised, move || one.refetch());
    when_late(deleted, move || one.refetch());
    let forms = Forms {
        revise,
        delete,
        revised,
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match one.await {
                    Ok(found) => show(found, forms),
                    Err(error) => refused(error),
                }
            })}
        </Transition>
    }
    .into_any()
}
