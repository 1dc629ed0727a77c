//! Confirming a new sign-in address with the link that went to it.

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::link::{Dead, behind};
use crate::messages::t;
use crate::ui::{ErrorSummary, Submit, Title};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The address that waits to be confirmed by this link; nothing when the link is dead. Uses
/// nothing up, since mail scanners open links.
#[server(endpoint = "waiting_email", input = server_fn::codec::Json)]
pub async fn waiting_email(token: String) -> Result<Option<String>, AppError> {
    use store::link::Purpose;
    use store::secret::Token;
    let asker = crate::request::asker()?;
    let Ok(token) = token.parse::<Token>() else {
        return Ok(None);
    };
    let mut reading = crate::request::deployment()
        .store
        .read(asker.organisation)
        .await?;
    let Some(holder) = reading
        .link(&token, Purpose::ConfirmAddress, asker.now)
        .await?
    else {
        return Ok(None);
    };
    let Some(employee) = reading.employee(holder.employee).await? else {
        return Ok(None);
    };
    let waits = employee.confirm_email(&holder.address, asker.now).is_ok();
    Ok(waits.then(|| holder.address.to_string()))
}

/// Uses the link up: from now on its address is the sign-in name. Answers with the path to go on to.
#[server(endpoint = "confirm_email")]
pub async fn confirm_email(token: String) -> Result<String, AppError> {
    use domain::Refusal;
    use store::link::Purpose;
    use store::secret::Token;
    let asker = crate::request::asker()?;
    let token: Token = token.parse().map_err(|()| Refusal::DeadLink)?;
    let store = crate::request::deployment().store;
    let mut transaction = store.write(asker.organisation, asker.address).await?;
    let holder = transaction
        .use_link(&token, Purpose::ConfirmAddress, asker.now)
        .await?;
    let employee = transaction
        .employee(holder.employee)
        .await?
        .ok_or(Refusal::DeadLink)?;
    transaction
        .apply(employee.confirm_email(&holder.address, asker.now)?)
        .await?;
    transaction.commit().await?;
    let page = "/account?done=email-confirmed";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/confirm-email/TOKEN`
pub struct ConfirmEmailPage;

#[lazy_route]
impl LazyRoute for ConfirmEmailPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let alive = |email, token| view! { <Waiting email token /> }.into_any();
        behind(waiting_email, alive, || {
            let (text, label) = (
                t::confirm_email_dead_text(),
                t::confirm_email_dead_account(),
            );
            view! { <Dead text href="/account" label /> }.into_any()
        })
    }
}

#[component]
fn Waiting(email: String, token: String) -> impl IntoView {
    let confirm = ServerAction::<ConfirmEmail>::new();
    provide_form(confirm);
    leave_when_done(confirm);
    view! {
        <Title text=t::confirm_email_title() />
        <div class="card">
            <h1>{t::confirm_email_title()}</h1>
            <p>{t::confirm_email_text(email)}</p>
            <ErrorSummary />
            <ActionForm action=confirm>
                <input type="hidden" name="token" value=token />
                <Submit label=t::confirm_email_button() pending=confirm.pending() />
            </ActionForm>
        </div>
    }
}
