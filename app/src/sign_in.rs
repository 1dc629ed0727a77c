//! Signing in: the address first, then the ways in that the organisation has, the same for everybody.

#[cfg(feature = "ssr")]
pub mod browser;
pub mod passkey;
pub mod second;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
pub mod slow;

use crate::error::AppError;
use crate::form::{came_back, provide_form};
use crate::landing::{Done, leave_when_done};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Submit, Title};
use domain::ProviderId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use passkey::PasskeyButton;
use serde::{Deserialize, Serialize};

/// How one gets in here; it depends on the domain of an address, and never on whether there is an
/// account.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Entrance {
    pub organisation: String,
    /// The providers that are switched on, by name.
    pub providers: Vec<(ProviderId, String)>,
    /// Whether single sign-on is required of addresses like this one, so that it stands first.
    pub provider_first: bool,
    /// Whether browsers can use passkeys here, which takes a host name.
    pub passkeys: bool,
}

/// How one gets in with an address like this.
#[server(endpoint = "ways_in", input = server_fn::codec::Json)]
pub async fn ways_in(email: String) -> Result<Entrance, AppError> {
    let asker = crate::request::asker()?;
    let mut reading = crate::request::deployment()
        .store
        .read(asker.organisation)
        .await?;
    let organisation = reading.organisation().await?;
    let providers = reading.providers().await?.into_iter();
    Ok(Entrance {
        providers: providers
            .filter(|provider| provider.enabled)
            .map(|provider| (provider.id, provider.profile.name))
            .collect(),
        provider_first: organisation.policy.asks_for_provider(&email),
        passkeys: passkey::server::site(&asker.url).is_some(),
        organisation: organisation.settings.name,
    })
}

/// Signs somebody in, and answers with the path to go on to: `to`, if it is on this host, or where
/// the second factor is asked for.
#[server(endpoint = "sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] to: String,
) -> Result<String, AppError> {
    let to = on_this_host(&to);
    let path = match session::sign_in(&email, password).await? {
        session::Next::In => to.to_owned(),
        session::Next::SecondFactor => second::path(to),
    };
    crate::landing::land_on(&path);
    Ok(path)
}

/// Ends the session of this browser.
#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    session::end().await?;
    leptos_axum::redirect("/sign-in");
    Ok(())
}

/// `to` when it is a path on this host, else the first page; nobody is led elsewhere by a link.
#[cfg(feature = "ssr")]
pub fn on_this_host(to: &str) -> &str {
    let path = to
        .strip_prefix('/')
        .is_some_and(|rest| !rest.starts_with('/'));
    let plain = to
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if path && plain { to } else { "/" }
}

/// Where a sign-in with a provider begins. A plain link: a form may not lead to another site.
pub fn provider_href(provider: ProviderId, to: &str) -> String {
    format!(
        "/sso/start/{provider}?to={}",
        crate::ui::browser::encoded(to)
    )
}

/// `/sign-in?to=/PATH&email=ADDRESS`
pub struct SignInPage;

#[lazy_route]
impl LazyRoute for SignInPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let of = move |name: &'static str| query.with(|query| query.get(name)).unwrap_or_default();
        let typed = typed_email();
        let email = Memo::new(move |_| match of("email").trim() {
            "" => typed.clone(),
            email => email.to_owned(),
        });
        let ways = Resource::new(move || email.get(), ways_in);
        let content = move || {
            Suspend::new(async move {
                let ways = ways.await.unwrap_or_default();
                let (email, to) = (email.get_untracked(), of("to"));
                view! {
                    <h1>{t::sign_in_title()}</h1>
                    <p>{ways.organisation.clone()}</p>
                    <Done />
                    <Ways ways email to />
                }
            })
        };
        view! {
            <Title text=t::sign_in_title() />
            <main class="sign-in">
                <div class="card">
                    <Suspense>{content}</Suspense>
                </div>
            </main>
        }
        .into_any()
    }
}

