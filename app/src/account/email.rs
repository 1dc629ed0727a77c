//! Changing the address one signs in with, which the new address has to confirm.

use super::{One, show};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::say_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Notice, Submit, Tone};
use leptos::prelude::*;

/// Asks the new address to confirm that it will be one's sign-in name.
#[server(endpoint = "change_email")]
pub async fn change_email(email: String) -> Result<(), AppError> {
    use domain::employee::EmailChange;
    use domain::{Field, Refusal, Why};
    let mut request = crate::request::Change::begin().await?;
    let me = request.me().await?;
    match me.change_email(&request.actor, &email, request.now)? {
        Some(EmailChange::AfterConfirmation(change)) => {
            request.signed_in_lately()?;
            request.apply(change).await?;
        }
        Some(EmailChange::AtOnce(change)) => request.apply(change).await?,
        None => return Err(Refusal::field(Field::Email, Why::Taken).into()),
    }
    request.commit().await?;
    crate::landing::land_on("/account?done=email");
    Ok(())
}

#[component]
pub(super) fn EmailSection(one: One) -> impl IntoView {
    let change = ServerAction::<ChangeEmail>::new();
    let attempt = provide_form(change);
    say_when_done(attempt, t::landing_email_asked, move || one.refetch());
    let standing = show(one, |account| {
        let waits = account.record.email_wanted.map(|wanted| {
            view! { <Notice tone=Tone::Wait title=t::account_email_waits(wanted) /> }
        });
        view! {
            <p>{t::account_email_present(account.record.email)}</p>
            {waits}
        }
    });
    view! {
        <section class="card">
            <h2>{t::account_email()}</h2>
            {standing}
            <ErrorSummary />
            <ActionForm action=change attr:class="form" attr:novalidate=true>
                <Field label=t::account_email_new() name="email" kind="email" autocomplete="email" hint=t::account_email_hint() />
                <div class="buttons">
                    <Submit label=t::account_email_change() secondary=true pending=change.pending() />
                </div>
            </ActionForm>
        </section>
    }
}
