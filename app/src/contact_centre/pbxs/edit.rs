//! The page of one PBX (C-06).

use super::{Crumb, Inputs};
use crate::contact_centre::words;
use crate::error::AppError;
use crate::messages::t;
use crate::one::{Forms, one};
use crate::ui::{ErrorSummary, SaveBar, Submit, Title};
use domain::contact_centre::pbx::{Pbx, Standing};
use domain::{PbxId, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// A PBX and what hangs on it.
#[server(endpoint = "get_pbx", input = server_fn::codec::Json)]
pub async fn get_pbx(id: PbxId) -> Result<(Pbx, Standing), AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let pbx = request.pbx(id).await?.ok_or(domain::Refusal::NotFound)?;
    let standing = request.standing_of_pbx(id).await?;
    Ok((pbx, standing))
}

/// Says something else of a PBX; answers with the path of the list.
#[server(endpoint = "revise_pbx")]
pub async fn revise_pbx(
    id: PbxId,
    version: Version,
    name: String,
    #[server(default)] host: String,
) -> Result<String, AppError> {
    use domain::contact_centre::pbx::Draft;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let pbx = request.pbx(id).await?.ok_or(domain::Refusal::NotFound)?;
    request.refuse_if_missed(&pbx, version).await?;
    if let Some(change) = pbx.revise(&request.actor, &Draft { name, host }, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/contact-centre/pbxs?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Deletes a PBX on which nothing hangs; answers with the path of the list.
#[server(endpoint = "delete_pbx")]
pub async fn delete_pbx(id: PbxId, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let pbx = request.pbx(id).await?.ok_or(domain::Refusal::NotFound)?;
    request.refuse_if_missed(&pbx, version).await?;
    let standing = request.standing_of_pbx(id).await?;
    let deleted = pbx.delete(&request.actor, standing, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/contact-centre/pbxs?done=pbx-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/pbxs/ID`
pub struct PbxPage;

#[lazy_route]
impl LazyRoute for PbxPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        one(get_pbx, |(pbx, standing), forms| {
            view! { <Edit pbx standing forms /> }.into_any()
        })
    }
}

#[component]
fn Edit(pbx: Pbx, standing: Standing, forms: Forms<RevisePbx, DeletePbx>) -> AnyView {
    let Forms {
        revise,
        delete,
        revised,
    } = forms;
    let (id, version) = (pbx.id.to_string(), pbx.version.to_string());
    let (own, from) = (id.clone(), version.clone());
    let form = standing.is_free().then(|| {
        view! {
            <ActionForm action=delete>
                <input type="hidden" name="id" value=own />
                <input type="hidden" name="version" value=from />
                <Submit label=t::setup_pbx_delete() danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    let teaser = match standing.is_free() {
        true => t::setup_pbx_teaser().to_owned(),
        false => words::in_the_way(standing),
    };
    view! {
        <Title text=pbx.name.clone() />
        <Crumb />
        <div class="head">
            <h1>{pbx.name.clone()}</h1>
            <div class="actions">
                <a class="button" href=format!("/contact-centre/pbxs/{id}/provisioning")>{t::provisioning_link()}</a>
            </div>
        </div>
        <ErrorSummary />
        <ActionForm action=revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=version />
            <Inputs name=pbx.name host=pbx.host />
            <SaveBar pending=revise.pending() saved=revised.successes />
        </ActionForm>
        <section class="danger-zone">
            <div>
                <h2>{t::setup_pbx_delete()}</h2>
                <p class="quiet">{teaser}</p>
            </div>
            {form}
        </section>
    }
    .into_any()
}
