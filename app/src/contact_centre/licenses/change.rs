//! Changing the seats of a license, adding a plan and deleting one (C-03).

use crate::error::AppError;
use domain::Version;
use leptos::prelude::*;

/// Gives a license another number of seats; answers with the path of the page.
#[server(endpoint = "set_seats")]
pub async fn set_seats(
    code: String,
    version: Version,
    #[server(default)] seats: String,
) -> Result<String, AppError> {
    use domain::Refusal;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let license = request.license(&code).await?.ok_or(Refusal::NotFound)?;
    if license.version != version {
        return Err(Refusal::Stale.into());
    }
    if let Some(change) = license.set_seats(&request.actor, &seats, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/contact-centre/licenses?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Adds a Work plan; answers with the path of the page.
#[server(endpoint = "add_plan")]
pub async fn add_plan(name: String, #[server(default)] seats: String) -> Result<String, AppError> {
    use domain::contact_centre::license::PlanAdded;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let licenses = request.licenses().await?;
    let code = store::new_id().to_string();
    let added = PlanAdded::allow(&request.actor, code, &name, &seats, &licenses, request.now)?;
    request.apply(added).await?;
    request.commit().await?;
    let page = "/contact-centre/licenses?done=plan";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Deletes an added plan that nobody has; answers with the path of the page.
#[server(endpoint = "delete_plan")]
pub async fn delete_plan(code: String, version: Version) -> Result<String, AppError> {
    use domain::Refusal;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let license = request.license(&code).await?.ok_or(Refusal::NotFound)?;
    if license.version != version {
        return Err(Refusal::Stale.into());
    }
    let deleted = license.delete_plan(&request.actor, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/contact-centre/licenses?done=plan-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}
