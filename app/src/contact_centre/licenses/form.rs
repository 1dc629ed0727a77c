//! The form of one license, above the table of all (C-03).

use super::{AddPlan, Forms};
use crate::messages::t;
use crate::ui::{Field, Submit};
use domain::contact_centre::license::{Kind, License};
use leptos::prelude::*;

/// The seats of one license; an added plan that nobody has can be deleted.
#[component]
pub(super) fn Seats(license: License, forms: Forms) -> impl IntoView {
    let (code, version) = (license.code.clone(), license.version.to_string());
    let hint = match license.used {
        0 => t::setup_seats_any().to_owned(),
        used => t::setup_seats_hint(used),
    };
    let removable = license.kind == Kind::Plan && !license.is_built_in() && license.used == 0;
    let delete = removable.then(|| {
        view! {
            <ActionForm action=forms.delete>
                <input type="hidden" name="code" value=code.clone() />
                <input type="hidden" name="version" value=version.clone() />
                <Submit label=t::setup_plan_delete() danger=true pending=forms.delete.pending() />
            </ActionForm>
        }
    });
    let seats = license.seats.to_string();
    view! {
        <section class="card aside">
            <h2>{license.name.clone()}</h2>
            <ActionForm action=forms.seats attr:class="form" attr:novalidate=true>
                <input type="hidden" name="code" value=license.code />
                <input type="hidden" name="version" value=license.version.to_string() />
                <Field label=t::label_seats() name="seats" value=seats required=true inputmode="numeric" autocomplete="off" autofocus=true hint=hint />
                <div class="buttons">
                    <Submit label=t::action_save() pending=forms.seats.pending() />
                    <a class="button plain" href="/contact-centre/licenses">{t::action_cancel()}</a>
                </div>
            </ActionForm>
            {delete}
        </section>
    }
}

/// A new plan.
#[component]
pub(super) fn Added(add: ServerAction<AddPlan>) -> impl IntoView {
    view! {
        <section class="card aside">
            <h2>{t::setup_plan_new()}</h2>
            <p class="quiet">{t::setup_plan_why()}</p>
            <ActionForm action=add attr:class="form" attr:novalidate=true>
                <Field label=t::label_name() name="name" required=true autocomplete="off" autofocus=true />
                <Field label=t::label_seats() name="seats" required=true inputmode="numeric" autocomplete="off" />
                <div class="buttons">
                    <Submit label=t::setup_plan_add() pending=add.pending() />
                    <a class="button plain" href="/contact-centre/licenses">{t::action_cancel()}</a>
                </div>
            </ActionForm>
        </section>
    }
}
