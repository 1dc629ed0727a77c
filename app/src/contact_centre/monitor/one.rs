//! Somebody whom one watches: how they stand, how to listen, and their state, which one may set.

use super::address::PATH;
use super::call::{Call, CallPill};
use super::words::{StatePill, queue_words};
use crate::contact_centre::users::state_word;
use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::{Done, say_when_done};
use crate::live;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Choice, ErrorSummary, Icon, Moment, Select, Submit, Time, Title};
use domain::contact_centre::monitor::Watched;
use domain::contact_centre::user::State;
use domain::{EmployeeId, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// Somebody whom one watches.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Seen {
    pub watched: Watched,
    pub since: Moment,
    pub call: Option<Call>,
    /// What one dials on one's own phone, each with what it does.
    pub codes: Vec<(Listening, String)>,
}

/// What a supervisor does to a call (C-13).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Listening {
    Monitor,
    Whisper,
    Barge,
}

/// Somebody whom one watches. Whoever is not watched does not exist for one.
#[server(endpoint = "get_watched", input = server_fn::codec::Json)]
pub async fn get_watched(id: EmployeeId) -> Result<Seen, AppError> {
    use domain::contact_centre::monitor::Watching;
    let mut request = crate::request::Read::begin().await?;
    let watching = Watching::of(request.actor())?;
    let watched = request.watched_one(watching, id).await?;
    let watched = watched.ok_or(Refusal::NotFound)?;
    let codes = codes(&mut request, &watched).await?;
    let presence = expect_context::<crate::request::Deployment>().presence;
    let (zone, now) = (request.zone(), request.now);
    Ok(Seen {
        since: crate::ui::moment::since(watched.since, now, &zone),
        call: super::call::heard(&presence, &watched, now, &zone),
        codes,
        watched,
    })
}

/// The codes that the PBX gives to whoever asks: those of their rights, on the PBX that both are on.
#[cfg(feature = "ssr")]
async fn codes(
    request: &mut crate::request::Read,
    watched: &Watched,
) -> Result<Vec<(Listening, String)>, AppError> {
    let own = request.actor().id().filter(|own| *own != watched.id);
    let (Some(own), Some(extension)) = (own, &watched.extension) else {
        return Ok(Vec::new());
    };
    let supervisor = request.contact_user(own).await?;
    let Some(supervisor) = supervisor.filter(|one| one.supervision.on) else {
        return Ok(Vec::new());
    };
    let pbx = request.contact_user(watched.id).await?.map(|one| one.pbx);
    let rights = supervisor.supervision.rights;
    let there = pbx == Some(supervisor.pbx);
    let codes = [
        (rights.monitor, Listening::Monitor, provisioning::MONITOR),
        (rights.whisper, Listening::Whisper, provisioning::WHISPER),
        (rights.barge, Listening::Barge, provisioning::BARGE),
    ];
    let dialled = codes.into_iter().filter(|(may, ..)| *may && there);
    Ok(dialled
        .map(|(_, listening, code)| (listening, format!("{code}{extension}")))
        .collect())
}

/// Sets the state of somebody whom one watches.
#[server(endpoint = "set_member_state")]
pub async fn set_member_state(id: EmployeeId, state: String) -> Result<(), AppError> {
    use domain::contact_centre::monitor::Watching;
    let mut request = crate::request::Change::begin().await?;
    Watching::of(&request.actor)?;
    let person = request.anybody(id).await?;
    let supervision = match request.actor.id() {
        Some(own) => request.contact_user(own).await?,
        None => None,
    };
    let supervision = supervision.map(|own| own.supervision).unwrap_or_default();
    let members = request.memberships_of(id).await?;
    let queues: Vec<_> = members.iter().map(|member| member.queue).collect();
    let user = request.contact_user(id).await?.ok_or(Refusal::NotFound)?;
    let (actor, now) = (request.actor.clone(), request.now);
    let set = user.set_member_state(&actor, &supervision, &person, &queues, &state, now)?;
    if let Some(change) = set {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("{PATH}/{id}?done=state"));
    Ok(())
}

