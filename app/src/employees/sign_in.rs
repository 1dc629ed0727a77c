//! How an employee signs in: turned over to single sign-on and back, excepted, reset, signed out.

use super::view::{EmployeeView, One};
use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::say_when_done;
use crate::messages::t;
use crate::ui::{Choice, ErrorSummary, Select, Submit};
use domain::{Action, EmployeeId, ProviderId, Refusal, SignIn, Status, Version};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

/// How somebody signs in, for those who may change it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SignInView {
    pub provider: Option<ProviderId>,
    /// The providers that are switched on, by name.
    pub providers: Vec<(ProviderId, String)>,
    pub exempt: bool,
    /// Whether single sign-on is required of their address.
    pub required: bool,
    pub second_factor: bool,
}

/// How somebody signs in.
#[server(endpoint = "get_sign_in_of", input = server_fn::codec::Json)]
pub async fn get_sign_in_of(id: EmployeeId) -> Result<SignInView, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let employee = request.employee(id).await?;
    request
        .actor()
        .may(Action::ChangeSignIn, employee.target())?;
    let providers = request.providers().await?.into_iter();
    let policy = &request.session.organisation.policy;
    Ok(SignInView {
        provider: employee.provider,
        exempt: employee.exempt,
        required: policy.asks_for_provider(employee.email.as_str()),
        providers: providers
            .filter(|one| one.enabled)
            .map(|one| (one.id, one.profile.name))
            .collect(),
        second_factor: request.has_second_factor(id).await?,
    })
}

/// Turns an account over to single sign-on: password, second factors and links are gone.
#[server(endpoint = "turn_over")]
pub async fn turn_over(id: EmployeeId, version: Version, provider: String) -> Result<(), AppError> {
    use domain::{Field, Why};
    let mut request = server::change(id, version).await?;
    let employee = request.employee(id).await?;
    let unknown = || Refusal::field(Field::Provider, Why::UnknownChoice);
    let provider: ProviderId = provider.parse().map_err(|_| unknown())?;
    let after = |way: &mut domain::sign_in::AdministratorsWay| {
        (way.sign_in, way.provider) = (SignIn::SingleSignOn, Some(provider));
    };
    let (enabled, leaves) = server::afterwards(&mut request, id, after).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    let turned = employee.turn_over(&actor, provider, &enabled, leaves, now)?;
    request.apply(turned).await?;
    server::done(request, id).await
}

/// Turns an account of single sign-on back into one with an invitation.
#[server(endpoint = "turn_back")]
pub async fn turn_back(id: EmployeeId, version: Version) -> Result<(), AppError> {
    let mut request = server::change(id, version).await?;
    let employee = request.employee(id).await?;
    let others = request.other_active_administrators(id).await?;
    let turned = employee.turn_back(&request.actor, others, request.now)?;
    request.apply(turned).await?;
    let hours = request.session.organisation.settings.invitation_hours;
    let employee = request.employee(id).await?;
    let invited = employee.invite_again(hours, request.now)?;
    request.apply(invited).await?;
    server::done(request, id).await
}

/// Lets somebody use a password where single sign-on is required, or not any more.
#[server(endpoint = "exempt_employee")]
pub async fn exempt_employee(
    id: EmployeeId,
    version: Version,
    #[server(default)] exempt: bool,
) -> Result<(), AppError> {
    let mut request = server::change(id, version).await?;
    let employee = request.employee(id).await?;
    let after = |way: &mut domain::sign_in::AdministratorsWay| way.exempt = exempt;
    let (_, leaves) = server::afterwards(&mut request, id, after).await?;
    let exempted = employee.exempt(&request.actor, exempt, leaves, request.now)?;
    request.apply(exempted).await?;
    server::done(request, id).await
}

/// Takes the second factors of somebody away who lost them.
#[server(endpoint = "reset_second_factor")]
pub async fn reset_second_factor(id: EmployeeId) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    request
        .actor
        .may(Action::ResetSecondFactor, employee.target())?;
    request.signed_in_lately()?;
    let factors = request.factors(id).await?;
    let reset = employee.reset_factors(&request.actor, &factors, request.now)?;
    request.apply(reset).await?;
    server::done(request, id).await
}

