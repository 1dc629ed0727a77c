//! Adding an employee: the New employee page and what its Create button does (E-06 to E-11).

use crate::error::AppError;
use crate::form::provide_form;
use crate::me::use_me;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{
    Choice, CreateBar, ErrorSummary, Field, Notice, Select, Switch, TextArea, Title, role_word,
};
use domain::{Action, Refusal, Role};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Adds an employee and invites them, or, with the activation bypassed, hands over the sign-in link.
#[server(endpoint = "create_employee")]
pub async fn create_employee(
    #[server(default)] bypass: bool,
    email: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] phone: String,
    #[server(default)] external_id: String,
    #[server(default)] provider: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] online_planning: bool,
    #[server(default)] function: String,
    #[server(default)] introduction: String,
    #[server(default)] video_link: String,
) -> Result<(), AppError> {
    use domain::employee::{Created, Draft, NewEmployee};
    use domain::{EmployeeId, Field, Roles, Why};
    let mut request = crate::request::Change::begin().await?;
    let roles = Roles::from_codes(roles.iter().map(String::as_str))
        .ok_or_else(|| Refusal::field(Field::Roles, Why::UnknownChoice))?;
    let agent = roles.has(Role::Agent);
    let only_agents = |text| agent.then_some(text);
    if new_administrator(roles) {
        request.signed_in_lately()?;
    }
    let enabled = request.providers().await?.into_iter();
    let providers = enabled
        .filter(|provider| provider.enabled)
        .map(|provider| provider.id)
        .collect();
    let provider = match provider.as_str() {
        "" => None,
        id => Some(
            id.parse()
                .map_err(|_| Refusal::field(Field::Provider, Why::UnknownChoice))?,
        ),
    };
    let new = NewEmployee {
        email,
        bypass_activation: bypass,
        roles,
        provider,
        providers,
        draft: Draft {
            first_name: Some(first_name),
            last_name: Some(last_name),
            phone: Some(phone),
            external_id: Some(external_id),
            online_planning: agent.then_some(online_planning),
            function: only_agents(function),
            introduction: only_agents(introduction),
            video_link: only_agents(video_link),
        },
    };
    let settings = request.session.organisation.settings.clone();
    let id = EmployeeId(store::new_id());
    let created = Created::allow(&request.actor, id, &new, &settings.country, request.now)?;
    request.apply(created).await?;
    if !bypass {
        let employee = request.employee(id).await?;
        let invited =
            employee.invite(&request.actor, settings.invitation_hours, true, request.now)?;
        request.apply(invited).await?;
    }
    request.commit().await?;
    let done = if bypass { "created" } else { "invited" };
    leptos_axum::redirect(&format!("/employees/{id}?done={done}"));
    Ok(())
}

/// Whether the new employee runs the organisation, which asks for a sign-in of the last minutes.
#[cfg(feature = "ssr")]
fn new_administrator(roles: domain::Roles) -> bool {
    roles.has(Role::Administrator)
}

/// The providers that are switched on, for those who may add employees.
#[server(endpoint = "providers_to_choose", input = server_fn::codec::Json)]
pub async fn providers_to_choose() -> Result<Vec<(domain::ProviderId, String)>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_everywhere(Action::AddEmployee)?;
    let providers = request.providers().await?.into_iter();
    Ok(providers
        .filter(|provider| provider.enabled)
        .map(|provider| (provider.id, provider.profile.name))
        .collect())
}

/// `/employees/new`
pub struct NewEmployeePage;

#[lazy_route]
impl LazyRoute for NewEmployeePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        if !use_me().actor.reaches_all(Action::AddEmployee) {
            return refused(Refusal::Forbidden.into());
        }
        view! { <New /> }.into_any()
    }
}

#[component]
fn New() -> AnyView {
    let create = ServerAction::<CreateEmployee>::new();
    let attempt = provide_form(create);
    view! {
        <Title text=t::new_title() />
        <div class="head">
            <h1>{t::new_title()}</h1>
        </div>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <Account />
            <Roles />
            <Agent />
            <CreateBar sent=attempt.sent cancel_href="/employees" />
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Account() -> AnyView {
    let (bypass, set_bypass) = signal(false);
    view! {
        <fieldset>
            <legend>{t::new_account()}</legend>
            <Switch label=t::new_bypass() name="bypass" hint=t::new_bypass_hint() shows="bypass"
                on_change=Callback::new(move |on| set_bypass.set(on)) />
            <div data-when="bypass">
                <Providers />
            </div>
            <Field label=t::label_email() name="email" kind="email" required=true customers=true autocomplete="off" hint=t::new_email_hint() />
            <div class="two">
                <Field label=t::label_first_name() name="first_name" customers=true autocomplete="off" />
                <Field label=t::label_last_name() name="last_name" customers=true autocomplete="off" />
            </div>
            <div class="two">
                <Field label=t::label_phone() name="phone" kind="tel" customers=true autocomplete="off" />
                <Field label=t::label_external_id() name="external_id" required=bypass autocomplete="off" hint=t::new_external_id_hint() />
            </div>
        </fieldset>
    }
    .into_any()
}

/// Which provider knows the employee: asked where there are several; said where there is none.
#[component]
fn Providers() -> AnyView {
    let providers = Resource::new(|| (), |()| providers_to_choose());
    let content = move || {
        Suspend::new(async move {
            let providers = providers.await.unwrap_or_default();
            match providers.as_slice() {
                [] => view! {
                    <Notice>
                        <p>
                            {t::new_bypass_no_provider()} " "
                            <a href="/settings/sign-in">{t::new_bypass_settings()}</a>
                        </p>
                    </Notice>
                }
                .into_any(),
                [_] => ().into_any(),
                _ => {
                    let choice =
                        |(id, name): &(domain::ProviderId, String)| (id.to_string(), name.clone());
                    let first = (String::new(), t::new_provider_choose().to_owned());
                    let options: Vec<Choice> = std::iter::once(first)
                        .chain(providers.iter().map(choice))
                        .collect();
                    view! {
                        <Select label=t::label_provider() name="provider" options required=true />
                    }
                    .into_any()
                }
            }
        })
    };
    view! { <Suspense>{content}</Suspense> }.into_any()
}

#[component]
fn Roles() -> AnyView {
    let hint = |role| match role {
        Role::Agent => t::new_agent_hint(),
        Role::OfficeManager => t::new_office_manager_hint(),
        Role::Administrator => t::new_administrator_hint(),
    };
    let switch = |role: Role| {
        match role {
        Role::Agent => view! { <Switch label=role_word(role) name="roles[]" value=role.code() hint=hint(role) shows="agent" /> }.into_any(),
        _ => view! { <Switch label=role_word(role) name="roles[]" value=role.code() hint=hint(role) /> }.into_any(),
    }
    };
    view! {
        <fieldset>
            <legend>{t::label_roles()}</legend>
            {Role::ALL.map(switch)}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Agent() -> AnyView {
    view! {
        <fieldset data-when="agent">
            <legend>{t::role_agent()}</legend>
            <Switch label=t::label_online_planning() name="online_planning" checked=true hint=t::new_online_planning_hint() />
            <Field label=t::label_function() name="function" customers=true placeholder=t::new_function_example() />
            <TextArea label=t::label_introduction() name="introduction" customers=true />
            <Field label=t::label_video_link() name="video_link" kind="url" customers=true hint=t::new_video_link_hint() />
        </fieldset>
    }
    .into_any()
}