/// The address of an attempt that was refused, where the page comes back at another address.
fn typed_email() -> String {
    #[cfg(feature = "ssr")]
    {
        let parts = use_context::<axum::http::request::Parts>();
        let submitted = parts.and_then(|parts| {
            let submitted = parts.extensions.get::<crate::request::Submitted>()?;
            let email = submitted.typed.iter().find(|(name, _)| name == "email")?;
            (submitted.to == "/api/sign_in").then(|| email.1.clone())
        });
        submitted.unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    String::new()
}

/// One field first; then the ways in.
#[component]
fn Ways(ways: Entrance, email: String, to: String) -> AnyView {
    if email.is_empty() {
        return view! { <Address ways to /> }.into_any();
    }
    let change = format!("/sign-in?to={}", crate::ui::browser::encoded(&to));
    let elsewhere = ways
        .providers
        .iter()
        .map(|(id, name)| {
            let href = provider_href(*id, &to);
            view! { <a class="button" href=href rel="external">{t::sign_in_with(name)}</a> }
        })
        .collect_view();
    let some = !ways.providers.is_empty();
    let password = view! { <Password email=email.clone() to /> };
    let both = match (some, ways.provider_first) {
        (false, _) => password.into_any(),
        (true, false) => view! {
            {password}
            <p class="or">{t::sign_in_or()}</p>
            <div class="ways">{elsewhere}</div>
        }
        .into_any(),
        (true, true) => view! {
            <div class="ways">{elsewhere}</div>
            <details class="other-ways" open={came_back::<SignIn>()}>
                <summary>{t::sign_in_other_ways()}</summary>
                {password}
            </details>
        }
        .into_any(),
    };
    view! {
        <p class="who">
            <b>{email}</b>
            " "
            <a href=change>{t::sign_in_change()}</a>
        </p>
        {both}
    }
    .into_any()
}

/// Who somebody is; a plain form, which leads to the same page with the address.
#[component]
fn Address(ways: Entrance, to: String) -> AnyView {
    let passkeys = ways.passkeys;
    let offered = passkeys.then(|| {
        view! {
            <p class="or">{t::sign_in_or()}</p>
            <PasskeyButton to=to.clone() offer=true />
        }
    });
    let autocomplete = if passkeys {
        "username webauthn"
    } else {
        "username"
    };
    view! {
        <form method="get" action="/sign-in" novalidate=true>
            {(!to.is_empty()).then(|| view! { <input type="hidden" name="to" value=to.clone() /> })}
            <Field label=t::label_email() name="email" kind="email" autocomplete=autocomplete autofocus=true />
            <Submit label=t::action_continue() />
        </form>
        {offered}
    }
    .into_any()
}

/// The password of an account.
#[component]
fn Password(email: String, to: String) -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    provide_form(sign_in);
    leave_when_done(sign_in);
    let forgotten = format!("/forgotten?email={}", crate::ui::browser::encoded(&email));
    view! {
        <ErrorSummary />
        <ActionForm action=sign_in attr:novalidate=true>
            <input type="hidden" name="to" value=to />
            // Where password managers look for whom the password is of.
            <input class="visually-hidden" type="email" name="email" value=email autocomplete="username" readonly=true
                tabindex="-1" aria-hidden="true" />
            <Field label=t::label_password() name="password" kind="password" autocomplete="current-password" autofocus=true />
            <Submit label=t::sign_in_button() pending=sign_in.pending() />
        </ActionForm>
        <p>
            <a href=forgotten>{t::sign_in_forgotten()}</a>
        </p>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::on_this_host;

    #[test]
    fn one_goes_on_to_this_host_only() {
        for path in ["/", "/employees?q=Am%C3%A9lie&role=agent", "/team/1#top"] {
            assert_eq!(on_this_host(path), path);
        }
        for elsewhere in [
            "",
            "employees",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/ü",
            "\t//x",
        ] {
            assert_eq!(on_this_host(elsewhere), "/", "{elsewhere}");
        }
    }
}