/// Signs somebody out everywhere.
#[server(endpoint = "end_sessions_of")]
pub async fn end_sessions_of(id: EmployeeId) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    let which = domain::employee::Which::All;
    let ended = employee.end_sessions(&request.actor, which, request.now)?;
    request.apply(ended).await?;
    server::done(request, id).await
}

#[cfg(feature = "ssr")]
mod server {
    use crate::error::AppError;
    use crate::request::Change;
    use domain::sign_in::{AdministratorsWay, somebody_gets_in};
    use domain::{Action, EmployeeId, ProviderId, Version};

    /// A change of how somebody signs in, who was read at `version`.
    pub(super) async fn change(id: EmployeeId, version: Version) -> Result<Change, AppError> {
        let mut request = Change::begin().await?;
        let employee = request.employee(id).await?;
        request.actor.may(Action::ChangeSignIn, employee.target())?;
        request.signed_in_lately()?;
        request.refuse_if_missed(&employee, version).await?;
        Ok(request)
    }

    /// The providers that are switched on, and whether an Administrator still gets in once `id`
    /// gets in as `after` says.
    pub(super) async fn afterwards(
        request: &mut Change,
        id: EmployeeId,
        after: impl Fn(&mut AdministratorsWay),
    ) -> Result<(Vec<ProviderId>, bool), AppError> {
        let providers = request.providers().await?.into_iter();
        let enabled = providers.filter(|one| one.enabled).map(|one| one.id);
        let enabled: Vec<ProviderId> = enabled.collect();
        let mut ways = request.administrators_ways().await?;
        ways.iter_mut()
            .filter(|way| way.employee == id)
            .for_each(after);
        let policy = request.organisation().await?.policy;
        let leaves = somebody_gets_in(&ways, &enabled, &policy);
        Ok((enabled, leaves))
    }

    pub(super) async fn done(request: Change, id: EmployeeId) -> Result<(), AppError> {
        request.commit().await?;
        crate::landing::land_on(&format!("/employees/{id}?done=saved"));
        Ok(())
    }
}

/// What can be done about how somebody signs in; made once, since what it answered must outlive the
/// reading of the employee that follows.
#[derive(Clone, Copy)]
pub(super) struct SignInActions {
    over: ServerAction<TurnOver>,
    back: ServerAction<TurnBack>,
    exempt: ServerAction<ExemptEmployee>,
    reset: ServerAction<ResetSecondFactor>,
    end: ServerAction<EndSessionsOf>,
    /// Read beside the employee: below something awaited it would be read three times (S-5).
    view: Resource<Result<SignInView, AppError>>,
}

impl SignInActions {
    pub(super) fn new() -> Self {
        Self {
            over: ServerAction::new(),
            back: ServerAction::new(),
            exempt: ServerAction::new(),
            reset: ServerAction::new(),
            end: ServerAction::new(),
            view: view(),
        }
    }
}

/// How the employee of the address signs in; not asked by those who may not know.
fn view() -> Resource<Result<SignInView, AppError>> {
    let params = use_params_map();
    let may = crate::me::use_me().actor.reaches_all(Action::ChangeSignIn);
    let id = move || {
        let id = params.with(|params| params.get("id"));
        id.filter(|_| may)
            .and_then(|id| id.parse::<EmployeeId>().ok())
    };
    Resource::new(id, |id| async move {
        match id {
            Some(id) => get_sign_in_of(id).await,
            None => Err(Refusal::Forbidden.into()),
        }
    })
}

/// How somebody signs in, for those who may change it.
#[component]
pub(super) fn SignInCard(employee: EmployeeView, one: One) -> AnyView {
    if !employee.may(Action::ChangeSignIn) {
        return ().into_any();
    }
    view! {
        <Provider value=()>
            <Card employee one />
        </Provider>
    }
    .into_any()
}

