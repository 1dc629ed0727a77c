//! The Synchronized calendars tab: what an employee links, how it goes, and their private feed (O-06).

mod card;
mod feed;
mod link;

pub use card::{RenewCalendar, SwitchCalendar, SyncCalendar, UnlinkCalendar, failure_sentence};
pub use feed::{EndFeed, MakeFeed};
pub use link::LinkCalendar;

use super::header::Header;
use super::view::one;
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Moment, Title};
use card::LinkCard;
use domain::{CalendarId, CalendarLinkId, EmployeeId, Refusal};
use feed::FeedCard;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use link::LinkForm;
use serde::{Deserialize, Serialize};

/// The calendars of an employee, as the asker may see them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CalendarsView {
    pub links: Vec<LinkView>,
    /// Whether the asker may link calendars here, which only their owner may.
    pub may_link: bool,
    /// Whether the asker may switch and unlink what is linked.
    pub may_switch: bool,
    /// Since when there is a feed.
    pub feed: Option<Moment>,
    /// Its address, in the browser that just made it.
    pub feed_address: Option<String>,
}

/// A link to calendars.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LinkView {
    pub id: CalendarLinkId,
    pub name: String,
    /// Whether it is an account, not an ICS address.
    pub account: bool,
    pub synced: Option<Moment>,
    pub failing: Option<Moment>,
    /// Why, by its word.
    pub failure: String,
    pub calendars: Vec<CalendarView>,
}

/// One calendar of a link.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CalendarView {
    pub id: CalendarId,
    pub name: String,
    pub writable: bool,
    pub copies: bool,
    pub blocks: bool,
}

/// The calendars of an employee, and how they do.
#[server(endpoint = "get_calendars", input = server_fn::codec::Json)]
pub async fn get_calendars(id: EmployeeId) -> Result<CalendarsView, AppError> {
    server::calendars(id).await
}

#[cfg(feature = "ssr")]
mod server {
    //! What the page shows.

    use super::{CalendarView, CalendarsView, LinkView};
    use crate::error::AppError;
    use crate::request::Read;
    use crate::ui::moment;
    use domain::calendar::{Kind, Link};
    use domain::{Action, EmployeeId, Timestamp};
    use jiff::tz::TimeZone;

    pub(super) async fn calendars(id: EmployeeId) -> Result<CalendarsView, AppError> {
        let mut request = Read::begin().await?;
        let employee = request.employee(id).await?;
        let actor = request.actor();
        let may = |action| actor.may(action, employee.target());
        let may_link = may(Action::LinkCalendar).is_ok();
        let switching = may(Action::SwitchCalendar);
        if !may_link {
            switching.clone()?;
        }
        let links = request.calendar_links(id).await?;
        let feed = request.feed_since(id).await?;
        let feed_address = match may_link {
            true => super::feed::made(&mut request, id).await?,
            false => None,
        };
        let (now, zone) = (request.now, request.zone());
        let links = links.into_iter().map(|link| shown(link, now, &zone));
        Ok(CalendarsView {
            links: links.collect(),
            may_link,
            may_switch: switching.is_ok(),
            feed: feed.map(|at| moment::exact(at, &zone)),
            feed_address,
        })
    }

    fn shown(link: Link, now: Timestamp, zone: &TimeZone) -> LinkView {
        let calendars = link.calendars.into_iter().map(|calendar| CalendarView {
            id: calendar.id,
            name: calendar.name,
            writable: calendar.writable,
            copies: calendar.copies,
            blocks: calendar.blocks,
        });
        LinkView {
            id: link.id,
            name: link.name,
            account: link.kind == Kind::Account,
            synced: link.synced_at.map(|at| moment::ago(at, now, zone)),
            failing: link.failing_since.map(|at| moment::ago(at, now, zone)),
            failure: link.failure.unwrap_or_default(),
            calendars: calendars.collect(),
        }
    }
}

/// The calendars as a page's data.
pub(super) type All = Resource<Result<CalendarsView, AppError>>;

/// `/employees/ID/calendars`
pub struct CalendarsPage;

#[lazy_route]
impl LazyRoute for CalendarsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let asked = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()));
        let all = Resource::new(asked, |id: Option<EmployeeId>| async move {
            match id {
                Some(id) => get_calendars(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let one = one();
        let actions = Actions::new();
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match (one.await, all.await) {
                        (Ok(employee), Ok(view)) => {
                            let (id, name) = (employee.record.id, employee.record.display_name());
                            view! {
                                <Title text=name />
                                <Header employee />
                                <Content id view all actions />
                            }
                            .into_any()
                        }
                        (Err(error), _) | (_, Err(error)) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// What can be done here; made once, since what it answered must outlive the reading that follows.
#[derive(Clone, Copy)]
struct Actions {
    link: ServerAction<LinkCalendar>,
    switch: ServerAction<SwitchCalendar>,
    unlink: ServerAction<UnlinkCalendar>,
    sync: ServerAction<SyncCalendar>,
    renew: ServerAction<RenewCalendar>,
    make: ServerAction<MakeFeed>,
    end: ServerAction<EndFeed>,
}

impl Actions {
    fn new() -> Self {
        Self {
            link: ServerAction::new(),
            switch: ServerAction::new(),
            unlink: ServerAction::new(),
            sync: ServerAction::new(),
            renew: ServerAction::new(),
            make: ServerAction::new(),
            end: ServerAction::new(),
        }
    }
}

#[component]
fn Content(id: EmployeeId, view: CalendarsView, all: All, actions: Actions) -> AnyView {
    card::provide(actions, all);
    let none = view
        .links
        .is_empty()
        .then(|| view! { <p class="quiet">{t::calendars_none()}</p> });
    let (may_switch, may_link) = (view.may_switch, view.may_link);
    let cards = view
        .links
        .into_iter()
        .map(|link| view! { <LinkCard id link may_switch may_link actions /> })
        .collect_view();
    let form = may_link.then(|| view! { <LinkForm id all actions /> });
    view! {
        <Done />
        <ErrorSummary />
        <div class="calendars">
            <p>{t::calendars_intro()}</p>
            {none}
            {cards}
            {form}
            <FeedCard id feed=view.feed address=view.feed_address may_make=may_link may_end=may_switch actions all />
        </div>
    }
    .into_any()
}
