//! What somebody leaves behind, in one flow: who is suspended, away, out of an office or about to be
//! deleted, and who takes over each of their appointments (P-06, E-15, E-16, O-05).

use crate::appointments::Row;
use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Notice, Submit, Tone};
use domain::{AppointmentId, EmployeeId, Refusal, Version};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// Somebody's appointments ahead that need somebody else.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Leaving {
    pub id: EmployeeId,
    pub name: String,
    pub left: Vec<Left>,
}

/// An appointment, and who could take it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Left {
    pub row: Row,
    /// Colleagues who are free and handle it, the suggested one first: id, name, and why they.
    pub candidates: Vec<(EmployeeId, String, String)>,
}

/// What is to become of an appointment, as forms say it.
const KEEP: &str = "";
const CANCEL: &str = "cancel";

/// What became of an appointment.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Outcome {
    pub appointment: AppointmentId,
    pub done: bool,
    /// In words: who has it now, that it is cancelled, or why nothing changed.
    pub words: String,
}

/// The appointments ahead of an employee that they can't take as it stands, or `all` of them, as far
/// as the asker handles them; each with the colleagues who could.
#[server(endpoint = "get_leaving", input = server_fn::codec::Json)]
pub async fn get_leaving(id: EmployeeId, all: bool) -> Result<Leaving, AppError> {
    server::leaving(id, all).await
}

/// How many appointments lie ahead of an employee, for those who may delete them (E-16).
#[server(endpoint = "count_ahead", input = server_fn::codec::Json)]
pub async fn count_ahead(id: EmployeeId) -> Result<i64, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::DeleteEmployee)?;
    let now = request.now;
    Ok(request
        .count_upcoming(id, store::appointment::Which::All, now)
        .await?)
}

/// Carries out what was chosen for each appointment, each by itself: an employee's id, `cancel`, or
/// nothing to leave it. The three lists go together. Answers what became of each.
#[server(endpoint = "hand_over")]
pub async fn hand_over(
    id: EmployeeId,
    #[server(default)] appointments: Vec<AppointmentId>,
    #[server(default)] versions: Vec<Version>,
    #[server(default)] choices: Vec<String>,
    /// Where a browser without scripts goes on.
    #[server(default)]
    all: bool,
) -> Result<Vec<Outcome>, AppError> {
    let outcomes = server::hand_over(id, &appointments, &versions, &choices).await?;
    let failed = outcomes.iter().filter(|outcome| !outcome.done).count();
    let done = outcomes.len() - failed;
    let all = if all { "&all=1" } else { "" };
    let page =
        format!("/employees/{id}/leaving?done=handed-over&changed={done}&failed={failed}{all}");
    crate::landing::land_on(&page);
    Ok(outcomes)
}

#[cfg(feature = "ssr")]
mod server {
    use super::{CANCEL, KEEP, Leaving, Left, Outcome};
    use crate::appointments::{Row, server as change};
    use crate::error::AppError;
    use crate::messages::t;
    use crate::request::{Change, Read};
    use domain::availability::Span;
    use domain::booking::handover::{Colleagues, Suggestion, suggest};
    use domain::{Appointment, AppointmentId, EmployeeId, Field, Refusal, Version, Why};
    use jiff::SignedDuration;
    use std::collections::hash_map::Entry;
    use store::appointment::Which;
    use store::availability::Whom;

    /// How many appointments are changed with one request.
    const MOST: usize = 500;

    pub(super) async fn leaving(id: EmployeeId, all: bool) -> Result<Leaving, AppError> {
        let mut request = Read::begin().await?;
        let employee = request.employee(id).await?;
        let actor = request.actor().clone();
        if !actor.reaches_beyond_own(domain::Action::HandleAppointments) {
            return Err(Refusal::Forbidden.into());
        }
        let which = if all { Which::All } else { Which::Stranded };
        let (zone, now) = (request.zone(), request.now);
        let mut listed = request.upcoming(id, which, now).await?;
        listed.retain(|one| one.appointment.may(&actor).is_ok());
        listed.truncate(MOST);
        let appointments: Vec<_> = listed.iter().map(|one| one.appointment.clone()).collect();
        let suggestions = suggestions(&mut request, id, &appointments).await?;
        let left = listed
            .into_iter()
            .zip(suggestions)
            .map(|(one, suggestion)| {
                let candidates = suggestion.candidates.into_iter().map(|candidate| {
                    let why = t::leaving_why(candidate.load);
                    (candidate.id, candidate.name, why)
                });
                Left {
                    row: Row::of(one, &zone, now),
                    candidates: candidates.collect(),
                }
            });
        Ok(Leaving {
            id,
            name: employee.display_name(),
            left: left.collect(),
        })
    }