#[component]
fn Card(employee: EmployeeView, one: One) -> AnyView {
    let actions = expect_context::<super::profile::Actions>().sign_in;
    let view = actions.view;
    let again = move || {
        one.refetch();
        view.refetch();
    };
    let attempts = [
        provide_form(actions.back),
        provide_form(actions.exempt),
        provide_form(actions.reset),
        provide_form(actions.end),
        provide_form(actions.over),
    ];
    for attempt in attempts {
        say_when_done(attempt, t::landing_saved, again);
    }
    provide_problems_of(attempts);
    let content = move || {
        let employee = employee.clone();
        Suspend::new(async move {
            view.await
                .ok()
                .map(|view| view! { <Ways employee view actions /> })
        })
    };
    view! {
        <section class="card">
            <h2>{t::label_sign_in()}</h2>
            <ErrorSummary />
            <Transition>{content}</Transition>
        </section>
    }
    .into_any()
}

#[component]
fn Ways(employee: EmployeeView, view: SignInView, actions: SignInActions) -> AnyView {
    let record = employee.record;
    let id = record.id.to_string();
    let version = record.version.to_string();
    let active = record.status == Status::Active;
    let by_password = record.sign_in == SignIn::Password;
    let provider = view.provider.and_then(|id| {
        let found = view.providers.iter().find(|(known, _)| *known == id);
        found.map(|(_, name)| name.clone())
    });
    let how = match (by_password, provider) {
        (true, _) if view.second_factor => t::method_word_second_factor().to_owned(),
        (true, _) => t::method_word_password().to_owned(),
        (false, Some(name)) => t::method_word_provider(name),
        (false, None) => t::method_word_no_provider().to_owned(),
    };
    let whom = StoredValue::new((id, version));
    let hidden = move || {
        let (id, version) = whom.get_value();
        view! {
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=version />
        }
    };
    let over = (by_password && record.status != Status::Suspended && !view.providers.is_empty())
        .then(|| {
            let choice = |(id, name): &(ProviderId, String)| -> Choice { (id.to_string(), name.clone()) };
            let options: Vec<Choice> = view.providers.iter().map(choice).collect();
            view! {
                <details>
                    <summary>{t::turn_over_title()}</summary>
                    <p class="quiet">{t::turn_over_text()}</p>
                    <ActionForm action=actions.over attr:class="form" attr:novalidate=true>
                        {hidden()}
                        <Select label=t::label_provider() name="provider" options />
                        <Submit label=t::turn_over_button() secondary=true pending=actions.over.pending() />
                    </ActionForm>
                </details>
            }
        });
    let back = (!by_password && active).then(|| {
        view! {
            <details>
                <summary>{t::turn_back_title()}</summary>
                <p class="quiet">{t::turn_back_text()}</p>
                <ActionForm action=actions.back>
                    {hidden()}
                    <Submit label=t::turn_back_button() secondary=true pending=actions.back.pending() />
                </ActionForm>
            </details>
        }
    });
    let concerns = view.required || view.exempt || !view.providers.is_empty();
    let exception = (by_password && concerns).then(|| {
        let on =
            (!view.exempt).then(|| view! { <input type="hidden" name="exempt" value="true" /> });
        let label = match view.exempt {
            true => t::exempt_end(),
            false => t::exempt_begin(),
        };
        view! {
            <ActionForm action=actions.exempt>
                {hidden()} {on}
                <Submit label secondary=true pending=actions.exempt.pending() />
            </ActionForm>
        }
    });
    let reset = view.second_factor.then(|| {
        view! {
            <details>
                <summary>{t::factor_reset_title()}</summary>
                <p class="quiet">{t::factor_reset_text()}</p>
                <ActionForm action=actions.reset>
                    {hidden()}
                    <Submit label=t::factor_reset_button() secondary=true pending=actions.reset.pending() />
                </ActionForm>
            </details>
        }
    });
    let end = active.then(|| {
        view! {
            <ActionForm action=actions.end>
                {hidden()}
                <Submit label=t::account_session_end_everywhere() secondary=true pending=actions.end.pending() />
            </ActionForm>
        }
    });
    view! {
        <p>{how}</p>
        <div class="stack">{over} {back} {exception} {reset} {end}</div>
    }
    .into_any()
}
