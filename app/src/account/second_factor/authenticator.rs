//! An authenticator app: begun with a secret, proved by its first code, and taken away.

use super::{Begun, One, show};
use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Submit};
use leptos::prelude::*;

/// Begins an authenticator app in this browser; answers with the page that shows its secret.
#[server(endpoint = "begin_authenticator")]
pub async fn begin_authenticator() -> Result<String, AppError> {
    server::begin().await?;
    server::page("/account/second-factor#authenticator")
}

/// Adds the app that was begun here, by its first code.
#[server(endpoint = "add_authenticator")]
pub async fn add_authenticator(code: String) -> Result<String, AppError> {
    server::add(&code).await?;
    server::page("/account/second-factor?done=factor-added")
}

/// Takes one's authenticator app away.
#[server(endpoint = "remove_authenticator")]
pub async fn remove_authenticator() -> Result<String, AppError> {
    server::remove(domain::factor::Removal::Authenticator).await?;
    server::page("/account/second-factor?done=factor-removed")
}

#[cfg(feature = "ssr")]
pub(super) mod server {
    //! Every step asks for a sign-in of the last minutes: whoever finds a browser open adds nothing.

    use super::super::codes;
    use crate::error::AppError;
    use crate::request::{Change, asker};
    use crate::sign_in::{browser, session};
    use domain::factor::Removal;
    use domain::sign_in::Proof;
    use domain::{Field, Refusal, Why};
    use store::ceremony::Purpose;

    pub(in crate::account::second_factor) fn page(path: &str) -> Result<String, AppError> {
        crate::landing::land_on(path);
        Ok(path.to_owned())
    }

    pub(super) async fn begin() -> Result<(), AppError> {
        let mut request = Change::begin_enrolling().await?;
        request.signed_in_lately()?;
        let (browser, now) = (browser::remembered()?, request.now);
        let me = request.me().await?;
        let begun = codes::Begun {
            employee: me.id,
            secret: codes::new_secret()?,
        };
        request
            .begin_ceremony(&browser, Purpose::Authenticator, None, &begun, now)
            .await?;
        request.commit().await
    }

    pub(super) async fn add(code: &str) -> Result<(), AppError> {
        let mut request = Change::begin_enrolling().await?;
        request.signed_in_lately()?;
        let now = request.now;
        let me = request.me().await?;
        let browser = browser::known()?.ok_or(Refusal::DeadLink)?;
        let begun: Option<codes::Begun> = request
            .ceremony(&browser, Purpose::Authenticator, now)
            .await?;
        let begun = begun
            .filter(|begun| begun.employee == me.id)
            .ok_or(Refusal::DeadLink)?;
        let step = codes::step(&begun.secret, code, now)
            .ok_or_else(|| Refusal::field(Field::Code, Why::WrongCode))?;
        let taken: Option<codes::Begun> = request
            .take_ceremony(&browser, Purpose::Authenticator, None, now)
            .await?;
        taken.ok_or(Refusal::DeadLink)?;
        let added = me.add_authenticator(&request.actor, begun.secret, step, now)?;
        request.apply(added).await?;
        finish(request, Proof::SecondFactor).await
    }

    /// Every session ended with the new factor; this browser, in which it was proved, gets another,
    /// and recovery codes where there are none yet.
    pub(in crate::account::second_factor) async fn finish(
        mut request: Change,
        proof: Proof<'_>,
    ) -> Result<(), AppError> {
        first_codes(&mut request).await?;
        let me = request.me().await?;
        let token = session::renew(&mut request, &me, proof, &asker()?).await?;
        request.commit().await?;
        session::keep(&token)
    }

    async fn first_codes(request: &mut Change) -> Result<(), AppError> {
        let (me, now) = (request.me().await?, request.now);
        let factors = request.factors(me.id).await?;
        if factors.recovery_codes > 0 {
            return Ok(());
        }
        let (browser, actor) = (browser::remembered()?, request.actor.clone());
        codes::make(request, &me, &actor, &factors, &browser, now).await
    }

    pub(in crate::account::second_factor) async fn remove(which: Removal) -> Result<(), AppError> {
        let mut request = Change::begin().await?;
        request.signed_in_lately()?;
        let me = request.me().await?;
        let factors = request.factors(me.id).await?;
        let policy = request.organisation().await?.policy;
        let required = policy.asks_for_second_factor(me.roles());
        let removed = me.remove_factor(&request.actor, &factors, which, required, request.now)?;
        request.apply(removed).await?;
        request.commit().await
    }
}

#[component]
pub(super) fn AuthenticatorSection(one: One) -> AnyView {
    let begin = ServerAction::<BeginAuthenticator>::new();
    let add = ServerAction::<AddAuthenticator>::new();
    let remove = ServerAction::<RemoveAuthenticator>::new();
    let adding = provide_form(add);
    provide_problems_of([provide_form(begin), provide_form(remove), adding]);
    leave_when_done(add);
    leave_when_done(remove);
    let begun = begin.value();
    Effect::new(move |_| {
        if let Some(Ok(_)) = begun.get() {
            one.refetch();
        }
    });
    let part = show(one, move |view| {
        let there = view.authenticator.is_some();
        match view.begun {
            Some(begun) => view! { <Scan begun add /> }.into_any(),
            None => view! { <Standing there begin remove /> }.into_any(),
        }
    });
    view! {
        <section class="card" id="authenticator">
            <h2>{t::factor_app()}</h2>
            <ErrorSummary />
            {part}
        </section>
    }
    .into_any()
}

#[component]
fn Standing(
    there: bool,
    begin: ServerAction<BeginAuthenticator>,
    remove: ServerAction<RemoveAuthenticator>,
) -> AnyView {
    let text = match there {
        true => t::factor_app_there(),
        false => t::factor_app_text(),
    };
    let label = match there {
        true => t::factor_app_another(),
        false => t::factor_app_begin(),
    };
    let away = there.then(|| {
        view! {
            <ActionForm action=remove>
                <Submit label=t::factor_app_remove() secondary=true pending=remove.pending() />
            </ActionForm>
        }
    });
    view! {
        <p>{text}</p>
        <div class="buttons">
            <ActionForm action=begin>
                <Submit label=label secondary=true pending=begin.pending() />
            </ActionForm>
            {away}
        </div>
    }
    .into_any()
}

/// The secret, and the first code that shows that the app has it.
#[component]
fn Scan(begun: Begun, add: ServerAction<AddAuthenticator>) -> AnyView {
    let Begun { secret, path, size } = begun;
    let view_box = format!("0 0 {size} {size}");
    view! {
        <p>{t::factor_scan()}</p>
        <svg class="qr" viewBox=view_box role="img" aria-label=t::factor_qr()>
            <path d=path />
        </svg>
        <p class="quiet">{t::factor_type()}</p>
        <p>
            <code class="secret">{secret}</code>
        </p>
        <ActionForm action=add attr:class="form" attr:novalidate=true>
            <Field label=t::label_code() name="code" autocomplete="one-time-code" inputmode="numeric" hint=t::factor_code_hint() />
            <div class="buttons">
                <Submit label=t::factor_app_add() pending=add.pending() />
            </div>
        </ActionForm>
    }
    .into_any()
}
