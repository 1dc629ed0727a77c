//! "+ Create user": from an employee there is, or together with a new one (C-01 to C-04, C-12).

use super::profile::{Basic, Services, Voice};
use super::read::{Choices, contact_choices};
use crate::employees::{get_employee, list_employees};
use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::me::use_me;
use crate::messages::t;
use crate::outcome::{refused, refused_within};
use crate::ui::{Choice, CreateBar, ErrorSummary, Field, Search, Select, Switch, Title};
use domain::employee::Profile;
use domain::listing::Query;
use domain::{Action, EmployeeId, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

/// Makes somebody a contact-centre user: an employee, or somebody new, who is invited with it. Either all
/// of it is done or nothing.
#[server(endpoint = "create_contact_user")]
pub async fn create_contact_user(
    #[server(default)] employee: String,
    #[server(default)] email: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] function: String,
    #[server(default)] tenant: String,
    #[server(default)] department: String,
    #[server(default)] site: String,
    #[server(default)] license: String,
    #[server(default)] plan: String,
    #[server(default)] work_number: String,
    #[server(default)] work_extension: String,
    #[server(default)] centre_number: String,
    #[server(default)] centre_extension: String,
    #[server(default)] call_waiting: bool,
    #[server(default)] shows_cli: bool,
    #[server(default)] agent_group: String,
    #[server(default)] supervisor: bool,
    #[server(default)] monitor: bool,
    #[server(default)] whisper: bool,
    #[server(default)] barge: bool,
) -> Result<(), AppError> {
    use domain::contact_centre::user::{Draft, Rights, Wish};
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(Action::EditContactCentre)?;
    let names = (first_name, last_name);
    let draft = Draft {
        names: Some(names.clone()),
        tenant: Some(tenant),
        department: Some(department),
        site: Some(site),
        license: Some(license),
        plan: Some(plan),
        work_number: Some(work_number),
        work_extension: Some(work_extension),
        centre_number: Some(centre_number),
        centre_extension: Some(centre_extension),
        call_waiting: Some(call_waiting),
        shows_cli: Some(shows_cli),
        agent_group: Some(agent_group),
        leaves_queues: false,
    };
    let named = domain::employee::Draft {
        first_name: Some(names.0),
        last_name: Some(names.1),
        function: Some(function),
        ..Default::default()
    };
    let (id, done) = match employee.trim() {
        "" => (
            server::with_new(&mut request, &email, named, &draft).await?,
            "contact-invited",
        ),
        id => {
            let unknown = || Refusal::field(domain::Field::Employee, domain::Why::UnknownChoice);
            let id = id.parse().map_err(|_| unknown())?;
            server::of_employee(&mut request, id, &named, &draft).await?;
            (id, "contact-user")
        }
    };
    if supervisor {
        let rights = Rights {
            monitor,
            whisper,
            barge,
        };
        let wish = Wish {
            on: true,
            rights,
            ..Wish::default()
        };
        server::supervise(&mut request, id, &wish).await?;
    }
    request.commit().await?;
    leptos_axum::redirect(&format!("/employees/{id}/contact-centre?done={done}"));
    Ok(())
}

/// The steps of creating, on the server.
#[cfg(feature = "ssr")]
mod server {
    use super::super::save::both;
    use crate::error::AppError;
    use crate::request::Change;
    use domain::contact_centre::user::{ContactUserCreated, Draft, Wish};
    use domain::employee::{Created, Draft as EmployeeDraft, NewEmployee};
    use domain::{Action, EmployeeId, Field, Refusal, Why};

    /// Makes an employee a user.
    pub(super) async fn of_employee(
        request: &mut Change,
        id: EmployeeId,
        named: &EmployeeDraft,
        draft: &Draft,
    ) -> Result<(), AppError> {
        let person = request.employee(id).await?;
        let (actor, now) = (request.actor.clone(), request.now);
        actor.may(Action::EditContactCentre, person.target())?;
        if request.contact_user(id).await?.is_some() {
            return Err(Refusal::field(Field::Employee, Why::IsContactUser).into());
        }
        let country = request.session.organisation.settings.country.clone();
        let ground = request.contact_ground(id, draft).await?;
        let (named, created) = both(
            person.revise(&actor, named, &country, now),
            ContactUserCreated::allow(&actor, &person, draft, &ground, now),
        )?;
        if let Some(named) = named {
            request.apply(named).await?;
        }
        request.apply(created).await
    }

    /// Adds an employee, makes them a user, and invites them (E-07).
    pub(super) async fn with_new(
        request: &mut Change,
        email: &str,
        named: EmployeeDraft,
        draft: &Draft,
    ) -> Result<EmployeeId, AppError> {
        let (actor, now) = (request.actor.clone(), request.now);
        let settings = request.session.organisation.settings.clone();
        let id = EmployeeId(store::new_id());
        let new = NewEmployee {
            email: email.to_owned(),
            draft: named,
            ..NewEmployee::default()
        };
        let created = Created::allow(&actor, id, &new, &settings.country, now);
        let created = match created {
            Ok(created) => created,
            Err(refusal) => {
                // What is wrong with the rest is said at once.
                let ground = request.contact_ground(id, draft).await?;
                let judged = domain::contact_centre::user::judge(&actor, draft, &ground);
                both(Err::<(), _>(refusal), judged)?;
                return Err(Refusal::Forbidden.into());
            }
        };
        request.apply(created).await?;
        let person = request.employee(id).await?;
        let ground = request.contact_ground(id, draft).await?;
        let made = ContactUserCreated::allow(&actor, &person, draft, &ground, now)?;
        request.apply(made).await?;
        let invited = person.invite(&actor, settings.invitation_hours, true, now)?;
        request.apply(invited).await?;
        Ok(id)
    }

    /// Makes a user, who was just made, a supervisor.
    pub(super) async fn supervise(
        request: &mut Change,
        id: EmployeeId,
        wish: &Wish,
    ) -> Result<(), AppError> {
        let (person, user) = super::super::save::known(request, id, None).await?;
        let overseen = request.overseen().await?;
        let (actor, now) = (request.actor.clone(), request.now);
        if let Some(change) = user.supervise(&actor, &person, wish, &overseen, now)? {
            request.apply(change).await?;
        }
        Ok(())
    }
}

/// `/contact-centre/users/new`
pub struct NewContactUserPage;

#[lazy_route]
impl LazyRoute for NewContactUserPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        if !use_me().actor.reaches_all(Action::EditContactCentre) {
            return refused(Refusal::Forbidden.into());
        }
        let params = use_query_map();
        let chosen =
            move || params.with(|params| params.get("employee").and_then(|id| id.parse().ok()));
        let read = Resource::new(chosen, |chosen: Option<EmployeeId>| async move {
            let choices = contact_choices().await?;
            let employee = match chosen {
                Some(id) => Some(get_employee(id).await?.record),
                None => None,
            };
            Ok::<_, AppError>((choices, employee))
        });
        let create = ServerAction::<CreateContactUser>::new();
        let attempt = provide_form(create);
        view! {
            <Title text=t::contact_users_add() />
            <div class="head">
                <h1>{t::contact_users_add()}</h1>
            </div>
            <ErrorSummary />
            <Transition>
                {move || Suspend::new(async move {
                    match read.await {
                        Ok((choices, chosen)) => {
                            view! { <New choices chosen create attempt /> }.into_any()
                        }
                        Err(error) => refused_within(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn New(
    choices: Choices,
    chosen: Option<domain::employee::Record>,
    create: ServerAction<CreateContactUser>,
    attempt: Attempt,
) -> AnyView {
    let who = match &chosen {
        Some(record) => view! { <Chosen name=record.display_name() /> }.into_any(),
        None => view! { <Find /> }.into_any(),
    };
    let (id, names) = match chosen {
        Some(record) => (Some(record.id), record.profile),
        None => (None, Profile::default()),
    };
    let account = match id {
        Some(id) => view! { <input type="hidden" name="employee" value=id.to_string() /> }.into_any(),
        None => view! {
            <fieldset>
                <legend>{t::contact_users_who()}</legend>
                <p class="quiet">{t::contact_users_who_new()}</p>
                <Field label=t::label_email() name="email" kind="email" required=true autocomplete="off" />
            </fieldset>
        }
        .into_any(),
    };
    view! {
        {who}
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            {account}
            <Basic names settings=None choices=choices.clone() />
            <Services settings=None choices=choices.clone() />
            <Rest choices=choices.clone() />
            <Voice settings=None choices />
            <CreateBar sent=attempt.sent cancel_href="/contact-centre/users" />
        </ActionForm>
    }
    .into_any()
}

/// Agent group, supervisor, call waiting: the rest of Services and permissions.
#[component]
fn Rest(choices: Choices) -> AnyView {
    let groups = choices.groups.into_iter();
    let groups: Vec<Choice> = groups.map(|(id, name)| (id.to_string(), name)).collect();
    let usual = groups.first().map(|(id, _)| id.clone()).unwrap_or_default();
    view! {
        <fieldset>
            <Select label=t::label_agent_group() name="agent_group" options=groups value=usual />
            <Switch label=t::label_supervisor() name="supervisor" />
            <Switch label=t::contact_users_monitor() name="monitor" />
            <Switch label=t::contact_users_whisper() name="whisper" />
            <Switch label=t::contact_users_barge() name="barge" />
            <Switch label=t::label_call_waiting() name="call_waiting" hint=t::contact_users_call_waiting_hint() />
            <Switch label=t::label_shows_cli() name="shows_cli" hint=t::contact_users_cli_hint() />
        </fieldset>
    }
    .into_any()
}

/// Who was chosen, with the way back.
#[component]
fn Chosen(name: String) -> AnyView {
    view! {
        <p>
            <b>{t::contact_users_chosen(name)}</b>
            " "
            <a href="/contact-centre/users/new">{t::contact_users_who_other()}</a>
        </p>
    }
    .into_any()
}

/// How many employees a search shows.
const FOUND: usize = 8;

/// Finds an employee by name or email: a GET form, so it works without a script.
#[component]
fn Find() -> AnyView {
    let params = use_query_map();
    let asked = move || params.with(|params| params.get("q")).unwrap_or_default();
    let found = Resource::new(asked, |search: String| async move {
        match search.trim().is_empty() {
            true => Ok(None),
            false => {
                let query = Query {
                    search,
                    ..Query::default()
                };
                list_employees(query, None)
                    .await
                    .map(|listed| Some(listed.page.rows))
            }
        }
    });
    let content = move || {
        Suspend::new(async move {
            let Ok(Some(rows)) = found.await else {
                return ().into_any();
            };
            if rows.is_empty() {
                return view! { <p class="quiet">{t::contact_users_who_none()}</p> }.into_any();
            }
            let rows = rows.into_iter().take(FOUND).map(|row| {
                let href = format!("/contact-centre/users/new?employee={}", row.id);
                let label = t::contact_users_who_choose_of(&row.name);
                view! {
                    <li>
                        <b>{row.name}</b>
                        <small>{row.email.to_string()}</small>
                        <a class="button small" href=href aria-label=label>{t::contact_users_who_choose()}</a>
                    </li>
                }
            });
            view! { <ul class="lines">{rows.collect_view()}</ul> }.into_any()
        })
    };
    let value = Signal::derive(asked);
    view! {
        <section class="card">
            <header>
                <h2>{t::contact_users_who_existing()}</h2>
            </header>
            <form class="bar" method="get" action="/contact-centre/users/new">
                <Search label=t::contact_users_who_existing() placeholder=t::contact_users_search_hint() value />
                <button class="button">{t::contact_users_who_find()}</button>
            </form>
            <Transition>{content}</Transition>
        </section>
    }
    .into_any()
}