/// `/contact-centre/monitor/ID`
pub struct WatchedPage;

#[lazy_route]
impl LazyRoute for WatchedPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, changes) = (use_params_map(), live::changes_and_calls());
        let id = move || params.with(|params| params.get("id")?.parse::<EmployeeId>().ok());
        let asked = move || (id(), changes.get());
        let seen = Resource::new(asked, |(id, _)| async move {
            match id {
                Some(id) => get_watched(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let set = ServerAction::<SetMemberState>::new();
        let attempt = provide_form(set);
        provide_problems_of([attempt]);
        say_when_done(attempt, t::landing_saved, move || seen.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match seen.await {
                        Ok(seen) => view! { <Facts seen /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
            // What is being chosen stays while the rest is read anew.
            <Transition>
                <Set id=Memo::new(move |_| id()) seen set />
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Facts(seen: Seen) -> AnyView {
    let watched = seen.watched;
    let fact = |label: &'static str, text: Option<String>| {
        let text = text.filter(|text| !text.is_empty())?;
        Some(view! {
            <div>
                <dt>{label}</dt>
                <dd>{text}</dd>
            </div>
        })
    };
    let call = seen.call.map(|call| {
        view! {
            <div>
                <dt>{t::monitor_phone()}</dt>
                <dd><CallPill call /></dd>
            </div>
        }
    });
    let codes = seen.codes.into_iter().map(|(listening, code)| {
        let word = match listening {
            Listening::Monitor => t::monitor_listen(),
            Listening::Whisper => t::monitor_whisper(),
            Listening::Barge => t::monitor_barge(),
        };
        view! {
            <div>
                <dt><code>{code}</code></dt>
                <dd>{word}</dd>
            </div>
        }
    });
    let codes: Vec<_> = codes.collect();
    let codes = (!codes.is_empty()).then(|| {
        view! {
            <section class="card aside">
                <h2>{t::monitor_codes()}</h2>
                <p class="quiet">{t::monitor_codes_text()}</p>
                <dl class="facts">{codes}</dl>
            </section>
        }
    });
    view! {
        <Title text=watched.name.clone() />
        <a class="crumb" href=PATH>
            {Icon::Back}
            {t::monitor_title()}
        </a>
        <div class="head">
            <h1>{watched.name.clone()}</h1>
            <StatePill watched=watched.clone() />
        </div>
        <Done />
        <ErrorSummary />
        <section class="card aside">
            <dl class="facts">
                <div>
                    <dt>{t::monitor_since()}</dt>
                    <dd>
                        <Time moment=seen.since />
                    </dd>
                </div>
                {call}
                {fact(t::contact_users_queues(), Some(queue_words(&watched.queues)))}
                {fact(t::label_agent_group(), watched.group)}
                {fact(t::monitor_extension(), watched.extension)}
            </dl>
        </section>
        {codes}
    }
    .into_any()
}

/// The form that sets a state; none for somebody who is not watched.
#[component]
fn Set(
    id: Memo<Option<EmployeeId>>,
    seen: Resource<Result<Seen, AppError>>,
    set: ServerAction<SetMemberState>,
) -> AnyView {
    let state = move || seen.get()?.ok().map(|seen| seen.watched.state);
    let known = Memo::new(move |_| state().is_some());
    let now = Signal::derive(move || state().map_or_else(String::new, |state| state.code().into()));
    let form = move || {
        let id = known.get().then(|| id.get()).flatten()?;
        let options = State::ALL.map(|one| (one.code().to_owned(), state_word(one).to_owned()));
        let options: Vec<Choice> = options.into();
        Some(view! {
            <ActionForm action=set attr:class="seek">
                <input type="hidden" name="id" value=id.to_string() />
                <Select label=t::monitor_state() name="state" options value=now />
                <Submit label=t::monitor_set() secondary=true pending=set.pending() />
            </ActionForm>
        })
    };
    form.into_any()
}