    async fn suggestions(
        request: &mut Read,
        id: EmployeeId,
        appointments: &[Appointment],
    ) -> Result<Vec<Suggestion>, AppError> {
        let begins = appointments.iter().map(|one| one.begins_at);
        let (Some(from), Some(until)) = (begins.clone().min(), begins.max()) else {
            return Ok(Vec::new());
        };
        // The days around, whose other appointments say how much somebody has to do.
        let range = Span {
            from: from - SignedDuration::from_hours(24),
            until: until + SignedDuration::from_hours(24),
        };
        let mut colleagues = Colleagues::new();
        for one in appointments {
            let key = (one.office, one.subject);
            if let Entry::Vacant(place) = colleagues.entry(key) {
                let (office, subject) = key;
                let cases = request
                    .cases(office, subject, Whom::Bookable, range, None)
                    .await?;
                place.insert(cases.unwrap_or_default());
            }
        }
        Ok(suggest(appointments, colleagues, id, request.now))
    }

    pub(super) async fn hand_over(
        id: EmployeeId,
        appointments: &[AppointmentId],
        versions: &[Version],
        choices: &[String],
    ) -> Result<Vec<Outcome>, AppError> {
        let together = appointments.len() == versions.len() && appointments.len() == choices.len();
        if !together || appointments.len() > MOST {
            return Err(Refusal::field(Field::Agent, Why::UnknownChoice).into());
        }
        {
            let mut request = Read::begin().await?;
            request.employee(id).await?;
            if !request
                .actor()
                .reaches_beyond_own(domain::Action::HandleAppointments)
            {
                return Err(Refusal::Forbidden.into());
            }
        }
        let mut outcomes = Vec::new();
        for ((appointment, version), choice) in appointments.iter().zip(versions).zip(choices) {
            if choice == KEEP {
                continue;
            }
            let result = carry_out(id, *appointment, *version, choice).await;
            let (done, words) = match result {
                Ok(words) => (true, words),
                Err(AppError::NotSignedIn) => return Err(AppError::NotSignedIn),
                Err(error) => (false, said(&error)),
            };
            outcomes.push(Outcome {
                appointment: *appointment,
                done,
                words,
            });
        }
        Ok(outcomes)
    }

    /// Why nothing changed: of a refused form what stands against it, else the error's own sentence.
    fn said(error: &AppError) -> String {
        let sentences: Vec<String> = error.problems().into_iter().map(|p| p.sentence).collect();
        match sentences.is_empty() {
            true => error.to_string(),
            false => sentences.join(" "),
        }
    }

    async fn carry_out(
        leaving: EmployeeId,
        id: AppointmentId,
        version: Version,
        choice: &str,
    ) -> Result<String, AppError> {
        let mut request = Change::begin().await?;
        let appointment = change::known(&mut request, id).await?;
        if appointment.employee != Some(leaving) || appointment.version != version {
            return Err(Refusal::Stale.into());
        }
        let words = if choice == CANCEL {
            let cancelled = appointment.cancel(&request.actor, "", request.now)?;
            request.apply(cancelled).await?;
            t::leaving_cancelled().to_owned()
        } else {
            let unknown = |_| Refusal::field(Field::Agent, Why::UnknownChoice);
            let agent: EmployeeId = choice.parse().map_err(unknown)?;
            let at = appointment.begins_at;
            change::hand(&mut request, &appointment, Some(agent), at, false).await?;
            t::leaving_given().to_owned()
        };
        request.commit().await?;
        Ok(words)
    }
}

/// `/employees/ID/leaving`
pub struct LeavingPage;

