//! Adding a PBX (C-06).

use super::{Crumb, Inputs};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::me::use_me;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CreateBar, ErrorSummary, Title};
use domain::{Action, Refusal};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Adds a PBX; answers with the path of the page that shows it.
#[server(endpoint = "create_pbx")]
pub async fn create_pbx(name: String, #[server(default)] host: String) -> Result<String, AppError> {
    use domain::PbxId;
    use domain::contact_centre::pbx::{Draft, PbxCreated};
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_everywhere(Action::EditContactCentre)?;
    let pbxs = request.pbxs().await?.len();
    let elsewhere = request.engage_elsewhere(None).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    let id = PbxId(store::new_id());
    let created = PbxCreated::allow(&actor, id, &Draft { name, host }, pbxs, &elsewhere, now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = "/contact-centre/pbxs?done=pbx";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/pbxs/new`
pub struct NewPbxPage;

#[lazy_route]
impl LazyRoute for NewPbxPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        if !use_me().actor.reaches_all(Action::EditContactCentre) {
            return refused(Refusal::Forbidden.into());
        }
        view! { <New /> }.into_any()
    }
}

#[component]
fn New() -> AnyView {
    let create = ServerAction::<CreatePbx>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    view! {
        <Title text=t::setup_pbx_new() />
        <Crumb />
        <div class="head">
            <h1>{t::setup_pbx_new()}</h1>
        </div>
        <p class="intro">{t::setup_pbx_why()}</p>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <Inputs />
            <CreateBar sent=attempt.sent cancel_href="/contact-centre/pbxs" />
        </ActionForm>
    }
    .into_any()
}
