//! The Expertise tab of an employee: what they handle in each of their offices (O-03, E-12).

use crate::employees::{EmployeeHeader, EmployeeView, get_employee};
use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::{Done, say_when_done};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Check, Empty, ErrorSummary, Icon, SaveBar, Title, Typed};
use domain::{EmployeeId, OfficeId, Refusal, SubjectId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What somebody handles in one of their offices.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Handled {
    pub office: OfficeId,
    pub name: String,
    pub may_edit: bool,
    pub subjects: Vec<SubjectId>,
}

/// What somebody handles, as far as the asker may see.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ExpertiseOf {
    /// Where they are an Agent, by name.
    pub offices: Vec<Handled>,
    /// Every category with its subjects, by title.
    pub categories: Vec<(String, Vec<(SubjectId, String)>)>,
}

/// What an employee handles, in the offices that the asker may see.
#[server(endpoint = "get_expertise_of", input = server_fn::codec::Json)]
pub async fn get_expertise_of(id: EmployeeId) -> Result<ExpertiseOf, AppError> {
    use domain::{Action, Role};
    let mut request = crate::request::Read::begin().await?;
    let (employee, names) = request.employee_with_offices(id).await?;
    let actor = request.actor().clone();
    let record = actor.view(&employee)?;
    let handled = request.expertise_of(id).await?;
    let subjects = request.subjects().await?;
    let categories = request.categories().await?;
    let edits = actor.may(Action::EditExpertise, employee.target()).is_ok();
    let office = |(office, name): (OfficeId, String)| {
        let place = record.places.iter().find(|place| place.office == office)?;
        let here = handled.iter().filter(|(place, _)| *place == office);
        place.roles.has(Role::Agent).then(|| Handled {
            office,
            name,
            may_edit: edits && actor.may_in(Action::EditExpertise, office).is_ok(),
            subjects: here.map(|(_, subject)| *subject).collect(),
        })
    };
    let of_category = |category: domain::Category| {
        let own = subjects.iter();
        let own = own.filter(|subject| subject.category == category.id);
        let own = own.map(|subject| (subject.id, subject.title.clone()));
        (category.title, own.collect())
    };
    Ok(ExpertiseOf {
        offices: names.into_iter().filter_map(office).collect(),
        categories: categories.into_iter().map(of_category).collect(),
    })
}

/// Lets an employee handle what is ticked: each box is `OFFICE:SUBJECT`, `had` are those that were ticked
/// when the form was read.
#[server(endpoint = "save_expertise_of")]
pub async fn save_expertise_of(
    id: EmployeeId,
    #[server(default)] had: Vec<String>,
    #[server(default)] handles: Vec<String>,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    request
        .actor
        .may(domain::Action::EditExpertise, employee.target())?;
    let ticks = super::save::ticks(&had, &handles)?.into_iter();
    let all = ticks.map(|(office, ticks)| (id, office, ticks));
    super::save::apply(&mut request, all.collect()).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/employees/{id}/expertise?done=saved"));
    Ok(())
}

/// `/employees/ID/expertise`
pub struct ExpertiseTabPage;

#[lazy_route]
impl LazyRoute for ExpertiseTabPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let id = move || params.with(|params| params.get("id")?.parse().ok());
        let one = Resource::new(id, |id: Option<EmployeeId>| async move {
            let id = id.ok_or(AppError::Refused(Refusal::NotFound))?;
            let employee = get_employee(id).await?;
            Ok::<_, AppError>((employee, get_expertise_of(id).await?))
        });
        let save = ServerAction::<SaveExpertiseOf>::new();
        let attempt = provide_form(save);
        say_when_done(attempt, t::landing_saved, move || one.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok((employee, expertise)) => {
                            view! { <Tab employee expertise save attempt /> }.into_any()
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
fn Tab(
    employee: EmployeeView,
    expertise: ExpertiseOf,
    save: ServerAction<SaveExpertiseOf>,
    attempt: Attempt,
) -> AnyView {
    let (id, name) = (employee.record.id, employee.record.display_name());
    let ExpertiseOf {
        offices,
        categories,
    } = expertise;
    let none = offices.is_empty().then(|| {
        view! { <Empty icon=Icon::Headset title=t::expertise_no_agent(&name) text=t::expertise_no_agent_text() /> }
    });
    let edits = offices.iter().any(|office| office.may_edit);
    let cards = offices.into_iter();
    let cards = cards.map(|office| view! { <Card office categories=categories.clone() /> });
    let cards = cards.collect_view();
    let bar = edits.then(|| view! { <SaveBar pending=save.pending() saved=attempt.successes /> });
    view! {
        <Title text=t::expertise_of(&name) />
        <EmployeeHeader employee />
        <Done />
        <ErrorSummary />
        {none}
        <ActionForm action=save attr:class="stack">
            <input type="hidden" name="id" value=id.to_string() />
            <div class="handled">{cards}</div>
            {bar}
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Card(office: Handled, categories: Vec<(String, Vec<(SubjectId, String)>)>) -> AnyView {
    let matrix = office.may_edit.then(|| {
        view! {
            <a class="button small plain" href=format!("/offices/{}/expertise", office.office)
                aria-label=t::expertise_of_office(&office.name)>{t::expertise_everybody()}</a>
        }
    });
    let body = match office.may_edit {
        true => view! { <Edited office=office.clone() categories /> }.into_any(),
        false => view! { <Read office=office.clone() categories /> }.into_any(),
    };
    view! {
        <section class="card" aria-label=office.name.clone()>
            <header>
                <h2>{office.name.clone()}</h2>
                {matrix}
            </header>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Edited(office: Handled, categories: Vec<(String, Vec<(SubjectId, String)>)>) -> AnyView {
    let typed = use_context::<Typed>();
    let group = |(title, subjects): (String, Vec<(SubjectId, String)>)| {
        let tick = |(id, subject): (SubjectId, String)| {
            let value = format!("{}:{id}", office.office);
            let has = office.subjects.contains(&id);
            let checked = match &typed {
                Some(typed) => typed.has("handles[]", &value),
                None => has,
            };
            let had =
                has.then(|| view! { <input type="hidden" name="had[]" value=value.clone() /> });
            view! {
                {had}
                <Check label=subject name="handles[]" value=value checked=checked />
            }
        };
        (!subjects.is_empty()).then(|| {
            let ticks = subjects.into_iter().map(tick).collect_view();
            view! {
                <fieldset class="choices">
                    <legend>{title}</legend>
                    {ticks}
                </fieldset>
            }
        })
    };
    let groups = categories.into_iter().filter_map(group).collect_view();
    groups.into_any()
}

/// The same for those who may only look.
#[component]
fn Read(office: Handled, categories: Vec<(String, Vec<(SubjectId, String)>)>) -> AnyView {
    let all = categories.into_iter().flat_map(|(_, subjects)| subjects);
    let own: Vec<String> = all
        .filter(|(id, _)| office.subjects.contains(id))
        .map(|(_, title)| title)
        .collect();
    match own.is_empty() {
        true => view! { <p class="quiet">{t::expertise_none()}</p> }.into_any(),
        false => {
            let own = own.into_iter().map(|title| view! { <li>{title}</li> });
            view! { <ul class="lines">{own.collect_view()}</ul> }.into_any()
        }
    }
}
