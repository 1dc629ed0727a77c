//! A free extension, into the field at the press of a button (C-04).

use crate::error::AppError;
use crate::messages::t;
use crate::ui::browser;
use domain::TenantId;
use leptos::prelude::*;

/// An extension that nobody has on the PBX of a tenant, or of the default one, and that is not `other`.
#[server(endpoint = "suggest_extension", input = server_fn::codec::Json)]
pub async fn suggest_extension(
    tenant: Option<TenantId>,
    other: String,
) -> Result<Option<String>, AppError> {
    use domain::contact_centre::voice::Extension;
    let mut request = crate::request::Read::begin().await?;
    request
        .actor()
        .may_everywhere(domain::Action::EditContactCentre)?;
    let tenants = request.tenants().await?;
    let wanted = tenants.iter().find(|one| match tenant {
        Some(id) => one.id == id,
        None => one.is_default,
    });
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    let mut taken = request.extensions_on(wanted.pbx).await?;
    taken.extend(Extension::read(&other).ok().flatten());
    let free = Extension::suggest(&taken, 1).pop();
    Ok(free.map(|one| one.to_string()))
}

/// The button beside the field `into`; `beside` is the extension in the other environment.
#[component]
pub(super) fn Suggest(
    label: &'static str,
    into: &'static str,
    beside: &'static str,
) -> impl IntoView {
    let ask = Action::new(move |(): &()| {
        let tenant = browser::value_of("tenant").parse().ok();
        let other = browser::value_of(beside);
        async move {
            if let Ok(Some(free)) = suggest_extension(tenant, other).await {
                browser::fill(into, &free);
            }
        }
    });
    view! {
        <button type="button" class="button small with-script" aria-label=label on:click=move |_| {
            ask.dispatch(());
        }>
            {t::contact_users_suggest()}
        </button>
    }
}
