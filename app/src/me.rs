//! Whoever is signed in, as every page needs them, and the frame that is made of it.

use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{AccountMenu, Frame, FrameTab, Icon, Section};
use domain::{Action, Actor, EmployeeId, OfficeId, PictureId, Roles};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use serde::{Deserialize, Serialize};

/// Whoever is signed in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Me {
    pub actor: Actor,
    pub id: EmployeeId,
    pub name: String,
    pub email: String,
    pub roles: Roles,
    pub picture: Option<PictureId>,
    pub organisation: String,
    /// Whether a second factor has to be registered before anything else.
    pub enrolling: bool,
    /// The offices one manages, by name.
    pub manages: Vec<(OfficeId, String)>,
    /// Whether one is a contact-centre user.
    pub contact_centre: bool,
}

/// Who is signed in. Costs no statement: the session was read with the request.
#[server(endpoint = "who_am_i")]
pub async fn who_am_i() -> Result<Me, AppError> {
    crate::request::enrolling_session().map(|session| of(&session))
}

#[cfg(feature = "ssr")]
fn of(session: &store::session::Session) -> Me {
    let manages = session
        .places
        .iter()
        .filter(|(place, _)| place.roles.has(domain::Role::OfficeManager))
        .map(|(place, name)| (place.office, name.clone()))
        .collect();
    Me {
        actor: session.actor.clone(),
        id: session.employee,
        name: session.name.clone(),
        email: session.email.clone(),
        roles: session.roles,
        picture: session.picture,
        organisation: session.organisation.settings.name.clone(),
        enrolling: session.lacks_factor,
        manages,
        contact_centre: session.contact_centre,
    }
}

/// The address of somebody's picture.
pub fn picture_href(employee: EmployeeId, picture: Option<PictureId>) -> Option<String> {
    picture.map(|picture| format!("/pictures/{employee}/{picture}"))
}

/// The pages of somebody who is signed in, in their frame.
///
/// The server knows them at once. What stands below something awaited is made anew whenever it is
/// asked whether it is ready, and a page would then read its data three times (S-5).
#[component]
pub fn SignedIn() -> impl IntoView {
    match SharedValue::new(known).into_inner() {
        Some(me) => framed(me),
        None => view! { <Arriving /> }.into_any(),
    }
}

/// Whoever is signed in, where that is known without asking: on the server.
fn known() -> Option<Me> {
    #[cfg(feature = "ssr")]
    {
        crate::request::enrolling_session()
            .ok()
            .map(|session| of(&session))
    }
    #[cfg(not(feature = "ssr"))]
    None
}

