//! Signing in with a passkey alone, which is two factors in one.

use crate::error::AppError;
use crate::messages::t;
use crate::ui::Icon;
use leptos::prelude::*;

/// What the browser is asked for, as JSON of `PublicKeyCredentialRequestOptions`; it is of this
/// browser alone.
#[server(endpoint = "passkey_challenge", input = server_fn::codec::Json)]
pub async fn passkey_challenge() -> Result<String, AppError> {
    server::challenge().await
}

/// Signs in whoever holds a passkey, by what their browser answered (JSON of a
/// `PublicKeyCredential`); answers with the path to go on to.
#[server(endpoint = "sign_in_by_passkey", input = server_fn::codec::Json)]
pub async fn sign_in_by_passkey(answer: String, to: String) -> Result<String, AppError> {
    server::sign_in(&answer).await?;
    Ok(super::on_this_host(&to).to_owned())
}

#[cfg(feature = "ssr")]
pub mod server {
    //! The challenges of this site, and what their answers prove.

    use crate::error::AppError;
    use crate::request::{asker, deployment};
    use crate::sign_in::{browser, session, slow};
    use domain::Refusal;
    use domain::sign_in::{Proof, Step};
    use store::ceremony::Purpose;
    use url::{Host, Url};
    use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};
    use webauthn_rs::{Webauthn, WebauthnBuilder};

    /// What passkeys are made for: the host that people reach. `None` where browsers have none:
    /// under a bare address, and without https except on this very machine.
    pub fn site(public_url: &str) -> Option<Webauthn> {
        let origin = Url::parse(public_url).ok()?;
        let Some(Host::Domain(name)) = origin.host() else {
            return None;
        };
        if origin.scheme() != "https" && name != "localhost" {
            return None;
        }
        WebauthnBuilder::new(name, &origin)
            .and_then(|site| site.rp_name("Staffroom").build())
            .ok()
    }

    pub(super) async fn challenge() -> Result<String, AppError> {
        let asker = asker()?;
        let site = site(&asker.url).ok_or(Refusal::WrongState)?;
        let (challenge, state) = site
            .start_discoverable_authentication()
            .map_err(|_| AppError::Unavailable)?;
        let browser = browser::remembered()?;
        let store = deployment().store;
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        slow::begins(&mut transaction, &asker).await?;
        transaction
            .begin_ceremony(&browser, Purpose::PasskeySignIn, None, &state, asker.now)
            .await?;
        transaction.commit_attempts().await?;
        serde_json::to_string(&challenge.public_key).map_err(|_| AppError::Unavailable)
    }

    pub(super) async fn sign_in(answer: &str) -> Result<(), AppError> {
        let asker = asker()?;
        let wrong = || AppError::from(Refusal::WrongCredentials);
        let site = site(&asker.url).ok_or(Refusal::WrongState)?;
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| wrong())?;
        let browser = browser::known()?.ok_or_else(wrong)?;
        let store = deployment().store;
        let mut transaction = store
            .write(asker.organisation, asker.address.clone())
            .await?;
        // Taken before it is compared: one challenge is one try.
        let state: Option<DiscoverableAuthentication> = transaction
            .take_ceremony(&browser, Purpose::PasskeySignIn, None, asker.now)
            .await?;
        let state = state.ok_or_else(wrong)?;
        let proved = prove(&mut transaction, &site, &answer, state).await;
        let Ok((key, content)) = proved else {
            transaction.commit_attempts().await?;
            return Err(wrong());
        };
        transaction
            .used_passkey(key.id, &content, asker.now)
            .await?;
        let employee = transaction
            .employee(key.employee)
            .await?
            .ok_or_else(wrong)?;
        let step = session::step(&mut transaction, &employee, Proof::Passkey, &asker).await?;
        let Step::In(allowed) = step else {
            return Err(wrong());
        };
        let token = session::begin(&mut transaction, allowed, &asker).await?;
        transaction.commit().await?;
        session::keep(&token)
    }

    /// The passkey that answered, and what is kept of it from now on.
    async fn prove(
        transaction: &mut store::Transaction,
        site: &Webauthn,
        answer: &PublicKeyCredential,
        state: DiscoverableAuthentication,
    ) -> Result<(store::factor::Key, String), AppError> {
        let wrong = || AppError::from(Refusal::WrongCredentials);
        let (user, credential) = site
            .identify_discoverable_authentication(answer)
            .map_err(|_| wrong())?;
        let key = transaction.passkey(credential).await?.ok_or_else(wrong)?;
        if key.employee.0 != user {
            return Err(wrong());
        }
        let mut passkey: Passkey = serde_json::from_str(&key.content).map_err(|_| wrong())?;
        let result = site
            .finish_discoverable_authentication_v2(answer, state, &passkey)
            .map_err(|_| wrong())?;
        if !result.user_verified() {
            return Err(wrong());
        }
        passkey.update_credential(&result);
        let content = serde_json::to_string(&passkey).map_err(|_| AppError::Unavailable)?;
        Ok((key, content))
    }
}

/// A button for those whose browser has passkeys; with `offer`, the browser also offers them in the
/// field of the address.
#[component]
pub fn PasskeyButton(to: String, offer: bool) -> AnyView {
    let (failed, set_failed) = signal(None::<String>);
    let to = StoredValue::new(to);
    let press = move |conditional: bool| {
        leptos::task::spawn_local(async move {
            let signed_in = ask(to.get_value(), conditional).await;
            match signed_in {
                Ok(Some(path)) => drop(window().location().set_href(&path)),
                Ok(None) => {}
                Err(error) => drop(set_failed.try_set(Some(error.to_string()))),
            }
        });
    };
    if offer {
        Effect::new(move |_| press(true));
    }
    view! {
        <div class="passkey with-script">
            <button type="button" class="button" on:click=move |_| press(false)>
                {Icon::Key}
                {t::passkey_sign_in()}
            </button>
            <p class="why" role="alert" hidden=move || failed.with(Option::is_none)>
                {Icon::Alert}
                <span>{move || failed.get()}</span>
            </p>
        </div>
    }
    .into_any()
}

/// Asks the browser for a passkey; nothing when the person thought better of it.
async fn ask(to: String, conditional: bool) -> Result<Option<String>, AppError> {
    if conditional && !crate::ui::browser::offers_passkeys().await {
        return Ok(None);
    }
    let challenge = passkey_challenge().await?;
    let Some(answer) = crate::ui::browser::passkey(&challenge, conditional).await else {
        return Ok(None);
    };
    sign_in_by_passkey(answer, to).await.map(Some)
}
