//! A forgotten password: asking for a link, and choosing another password with it.

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::link::{Dead, behind};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Notice, Submit, Title, Tone};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

/// Sends a link to the address, if it is somebody's who may have one. The answer is the same for
/// everybody, and comes before anything is looked up.
#[server(endpoint = "forgot_password")]
pub async fn forgot_password(email: String) -> Result<String, AppError> {
    server::ask(&email).await?;
    let page = "/forgotten?done=sent";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Whom a link is for; nothing when it is dead. Uses nothing up, since mail scanners open links.
#[server(endpoint = "password_link", input = server_fn::codec::Json)]
pub async fn password_link(token: String) -> Result<Option<String>, AppError> {
    Ok(server::holder(&token).await?.map(|(_, email, _)| email))
}

/// Uses the link up: the password is another, and every session is over.
#[server(endpoint = "reset_password")]
pub async fn reset_password(token: String, password: String) -> Result<String, AppError> {
    server::reset(&token, password).await?;
    let page = "/sign-in?done=password-reset";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

#[cfg(feature = "ssr")]
mod server {
    //! The hash is made before the transaction begins; the mail after the answer.

    use crate::error::AppError;
    use crate::password;
    use crate::request::{Asker, asker, deployment};
    use crate::sign_in::slow;
    use domain::field::Email;
    use domain::throttle::Counted;
    use domain::{Employee, Field, Refusal};
    use store::Store;
    use store::link::Purpose;
    use store::secret::Token;

    pub(super) async fn ask(email: &str) -> Result<(), AppError> {
        let asker = asker()?;
        Email::read(email).map_err(|why| Refusal::field(Field::Email, why))?;
        slow::count(&asker, &slow::of_mails(email)).await?;
        if let Some(key) = slow::of_address(&asker, Counted::Begun) {
            slow::count(&asker, &key).await?;
        }
        let (store, email) = (deployment().store, email.to_owned());
        // Not awaited: how long it takes would tell whether there is an account.
        tokio::spawn(async move {
            if let Err(error) = send(&store, &asker, &email).await {
                tracing::warn!(%error, "a link for a forgotten password could not be sent");
            }
        });
        Ok(())
    }

    async fn send(store: &Store, asker: &Asker, email: &str) -> store::Result<()> {
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        let policy = transaction.organisation().await?.policy;
        let found = transaction.employee_by_email(email).await?;
        let Some(employee) = found.filter(|one| one.may_reset_password(&policy)) else {
            return Ok(());
        };
        transaction
            .send_reset(employee.id, &employee.email, asker.now)
            .await?;
        transaction.commit().await
    }

    /// Whom a living link is of, the address it went to, and what the organisation is called.
    pub(super) async fn holder(
        token: &str,
    ) -> Result<Option<(Employee, String, String)>, AppError> {
        let (Ok(token), asker) = (token.parse::<Token>(), asker()?) else {
            return Ok(None);
        };
        let mut reading = deployment().store.read(asker.organisation).await?;
        let purpose = Purpose::ResetPassword;
        let Some(holder) = reading.link(&token, purpose, asker.now).await? else {
            return Ok(None);
        };
        let organisation = reading.organisation().await?;
        let employee = reading.employee(holder.employee).await?.filter(|employee| {
            employee.may_reset_password(&organisation.policy) && employee.email == holder.address
        });
        let email = holder.address.to_string();
        Ok(employee.map(|employee| (employee, email, organisation.settings.name)))
    }

    pub(super) async fn reset(token: &str, password: String) -> Result<(), AppError> {
        let (employee, _, organisation) = holder(token).await?.ok_or(Refusal::DeadLink)?;
        let asker = asker()?;
        let store = deployment().store;
        let mut reading = store.read(asker.organisation).await?;
        let has_second_factor = reading.has_second_factor(employee.id).await?;
        drop(reading);
        let person = password::Owner::of(&employee, &organisation);
        let short = password::check(Field::Password, &password, &person, has_second_factor).await?;
        let hash = password::hash(password)
            .await
            .map_err(|_| AppError::Unavailable)?;
        let token: Token = token.parse().map_err(|()| Refusal::DeadLink)?;
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        let purpose = Purpose::ResetPassword;
        let holder = transaction.use_link(&token, purpose, asker.now).await?;
        let employee = transaction
            .employee(holder.employee)
            .await?
            .ok_or(Refusal::DeadLink)?;
        let policy = transaction.organisation().await?.policy;
        let reset = employee.reset_password(&holder.address, &policy, hash, short, asker.now)?;
        transaction.apply(reset).await?;
        let tries = slow::Tries::new(&asker, employee.email.as_str());
        tries.reset(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }
}

/// `/forgotten?email=ADDRESS`
pub struct ForgottenPage;

#[lazy_route]
impl LazyRoute for ForgottenPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let sent = move || query.with(|query| query.get("done")).is_some();
        let email = query
            .with_untracked(|query| query.get("email"))
            .unwrap_or_default();
        let content = move || match sent() {
            true => view! {
                <Notice tone=Tone::Good title=t::forgotten_sent() live=true>
                    <p>{t::forgotten_sent_text()}</p>
                </Notice>
                <a class="button" href="/sign-in">{t::activate_dead_sign_in()}</a>
            }
            .into_any(),
            false => view! { <Ask email=email.clone() /> }.into_any(),
        };
        view! {
            <Title text=t::forgotten_title() />
            <main class="sign-in">
                <div class="card">
                    <h1>{t::forgotten_title()}</h1>
                    {content}
                </div>
            </main>
        }
        .into_any()
    }
}

#[component]
fn Ask(email: String) -> AnyView {
    let ask = ServerAction::<ForgotPassword>::new();
    provide_form(ask);
    leave_when_done(ask);
    view! {
        <p>{t::forgotten_text()}</p>
        <ErrorSummary />
        <ActionForm action=ask attr:novalidate=true>
            <Field label=t::label_email() name="email" kind="email" value=email autocomplete="username" autofocus=true />
            <Submit label=t::forgotten_button() pending=ask.pending() />
        </ActionForm>
        <p>
            <a href="/sign-in">{t::forgotten_back()}</a>
        </p>
    }
    .into_any()
}

/// `/reset/TOKEN`
pub struct ResetPage;

#[lazy_route]
impl LazyRoute for ResetPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let alive = |email, token| view! { <Choose email token /> }.into_any();
        behind(password_link, alive, || {
            let (text, label) = (t::reset_dead_text(), t::reset_dead_again());
            view! { <Dead text href="/forgotten" label /> }.into_any()
        })
    }
}

#[component]
fn Choose(email: String, token: String) -> AnyView {
    let reset = ServerAction::<ResetPassword>::new();
    provide_form(reset);
    leave_when_done(reset);
    view! {
        <Title text=t::reset_title() />
        <div class="card">
            <h1>{t::reset_title()}</h1>
            <p>{t::reset_text(&email)}</p>
            <ErrorSummary />
            <ActionForm action=reset attr:novalidate=true>
                <input type="hidden" name="token" value=token />
                // For password managers: what the password is kept under.
                <input type="email" value=email autocomplete="username" readonly=true hidden=true />
                <Field label=t::label_new_password() name="password" kind="password" autocomplete="new-password"
                    hint=t::activate_password_hint() />
                <Submit label=t::reset_button() pending=reset.pending() />
            </ActionForm>
        </div>
    }
    .into_any()
}