#[lazy_route]
impl LazyRoute for LeavingPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let id = move || params.with(|params| params.get("id")?.parse().ok());
        let all = move || query.with(|query| query.get("all").is_some());
        let leaving = Resource::new(
            move || (id(), all()),
            |(id, all)| async move {
                match id {
                    Some(id) => get_leaving(id, all).await,
                    None => Err(Refusal::NotFound.into()),
                }
            },
        );
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match leaving.await {
                        Ok(known) => view! { <Page known all=all() reload=move || leaving.refetch() /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// What was carried out so far, of how many.
#[derive(Clone, Copy, PartialEq, Default)]
struct Progress {
    done: usize,
    of: usize,
}

#[component]
fn Page(known: Leaving, all: bool, reload: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let (id, name) = (known.id, known.name.clone());
    let outcomes = RwSignal::new(Vec::<Outcome>::new());
    let progress = RwSignal::new(Progress::default());
    let hand_over = ServerAction::<HandOver>::new();
    let (query, count) = (use_query_map(), known.left.len());
    let number = move |name: &str| query.with(|query| query.get(name)?.parse::<usize>().ok());
    let report = move || {
        let (changed, failed) = (number("changed")?, number("failed")?);
        let tone = if failed == 0 { Tone::Good } else { Tone::Stop };
        Some(view! { <Notice tone title=t::leaving_report(changed, failed) live=true /> })
    };
    let suggested = known
        .left
        .iter()
        .filter(|left| !left.candidates.is_empty())
        .count();
    let rows = known
        .left
        .into_iter()
        .map(move |left| view! { <One left outcomes /> });
    let send = move |event: leptos::ev::SubmitEvent| {
        let Some(calls) = calls(&event, id) else {
            return;
        };
        event.prevent_default();
        progress.set(Progress {
            done: 0,
            of: calls.len(),
        });
        leptos::task::spawn_local(async move {
            for (number, call) in calls.into_iter().enumerate() {
                let appointment = call.appointments[0];
                let answer = super::leaving::hand_over(
                    id,
                    call.appointments,
                    call.versions,
                    call.choices,
                    false,
                )
                .await;
                let answer = answer.unwrap_or_else(|error| {
                    vec![Outcome {
                        appointment,
                        done: false,
                        words: error.to_string(),
                    }]
                });
                outcomes.update(|all| all.extend(answer));
                progress.update(|progress| progress.done = number + 1);
            }
        });
    };
    let working = Signal::derive(move || progress.with(|progress| progress.done < progress.of));
    let finished =
        move || progress.with(|progress| progress.of > 0 && progress.done == progress.of);
    let list = match count {
        0 => view! { <Empty icon=Icon::Check title=t::leaving_none_title() text=t::leaving_none_text() /> }.into_any(),
        _ => view! {
            <ActionForm action=hand_over on:submit:capture=send>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="all" value=all.to_string() />
                <div class="sheet">
                    <header>
                        <b>{t::leaving_count(count)}</b>
                        <span class="quiet">{t::leaving_suggested(suggested)}</span>
                    </header>
                    <ul class="takes-over">{rows.collect_view()}</ul>
                </div>
                <p class="progress-line" role="status">
                    {move || progress.with(|progress| (progress.of > 0).then(|| t::leaving_progress(progress.of, progress.done)))}
                </p>
                <progress hidden=move || !working.get() value=move || progress.with(|p| p.done.to_string()) max=move || progress.with(|p| p.of.to_string())></progress>
                <div class="buttons">
                    <Submit label=t::leaving_button() pending=working />
                    <button type="button" class="button" hidden=move || !finished() on:click=move |_| reload()>{t::leaving_again()}</button>
                </div>
            </ActionForm>
        }.into_any(),
    };
    view! {
        <Title text=t::leaving_title(name.clone()) />
        <a class="crumb" href=format!("/employees/{id}")>
            {Icon::Back}
            {name.clone()}
        </a>
        <div class="head">
            <h1>{t::leaving_title(name)}</h1>
        </div>
        <Done />
        {report}
        <div class="leaving">
            <p>{if all { t::leaving_text_all() } else { t::leaving_text() }}</p>
            {list}
            {all.then(|| view! { <p><a class="button" href=format!("/employees/{id}/delete")>{t::leaving_to_delete()}</a></p> })}
        </div>
    }
    .into_any()
}

/// One appointment: what it is, and what becomes of it.
#[component]
fn One(left: Left, outcomes: RwSignal<Vec<Outcome>>) -> AnyView {
    let row = left.row;
    let id = row.id;
    let outcome =
        move || outcomes.with(|all| all.iter().find(|one| one.appointment == id).cloned());
    let label = t::leaving_choice(row.subject.clone(), row.time.clone());
    let candidates = left
        .candidates
        .into_iter()
        .enumerate()
        .map(|(number, (id, name, why))| {
            let words = if number == 0 {
                t::leaving_best(name, why)
            } else {
                format!("{name} ({why})")
            };
            view! { <option value=id.to_string() selected=number == 0>{words}</option> }
        });
    view! {
        <li>
            <div>
                <a href=format!("/appointments/{id}")><b>{row.day_text.clone()}" "{row.time.clone()}</b></a>
                <span>{row.subject.clone()}" · "{row.customer()}</span>
                <small class="quiet">{row.office.clone()}</small>
            </div>
            <div>
                <input type="hidden" name="appointments[]" value=id.to_string() />
                <input type="hidden" name="versions[]" value=row.version.to_string() />
                <select class="input" name="choices[]" aria-label=label hidden=move || outcome().is_some_and(|one| one.done)>
                    {candidates.collect_view()}
                    <option value=KEEP>{t::leaving_keep()}</option>
                    <option value=CANCEL>{t::leaving_cancel()}</option>
                </select>
                <p role="status" class="outcome" class:failed=move || outcome().is_some_and(|one| !one.done)>
                    {move || outcome().map(|one| one.words)}
                </p>
            </div>
        </li>
    }
    .into_any()
}

/// The calls that a form asks for, one for each appointment that something is to become of.
fn calls(event: &leptos::ev::SubmitEvent, id: EmployeeId) -> Option<Vec<HandOver>> {
    let fields = crate::ui::browser::fields_of(event)?;
    let all = |name: &str| -> Vec<String> {
        let of = fields.iter().filter(|(field, _)| field == name);
        of.map(|(_, value)| value.clone()).collect()
    };
    let (appointments, versions, choices) =
        (all("appointments[]"), all("versions[]"), all("choices[]"));
    let together = appointments.into_iter().zip(versions).zip(choices);
    let calls = together.filter(|(_, choice)| choice != KEEP).filter_map(
        |((appointment, version), choice)| {
            Some(HandOver {
                id,
                appointments: vec![appointment.parse().ok()?],
                versions: vec![version.parse().ok()?],
                choices: vec![choice],
                all: false,
            })
        },
    );
    Some(calls.collect())
}
