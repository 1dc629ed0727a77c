//! The page of one appointment: what is known of it, and everything one can do with it (P-02).

use super::change::{CancelAppointment, ConfirmAppointment, MoveAppointment, NoteAppointment};
use super::row::{Row, meeting_word, state_word, tone};
use super::times::{TimesChoice, Wanted, free_times};
use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::{Done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{
    Check, ErrorSummary, Field, Icon, Moment, Notice, Pill, Select, Submit, TextArea, Time, Title,
    Tone,
};
use domain::appointment::State;
use domain::{Appointment, AppointmentId, EmployeeId, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// An appointment as the asker sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AppointmentView {
    pub appointment: Appointment,
    pub row: Row,
    /// "Monday 23 November 2026, 09:30–10:00", by the asker's clock.
    pub when: String,
    /// The same by the office's clock, where that shows another time.
    pub there: Option<String>,
    pub created: Moment,
    /// The phone number as people of this country write it.
    pub phone: String,
    /// Which rules it was booked against, in words.
    pub against: String,
    /// Whether the asker may set rules aside.
    pub may_against: bool,
    /// Everybody who could take it at its time, who is free first; with what stands against them.
    pub others: Vec<(EmployeeId, String, String)>,
}

/// One appointment that the asker may handle.
#[server(endpoint = "get_appointment", input = server_fn::codec::Json)]
pub async fn get_appointment(id: AppointmentId) -> Result<AppointmentView, AppError> {
    server::view(id).await
}

#[cfg(feature = "ssr")]
mod server {
    use super::{AppointmentView, Row};
    use crate::error::{AppError, obstacle_words};
    use crate::messages::t;
    use crate::request::Read;
    use crate::ui::moment::{ago, day_and_time, time};
    use domain::availability::Span;
    use domain::{Action, Appointment, AppointmentId, EmployeeId, Refusal};
    use jiff::tz::TimeZone;
    use store::appointment::Listed;
    use store::availability::Whom;

    pub(super) async fn view(id: AppointmentId) -> Result<AppointmentView, AppError> {
        let mut request = Read::begin().await?;
        let listed = request
            .listed_appointment(id)
            .await?
            .ok_or(Refusal::NotFound)?;
        let appointment = listed.appointment.clone();
        appointment.may(request.actor())?;
        let (zone, now) = (request.zone(), request.now);
        let others = match appointment.is_upcoming(now) {
            true => others(&mut request, &appointment).await?,
            false => Vec::new(),
        };
        let office = request.office(appointment.office).await?;
        let settings = &request.session.organisation.settings;
        let name = office
            .as_ref()
            .map_or(settings.time_zone.as_str(), |office| {
                office.zone(&settings.time_zone)
            });
        let office_zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
        let phone = appointment.customer.phone.as_ref();
        let phone = phone.map(|phone| phone.shown(&settings.country));
        let actor = request.actor();
        let may_against = actor
            .may_in(Action::BookAgainstRule, appointment.office)
            .is_ok();
        let (here, there) = (span(&appointment, &zone), span(&appointment, &office_zone));
        Ok(AppointmentView {
            row: Row::of(
                Listed {
                    appointment: appointment.clone(),
                    ..listed
                },
                &zone,
                now,
            ),
            there: (here != there).then(|| format!("{there} ({name})")),
            when: here,
            created: ago(appointment.created_at, now, &zone),
            phone: phone.unwrap_or_default(),
            against: obstacle_words(&appointment.against),
            may_against,
            others,
            appointment,
        })
    }

    fn span(appointment: &Appointment, zone: &TimeZone) -> String {
        let from = appointment.begins_at.to_zoned(zone.clone());
        let until = appointment.ends_at.to_zoned(zone.clone());
        format!("{}–{}", day_and_time(&from), time(&until))
    }

    async fn others(
        request: &mut Read,
        appointment: &Appointment,
    ) -> Result<Vec<(EmployeeId, String, String)>, AppError> {
        let at = appointment.begins_at;
        let range = Span {
            from: at,
            until: appointment.ends_at,
        };
        let (office, subject) = (appointment.office, appointment.subject);
        let except = Some(appointment.id);
        let cases = request
            .cases(office, subject, Whom::Anyone, range, except)
            .await?;
        let now = request.now;
        let mut others: Vec<_> = cases
            .unwrap_or_default()
            .into_iter()
            .filter(|case| Some(case.agent.id) != appointment.employee)
            .map(|case| {
                let proposal = case.propose_again(appointment, at, now);
                let hard = proposal.obstacles().iter().any(|o| !o.is_soft());
                let words = match proposal.obstacles() {
                    [] => t::appointments_free(case.load(at)),
                    against => obstacle_words(against),
                };
                let rank = (hard, !proposal.obstacles().is_empty(), case.load(at));
                (rank, (case.agent.id, case.agent.name, words))
            })
            .collect();
        others.sort_by_key(|(rank, _)| *rank);
        Ok(others.into_iter().map(|(_, other)| other).collect())
    }
}

/// `/appointments/ID`
pub struct AppointmentPage;

/// The forms of the page.
#[derive(Clone, Copy)]
struct Forms {
    confirm: ServerAction<ConfirmAppointment>,
    moving: ServerAction<MoveAppointment>,
    giving: ServerAction<MoveAppointment>,
    cancel: ServerAction<CancelAppointment>,
    note: ServerAction<NoteAppointment>,
}

#[lazy_route]
impl LazyRoute for AppointmentPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let id = move || params.with(|params| params.get("id")?.parse().ok());
        let one = Resource::new(id, |id| async move {
            match id {
                Some(id) => get_appointment(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let forms = Forms {
            confirm: ServerAction::new(),
            moving: ServerAction::new(),
            giving: ServerAction::new(),
            cancel: ServerAction::new(),
            note: ServerAction::new(),
        };
        let attempts = [
            provide_form(forms.confirm),
            provide_form(forms.moving),
            provide_form(forms.giving),
            provide_form(forms.cancel),
            provide_form(forms.note),
        ];
        let words: [fn() -> &'static str; 5] = [
            t::appointments_was_confirmed,
            t::appointments_moved,
            t::appointments_moved,
            t::appointments_was_cancelled,
            t::landing_saved,
        ];
        for (attempt, word) in attempts.into_iter().zip(words) {
            say_when_done(attempt, word, move || one.refetch());
            when_late(attempt, move || one.refetch());
        }
        provide_problems_of(attempts);
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(view) => view! { <One view forms /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn One(view: AppointmentView, forms: Forms) -> AnyView {
    let appointment = view.appointment.clone();
    let upcoming = !view.row.over && appointment.state != State::Cancelled;
    let requested = upcoming && appointment.state == State::Requested;
    let day = format!("/appointments?view=day&date={}", view.row.day);
    let lost = upcoming && !(view.row.agent_active && view.row.agent.is_some());
    view! {
        <Title text=appointment.subject_title.clone() />
        <a class="crumb" href=day>
            {Icon::Back}
            {view.row.day_text.clone()}
        </a>
        <div class="head">
            <h1>{appointment.subject_title.clone()}</h1>
            <Pill tone=tone(appointment.state) text=state_word(appointment.state) />
        </div>
        <Done />
        <ErrorSummary />
        {lost.then(|| view! { <Notice tone=Tone::Stop title=t::appointments_lost() /> })}
        <div class="appointment">
            <Facts view=view.clone() />
            <div class="doing">
                {requested.then(|| view! { <Confirm view=view.clone() action=forms.confirm /> })}
                {upcoming.then(|| view! {
                    <Move view=view.clone() action=forms.moving />
                    <Give view=view.clone() action=forms.giving />
                })}
                <Note view=view.clone() action=forms.note />
                {upcoming.then(|| view! { <Cancel view=view.clone() action=forms.cancel /> })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Confirm(view: AppointmentView, action: ServerAction<ConfirmAppointment>) -> AnyView {
    view! {
        <section class="card">
            <h2>{t::appointments_confirm_title()}</h2>
            <p>{t::appointments_confirm_text()}</p>
            <ActionForm action=action>
                <Which view=view.clone() />
                <Submit label=t::appointments_confirm() pending=action.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}

/// Which appointment a form is about, as it was when it was read.
#[component]
fn Which(view: AppointmentView) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=view.appointment.id.to_string() />
        <input type="hidden" name="version" value=view.appointment.version.to_string() />
    }
}

#[component]
fn Facts(view: AppointmentView) -> AnyView {
    let appointment = view.appointment;
    let fact = |label: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <div><dt>{label}</dt><dd>{text}</dd></div> })
    };
    let agent = match &view.row.agent {
        Some((id, name)) => {
            view! { <a href=format!("/employees/{id}")>{name.clone()}</a> }.into_any()
        }
        None => t::appointments_former().into_any(),
    };
    let customer = &appointment.customer;
    let email = customer.email.as_ref().map(|email| {
        let href = format!("mailto:{email}");
        view! { <div><dt>{t::label_email()}</dt><dd><a href=href>{email.to_string()}</a></dd></div> }
    });
    let phone = customer.phone.as_ref().map(|phone| {
        let href = format!("tel:{}", phone.as_str());
        view! { <div><dt>{t::label_phone()}</dt><dd><a href=href>{view.phone.clone()}</a></dd></div> }
    });
    let answers = appointment.answers.iter().map(|said| {
        view! { <div><dt>{said.question.clone()}</dt><dd>{said.answer.clone()}</dd></div> }
    });
    view! {
        <section class="card">
            <dl class="facts">
                {fact(t::label_begins(), view.when)}
                {fact(t::appointments_there(), view.there.unwrap_or_default())}
                <div><dt>{t::label_agent()}</dt><dd>{agent}</dd></div>
                {fact(t::label_office(), appointment.office_name.clone())}
                {fact(t::label_meeting(), meeting_word(appointment.meeting).to_owned())}
                {fact(t::label_customer(), view.row.customer())}
                {email}
                {phone}
                {answers.collect_view()}
                {fact(t::label_remark(), appointment.remark.clone())}
                {fact(t::label_reason(), appointment.reason.clone())}
                {fact(t::appointments_against(), view.against)}
                <div><dt>{t::appointments_made()}</dt><dd><Time moment=view.created /></dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// Another time: one that is free, or any, with a rule set aside by those who may.
#[component]
fn Move(view: AppointmentView, action: ServerAction<MoveAppointment>) -> AnyView {
    let (query, appointment) = (use_query_map(), view.appointment.clone());
    let (id, agent) = (appointment.id, appointment.employee);
    let (office, subject) = (appointment.office, appointment.subject);
    let from = Memo::new(move |_| query.with(|query| query.get("from")).unwrap_or_default());
    let times = Resource::new(
        move || from.get(),
        move |from| {
            free_times(Wanted {
                office,
                subject,
                agent,
                from,
                except: Some(id),
            })
        },
    );
    let open = !from.get_untracked().is_empty();
    let href = Callback::new(move |day: String| format!("/appointments/{id}?from={day}#move"));
    view! {
        <details class="card" id="move" open=open>
            <summary><h2>{t::appointments_move()}</h2></summary>
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                <Which view=view.clone() />
                <Suspense>
                    {move || Suspend::new(async move {
                        times.await.ok().map(|times| view! { <TimesChoice times href /> })
                    })}
                </Suspense>
                <OtherTime may_against=view.may_against />
                <Submit label=t::appointments_move_button() pending=action.pending() />
            </ActionForm>
        </details>
    }
    .into_any()
}

/// A time that is not among those offered.
#[component]
pub(super) fn OtherTime(may_against: bool) -> impl IntoView {
    view! {
        <fieldset class="other-time">
            <legend>{t::appointments_other_time()}</legend>
            <div class="pair">
                <Field label=t::label_day() name="day" kind="date" />
                <Field label=t::label_begins() name="time" id="begins" kind="time" />
            </div>
            {may_against.then(|| view! { <Check label=t::appointments_set_aside() name="against" value="true" /> })}
        </fieldset>
    }
}

/// Somebody else at the same time.
#[component]
fn Give(view: AppointmentView, action: ServerAction<MoveAppointment>) -> AnyView {
    let options: Vec<_> = view
        .others
        .iter()
        .map(|(id, name, words)| (id.to_string(), format!("{name} ({words})")))
        .collect();
    let none = options.is_empty();
    view! {
        <details class="card" id="give">
            <summary><h2>{t::appointments_give()}</h2></summary>
            {none.then(|| view! { <p>{t::appointments_nobody()}</p> })}
            {(!none).then(|| view! {
                <ActionForm action=action attr:class="form" attr:novalidate=true>
                    <Which view=view.clone() />
                    <Select label=t::label_agent() name="agent" options=options />
                    {view.may_against.then(|| view! { <Check label=t::appointments_set_aside() name="against" value="true" /> })}
                    <Submit label=t::appointments_give_button() pending=action.pending() />
                </ActionForm>
            })}
        </details>
    }
    .into_any()
}

#[component]
fn Note(view: AppointmentView, action: ServerAction<NoteAppointment>) -> AnyView {
    let note = view.appointment.note.clone();
    view! {
        <section class="card">
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                <Which view=view.clone() />
                <TextArea label=t::label_note() name="note" value=note hint=t::appointments_note_hint() rows=3 />
                <Submit label=t::appointments_note_button() secondary=true pending=action.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}

#[component]
fn Cancel(view: AppointmentView, action: ServerAction<CancelAppointment>) -> AnyView {
    view! {
        <details class="card danger" id="cancel">
            <summary><h2>{t::appointments_cancel()}</h2></summary>
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                <Which view=view.clone() />
                <TextArea label=t::label_reason() name="reason" hint=t::appointments_reason_hint() rows=2 />
                <Submit label=t::appointments_cancel_button() danger=true pending=action.pending() />
            </ActionForm>
        </details>
    }
    .into_any()
}
