//! When an office is open, and on which days it is closed (O-01).

use super::OfficeHead;
use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::{Done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, GroupWhy, SaveBar, Title, Typed};
use domain::{OfficeId, Refusal, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// The blocks that a day has room for at least.
const BLOCKS: usize = 2;
/// The empty rows for closing days.
const SPARE: usize = 2;

/// A block of a weekday, as its inputs have it; the end of the day is `00:00`.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Block {
    /// 1 Monday to 7 Sunday.
    pub weekday: i8,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
}

/// Closing days, as their inputs have them.
#[derive(Clone, PartialEq, Default, Debug, Serialize, Deserialize)]
pub struct Days {
    #[serde(default)]
    pub first: String,
    #[serde(default)]
    pub last: String,
    #[serde(default)]
    pub reason: String,
}

/// When an office is open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OfficeTimes {
    pub id: OfficeId,
    pub version: Version,
    pub name: String,
    pub active: bool,
    /// The time zone it all is in.
    pub zone: String,
    pub opening: Vec<Block>,
    pub closing: Vec<Days>,
}

/// When an office that the asker may edit is open.
#[server(endpoint = "get_office_times", input = server_fn::codec::Json)]
pub async fn get_office_times(id: OfficeId) -> Result<OfficeTimes, AppError> {
    use domain::office::{Closing, Opening, clock};
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?.ok_or(Refusal::NotFound)?;
    let times = request.office_times(id).await?;
    let block = |block: &Opening| Block {
        weekday: block.weekday,
        from: clock(block.from),
        until: clock(block.until % 1_440),
    };
    let days = |closing: &Closing| Days {
        first: closing.first.to_string(),
        last: closing.last.to_string(),
        reason: closing.reason.clone(),
    };
    let zone = &request.session.organisation.settings.time_zone;
    Ok(OfficeTimes {
        id,
        version: office.version,
        name: office.name.clone(),
        active: office.active,
        zone: office.zone(zone).to_owned(),
        opening: times.opening.iter().map(block).collect(),
        closing: times.closing.iter().map(days).collect(),
    })
}

