//! What one says of oneself: available, on break, working offline.

use super::one::Actions;
use super::words::state_word;
use crate::error::AppError;
use crate::messages::t;
use crate::ui::{Choice, Select, Submit};
use domain::EmployeeId;
use domain::contact_centre::user::State;
use leptos::prelude::*;

/// Sets one's own state; that of others is set on the monitor.
#[server(endpoint = "set_contact_state")]
pub async fn set_contact_state(id: EmployeeId, state: String) -> Result<(), AppError> {
    use domain::{Action, Refusal};
    let mut request = crate::request::Change::begin().await?;
    let person = request.employee(id).await?;
    request
        .actor
        .may(Action::UseContactCentre, person.target())?;
    let user = request.contact_user(id).await?.ok_or(Refusal::NotFound)?;
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = user.set_state(&actor, &person, &state, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/employees/{id}/contact-centre?done=state"));
    Ok(())
}

#[component]
pub(super) fn OwnState(id: EmployeeId, state: State, actions: Actions) -> AnyView {
    let options = State::ALL.map(|one| (one.code().to_owned(), state_word(one).to_owned()));
    let options: Vec<Choice> = options.into();
    view! {
        <ActionForm action=actions.state attr:class="seek">
            <input type="hidden" name="id" value=id.to_string() />
            <Select label=t::contact_users_state() name="state" options value=state.code().to_owned() />
            <Submit label=t::contact_users_state_set() secondary=true pending=actions.state.pending() />
        </ActionForm>
    }
    .into_any()
}
