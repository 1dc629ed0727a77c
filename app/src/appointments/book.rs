//! Booking for a customer who called or stands at the desk (P-02): first what and where, then when and who.

use super::one::OtherTime;
use super::row::meeting_word;
use super::times::{Times, TimesChoice, Wanted, free_times};
use crate::error::AppError;
use crate::form::provide_form;
use crate::messages::t;
use crate::outcome::refused_within;
use crate::ui::{ErrorSummary, Field, Icon, Select, Submit, TextArea, Title};
use domain::booking::Meeting;
use domain::{AppointmentId, EmployeeId, OfficeId, SubjectId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What can be chosen before the time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Choices {
    pub offices: Vec<(OfficeId, String)>,
    /// What the chosen office offers.
    pub subjects: Vec<(SubjectId, String)>,
    /// The Agents of the chosen office.
    pub agents: Vec<(EmployeeId, String)>,
    /// The office that is chosen, also where there is only one.
    pub office: Option<OfficeId>,
    /// Languages that customers can be written to in: code and name.
    pub languages: Vec<(String, String)>,
    pub language: String,
    pub may_against: bool,
    /// The id that the appointment of this form will have.
    pub key: AppointmentId,
}

/// What the asker can book, in an office that is chosen or the only one.
#[server(endpoint = "booking_choices", input = server_fn::codec::Json)]
pub async fn booking_choices(office: Option<OfficeId>) -> Result<Choices, AppError> {
    use crate::messages::Language;
    use domain::Action;
    let mut request = crate::request::Read::begin().await?;
    let actor = request.actor().clone();
    if !actor.reaches_beyond_own(Action::HandleAppointments) {
        return Err(domain::Refusal::Forbidden.into());
    }
    let offices = super::plan::offices(&mut request).await?;
    let office = match (office, offices.as_slice()) {
        (Some(office), _) => {
            actor.may_in(Action::HandleAppointments, office)?;
            Some(office)
        }
        (None, [(only, _)]) => Some(*only),
        (None, _) => None,
    };
    let (subjects, agents) = match office {
        Some(office) => {
            let offers = request.offers(office).await?;
            let offers = offers.into_iter().filter(|offer| offer.offered);
            let subjects = offers.map(|offer| (offer.subject, offer.title)).collect();
            let agents = request.agents_handled(&actor, Some(office)).await?;
            (subjects, agents)
        }
        None => (Vec::new(), Vec::new()),
    };
    let languages =
        Language::ALL.map(|language| (language.code().to_owned(), language.name().to_owned()));
    Ok(Choices {
        language: request.session.organisation.settings.language.clone(),
        languages: languages.to_vec(),
        may_against: office
            .is_some_and(|office| actor.may_in(Action::BookAgainstRule, office).is_ok()),
        key: AppointmentId(store::new_id()),
        offices,
        subjects,
        agents,
        office,
    })
}

/// Books for a customer. Without an agent, whoever is free and has the fewest appointments that day.
/// The time is `day` and `time` where they are filled in, else `at`; all by the asker's clock.
/// `against` sets rules aside on purpose, for those who may. A form that is sent twice with the same
/// `key` books once.
#[server(endpoint = "book_appointment")]
pub async fn book_appointment(
    office: OfficeId,
    subject: SubjectId,
    /// An id, or empty for whoever is free.
    #[server(default)]
    agent: String,
    #[server(default)] meeting: String,
    #[server(default)] at: String,
    #[server(default)] day: String,
    #[server(default)] time: String,
    #[server(default)] against: bool,
    #[server(default)] customer: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] language: String,
    #[server(default)] remark: String,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let typed = server::Typed {
        key,
        agent,
        meeting,
        at,
        day,
        time,
        against,
        customer,
        email,
        phone,
        language,
        remark,
    };
    let id = server::book(office, subject, &typed).await?;
    leptos_axum::redirect(&format!("/appointments/{id}?done=appointment-booked"));
    Ok(())
}

#[cfg(feature = "ssr")]
mod server {
    use crate::appointments::change::server::chosen;
    use crate::error::AppError;
    use crate::messages::Language;
    use crate::request::{Change, zone};
    use domain::appointment::{Booked, CustomerDraft, Wish};
    use domain::availability::Span;
    use domain::booking::{Case, Meeting, choose};
    use domain::{
        Action, AppointmentId, EmployeeId, Field, OfficeId, Refusal, SubjectId, Timestamp, Why,
    };
    use store::availability::Whom;

    /// The form as it was typed.
    pub(super) struct Typed {
        pub agent: String,
        pub meeting: String,
        pub at: String,
        pub day: String,
        pub time: String,
        pub against: bool,
        pub customer: String,
        pub email: String,
        pub phone: String,
        pub language: String,
        pub remark: String,
        pub key: String,
    }

