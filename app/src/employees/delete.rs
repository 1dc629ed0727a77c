//! Deleting an employee for good: a page of its own that says what will happen (E-16).

use super::leaving::count_ahead;
use super::suspend::SuspendEmployee;
use super::view::{EmployeeView, one};
use crate::error::AppError;
use crate::form::provide_form;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Field, Notice, Submit, Title, Tone};
use domain::{Action, EmployeeId, Refusal, Status, Version};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

/// Deletes an employee and everything personal that is kept of them; `confirmation` is their email.
#[server(endpoint = "delete_employee")]
pub async fn delete_employee(
    id: EmployeeId,
    version: Version,
    confirmation: String,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    request
        .actor
        .may(Action::DeleteEmployee, employee.target())?;
    request.signed_in_lately()?;
    request.refuse_if_missed(&employee, version).await?;
    let others = request.other_active_administrators(id).await?;
    cancel_what_is_left(&mut request, id).await?;
    let deleted = employee.delete(&request.actor, &confirmation, others, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    leptos_axum::redirect("/employees?done=deleted");
    Ok(())
}

/// Cancels what nobody took over; the customers are told.
#[cfg(feature = "ssr")]
async fn cancel_what_is_left(
    request: &mut crate::request::Change,
    id: EmployeeId,
) -> Result<(), AppError> {
    let (actor, now) = (request.actor.clone(), request.now);
    let ahead = store::appointment::Which::All;
    for one in request.upcoming(id, ahead, now).await? {
        let cancelled = one.appointment.cancel(&actor, "", now)?;
        request.apply(cancelled).await?;
    }
    Ok(())
}

/// `/employees/ID/delete`
pub struct DeletePage;

#[lazy_route]
impl LazyRoute for DeletePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let one = one();
        let params = use_params_map();
        let id = move || params.with(|params| params.get("id")?.parse::<EmployeeId>().ok());
        // Beside the employee, and not below: it would be read again with each answer.
        let ahead = Resource::new(id, |id| async move {
            match id {
                Some(id) => count_ahead(id).await,
                None => Ok(0),
            }
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    let (one, ahead) = (one.await, ahead.await);
                    page(one, ahead)
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The page as far as it can be read: where nobody can say how much would be cancelled, nothing is deleted.
fn page(employee: Result<EmployeeView, AppError>, ahead: Result<i64, AppError>) -> AnyView {
    match (employee, ahead) {
        (Ok(employee), _) if !employee.may(Action::DeleteEmployee) => {
            refused(Refusal::Forbidden.into())
        }
        (Ok(employee), Ok(ahead)) => view! { <Delete employee ahead /> }.into_any(),
        (Err(error), _) | (_, Err(error)) => refused(error),
    }
}

#[component]
fn Delete(employee: EmployeeView, ahead: i64) -> AnyView {
    let delete = ServerAction::<DeleteEmployee>::new();
    provide_form(delete);
    let record = employee.record.clone();
    let name = record.display_name();
    let keep = t::delete_keep(&name);
    let id = record.id;
    let ahead = (ahead > 0).then(|| {
        view! {
            <Notice tone=Tone::Wait title=t::delete_ahead(ahead)>
                <p>
                    <a class="button" href=format!("/employees/{id}/leaving?all=1")>{t::leaving_open()}</a>
                </p>
            </Notice>
        }
    });
    view! {
        <Title text=t::delete_title() />
        <div class="head">
            <h1>{t::delete_heading(name.clone())}</h1>
        </div>
        <div class="leaving">
            <ErrorSummary />
            <p>{t::delete_consequence(name.clone())}</p>
            {ahead}
            <div class="ways-out">
                <Instead employee=employee.clone() />
                <section class="card danger">
                    <h2>{t::delete_for_good()}</h2>
                    <p>{t::delete_for_good_text()}</p>
                    <ActionForm action=delete attr:class="form" attr:novalidate=true>
                        <input type="hidden" name="id" value=record.id.to_string() />
                        <input type="hidden" name="version" value=record.version.to_string() />
                        <Field label=t::delete_type_email(&record.email) name="confirmation" autocomplete="off" required=true />
                        <Submit label=t::delete_button(name.clone()) danger=true pending=delete.pending() />
                    </ActionForm>
                </section>
            </div>
            <p>
                <a href=format!("/employees/{}", record.id)>{keep}</a>
            </p>
        </div>
    }
    .into_any()
}

/// The other way out, of equal weight: suspension.
#[component]
fn Instead(employee: EmployeeView) -> AnyView {
    let suspend = ServerAction::<SuspendEmployee>::new();
    let record = employee.record.clone();
    let name = record.display_name();
    let offers = record.status != Status::Suspended && employee.may(Action::Suspend);
    offers.then(|| {
        view! {
            <section class="card">
                <h2>{t::delete_suspend_instead()}</h2>
                <p>{t::delete_suspend_text()}</p>
                <ActionForm action=suspend>
                    <input type="hidden" name="id" value=record.id.to_string() />
                    <input type="hidden" name="version" value=record.version.to_string() />
                    <Submit label=t::delete_suspend_button(name) secondary=true pending=suspend.pending() />
                </ActionForm>
            </section>
        }
    })
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::ui::Moment;
    use domain::employee::{Profile, Record, SignIn};
    use domain::field::Email;
    use domain::{OrganisationId, Roles, Timestamp};
    use uuid::Uuid;

    fn sam(may: &[Action]) -> EmployeeView {
        let moment = Moment {
            at: String::new(),
            text: String::new(),
            full: String::new(),
        };
        let record = Record {
            organisation: OrganisationId(Uuid::nil()),
            id: EmployeeId(Uuid::nil()),
            version: Version(1),
            status: Status::Active,
            activated_at: None,
            sign_in: SignIn::Password,
            provider: None,
            exempt: false,
            email: Email::read("sam@x.example").expect("an email"),
            email_wanted: None,
            administrator: false,
            wanted: Roles::default(),
            places: Vec::new(),
            profile: Profile {
                first_name: "Sam".into(),
                ..Profile::default()
            },
            language: None,
            time_zone: None,
            mails_day: None,
            mails_attention: None,
            picture: None,
            created_at: Timestamp::UNIX_EPOCH,
            last_seen_at: None,
        };
        EmployeeView {
            record,
            may: may.to_vec(),
            places: Vec::new(),
            phone: String::new(),
            added: moment,
            last_seen: None,
            invitation: None,
            invitation_hours: 72,
            sign_in_link: String::new(),
            stranded: 0,
        }
    }

    fn html(employee: Result<EmployeeView, AppError>, ahead: Result<i64, AppError>) -> String {
        Owner::new().with(|| {
            leptos_meta::provide_meta_context();
            page(employee, ahead).to_html().replace("<!>", "")
        })
    }

    // E-16: what would be cancelled is said before anything is deleted; where it can't be counted, that is
    // said instead, and nothing can be deleted.
    #[test]
    fn the_page_says_how_much_would_be_cancelled_or_that_it_can_not() {
        let sam = || Ok(sam(&[Action::DeleteEmployee]));
        let (some, none) = (html(sam(), Ok(3)), html(sam(), Ok(0)));
        assert!(
            some.contains("3 appointments ahead will be cancelled"),
            "{some}"
        );
        assert!(some.contains("/leaving?all=1"), "{some}");
        assert!(!none.contains("will be cancelled"), "{none}");
        let uncounted = html(sam(), Err(AppError::Unavailable));
        assert!(uncounted.contains("That did not work."), "{uncounted}");
        for page in [&some, &none] {
            assert!(page.contains("name=\"confirmation\""), "{page}");
        }
        assert!(!uncounted.contains("<form"), "{uncounted}");
    }

    // Section 8: who may not delete reads that, and nothing of what lies ahead.
    #[test]
    fn who_may_not_delete_is_offered_nothing() {
        let page = html(Ok(sam(&[])), Ok(3));
        assert!(!page.contains("<form") && !page.contains("ahead"), "{page}");
    }
}
