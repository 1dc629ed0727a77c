//! How the forms about a user read, judge and write, each in the transaction of its request.

use crate::error::AppError;
use crate::request::Change;
use domain::contact_centre::user::{ContactUser, Draft};
use domain::{Action, Employee, EmployeeId, Refusal, Version};

/// Somebody whom the asker may change, with their profile, which must be at `version` if one is given.
///
/// # Errors
/// [`AppError::Missed`] with what somebody else changed since (E-20).
pub(super) async fn known(
    request: &mut Change,
    id: EmployeeId,
    version: Option<Version>,
) -> Result<(Employee, ContactUser), AppError> {
    let person = request.employee(id).await?;
    request
        .actor
        .may(Action::EditContactCentre, person.target())?;
    let user = request.contact_user(id).await?.ok_or(Refusal::NotFound)?;
    if let Some(version) = version {
        request.refuse_if_missed(&user, version).await?;
    }
    Ok((person, user))
}

/// Changes the settings of a user as `draft` says.
pub(super) async fn revise(
    request: &mut Change,
    id: EmployeeId,
    version: Version,
    draft: &Draft,
) -> Result<(), AppError> {
    let (person, user) = known(request, id, Some(version)).await?;
    let ground = request.contact_ground(id, draft).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = user.revise(&actor, &person, draft, &ground, now)? {
        request.apply(change).await?;
    }
    Ok(())
}

/// Both outcomes, or everything that is wrong with either.
pub(super) fn both<A, B>(
    first: Result<A, Refusal>,
    second: Result<B, Refusal>,
) -> Result<(A, B), Refusal> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(Refusal::Invalid(mut problems)), Err(Refusal::Invalid(more))) => {
            let news = more.into_iter().filter(|one| !problems.contains(one));
            let news: Vec<_> = news.collect();
            problems.extend(news);
            Err(Refusal::Invalid(problems))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
    }
}
