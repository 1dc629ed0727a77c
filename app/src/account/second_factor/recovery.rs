//! Recovery codes: for the day on which the phone is lost.

use super::{One, show};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Notice, Submit, Tone};
use leptos::prelude::*;

/// Makes new recovery codes; the older ones are worth nothing from then on.
#[server(endpoint = "make_recovery_codes")]
pub async fn make_recovery_codes() -> Result<String, AppError> {
    server::make().await?;
    super::authenticator::server::page("/account/second-factor")
}

/// Stops showing the codes that were just made.
#[server(endpoint = "forget_recovery_codes")]
pub async fn forget_recovery_codes() -> Result<String, AppError> {
    server::forget().await?;
    super::authenticator::server::page("/account/second-factor")
}

#[cfg(feature = "ssr")]
mod server {
    use super::super::codes;
    use crate::error::AppError;
    use crate::request::Change;
    use crate::sign_in::browser;
    use store::ceremony::Purpose;

    pub(super) async fn make() -> Result<(), AppError> {
        let mut request = Change::begin().await?;
        request.signed_in_lately()?;
        let (me, now) = (request.me().await?, request.now);
        let factors = request.factors(me.id).await?;
        let (browser, actor) = (browser::remembered()?, request.actor.clone());
        codes::make(&mut request, &me, &actor, &factors, &browser, now).await?;
        request.commit().await
    }

    pub(super) async fn forget() -> Result<(), AppError> {
        let mut request = Change::begin().await?;
        if let Some(browser) = browser::known()? {
            let now = request.now;
            let _: Option<codes::Made> = request
                .take_ceremony(&browser, Purpose::RecoveryCodes, None, now)
                .await?;
        }
        request.commit().await
    }
}

/// The codes that were just made, once.
#[component]
pub(super) fn NewCodes(one: One) -> AnyView {
    let forget = ServerAction::<ForgetRecoveryCodes>::new();
    provide_form(forget);
    leave_when_done(forget);
    show(one, move |view| {
        let some = !view.new_codes.is_empty();
        let codes = view.new_codes.into_iter();
        let codes = codes
            .map(|code| view! { <li><code>{code}</code></li> })
            .collect_view();
        some.then(|| {
            view! {
                <Notice tone=Tone::Wait title=t::recovery_keep()>
                    <p>{t::recovery_keep_text()}</p>
                    <ul class="codes">{codes}</ul>
                    <ActionForm action=forget>
                        <Submit label=t::recovery_kept() pending=forget.pending() />
                    </ActionForm>
                </Notice>
            }
        })
    })
}

#[component]
pub(super) fn RecoverySection(one: One) -> AnyView {
    let make = ServerAction::<MakeRecoveryCodes>::new();
    provide_form(make);
    leave_when_done(make);
    show(one, move |view| {
        let some = view.authenticator.is_some() || !view.passkeys.is_empty();
        some.then(|| {
            view! {
                <section class="card" id="recovery">
                    <h2>{t::recovery_title()}</h2>
                    <p>{t::recovery_left(view.recovery_codes)}</p>
                    <ErrorSummary />
                    <ActionForm action=make>
                        <Submit label=t::recovery_make() secondary=true pending=make.pending() />
                    </ActionForm>
                </section>
            }
        })
    })
}
