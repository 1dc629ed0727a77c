//! What is asked of those who sign in: a second factor by role, single sign-on by mail domain.

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{Choice, ErrorSummary, Select, Submit, Switch, TextArea, role_word};
use domain::sign_in::{Policy, Required};
use domain::{EmployeeId, Role, Version};
use leptos::prelude::*;

/// Changes what is asked of those who sign in.
#[server(endpoint = "change_policy")]
pub async fn change_policy(
    version: Version,
    #[server(default)] second_factor: Vec<String>,
    single_sign_on: String,
    #[server(default)] domains: String,
) -> Result<String, AppError> {
    use domain::sign_in::somebody_gets_in;
    use domain::{Action, Field, Refusal, Roles, Why};
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(Action::ChangeSettings)?;
    request.signed_in_lately()?;
    let organisation = request.organisation().await?;
    request.refuse_if_missed(&organisation, version).await?;
    let roles = Roles::from_codes(second_factor.iter().map(String::as_str))
        .ok_or_else(|| Refusal::field(Field::SecondFactor, Why::UnknownChoice))?;
    let policy = Policy::read(roles, &single_sign_on, &domains)?;
    let ways = request.administrators_ways().await?;
    let enabled = request.providers().await?.into_iter();
    let enabled = enabled.filter(|one| one.enabled).map(|one| one.id);
    let enabled: Vec<_> = enabled.collect();
    let leaves = somebody_gets_in(&ways, &enabled, &policy);
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = organisation.change_policy(&actor, policy, leaves, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/settings/sign-in?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

#[component]
pub(super) fn PolicyForm(
    version: Version,
    policy: Policy,
    exempt: Vec<(EmployeeId, String)>,
) -> AnyView {
    let change = ServerAction::<ChangePolicy>::new();
    provide_form(change);
    leave_when_done(change);
    let asked = policy.second_factor;
    let role = move |role: Role| {
        let on = asked.has(role);
        view! { <Switch label=role_word(role) name="second_factor[]" value=role.code() checked=on /> }
    };
    let choice = |required: Required| -> Choice {
        let word = match required {
            Required::Nobody => t::policy_nobody(),
            Required::Domains => t::policy_domains(),
            Required::Everybody => t::policy_everybody(),
        };
        (required.code().to_owned(), word.to_owned())
    };
    let options: Vec<Choice> = Required::ALL.into_iter().map(choice).collect();
    let chosen = policy.single_sign_on.code().to_owned();
    let some = !exempt.is_empty();
    let exceptions = exempt
        .into_iter()
        .map(|(id, name)| {
            view! {
                <li>
                    <a href=format!("/employees/{id}")>{name}</a>
                </li>
            }
        })
        .collect_view();
    let exceptions = match some {
        true => view! {
            <p class="quiet">{t::policy_exceptions_are()}</p>
            <ul>{exceptions}</ul>
        }
        .into_any(),
        false => view! { <p class="quiet">{t::policy_exceptions()}</p> }.into_any(),
    };
    view! {
        <section class="card">
            <h2>{t::policy_title()}</h2>
            <ErrorSummary />
            <ActionForm action=change attr:class="form" attr:novalidate=true>
                <input type="hidden" name="version" value=version.to_string() />
                <fieldset>
                    <legend>{t::policy_second_factor()}</legend>
                    <p class="quiet">{t::policy_second_factor_text()}</p>
                    {Role::ALL.map(role)}
                </fieldset>
                <fieldset>
                    <legend>{t::policy_single_sign_on()}</legend>
                    <Select label=t::label_single_sign_on() name="single_sign_on" options value=chosen hint=t::policy_hint() />
                    <TextArea label=t::label_domains() name="domains" value=policy.domains.join("\n") rows=2 hint=t::policy_domains_hint() />
                    {exceptions}
                </fieldset>
                <div class="buttons">
                    <Submit label=t::action_save() pending=change.pending() />
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}
