//! Adding a subject (O-02).

use super::inputs::{Asked, Inputs};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CreateBar, ErrorSummary, Icon, Title};
use domain::booking::Meeting;
use domain::subject::Profile;
use domain::{Category, CategoryId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

/// The categories to choose from, for those who may edit them.
#[server(endpoint = "get_categories", input = server_fn::codec::Json)]
pub async fn get_categories() -> Result<Vec<Category>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditSubjects)?;
    Ok(request.categories().await?)
}

/// What a form says of a subject, as the rule reads it.
#[cfg(feature = "ssr")]
pub(super) struct Form {
    pub title: String,
    pub category: String,
    pub active: bool,
    pub external_id: String,
    pub meetings: Vec<String>,
    pub times: [String; 5],
    pub questions: Vec<Asked>,
}

#[cfg(feature = "ssr")]
impl From<Form> for domain::subject::Draft {
    fn from(form: Form) -> Self {
        let [duration, before, after, notice_least, notice_most] = form.times;
        let questions = form.questions.into_iter();
        Self {
            // What is no id is a choice that does not exist.
            category: match form.category.trim() {
                "" => None,
                id => Some(id.parse().unwrap_or(CategoryId(uuid::Uuid::nil()))),
            },
            title: form.title,
            active: form.active,
            external_id: form.external_id,
            meetings: form.meetings,
            duration,
            before,
            after,
            notice_least,
            notice_most,
            questions: questions
                .map(|asked| (asked.text, asked.required))
                .collect(),
        }
    }
}

/// Adds a subject; answers with the path of the page that shows it.
#[server(endpoint = "create_subject")]
pub async fn create_subject(
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
) -> Result<String, AppError> {
    use domain::SubjectId;
    use domain::subject::SubjectCreated;
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(domain::Action::EditSubjects)?;
    let form = Form {
        title,
        category,
        active,
        external_id,
        meetings,
        times: [duration, before, after, notice_least, notice_most],
        questions,
    };
    let categories = request.categories().await?;
    let id = SubjectId(store::new_id());
    let now = request.now;
    let created = SubjectCreated::allow(&request.actor, id, &form.into(), &categories, now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = "/subjects?done=subject";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/subjects/new`
pub struct NewSubjectPage;

#[lazy_route]
impl LazyRoute for NewSubjectPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let categories = Resource::new(|| (), |()| get_categories());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match categories.await {
                        Ok(categories) => view! { <New categories /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn New(categories: Vec<Category>) -> AnyView {
    let create = ServerAction::<CreateSubject>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    let asked = use_query_map().with_untracked(|query| query.get("category")?.parse().ok());
    let first = categories.first().map(|category| category.id);
    let category = asked.or(first).unwrap_or(CategoryId(uuid::Uuid::nil()));
    let profile = Profile {
        category,
        title: String::new(),
        active: true,
        external_id: None,
        meetings: Meeting::ALL.into_iter().collect(),
        duration: 30,
        before: 0,
        after: 0,
        notice_least: 120,
        notice_most: 60,
        questions: Vec::new(),
    };
    view! {
        <Title text=t::subject_new() />
        <a class="crumb" href="/subjects">
            {Icon::Back}
            {t::subject_title()}
        </a>
        <div class="head">
            <h1>{t::subject_new()}</h1>
        </div>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <Inputs profile categories />
            <CreateBar sent=attempt.sent cancel_href="/subjects" />
        </ActionForm>
    }
    .into_any()
}
