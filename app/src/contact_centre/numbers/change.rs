//! Adding numbers, releasing one, removing free ones (C-04).

use crate::error::AppError;
use leptos::prelude::*;

/// Adds one number, or a block with a last number; answers with the path of the page, which says how
/// many came and how many were there already.
#[server(endpoint = "add_numbers")]
pub async fn add_numbers(
    number: String,
    #[server(default)] last_number: String,
) -> Result<String, AppError> {
    use domain::contact_centre::number::NumbersAdded;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let added = NumbersAdded::allow(&request.actor, &number, &last_number, request.now)?;
    let added = request.apply(added).await?;
    request.commit().await?;
    let page = format!(
        "{}?added={}&known={}",
        super::address::PATH,
        added.added,
        added.known
    );
    crate::landing::land_on(&page);
    Ok(page)
}

/// Takes a number from whoever has it; `holder` is who was shown to have it, by id.
#[server(endpoint = "release_number")]
pub async fn release_number(
    number: String,
    #[server(default)] holder: String,
) -> Result<String, AppError> {
    use domain::Refusal;
    use domain::contact_centre::number::Holder;
    use domain::field::Phone;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let number = Phone::e164(number.trim()).map_err(|_| Refusal::NotFound)?;
    let found = request.numbers_of(&[number]).await?.pop();
    let number = found.ok_or(Refusal::NotFound)?;
    let held_by = match &number.holder {
        Some(Holder::User { id, .. }) => id.to_string(),
        Some(Holder::Channel { id, .. }) => id.to_string(),
        None => String::new(),
    };
    if !held_by.is_empty() && held_by != holder {
        return Err(Refusal::Stale.into());
    }
    if let Some(change) = number.release(&request.actor, request.now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = format!("{}?done=number-released", super::address::PATH);
    crate::landing::land_on(&page);
    Ok(page)
}

/// Removes free numbers; answers with the path of the page.
#[server(endpoint = "remove_numbers")]
pub async fn remove_numbers(#[server(default)] numbers: Vec<String>) -> Result<String, AppError> {
    use domain::Refusal;
    use domain::contact_centre::number::NumbersRemoved;
    use domain::field::Phone;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let mut wanted: Vec<String> = numbers;
    wanted.sort_unstable();
    wanted.dedup();
    let wanted: Vec<Phone> = wanted
        .iter()
        .filter_map(|number| Phone::e164(number.trim()).ok())
        .collect();
    let found = request.numbers_of(&wanted).await?;
    if found.len() < wanted.len() {
        return Err(Refusal::Stale.into());
    }
    let removed = NumbersRemoved::allow(&request.actor, &found, request.now)?;
    request.apply(removed).await?;
    request.commit().await?;
    let page = format!("{}?done=numbers-removed", super::address::PATH);
    crate::landing::land_on(&page);
    Ok(page)
}
