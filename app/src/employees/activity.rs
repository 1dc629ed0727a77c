//! The Activity tab: what was done to an employee, by whom and when (E-23).

use super::header::Header;
use super::profile::{One, one};
use crate::audit::{AuditPage, Trail, audit_trail};
use crate::error::AppError;
use crate::outcome::refused;
use domain::{Refusal, audit::Query};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

/// `/employees/ID/activity`
pub struct ActivityPage {
    one: One,
    trail: Resource<Result<AuditPage, AppError>>,
}

#[lazy_route]
impl LazyRoute for ActivityPage {
    fn data() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = move || Query {
            employee: params.with(|params| params.get("id").and_then(|id| id.parse().ok())),
            before: query.with(|query| query.get("before").and_then(|before| before.parse().ok())),
            ..Query::default()
        };
        let trail = Resource::new(asked, |query| async move {
            match query.employee {
                Some(_) => audit_trail(query).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        Self { one: one(), trail }
    }

    fn view(page: Self) -> AnyView {
        let ActivityPage { one, trail } = page;
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match (one.await, trail.await) {
                        (Ok(employee), Ok(page)) => {
                            let path = format!("/employees/{}/activity", employee.record.id);
                            view! {
                                <Title text=employee.record.display_name() />
                                <Header employee />
                                <Trail page path />
                            }
                            .into_any()
                        }
                        (Err(error), _) | (_, Err(error)) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}
