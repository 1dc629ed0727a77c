//! `/employees/ID/leaving`: for each appointment who takes it, carried out one by one with progress.

use super::{CANCEL, HandOver, KEEP, Leaving, Left, Outcome, choice_id, get_leaving, hand_over};
use crate::form::provide_form;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, ErrorSummary, Icon, Notice, Submit, Title, Tone};
use domain::{EmployeeId, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

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
    let action = ServerAction::<HandOver>::new();
    provide_form(action); // comes back without WebAssembly alone
    let (query, count) = (use_query_map(), known.left.len());
    let changed = move || query.with(|query| query.get("changed")?.parse::<usize>().ok());
    let report = move || {
        let title = t::leaving_report(changed()?, 0);
        Some(view! { <Notice tone=Tone::Good title live=true /> })
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
        let Some(mut calls) = calls(&event, id) else {
            return;
        };
        outcomes.update(|all| all.retain(|one| one.done));
        calls.retain(|call| {
            outcomes
                .with_untracked(|all| !all.iter().any(|one| call.appointments == [one.appointment]))
        });
        event.prevent_default();
        progress.set(Progress {
            done: 0,
            of: calls.len(),
        });
        leptos::task::spawn_local(async move {
            for (number, call) in calls.into_iter().enumerate() {
                let appointment = call.appointments[0];
                let answer =
                    hand_over(id, call.appointments, call.versions, call.choices, false).await;
                let answer = answer.unwrap_or_else(|error| {
                    vec![Outcome {
                        appointment,
                        what: String::new(),
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
            <ActionForm action=action on:submit:capture=send>
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
            <ErrorSummary />
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
                <select class="input" id=choice_id(id) name="choices[]" aria-label=label hidden=move || outcome().is_some_and(|one| one.done)>
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
