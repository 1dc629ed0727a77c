//! The page of one subject (O-02).

use super::inputs::{Asked, Inputs};
use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::{Done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Icon, Pill, SaveBar, Title, Tone};
use domain::{Category, Refusal, Subject, SubjectId, Version};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

/// A subject and the categories it can be in, for those who may edit them.
#[server(endpoint = "get_subject", input = server_fn::codec::Json)]
pub async fn get_subject(id: SubjectId) -> Result<(Subject, Vec<Category>), AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditSubjects)?;
    let subject = request.subject(id).await?.ok_or(Refusal::NotFound)?;
    let categories = request.categories().await?;
    Ok((subject, categories))
}

/// Says something else of a subject.
#[server(endpoint = "revise_subject")]
pub async fn revise_subject(
    id: SubjectId,
    version: Version,
    title: String,
    #[server(default)] category: String,
    #[server(default)] active: bool,
    #[server(default)] external_id: String,
    #[server(default)] meetings: Vec<String>,
    #[server(default)] duration: String,
    #[server(default)] before: String,
    #[server(default)] after: String,
    #[server(default)] notice_least: String,
    #[server(default)] notice_most: String,
    #[server(default)] questions: Vec<Asked>,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(domain::Action::EditSubjects)?;
    let subject = request.subject(id).await?.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(&subject, version).await?;
    let form = super::new::Form {
        title,
        category,
        active,
        external_id,
        meetings,
        times: [duration, before, after, notice_least, notice_most],
        questions,
    };
    let categories = request.categories().await?;
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = subject.revise(&actor, &form.into(), &categories, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/subjects/{id}?done=saved"));
    Ok(())
}

/// The subject of the address.
pub(super) fn subject_of_address() -> impl Fn() -> Option<SubjectId> + Copy {
    let params = use_params_map();
    move || params.with(|params| params.get("id")?.parse().ok())
}

/// `/subjects/ID`
pub struct SubjectPage;

#[lazy_route]
impl LazyRoute for SubjectPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let id = subject_of_address();
        let one = Resource::new(id, |id| async move {
            match id {
                Some(id) => get_subject(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let revise = ServerAction::<ReviseSubject>::new();
        let attempt = provide_form(revise);
        say_when_done(attempt, t::landing_saved, move || one.refetch());
        when_late(attempt, move || one.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok((subject, categories)) => {
                            view! { <Edit subject categories revise attempt /> }.into_any()
                        }
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Edit(
    subject: Subject,
    categories: Vec<Category>,
    revise: ServerAction<ReviseSubject>,
    attempt: Attempt,
) -> AnyView {
    let (id, title) = (subject.id, subject.title.clone());
    let pill =
        (!subject.active).then(|| view! { <Pill tone=Tone::Quiet text=t::offices_inactive() /> });
    view! {
        <Title text=title.clone() />
        <a class="crumb" href="/subjects">
            {Icon::Back}
            {t::subject_title()}
        </a>
        <div class="head">
            <h1>{title}</h1>
            {pill}
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=subject.version.to_string() />
            <Inputs profile=subject.profile categories />
            <SaveBar pending=revise.pending() saved=attempt.successes />
        </ActionForm>
        <section class="danger-zone">
            <div>
                <h2>{t::subject_delete()}</h2>
                <p class="quiet">{t::subject_delete_teaser()}</p>
            </div>
            <a class="button danger" href=format!("/subjects/{id}/delete")>{t::subject_delete()}</a>
        </section>
    }
    .into_any()
}
