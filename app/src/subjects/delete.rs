//! Deleting a subject for good: a page of its own that says what will happen (O-02).

use super::edit::subject_of_address;
use crate::error::AppError;
use crate::form::provide_form;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Field, Notice, Submit, Title, Tone};
use domain::{Refusal, Subject, SubjectId, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// A subject that the asker may delete, and how many appointments about it are still to come.
#[server(endpoint = "leave_subject", input = server_fn::codec::Json)]
pub async fn leave_subject(id: SubjectId) -> Result<(Subject, i64), AppError> {
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditSubjects)?;
    let subject = request.subject(id).await?.ok_or(Refusal::NotFound)?;
    let now = request.now;
    let appointments = request.awaited_about(id, now).await?;
    Ok((subject, appointments))
}

/// Deletes a subject; `confirmation` is its title.
#[server(endpoint = "delete_subject")]
pub async fn delete_subject(
    id: SubjectId,
    version: Version,
    confirmation: String,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(domain::Action::EditSubjects)?;
    let subject = request.subject(id).await?.ok_or(Refusal::NotFound)?;
    request.signed_in_lately()?;
    request.refuse_if_missed(&subject, version).await?;
    let now = request.now;
    let appointments = request.awaited_about(id, now).await?;
    let deleted = subject.delete(&request.actor, &confirmation, appointments, now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    leptos_axum::redirect("/subjects?done=subject-deleted");
    Ok(())
}

/// `/subjects/ID/delete`
pub struct DeleteSubjectPage;

#[lazy_route]
impl LazyRoute for DeleteSubjectPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let id = subject_of_address();
        let one = Resource::new(id, |id| async move {
            match id {
                Some(id) => leave_subject(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok((subject, awaited)) => view! { <Delete subject awaited /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Delete(subject: Subject, awaited: i64) -> AnyView {
    let delete = ServerAction::<DeleteSubject>::new();
    provide_form(delete);
    let (id, title) = (subject.id, subject.title.clone());
    let confirm = t::subject_delete_type(&title);
    let button = t::delete_button(&title);
    let form = (awaited == 0).then(|| {
        view! {
            <ActionForm action=delete attr:class="form" attr:novalidate=true>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=subject.version.to_string() />
                <Field label=confirm name="confirmation" autocomplete="off" required=true />
                <Submit label=button danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    let in_the_way = (awaited > 0).then(|| {
        view! {
            <Notice tone=Tone::Stop title=t::office_awaited(awaited)>
                <p>
                    <a href=format!("/appointments?subject={id}")>{t::office_show_appointments()}</a>
                </p>
            </Notice>
        }
    });
    view! {
        <Title text=t::subject_delete() />
        <div class="head">
            <h1>{t::delete_heading(&title)}</h1>
        </div>
        <div class="leaving">
            <ErrorSummary />
            {in_the_way}
            <section class="card danger">
                <h2>{t::delete_for_good()}</h2>
                <p>{t::subject_delete_text(&title)}</p>
                <p>{t::subject_delete_instead()}</p>
                {form}
            </section>
            <p>
                <a href=format!("/subjects/{id}")>{t::office_keep(&title)}</a>
            </p>
        </div>
    }
    .into_any()
}
