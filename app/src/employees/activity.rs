//! The Activity tab: what was done to an employee, by whom and when (E-23).

use super::header::Header;
use super::view::one;
use crate::audit::{Trail, audit_trail};
use crate::outcome::refused;
use crate::ui::Title;
use domain::Refusal;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

/// `/employees/ID/activity`
pub struct ActivityPage;

#[lazy_route]
impl LazyRoute for ActivityPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = move || {
            let id = params.with(|params| params.get("id").and_then(|id| id.parse().ok()));
            let before = query.with(|query| query.get("before"));
            (id, before.and_then(|before| before.parse().ok()))
        };
        let trail = Resource::new(asked, |(id, before)| async move {
            match id {
                Some(id) => audit_trail(id, before).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let one = one();
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
