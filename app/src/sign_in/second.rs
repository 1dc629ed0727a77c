//! The second step of a sign-in: a code of an authenticator app, a recovery code, or a passkey.

use super::passkey::PasskeyButton;
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Submit, Title};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What an account that waits for its second step can prove itself with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub authenticator: bool,
    pub passkeys: bool,
}

/// What waits in this browser; nothing when the password was not given here lately.
#[server(endpoint = "waiting_factor", input = server_fn::codec::Json)]
pub async fn waiting_factor() -> Result<Option<Waiting>, AppError> {
    server::waiting().await
}

/// Finishes a sign-in with a code; answers with the path to go on to.
#[server(endpoint = "prove_code")]
pub async fn prove_code(code: String, #[server(default)] to: String) -> Result<String, AppError> {
    server::prove(&code).await?;
    let to = super::on_this_host(&to);
    crate::landing::land_on(to);
    Ok(to.to_owned())
}

/// Whether a sign-in leads to the second step.
pub fn is_path(path: &str) -> bool {
    path.starts_with("/sign-in/second")
}

#[cfg(feature = "ssr")]
pub(super) use server::{path, wait};

#[cfg(feature = "ssr")]
mod server {
    //! What was begun with the password is kept on the server, and finished in the same browser.

    use super::Waiting;
    use crate::account::second_factor::codes;
    use crate::error::AppError;
    use crate::request::{Asker, asker, deployment};
    use crate::sign_in::{browser, session, slow};
    use domain::sign_in::{Proof, Step};
    use domain::{Employee, EmployeeId, Field, Refusal, Version, Why};
    use serde::{Deserialize, Serialize};
    use store::Transaction;
    use store::ceremony::Purpose;
    use store::secret::Token;

    /// Whose password was right. A change of the account since, such as another password, ends it.
    #[derive(Serialize, Deserialize)]
    struct Half {
        employee: EmployeeId,
        version: Version,
    }

    /// Where the second factor is asked for.
    pub(in crate::sign_in) fn path(to: &str) -> String {
        match to {
            "/" => "/sign-in/second".to_owned(),
            to => format!("/sign-in/second?to={}", crate::ui::browser::encoded(to)),
        }
    }

    /// Keeps that the password was right.
    pub(in crate::sign_in) async fn wait(
        transaction: &mut Transaction,
        browser: &Token,
        employee: &Employee,
        asker: &Asker,
    ) -> Result<(), AppError> {
        let half = Half {
            employee: employee.id,
            version: employee.version,
        };
        transaction
            .begin_ceremony(browser, Purpose::SecondFactor, None, &half, asker.now)
            .await?;
        Ok(())
    }

    pub(super) async fn waiting() -> Result<Option<Waiting>, AppError> {
        let (asker, browser) = (asker()?, browser::known()?);
        let Some(browser) = browser else {
            return Ok(None);
        };
        let mut reading = deployment().store.read(asker.organisation).await?;
        let half: Option<Half> = reading
            .ceremony(&browser, Purpose::SecondFactor, asker.now)
            .await?;
        let Some(half) = half else { return Ok(None) };
        let factors = reading.factors(half.employee).await?;
        let site = crate::sign_in::passkey::server::site(&asker.url);
        Ok(Some(Waiting {
            authenticator: factors.authenticator.is_some(),
            passkeys: !factors.passkeys.is_empty() && site.is_some(),
        }))
    }

    pub(super) async fn prove(code: &str) -> Result<(), AppError> {
        let asker = asker()?;
        if code.trim().is_empty() {
            return Err(Refusal::field(Field::Code, Why::Required).into());
        }
        let over = || AppError::from(Refusal::DeadLink);
        let browser = browser::known()?.ok_or_else(over)?;
        let store = deployment().store;
        let mut reading = store.read(asker.organisation).await?;
        let half: Option<Half> = reading
            .ceremony(&browser, Purpose::SecondFactor, asker.now)
            .await?;
        drop(reading);
        let half = half.ok_or_else(over)?;
        let tries = slow::of_second_factor(half.employee);
        slow::count(&asker, &tries).await?;
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        let employee = transaction
            .employee(half.employee)
            .await?
            .filter(|employee| employee.version == half.version)
            .ok_or_else(over)?;
        if !codes::is_right(&mut transaction, &employee, code, asker.now).await? {
            return Err(Refusal::field(Field::Code, Why::WrongCode).into());
        }
        let taken: Option<Half> = transaction
            .take_ceremony(&browser, Purpose::SecondFactor, None, asker.now)
            .await?;
        taken.ok_or_else(over)?;
        transaction.forget_attempts(&tries).await?;
        let step = session::step(&mut transaction, &employee, Proof::SecondFactor, &asker).await?;
        let Step::In(allowed) = step else {
            return Err(Refusal::WrongCredentials.into());
        };
        let token = session::begin(&mut transaction, allowed, &asker).await?;
        transaction.commit().await?;
        session::keep(&token)
    }
}

/// `/sign-in/second?to=/PATH`
pub struct SecondPage;

#[lazy_route]
impl LazyRoute for SecondPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let to = use_query_map()
            .with_untracked(|query| query.get("to"))
            .unwrap_or_default();
        let waiting = Resource::new(|| (), |()| waiting_factor());
        view! {
            <Title text=t::second_title() />
            <main class="sign-in">
                <div class="card">
                    <h1>{t::second_title()}</h1>
                    <Suspense>
                        {move || {
                            let to = to.clone();
                            Suspend::new(async move {
                                match waiting.await {
                                    Ok(Some(waiting)) => view! { <Prove waiting to /> }.into_any(),
                                    _ => view! { <Over /> }.into_any(),
                                }
                            })
                        }}
                    </Suspense>
                </div>
            </main>
        }
        .into_any()
    }
}

#[component]
fn Prove(waiting: Waiting, to: String) -> AnyView {
    let passkey = waiting.passkeys.then(|| {
        view! {
            <PasskeyButton to=to.clone() offer=false />
            <p class="or">{t::sign_in_or()}</p>
        }
    });
    view! {
        {passkey}
        <CodeForm to app=waiting.authenticator />
    }
    .into_any()
}

/// A code; `app` says whether an authenticator app has one.
#[component]
fn CodeForm(to: String, app: bool) -> AnyView {
    let prove = ServerAction::<ProveCode>::new();
    provide_form(prove);
    leave_when_done(prove);
    let hint = match app {
        true => t::second_hint(),
        false => t::second_hint_recovery(),
    };
    view! {
        <ErrorSummary />
        <ActionForm action=prove attr:novalidate=true>
            <input type="hidden" name="to" value=to />
            <Field label=t::label_code() name="code" autocomplete="one-time-code" autofocus=true hint=hint />
            <Submit label=t::sign_in_button() pending=prove.pending() />
        </ActionForm>
    }
    .into_any()
}

/// The password was given too long ago, or in another browser.
#[component]
fn Over() -> AnyView {
    view! {
        <p>{t::second_over()}</p>
        <a class="button" href="/sign-in">{t::activate_dead_sign_in()}</a>
    }
    .into_any()
}
