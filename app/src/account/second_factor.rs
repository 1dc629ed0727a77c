//! One's second factors: an authenticator app, passkeys, and recovery codes (A-07, E-18).

mod authenticator;
#[cfg(feature = "ssr")]
pub mod codes;
mod passkeys;
mod recovery;

pub use authenticator::{AddAuthenticator, BeginAuthenticator, RemoveAuthenticator};
pub use passkeys::{AddPasskey, PasskeyRegistration, RemovePasskey, RenamePasskey};
pub use recovery::{ForgetRecoveryCodes, MakeRecoveryCodes};

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Moment, Notice, Title, Tone};
use domain::{PasskeyId, SignIn};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What somebody sees of their second factors.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SecondFactorView {
    pub sign_in: SignIn,
    /// Since when there is an authenticator app.
    pub authenticator: Option<Moment>,
    /// An authenticator app that waits for its first code.
    pub begun: Option<Begun>,
    pub passkeys: Vec<PasskeyView>,
    /// Whether browsers can use passkeys here.
    pub passkeys_possible: bool,
    pub recovery_codes: i64,
    /// Codes that were just made, to be kept somewhere.
    pub new_codes: Vec<String>,
    /// Whether a role of theirs needs a second factor, or their password does.
    pub required: bool,
    /// Whether nothing else is to be had before there is one.
    pub missing: bool,
}

/// The secret of an authenticator app, to be scanned or typed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Begun {
    /// In groups of four, as it is typed.
    pub secret: String,
    /// The modules of a QR code, as an SVG path in a square of `size`.
    pub path: String,
    pub size: i32,
}

/// A passkey in the list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PasskeyView {
    pub id: PasskeyId,
    pub name: String,
    pub added: Moment,
    pub used: Option<Moment>,
}

/// One's second factors. Also for those who may do nothing else before they have one.
#[server(endpoint = "get_second_factor", input = server_fn::codec::Json)]
pub async fn get_second_factor() -> Result<SecondFactorView, AppError> {
    server::view().await
}

#[cfg(feature = "ssr")]
mod server {
    use super::{PasskeyView, SecondFactorView, codes};
    use crate::error::AppError;
    use crate::request::{Read, asker, zone};
    use crate::sign_in::browser;
    use crate::ui::moment;
    use store::ceremony::Purpose;

    pub(super) async fn view() -> Result<SecondFactorView, AppError> {
        let mut request = Read::begin_enrolling().await?;
        let (session, now) = (request.session.clone(), request.now);
        let zone = zone(&session);
        let employee = request.employee(session.employee).await?;
        let factors = request.factors(session.employee).await?;
        let (mut begun, mut new_codes) = (None, Vec::new());
        if let Some(browser) = browser::known()? {
            let secret: Option<codes::Begun> = request
                .ceremony(&browser, Purpose::Authenticator, now)
                .await?;
            let own = secret.filter(|begun| begun.employee == session.employee);
            let settings = &session.organisation.settings;
            begun =
                own.and_then(|begun| codes::shown(&begun.secret, &settings.name, &employee.email));
            let made: Option<codes::Made> = request
                .ceremony(&browser, Purpose::RecoveryCodes, now)
                .await?;
            let own = made.filter(|made| made.employee == session.employee);
            new_codes = own.map(|made| made.codes).unwrap_or_default();
        }
        let policy = &session.organisation.policy;
        let passkey = |passkey: domain::factor::Passkey| PasskeyView {
            id: passkey.id,
            name: passkey.name,
            added: moment::exact(passkey.created_at, &zone),
            used: passkey.used_at.map(|at| moment::ago(at, now, &zone)),
        };
        Ok(SecondFactorView {
            sign_in: employee.sign_in,
            authenticator: factors.authenticator.map(|at| moment::exact(at, &zone)),
            begun,
            recovery_codes: factors.recovery_codes,
            new_codes,
            passkeys_possible: crate::sign_in::passkey::server::site(&asker()?.url).is_some(),
            required: policy.asks_for_second_factor(session.roles) || factors.password_short,
            missing: session.lacks_factor,
            passkeys: factors.passkeys.into_iter().map(passkey).collect(),
        })
    }
}

type One = Resource<Result<SecondFactorView, AppError>>;

/// `/account/second-factor`
pub struct SecondFactorPage;

#[lazy_route]
impl LazyRoute for SecondFactorPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let one = Resource::new(|| (), |()| get_second_factor());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(view) => view! { <Sections one sign_in=view.sign_in /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sections(one: One, sign_in: SignIn) -> AnyView {
    let content = match sign_in {
        SignIn::SingleSignOn => view! {
            <Notice>
                <p>{t::factor_elsewhere()}</p>
            </Notice>
        }
        .into_any(),
        SignIn::Password => view! {
            <div class="stack-l single">
                <div>
                    <Standing one />
                </div>
                <Provider value=()>
                    <recovery::NewCodes one />
                </Provider>
                <Provider value=()>
                    <passkeys::PasskeysSection one />
                </Provider>
                <Provider value=()>
                    <authenticator::AuthenticatorSection one />
                </Provider>
                <Provider value=()>
                    <recovery::RecoverySection one />
                </Provider>
            </div>
        }
        .into_any(),
    };
    view! {
        <Title text=t::factor_title() />
        <div class="head">
            <h1>{t::factor_title()}</h1>
        </div>
        <Done />
        {content}
    }
    .into_any()
}

/// What is to be done first, and what a second factor is for.
#[component]
fn Standing(one: One) -> AnyView {
    show(one, |view| {
        let needed = view.missing.then(|| {
            view! {
                <Notice tone=Tone::Wait title=t::factor_missing()>
                    <p>{t::factor_missing_text()}</p>
                </Notice>
            }
        });
        let there = (!view.missing && view.new_codes.is_empty() && view.required)
            .then(|| view! { <p class="quiet">{t::factor_required()}</p> });
        view! {
            {needed}
            <p class="quiet">{t::factor_text()}</p>
            {there}
        }
    })
}

/// The part of a section that shows something, read again in place when it changes.
fn show<V: IntoView + Send + 'static>(
    one: One,
    part: impl Fn(SecondFactorView) -> V + Clone + Send + Sync + 'static,
) -> AnyView {
    view! {
        <Transition>
            {move || {
                let part = part.clone();
                Suspend::new(async move { one.await.ok().map(part) })
            }}
        </Transition>
    }
    .into_any()
}
