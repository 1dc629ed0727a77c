//! The fields of a provider, by its protocol.

use crate::messages::t;
use crate::ui::{Field, Switch, TextArea};
use domain::provider::{Profile, Protocol};
use leptos::prelude::*;

/// What is entered of a provider; `has_secret` says that there is a client secret, which is not shown.
#[component]
pub(super) fn Fields(
    protocol: Protocol,
    profile: Profile,
    has_secret: bool,
    /// The day on which the client secret ends, as a date field takes it.
    secret_ends: String,
) -> AnyView {
    let own = match protocol {
        Protocol::Saml => view! { <Saml profile=profile.clone() /> }.into_any(),
        Protocol::OpenId => {
            view! { <OpenId profile=profile.clone() has_secret ends=secret_ends /> }.into_any()
        }
    };
    view! {
        <fieldset>
            <legend>{t::sso_shown()}</legend>
            <Field label=t::label_name() name="name" value=profile.name required=true autocomplete="off" hint=t::sso_name_hint() />
        </fieldset>
        {own}
    }
    .into_any()
}

#[component]
fn Saml(profile: Profile) -> AnyView {
    let certificates = profile.certificates.join("\n");
    view! {
        <fieldset>
            <legend>{t::sso_from_metadata()}</legend>
            <TextArea label=t::label_metadata() name="metadata" rows=4 hint=t::sso_metadata_hint() />
            <div class="with-script field">
                <label for="metadata-file">{t::sso_metadata_file()}</label>
                <input id="metadata-file" class="input" type="file" accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
                    data-into="metadata" />
            </div>
        </fieldset>
        <fieldset>
            <legend>{t::sso_by_hand()}</legend>
            <Field label=t::sso_idp_entity_id() name="issuer" value=profile.issuer autocomplete="off" />
            <Field label=t::sso_address() name="address" kind="url" value=profile.address autocomplete="off" hint=t::sso_address_hint() />
            <TextArea label=t::label_certificates() name="certificates" value=certificates rows=6 hint=t::sso_certificates_hint() />
            <Switch label=t::label_sign_requests() name="sign_requests" checked=profile.sign_requests hint=t::sso_sign_requests_hint() />
        </fieldset>
    }
    .into_any()
}

#[component]
fn OpenId(profile: Profile, has_secret: bool, ends: String) -> AnyView {
    let hint = match has_secret {
        true => t::sso_secret_kept(),
        false => t::sso_secret_hint(),
    };
    view! {
        <fieldset>
            <legend>{t::sso_openid()}</legend>
            <Field label=t::label_issuer() name="issuer" kind="url" value=profile.issuer required=true autocomplete="off" hint=t::sso_issuer_hint() />
            <Field label=t::label_client_id() name="client_id" value=profile.client_id required=true autocomplete="off" />
            <Field label=t::label_client_secret() name="client_secret_password" kind="password" autocomplete="off" hint=hint />
            <Field label=t::label_secret_ends() name="secret_ends" kind="date" value=ends autocomplete="off" hint=t::sso_secret_ends_hint() />
        </fieldset>
    }
    .into_any()
}
