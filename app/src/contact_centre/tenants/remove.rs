//! Deleting a tenant, as far as nothing stands in the way (C-06).

use super::edit::Shown;
use crate::error::AppError;
use crate::messages::t;
use crate::ui::Submit;
use domain::{TenantId, Version};
use leptos::prelude::*;

/// Deletes a tenant without users; answers with the path of the list.
#[server(endpoint = "delete_tenant")]
pub async fn delete_tenant(id: TenantId, version: Version) -> Result<String, AppError> {
    use domain::Refusal;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let tenant = request.tenant(id).await?.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(&tenant, version).await?;
    let standing = request.standing_of_tenant(id).await?;
    let deleted = tenant.delete(&request.actor, standing, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/contact-centre/tenants?done=tenant-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// The end of the page of a tenant: what stands in the way of deleting it, or the button.
#[component]
pub(super) fn Remove(shown: Shown, delete: ServerAction<DeleteTenant>) -> AnyView {
    let tenant = shown.tenant;
    let teaser = match (tenant.is_default && shown.others > 0, shown.users) {
        (true, _) => t::setup_default_stays().to_owned(),
        (false, 0) => t::setup_tenant_teaser().to_owned(),
        (false, users) => t::setup_tenant_in_use(users),
    };
    let free = shown.users == 0 && !(tenant.is_default && shown.others > 0);
    let form = free.then(|| {
        view! {
            <ActionForm action=delete>
                <input type="hidden" name="id" value=tenant.id.to_string() />
                <input type="hidden" name="version" value=tenant.version.to_string() />
                <Submit label=t::setup_tenant_delete() danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    view! {
        <section class="danger-zone">
            <div>
                <h2>{t::setup_tenant_delete()}</h2>
                <p class="quiet">{teaser}</p>
            </div>
            {form}
        </section>
    }
    .into_any()
}
