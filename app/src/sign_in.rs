//! Signing in with a password, and out again.

#[cfg(feature = "ssr")]
pub mod session;

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Submit};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

/// Signs somebody in, and answers with the path to go on to: `to`, if it is on this host.
#[server(endpoint = "sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] to: String,
) -> Result<String, AppError> {
    session::sign_in(&email, password).await?;
    let to = on_this_host(&to);
    crate::landing::land_on(to);
    Ok(to.to_owned())
}

/// Ends the session of this browser.
#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    session::end().await?;
    leptos_axum::redirect("/sign-in");
    Ok(())
}

/// What the organisation is called, for those who are not signed in yet.
#[server(endpoint = "organisation_name", input = server_fn::codec::Json)]
pub async fn organisation_name() -> Result<String, AppError> {
    let organisation = crate::request::asker()?.organisation;
    let mut reading = crate::request::deployment()
        .store
        .read(organisation)
        .await?;
    Ok(reading.organisation().await?.settings.name)
}

/// `to` when it is a path on this host, else the first page; nobody is led elsewhere by a link.
#[cfg(feature = "ssr")]
fn on_this_host(to: &str) -> &str {
    let path = to
        .strip_prefix('/')
        .is_some_and(|rest| !rest.starts_with('/'));
    let plain = to
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if path && plain { to } else { "/" }
}

/// `/sign-in?to=/PATH`
pub struct SignInPage;

#[lazy_route]
impl LazyRoute for SignInPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let organisation = Resource::new(|| (), |()| organisation_name());
        let name = move || Suspend::new(async move { organisation.await.unwrap_or_default() });
        view! {
            <Title text=t::sign_in_title() />
            <main class="sign-in">
                <div class="card">
                    <h1>{t::sign_in_title()}</h1>
                    <p>
                        <Suspense>{name}</Suspense>
                    </p>
                    <Password />
                </div>
                <footer>{t::sign_in_forgotten()}</footer>
            </main>
        }
        .into_any()
    }
}

/// Email and password.
#[component]
fn Password() -> impl IntoView {
    let query = use_query_map();
    let to = query
        .with_untracked(|query| query.get("to"))
        .unwrap_or_default();
    let sign_in = ServerAction::<SignIn>::new();
    provide_form(sign_in);
    leave_when_done(sign_in);
    view! {
        <ErrorSummary />
        <ActionForm action=sign_in attr:novalidate=true>
            <input type="hidden" name="to" value=to />
            <Field label=t::label_email() name="email" kind="email" autocomplete="username" autofocus=true />
            <Field label=t::label_password() name="password" kind="password" autocomplete="current-password" />
            <Submit label=t::sign_in_button() pending=sign_in.pending() />
        </ActionForm>
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
