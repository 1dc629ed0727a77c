//! Changing one's own password.

use super::{One, show};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Submit};
use domain::SignIn;
use leptos::prelude::*;

/// Replaces the present `password`, which ends every other session. Answers with the path of the
/// page that says so.
#[server(endpoint = "change_password")]
pub async fn change_password(password: String, new_password: String) -> Result<String, AppError> {
    server::change(password, new_password).await?;
    let page = "/account?done=password";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

#[cfg(feature = "ssr")]
mod server {
    //! Both hashes are worked out before the transaction begins.

    use crate::error::AppError;
    use crate::password::{self, hash, verify};
    use crate::request::{Change, Read, asker};
    use crate::sign_in::session;
    use crate::sign_in::slow::Tries;
    use domain::sign_in::Proof;
    use domain::{Field, Problem, Refusal, SignIn, Why};

    pub(super) async fn change(password: String, new_password: String) -> Result<(), AppError> {
        let mut request = Read::begin_enrolling().await?;
        let me = request.employee(request.session.employee).await?;
        if me.sign_in != SignIn::Password {
            return Err(Refusal::SignsInElsewhere.into());
        }
        request.signed_in_lately()?;
        let stored = request.password_hash(me.id).await?;
        let has_second_factor = request.has_second_factor(me.id).await?;
        let organisation = request.session.organisation.settings.name.clone();
        drop(request);
        let owner = password::Owner::of(&me, &organisation);
        let wrong = Problem {
            field: Field::Password,
            why: Why::WrongPassword,
        };
        let (asker, email) = (asker()?, me.email.to_string());
        let tries = Tries::new(&asker, &email);
        tries.begin(&asker).await?;
        let matches = verify(password, stored.as_deref()).await.matches;
        let mut problems: Vec<Problem> = (!matches).then_some(wrong).into_iter().collect();
        let field = Field::NewPassword;
        let checked = password::check(field, &new_password, &owner, has_second_factor).await;
        let short = match checked {
            Ok(short) => short,
            Err(Refusal::Invalid(weak)) => {
                problems.extend(weak);
                false
            }
            Err(refusal) => return Err(refusal.into()),
        };
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems).into());
        }
        let hash = hash(new_password)
            .await
            .map_err(|_| AppError::Unavailable)?;
        let mut request = Change::begin_enrolling().await?;
        let me = request.me().await?;
        if request.password_hash(me.id).await? != stored {
            return Err(Refusal::field(Field::Password, Why::WrongPassword).into());
        }
        let changed = me.change_password(&request.actor, hash, short, request.now)?;
        request.apply(changed).await?;
        // Every session ended with the old password; this browser gets a new one. Whoever has a
        // second factor proved it for the session they are in.
        let proof = match has_second_factor {
            true => Proof::SecondFactor,
            false => Proof::Password,
        };
        tries.succeeded(&mut request).await?;
        let token = session::renew(&mut request, &me, proof, &asker).await?;
        request.commit().await?;
        session::keep(&token)
    }
}

/// Nothing for those who sign in by single sign-on.
#[component]
pub(super) fn PasswordSection(one: One) -> impl IntoView {
    let change = ServerAction::<ChangePassword>::new();
    provide_form(change);
    leave_when_done(change);
    show(one, move |account| {
        (account.record.sign_in == SignIn::Password).then(|| {
            let email = account.record.email.to_string();
            view! { <Form change email /> }
        })
    })
}

#[component]
fn Form(change: ServerAction<ChangePassword>, email: String) -> impl IntoView {
    view! {
        <section class="card">
            <h2>{t::account_password()}</h2>
            <p class="quiet">{t::account_password_hint()}</p>
            <ErrorSummary />
            <ActionForm action=change attr:class="form" attr:novalidate=true>
                // For password managers: what the password is kept under.
                <input type="email" value=email autocomplete="username" readonly=true hidden=true />
                <Field label=t::account_password_present() name="password" kind="password" autocomplete="current-password" />
                <Field label=t::label_new_password() name="new_password" kind="password" autocomplete="new-password"
                    hint=t::activate_password_hint() />
                <div class="buttons">
                    <Submit label=t::account_password_change() secondary=true pending=change.pending() />
                </div>
            </ActionForm>
        </section>
    }
}