    pub(super) async fn book(
        office: OfficeId,
        subject: SubjectId,
        typed: &Typed,
    ) -> Result<AppointmentId, AppError> {
        let mut request = Change::begin().await?;
        request.actor.may_in(Action::HandleAppointments, office)?;
        let at = chosen(&typed.day, &typed.time, &typed.at, &zone(&request.session));
        let organisation = &request.session.organisation.settings;
        let known = Language::from_code(&typed.language).map(Language::code);
        let draft = CustomerDraft {
            name: &typed.customer,
            email: &typed.email,
            phone: &typed.phone,
            language: known.unwrap_or(&organisation.language),
            country: &organisation.country,
        };
        let customer = draft.read(false);
        // Everything that is wrong is said at once.
        let (at, customer) = match (at, customer) {
            (Ok(Some(at)), Ok(customer)) => (at, customer),
            (Ok(Some(_)), Err(why)) => return Err(why.into()),
            (Ok(None), other) => {
                let required = Refusal::field(Field::Begins, Why::Required);
                return Err(both(required, other.err()).into());
            }
            (Err(why), other) => return Err(both(why, other.err()).into()),
        };
        let id = match typed.key.parse().ok() {
            None => AppointmentId(store::new_id()),
            Some(key) => match request.appointment(key).await? {
                None => key,
                Some(known) if known.begins_at == at && known.customer == customer => {
                    known.may(&request.actor)?;
                    return Ok(key);
                }
                Some(_) => AppointmentId(store::new_id()),
            },
        };
        let agent = match typed.agent.trim() {
            "" => None,
            id => Some(
                id.parse()
                    .map_err(|_| Refusal::field(Field::Agent, Why::UnknownChoice))?,
            ),
        };
        let case = case(
            &mut request,
            office,
            subject,
            agent,
            meeting_of(&typed.meeting),
            at,
        )
        .await?;
        let meeting = meeting_of(&typed.meeting)
            .or_else(|| case.offer.meetings.iter().next())
            .unwrap_or(Meeting::InPerson);
        let proposal = case.propose(meeting, at, request.now);
        let wish = Wish {
            customer,
            answers: Vec::new(),
            remark: typed.remark.clone(),
            consented: false,
        };
        let reminder = request.bookings().await?.settings.reminder();
        let (actor, now) = (request.actor.clone(), request.now);
        let booked = Booked::allow(&actor, id, &proposal, wish, typed.against, reminder, now)?;
        request.apply(booked).await?;
        request.commit().await?;
        Ok(id)
    }

    /// Who takes it: the agent who was chosen, or whoever is free.
    async fn case(
        request: &mut Change,
        office: OfficeId,
        subject: SubjectId,
        agent: Option<EmployeeId>,
        meeting: Option<Meeting>,
        at: Timestamp,
    ) -> Result<Case, AppError> {
        let range = Span {
            from: at,
            until: at,
        };
        let whom = agent.map_or(Whom::Bookable, Whom::One);
        let cases = request.cases(office, subject, whom, range, None).await?;
        let mut cases = cases.ok_or(Refusal::NotFound)?;
        if agent.is_some() {
            let case = cases.pop().filter(Case::is_there);
            let unknown = || Refusal::field(Field::Agent, Why::UnknownChoice);
            return Ok(case.ok_or_else(unknown)?);
        }
        let meeting = meeting.or_else(|| cases.first()?.offer.meetings.iter().next());
        let meeting = meeting.unwrap_or(Meeting::InPerson);
        let chosen = choose(&cases, meeting, at, request.now).cloned();
        chosen.ok_or_else(|| Refusal::field(Field::Begins, Why::NotFree).into())
    }

    fn meeting_of(code: &str) -> Option<Meeting> {
        Meeting::from_code(code)
    }

    fn both(first: Refusal, second: Option<Refusal>) -> Refusal {
        match (first, second) {
            (Refusal::Invalid(mut all), Some(Refusal::Invalid(more))) => {
                all.extend(more);
                Refusal::Invalid(all)
            }
            (first, _) => first,
        }
    }
}

/// `/appointments/new`
pub struct NewAppointmentPage;

