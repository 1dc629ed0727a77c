//! One's own account: who one is, how one signs in, and where one is signed in (E-18).

mod email;
mod password;
pub mod picture;
mod places;
mod preferences;
mod profile;
pub mod second_factor;
mod sessions;

pub use email::ChangeEmail;
pub use password::ChangePassword;
pub use preferences::Prefer;
pub use profile::ReviseAccount;
pub use sessions::{EndOtherSessions, EndSession, SessionView};

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::Title;
use domain::Roles;
use domain::employee::Record;
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What somebody sees of their own account.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Account {
    pub record: Record,
    /// The phone number as people of the organisation's country read it.
    pub phone: String,
    /// The roles in each office, by name.
    pub places: Vec<(String, Roles)>,
    pub sessions: Vec<SessionView>,
    /// The time zones to choose from.
    pub zones: Vec<String>,
    /// Language and time zone of the organisation, which count where one has none of one's own.
    pub usual: (String, String),
}

/// One's own account: two statements beside the session's.
#[server(endpoint = "get_account", input = server_fn::codec::Json)]
pub async fn get_account() -> Result<Account, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let session = request.session.clone();
    let settings = &session.organisation.settings;
    let employee = request.employee(session.employee).await?;
    let (zone, now) = (request.zone(), request.now);
    let sessions = request.sessions(session.employee, now).await?;
    let shown = |listed| sessions::shown(listed, session.id, now, &zone);
    let phone = employee
        .profile
        .phone
        .as_ref()
        .map(|phone| phone.shown(&settings.country));
    Ok(Account {
        phone: phone.unwrap_or_default(),
        places: session
            .places
            .iter()
            .map(|(place, name)| (name.clone(), place.roles))
            .collect(),
        sessions: sessions.into_iter().map(shown).collect(),
        zones: crate::settings::known::zones(employee.time_zone.as_deref().unwrap_or_default()),
        usual: (settings.language.clone(), settings.time_zone.clone()),
        record: (*employee).clone(),
    })
}

/// What every section of the page reads.
pub(crate) type One = Resource<Result<Account, AppError>>;

/// `/account`
pub struct AccountPage;

#[lazy_route]
impl LazyRoute for AccountPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let one = Resource::new(|| (), |()| get_account());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(_) => view! { <Sections one /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// Each section has a form of its own, whose problems and typed values are no other section's.
#[component]
fn Sections(one: One) -> impl IntoView {
    view! {
        <Title text=t::account_title() />
        <div class="head">
            <h1>{t::account_title()}</h1>
        </div>
        <Done />
        <div class="columns">
            <div class="stack-l">
                <Provider value=()>
                    <profile::ProfileSection one />
                </Provider>
                <Provider value=()>
                    <email::EmailSection one />
                </Provider>
                <Provider value=()>
                    <password::PasswordSection one />
                </Provider>
                <SecondFactorCard one />
                <Provider value=()>
                    <preferences::PreferencesSection one />
                </Provider>
            </div>
            <div class="stack">
                <picture::PictureSection one />
                <places::PlacesSection one />
                <sessions::SessionsSection one />
            </div>
        </div>
    }
}

/// The way to one's second factors.
#[component]
fn SecondFactorCard(one: One) -> impl IntoView {
    show(one, |account| {
        (account.record.sign_in == domain::SignIn::Password).then(|| {
            view! {
                <section class="card">
                    <h2>{t::factor_title()}</h2>
                    <p class="quiet">{t::factor_text()}</p>
                    <div class="buttons">
                        <a class="button" href="/account/second-factor">{t::factor_manage()}</a>
                    </div>
                </section>
            }
        })
    })
}

/// The part of a section that shows something of the account, read again in place when it changes.
fn show<V: IntoView + Send + 'static>(
    one: One,
    part: impl Fn(Account) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Transition>
            {move || {
                let part = part.clone();
                Suspend::new(async move { one.await.ok().map(part) })
            }}
        </Transition>
    }
}