/// The same for somebody who comes from a page outside of the frame without loading anew.
#[component]
fn Arriving() -> impl IntoView {
    let me = Resource::new(|| (), |()| who_am_i());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => framed(me),
                    Err(error) => view! {
                        <main class="content" id="content">{refused(error)}</main>
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}

fn framed(me: Me) -> AnyView {
    crate::again::provide_again();
    // Whoever may do nothing yet follows nothing, either: the stream would end at once.
    if !me.enrolling {
        crate::live::provide_live();
    }
    let tabs = tabs(&me);
    let palette = RwSignal::new(false);
    provide_context(me.clone());
    let picture = picture_href(me.id, me.picture);
    let account = view! {
        <AccountMenu name=me.name.clone() email=me.email.clone() id=me.id.to_string() picture=picture>
            <a href="/account">{Icon::Account}{t::nav_account()}</a>
            // A plain post, after which nothing of the page is left.
            <form method="post" action="/api/sign_out">
                <button>{Icon::SignOut}{t::nav_sign_out()}</button>
            </form>
        </AccountMenu>
    }
    .into_any();
    view! {
        <Frame title=me.organisation tabs account go_to=move |()| palette.set(true)>
            <Outlet />
        </Frame>
        <crate::again::AgainDialog />
        <crate::palette::Palette open=palette />
    }
    .into_any()
}

/// The tabs of whoever asks: only those that they may use.
fn tabs(me: &Me) -> Vec<FrameTab> {
    if me.enrolling {
        return vec![only("/account/second-factor", t::factor_title(), Icon::Key)];
    }
    let mut tabs = Vec::new();
    if let Some((first, _)) = me.manages.first() {
        let links = me
            .manages
            .iter()
            .map(|(id, name)| (format!("/team/{id}"), name.clone().into()));
        let section = Section {
            title: Some(t::nav_offices().into()),
            links: links.collect(),
        };
        tabs.push(FrameTab {
            href: format!("/team/{first}"),
            label: t::nav_team().into(),
            short: t::nav_team().into(),
            icon: Icon::People,
            sections: if me.manages.len() > 1 {
                vec![section]
            } else {
                Vec::new()
            },
        });
    }
    if me.actor.reaches_beyond_own(Action::HandleAppointments) {
        let calendar = ("/appointments".to_owned(), t::nav_calendar().into());
        let offered = (
            "/appointments/offered".to_owned(),
            t::offered_title().into(),
        );
        tabs.push(FrameTab {
            sections: vec![Section {
                title: None,
                links: vec![calendar, offered],
            }],
            ..only("/appointments", t::nav_appointments(), Icon::Calendar)
        });
    }
    if me.actor.sees_attention() {
        tabs.push(only("/attention", t::attention_nav(), Icon::Alert));
    }
    let may = |action| me.actor.reaches_all(action);
    let mut planning = Vec::new();
    if may(Action::ViewEmployee) {
        planning.push(("/employees".to_owned(), t::nav_employees().into()));
    }
    if may(Action::EditOffice) || !me.manages.is_empty() {
        planning.push(("/offices".to_owned(), t::nav_offices().into()));
    }
    if may(Action::EditSubjects) {
        planning.push(("/subjects".to_owned(), t::nav_subjects().into()));
    }
    let mut settings = Vec::new();
    if may(Action::ChangeSettings) {
        settings.push(("/settings".to_owned(), t::nav_general().into()));
        settings.push(("/settings/booking".to_owned(), t::booking_title().into()));
        settings.push(("/settings/sign-in".to_owned(), t::nav_sign_in().into()));
        settings.push(("/customers".to_owned(), t::customer_nav().into()));
    }
    if may(Action::ReadAudit) || !me.manages.is_empty() {
        settings.push(("/audit".to_owned(), t::nav_audit().into()));
    }
    let sections: Vec<Section> = [(t::nav_planning(), planning), (t::nav_settings(), settings)]
        .into_iter()
        .filter(|(_, links)| !links.is_empty())
        .map(|(title, links)| Section {
            title: Some(title.into()),
            links,
        })
        .collect();
    if let Some((href, _)) = sections.first().and_then(|section| section.links.first()) {
        tabs.push(FrameTab {
            href: href.clone(),
            label: t::nav_organisation().into(),
            short: t::nav_organisation().into(),
            icon: Icon::Office,
            sections,
        });
    }
    tabs.extend(crate::contact_centre::tab(me));
    if tabs.is_empty() {
        tabs.push(only("/account", t::nav_account(), Icon::Account));
    }
    tabs
}

/// A tab of one page.
fn only(href: &str, label: &'static str, icon: Icon) -> FrameTab {
    FrameTab {
        href: href.to_owned(),
        label: label.into(),
        short: label.into(),
        icon,
        sections: Vec::new(),
    }
}

/// The pages of whoever asks, by address and name.
pub fn links(me: &Me) -> Vec<(String, String)> {
    let account = ("/account".to_owned(), t::nav_account().to_owned());
    let teams = me
        .manages
        .iter()
        .map(|(id, name)| (format!("/team/{id}"), name.clone()));
    let sections = tabs(me).into_iter().flat_map(|tab| tab.sections);
    let links = sections
        .flat_map(|section| section.links)
        .map(|(href, name)| (href, name.to_string()));
    let mut all: Vec<(String, String)> = Vec::new();
    for link in teams.chain(links).chain([account]) {
        if all.iter().all(|(href, _)| *href != link.0) {
            all.push(link);
        }
    }
    all
}

/// Whoever is signed in, inside of [`SignedIn`].
pub fn use_me() -> Me {
    expect_context::<Me>()
}