#[lazy_route]
impl LazyRoute for NewAppointmentPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let get = move |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
        let office = Memo::new(move |_| get("office").parse().ok());
        let choices = Resource::new(move || office.get(), booking_choices);
        let wanted = Memo::new(move |_| {
            Some((
                get("subject").parse().ok()?,
                get("agent").parse().ok(),
                get("from"),
            ))
        });
        let book = ServerAction::<BookAppointment>::new();
        provide_form(book);
        view! {
            <Title text=t::appointments_new() />
            <a class="crumb" href="/appointments">{Icon::Back}{t::appointments_title()}</a>
            <div class="head">
                <h1>{t::appointments_new()}</h1>
            </div>
            <ErrorSummary />
            <Transition>
                {move || Suspend::new(async move {
                    match choices.await {
                        Ok(choices) => view! { <Steps choices wanted=wanted.get() book /> }.into_any(),
                        Err(error) => refused_within(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

type What = Option<(SubjectId, Option<EmployeeId>, String)>;

#[component]
fn Steps(choices: Choices, wanted: What, book: ServerAction<BookAppointment>) -> AnyView {
    let texts = |all: &[(String, String)], first: Option<&str>| {
        let mut options: Vec<_> = first
            .map(|word| (String::new(), word.to_owned()))
            .into_iter()
            .collect();
        options.extend(all.iter().cloned());
        options
    };
    let offices: Vec<_> = choices
        .offices
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let subjects: Vec<_> = choices
        .subjects
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let agents: Vec<_> = choices
        .agents
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let office = choices.office.map(|id| id.to_string()).unwrap_or_default();
    let (subject, agent, from) =
        wanted
            .clone()
            .map_or_else(Default::default, |(subject, agent, from)| {
                (
                    subject.to_string(),
                    agent
                        .map(|id: EmployeeId| id.to_string())
                        .unwrap_or_default(),
                    from,
                )
            });
    let chosen = choices.office.is_some();
    let then = chosen.then(|| {
        view! {
            <Select label=t::label_subject() name="subject" id="what" options=texts(&subjects, Some(t::appointments_choose())) value=subject required=true />
            <Select label=t::label_agent() name="agent" id="who" options=texts(&agents, Some(t::appointments_anyone())) value=agent />
            <Field label=t::appointments_from_day() name="from" id="from-day" kind="date" value=from />
        }
    });
    let form = match (choices.office, wanted) {
        (Some(office), Some((subject, agent, from))) => {
            let wanted = Wanted {
                office,
                subject,
                agent,
                from,
                except: None,
            };
            view! { <Details choices=choices.clone() wanted book /> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <form method="get" action="/appointments/new" class="form card">
            <Select label=t::label_office() name="office" id="where" options=texts(&offices, (!chosen).then(t::appointments_choose)) value=office required=true />
            {then}
            <div class="buttons">
                <button class="button">{if chosen { t::appointments_show_times() } else { t::action_continue() }}</button>
            </div>
        </form>
        {form}
    }
    .into_any()
}

#[component]
fn Details(choices: Choices, wanted: Wanted, book: ServerAction<BookAppointment>) -> AnyView {
    let asked = wanted.clone();
    let times = Resource::new(|| (), move |()| free_times(asked.clone()));
    let (office, subject) = (wanted.office, wanted.subject);
    let agent = wanted.agent.map(|id| id.to_string()).unwrap_or_default();
    let address = format!("/appointments/new?office={office}&subject={subject}&agent={agent}");
    let href = Callback::new(move |day: String| format!("{address}&from={day}"));
    let kinds = |times: &Times| {
        let known = times
            .meetings
            .iter()
            .filter_map(|code| Meeting::from_code(code));
        known
            .map(|meeting| (meeting.code().to_owned(), meeting_word(meeting).to_owned()))
            .collect::<Vec<_>>()
    };
    let may_against = choices.may_against;
    view! {
        <ActionForm action=book attr:class="form" attr:novalidate=true>
            <input type="hidden" name="office" value=office.to_string() />
            <input type="hidden" name="subject" value=subject.to_string() />
            <input type="hidden" name="agent" value=agent />
            <input type="hidden" name="key" value=choices.key.to_string() />
            <section class="card">
                <h2>{t::appointments_when()}</h2>
                <Suspense>
                    {move || Suspend::new(async move {
                        match times.await {
                            Ok(times) => view! {
                                <Select label=t::label_meeting() name="meeting" options=kinds(&times) />
                                <TimesChoice times href />
                            }.into_any(),
                            Err(error) => view! { <p role="alert">{error.to_string()}</p> }.into_any(),
                        }
                    })}
                </Suspense>
                <OtherTime may_against />
            </section>
            <section class="card">
                <h2>{t::label_customer()}</h2>
                <Field label=t::label_name() name="customer" required=true autocomplete="off" />
                <Field label=t::label_email() name="email" kind="email" hint=t::appointments_email_hint() autocomplete="off" />
                <Field label=t::label_phone() name="phone" kind="tel" autocomplete="off" />
                <Select label=t::label_language() name="language" options=choices.languages.clone() value=choices.language.clone() />
                <TextArea label=t::label_remark() name="remark" rows=2 />
                <Submit label=t::appointments_book() pending=book.pending() />
            </section>
        </ActionForm>
    }
    .into_any()
}
