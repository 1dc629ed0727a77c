//! A new script (C-19).

use super::Crumb;
use super::inputs::{Inputs, rearrange};
use super::rows::{Arranged, StepRow};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Choice, CreateBar, ErrorSummary, Field, Select, Title};
use domain::PbxId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What can be chosen for a script.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Choices {
    pub pbxs: Vec<(PbxId, String)>,
    /// Where a step can lead: the word that is sent, and what is read.
    pub targets: Vec<(String, String)>,
    /// Names of time zones.
    pub zones: Vec<String>,
    /// The organisation's time zone.
    pub zone: String,
}

/// What can be chosen for a script of one PBX, or of any.
#[cfg(feature = "ssr")]
pub(super) async fn choices(
    request: &mut crate::request::Read,
    pbx: Option<PbxId>,
) -> Result<Choices, AppError> {
    use domain::contact_centre::script::Target;
    let pbxs = request.pbx_names().await?;
    let places = request.script_places().await?;
    let language = crate::request::language(&request.session);
    let several = pbx.is_none() && pbxs.len() > 1;
    let label = |place: &store::script::Place| {
        let on = pbxs.iter().find(|(id, _)| several && *id == place.pbx);
        let name = &place.name;
        crate::messages::with(language, || match (place.target, on) {
            (Target::Queue(_), None) => t::scripts_queue(name),
            (Target::Queue(_), Some((_, on))) => t::scripts_queue_on(name, on),
            (Target::RingGroup(_), None) => t::scripts_ring_group(name),
            (Target::RingGroup(_), Some((_, on))) => t::scripts_ring_group_on(name, on),
        })
    };
    let ours = places
        .iter()
        .filter(|place| pbx.is_none_or(|pbx| place.pbx == pbx));
    let targets = ours
        .map(|place| (place.target.to_string(), label(place)))
        .collect();
    let zone = request.session.organisation.settings.time_zone.clone();
    Ok(Choices {
        targets,
        zones: crate::settings::known::zones(&zone),
        zone,
        pbxs,
    })
}

/// What can be chosen for a new script.
#[server(endpoint = "script_choices", input = server_fn::codec::Json)]
pub async fn script_choices() -> Result<Choices, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    choices(&mut request, None).await
}

/// Creates a script; answers with the path of its page.
#[server(endpoint = "create_script")]
pub async fn create_script(
    name: String,
    #[server(default)] pbx: String,
    #[server(default)] steps: Vec<StepRow>,
) -> Result<String, AppError> {
    use crate::settings::known::knows_zone;
    use domain::contact_centre::script::ScriptCreated;
    use store::script::targets_on;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let pbxs = request.pbx_names().await?;
    let pbxs: Vec<PbxId> = pbxs.into_iter().map(|(id, _)| id).collect();
    let pbx: Option<PbxId> = pbx.parse().ok();
    let places = request.script_places().await?;
    let targets = pbx.map(|pbx| targets_on(&places, pbx)).unwrap_or_default();
    let id = domain::ScriptId(store::new_id());
    let created = ScriptCreated::allow(
        &request.actor,
        id,
        (pbx, &pbxs),
        &super::rows::draft(name, steps),
        (&targets, &knows_zone),
        request.now,
    )?;
    request.apply(created).await?;
    request.commit().await?;
    let page = format!("/contact-centre/scripts/{id}?done=script");
    crate::landing::land_on(&page);
    Ok(page)
}

/// `/contact-centre/scripts/new`
pub struct NewScriptPage;

#[lazy_route]
impl LazyRoute for NewScriptPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let query = use_query_map();
        let choices = Resource::new(|| (), |()| script_choices());
        let create = ServerAction::<CreateScript>::new();
        let attempt = provide_form(create);
        leave_when_done(create);
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match choices.await {
                        Ok(choices) => {
                            let form = move || {
                                let arranged = query.with(Arranged::read).unwrap_or_default();
                                view! { <New choices=choices.clone() arranged create sent=attempt.sent /> }
                            };
                            form.into_any()
                        }
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn New(
    choices: Choices,
    arranged: Arranged,
    create: ServerAction<CreateScript>,
    sent: Signal<bool>,
) -> AnyView {
    const PAGE: &str = "/contact-centre/scripts/new";
    let pbxs = choices.pbxs.iter();
    let pbxs: Vec<Choice> = pbxs
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let first = pbxs.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let pbx = match arranged.pbx.is_empty() {
        true => first,
        false => arranged.pbx.clone(),
    };
    view! {
        <Title text=t::scripts_new() />
        <Crumb />
        <div class="head">
            <h1>{t::scripts_new()}</h1>
        </div>
        <ErrorSummary />
        <ActionForm action=create attr:class="form steps" attr:novalidate=true on:submit:capture=rearrange(PAGE.to_owned())>
            <fieldset>
                <Field label=t::label_name() name="name" value=arranged.name.clone() required=true autocomplete="off" />
                <Select label=t::label_pbx() name="pbx" options=pbxs value=pbx required=true hint=t::queues_pbx_hint() />
            </fieldset>
            <Inputs rows=arranged.rows focus=arranged.focus choices page=PAGE.to_owned() />
            <CreateBar sent cancel_href="/contact-centre/scripts" />
        </ActionForm>
    }
    .into_any()
}
