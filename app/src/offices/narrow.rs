//! How an office narrows one subject (O-02).

use super::subjects::{Offered, standing};
use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::outcome::refused;
use crate::subjects::notices;
use crate::subjects::words::span;
use crate::ui::{
    Choice, ErrorSummary, Field, Icon, Notice, Pill, SaveBar, Select, Switch, Title, Tone,
};
use domain::subject::Narrowed;
use domain::{OfficeId, Refusal, Subject, SubjectId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A subject, and how an office narrows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OfficeSubject {
    pub office: OfficeId,
    pub office_name: String,
    pub subject: Subject,
    pub narrowed: Narrowed,
    /// How many agents handle it here who can be booked.
    pub agents: i64,
}

/// A subject, and how an office that the asker may edit narrows it.
#[server(endpoint = "get_office_subject", input = server_fn::codec::Json)]
pub async fn get_office_subject(
    id: OfficeId,
    subject: SubjectId,
) -> Result<OfficeSubject, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?.ok_or(Refusal::NotFound)?;
    let subject = request.subject(subject).await?.ok_or(Refusal::NotFound)?;
    let narrowed = request.narrowed(id).await?.remove(&subject.id);
    let agents = request.bookable(Some(id)).await?;
    Ok(OfficeSubject {
        office: id,
        office_name: office.name.clone(),
        agents: agents.get(&(id, subject.id)).copied().unwrap_or(0),
        subject,
        narrowed: narrowed.unwrap_or_default(),
    })
}

/// Narrows a subject in an office; what is empty is as the subject says. Answers with the path of the
/// page that shows it.
#[server(endpoint = "narrow_subject")]
pub async fn narrow_subject(
    id: OfficeId,
    subject: SubjectId,
    #[server(default)] offered: bool,
    #[server(default)] duration: String,
    #[server(default)] notice_least: String,
    #[server(default)] notice_most: String,
    #[server(default)] confirmed_by: String,
) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?;
    let subject = request.subject(subject).await?.ok_or(Refusal::NotFound)?;
    let before = request.narrowed(id).await?.remove(&subject.id);
    let draft = domain::subject::NarrowedDraft {
        offered,
        duration,
        notice_least,
        notice_most,
        confirmed_by,
    };
    let (actor, now) = (request.actor.clone(), request.now);
    let change = office.narrow(&actor, &subject, before.unwrap_or_default(), &draft, now)?;
    if let Some(change) = change {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = format!("/offices/{id}/subjects?done=saved");
    crate::landing::land_on(&page);
    Ok(page)
}

/// `/offices/ID/subjects/SUBJECT`
pub struct OfficeSubjectPage;

#[lazy_route]
impl LazyRoute for OfficeSubjectPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let office = super::office_of_address();
        let ids = move || {
            let subject = params.with(|params| params.get("subject")?.parse().ok());
            office().zip(subject)
        };
        let one = Resource::new(ids, |ids: Option<(OfficeId, SubjectId)>| async move {
            match ids {
                Some((office, subject)) => get_office_subject(office, subject).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let narrow = ServerAction::<NarrowSubject>::new();
        let attempt = provide_form(narrow);
        leave_when_done(narrow);
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(one) => view! { <Edit one narrow attempt /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Edit(one: OfficeSubject, narrow: ServerAction<NarrowSubject>, attempt: Attempt) -> AnyView {
    let (id, subject) = (one.office, one.subject.clone());
    let title = t::subject_in_office(&one.office_name, &subject.title);
    let (tone, word) = standing(&Offered {
        offer: one.narrowed.offer(id, &subject),
        active: subject.active,
        agents: one.agents,
    });
    let nobody = (one.agents == 0).then(|| {
        view! {
            <Notice tone=Tone::Wait title=t::subject_nobody_here()>
                <p>
                    <a href=format!("/offices/{id}/expertise")>{t::expertise_choose()}</a>
                </p>
            </Notice>
        }
    });
    view! {
        <Title text=title.clone() />
        <a class="crumb" href=format!("/offices/{id}/subjects")>
            {Icon::Back}
            {one.office_name.clone()}
        </a>
        <div class="head">
            <h1>{title}</h1>
            <Pill tone text=word />
        </div>
        {nobody}
        <ErrorSummary />
        <ActionForm action=narrow attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="subject" value=subject.id.to_string() />
            <Inputs subject narrowed=one.narrowed />
            <SaveBar pending=narrow.pending() saved=attempt.successes />
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Inputs(subject: Subject, narrowed: Narrowed) -> AnyView {
    let number = |number: Option<i32>| number.map_or_else(String::new, |one| one.to_string());
    let as_it_is = |words: String| t::subject_as_it_says(words);
    let least = narrowed.notice_least.unwrap_or(subject.notice_least);
    let longer = notices(subject.notice_least, least).into_iter();
    let longer = longer.filter(|(code, _)| *code != subject.notice_least.to_string());
    let ours = (String::new(), as_it_is(span(subject.notice_least)));
    let notices: Vec<Choice> = std::iter::once(ours).chain(longer).collect();
    let ways = [
        ("", t::subject_as_hours()),
        ("automatic", t::subject_automatic()),
        ("hand", t::subject_by_hand()),
    ];
    let ways: Vec<Choice> = ways.map(|(code, word)| (code.into(), word.into())).into();
    view! {
        <fieldset>
            <Switch label=t::subject_offered_here() name="offered" checked=narrowed.offered hint=t::subject_offered_hint() />
            <Field label=t::label_duration() name="duration" value=number(narrowed.duration) inputmode="numeric" autocomplete="off"
                hint=as_it_is(span(subject.duration)) />
            <div class="two">
                <Select label=t::label_notice_least() name="notice_least" options=notices value=number(narrowed.notice_least) />
                <Field label=t::label_notice_most() name="notice_most" value=number(narrowed.notice_most) inputmode="numeric" autocomplete="off"
                    hint=as_it_is(t::subject_days(subject.notice_most)) />
            </div>
            <Select label=t::label_confirmed_by() name="confirmed_by" options=ways value=narrowed.confirmed_by().to_owned()
                hint=t::subject_confirmed_hint() />
        </fieldset>
    }
    .into_any()
}
