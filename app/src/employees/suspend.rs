//! Suspending an employee from a page that is about something else, such as the Delete page (E-15).

use crate::error::AppError;
use domain::{EmployeeId, Version};
use leptos::prelude::*;

/// Suspends an employee; they are signed out everywhere with it.
#[server(endpoint = "suspend_employee")]
pub async fn suspend_employee(id: EmployeeId, version: Version) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    request.refuse_if_missed(&employee, version).await?;
    super::save::server::suspend(&mut request, &employee).await?;
    request.commit().await?;
    leptos_axum::redirect(&format!("/employees/{id}"));
    Ok(())
}