/// Opens an office at other times; rows that are empty are none.
#[server(endpoint = "save_office_times")]
pub async fn save_office_times(
    id: OfficeId,
    version: Version,
    #[server(default)] opening: Vec<Block>,
    #[server(default)] closing: Vec<Days>,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?;
    request.refuse_if_missed(&office, version).await?;
    let before = request.office_times(id).await?;
    let opening = opening.into_iter();
    let closing = closing.into_iter();
    let draft = domain::office::TimesDraft {
        opening: opening
            .map(|block| (block.weekday, block.from, block.until))
            .collect(),
        closing: closing
            .map(|days| (days.first, days.last, days.reason))
            .collect(),
    };
    if let Some(change) = office.revise_times(&request.actor, &before, &draft, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/offices/{id}/hours?done=saved"));
    Ok(())
}

/// `/offices/ID/hours`
pub struct OfficeTimesPage;

#[lazy_route]
impl LazyRoute for OfficeTimesPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let id = super::office_of_address();
        let times = Resource::new(id, |id| async move {
            match id {
                Some(id) => get_office_times(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let save = ServerAction::<SaveOfficeTimes>::new();
        let attempt = provide_form(save);
        say_when_done(attempt, t::landing_saved, move || times.refetch());
        when_late(attempt, move || times.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match times.await {
                        Ok(times) => view! { <Edit times save attempt /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Edit(times: OfficeTimes, save: ServerAction<SaveOfficeTimes>, attempt: Attempt) -> AnyView {
    let (id, version) = (times.id, times.version);
    view! {
        <Title text=t::office_hours_of(&times.name) />
        <OfficeHead id name=times.name.clone() active=times.active />
        <Done />
        <ErrorSummary />
        <ActionForm action=save attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            <Week opening=times.opening zone=times.zone />
            <ClosingDays closing=times.closing />
            <SaveBar pending=save.pending() saved=attempt.successes />
        </ActionForm>
    }
    .into_any()
}

/// What stands in an input: what was typed into a form that came back, else its own.
fn standing(name: &str, own: &str) -> String {
    let typed = use_context::<Typed>();
    let typed = typed.and_then(|typed| typed.get(name).map(str::to_owned));
    typed.unwrap_or_else(|| own.to_owned())
}

#[component]
fn Week(opening: Vec<Block>, zone: String) -> AnyView {
    let mut index = 0;
    let days = (1..).zip(t::date_weekdays().split_whitespace());
    let days = days.map(|(weekday, day): (i8, &str)| {
        let blocks = opening.iter().filter(|block| block.weekday == weekday);
        let mut blocks: Vec<Block> = blocks.cloned().collect();
        let room = BLOCKS.max(blocks.len() + 1);
        blocks.resize_with(room, || Block {
            weekday,
            ..Block::default()
        });
        let inputs = (1..).zip(blocks).map(|(number, block)| {
            let view = block_inputs(index, day, number, &block);
            index += 1;
            view
        });
        let inputs = inputs.collect_view();
        view! {
            <div class="day">
                <b>{day.to_owned()}</b>
                <div class="blocks">{inputs}</div>
            </div>
        }
    });
    let days = days.collect_view();
    view! {
        <fieldset id="opening" tabindex="-1" aria-describedby="opening-why">
            <legend>{t::label_opening()}</legend>
            <p class="hint">{t::office_opening_hint(zone)}</p>
            <GroupWhy name="opening" />
            <div class="week">{days}</div>
        </fieldset>
    }
    .into_any()
}

fn block_inputs(index: usize, day: &str, number: usize, block: &Block) -> AnyView {
    let name = |part: &str| format!("opening[{index}][{part}]");
    let (from, until) = (name("from"), name("until"));
    let (opens, closes) = (standing(&from, &block.from), standing(&until, &block.until));
    view! {
        <span class="block">
            <input type="hidden" name=name("weekday") value=block.weekday.to_string() />
            <input class="input" type="time" name=from value=opens aria-label=t::office_block_from(day, number) />
            <span aria-hidden="true">"–"</span>
            <input class="input" type="time" name=until value=closes aria-label=t::office_block_until(day, number) />
        </span>
    }
    .into_any()
}

#[component]
fn ClosingDays(closing: Vec<Days>) -> AnyView {
    let mut rows = closing;
    rows.resize_with(rows.len() + SPARE, Days::default);
    let row = |(index, days): (usize, Days)| {
        let name = |part: &str| format!("closing[{index}][{part}]");
        let number = index + 1;
        let input = |part: &str, kind: &'static str, own: &str, label: String| {
            let name = name(part);
            let value = standing(&name, own);
            view! { <input class="input" type=kind name=name value=value aria-label=label autocomplete="off" /> }
        };
        view! {
            <div class="closed">
                {input("first", "date", &days.first, t::office_closed_first(number))}
                <span aria-hidden="true">"–"</span>
                {input("last", "date", &days.last, t::office_closed_last(number))}
                {input("reason", "text", &days.reason, t::office_closed_reason(number))}
            </div>
        }
    };
    let rows = rows.into_iter().enumerate().map(row).collect_view();
    view! {
        <fieldset id="closing" tabindex="-1" aria-describedby="closing-why">
            <legend>{t::label_closing()}</legend>
            <p class="hint">{t::office_closing_hint()}</p>
            <GroupWhy name="closing" />
            <div class="closings">
                <div class="closed heads wide" aria-hidden="true">
                    <small>{t::office_closed_from()}</small>
                    <span></span>
                    <small>{t::office_closed_until()}</small>
                    <small>{t::label_reason()}</small>
                </div>
                {rows}
            </div>
        </fieldset>
    }
    .into_any()
}
