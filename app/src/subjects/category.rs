//! A new category, and the page of one (O-02).

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::me::use_me;
use crate::messages::t;
use crate::one::{Forms, one};
use crate::outcome::refused;
use crate::ui::{CreateBar, ErrorSummary, Field, Icon, SaveBar, Submit, Title};
use domain::{Action, Category, CategoryId, Refusal, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Adds a category; answers with the path of the page that shows it.
#[server(endpoint = "create_category")]
pub async fn create_category(title: String) -> Result<String, AppError> {
    use domain::subject::CategoryCreated;
    let mut request = crate::request::Change::begin().await?;
    let id = CategoryId(store::new_id());
    let created = CategoryCreated::allow(&request.actor, id, &title, request.now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = "/subjects?done=category";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// A category and how many subjects are in it, for those who may edit it.
#[server(endpoint = "get_category", input = server_fn::codec::Json)]
pub async fn get_category(id: CategoryId) -> Result<(Category, i64), AppError> {
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_everywhere(Action::EditSubjects)?;
    let category = request.category(id).await?.ok_or(Refusal::NotFound)?;
    let subjects = request.subjects_in(id).await?;
    Ok((category, subjects))
}

/// Gives a category another title; answers with the path of the page that shows it.
#[server(endpoint = "revise_category")]
pub async fn revise_category(
    id: CategoryId,
    version: Version,
    title: String,
) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(Action::EditSubjects)?;
    let category = request.category(id).await?.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(&category, version).await?;
    if let Some(change) = category.revise(&request.actor, &title, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/subjects?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Deletes a category in which there is no subject; answers with the path of the list.
#[server(endpoint = "delete_category")]
pub async fn delete_category(id: CategoryId, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(Action::EditSubjects)?;
    let category = request.category(id).await?.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(&category, version).await?;
    let subjects = request.subjects_in(id).await?;
    let deleted = category.delete(&request.actor, subjects, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/subjects?done=category-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/subjects/categories/new`
pub struct NewCategoryPage;

#[lazy_route]
impl LazyRoute for NewCategoryPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        if !use_me().actor.reaches_all(Action::EditSubjects) {
            return refused(Refusal::Forbidden.into());
        }
        view! { <New /> }.into_any()
    }
}

#[component]
fn Crumb() -> impl IntoView {
    view! {
        <a class="crumb" href="/subjects">
            {Icon::Back}
            {t::subject_title()}
        </a>
    }
}

#[component]
fn New() -> AnyView {
    let create = ServerAction::<CreateCategory>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    view! {
        <Title text=t::subject_new_category() />
        <Crumb />
        <div class="head">
            <h1>{t::subject_new_category()}</h1>
        </div>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <Field label=t::label_title() name="title" required=true customers=true autocomplete="off" autofocus=true />
            <CreateBar sent=attempt.sent cancel_href="/subjects" />
        </ActionForm>
    }
    .into_any()
}

/// `/subjects/categories/ID`
pub struct CategoryPage;

#[lazy_route]
impl LazyRoute for CategoryPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        one(get_category, |(category, subjects), forms| {
            view! { <Edit category subjects forms /> }.into_any()
        })
    }
}

#[component]
fn Edit(
    category: Category,
    subjects: i64,
    forms: Forms<ReviseCategory, DeleteCategory>,
) -> AnyView {
    let Forms {
        revise,
        delete,
        revised,
    } = forms;
    let (id, version) = (category.id.to_string(), category.version.to_string());
    let (own, from) = (id.clone(), version.clone());
    let form = (subjects == 0).then(|| {
        view! {
            <ActionForm action=delete>
                <input type="hidden" name="id" value=own />
                <input type="hidden" name="version" value=from />
                <Submit label=t::subject_delete_category() danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    let teaser = match subjects {
        0 => t::subject_category_teaser().to_owned(),
        count => t::subject_category_full(count),
    };
    view! {
        <Title text=category.title.clone() />
        <Crumb />
        <div class="head">
            <h1>{category.title.clone()}</h1>
        </div>
        <ErrorSummary />
        <ActionForm action=revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=version />
            <Field label=t::label_title() name="title" value=category.title required=true customers=true autocomplete="off" />
            <SaveBar pending=revise.pending() saved=revised.successes />
        </ActionForm>
        <section class="danger-zone">
            <div>
                <h2>{t::subject_delete_category()}</h2>
                <p class="quiet">{teaser}</p>
            </div>
            {form}
        </section>
    }
    .into_any()
}
