//! What we tell a provider about us.

use crate::Certificate;
use crate::markup::escape;
use crate::name::{BINDING_POST, METADATA, PROTOCOL, SIGNATURES};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// How a provider knows us.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceProvider {
    /// Our entity id, by custom the address of our metadata.
    pub entity_id: String,
    /// The address of our assertion consumer service, where browsers post responses.
    pub acs_address: String,
}

/// Our metadata (SAML metadata §2.4.4) as an XML document: `name` is shown to people, and `keys`
/// are the certificates with which we may sign requests; with none, requests are not signed.
#[must_use]
pub fn metadata(sp: &ServiceProvider, name: &str, keys: &[&Certificate]) -> String {
    let entity_id = escape(&sp.entity_id);
    let acs_address = escape(&sp.acs_address);
    let name = escape(name);
    let signed = !keys.is_empty();
    let keys: String = keys.iter().map(|key| key_descriptor(key)).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="{METADATA}" xmlns:ds="{SIGNATURES}" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" entityID="{entity_id}">
  <md:SPSSODescriptor AuthnRequestsSigned="{signed}" WantAssertionsSigned="true" protocolSupportEnumeration="{PROTOCOL}">
    <md:Extensions>
      <mdui:UIInfo>
        <mdui:DisplayName xml:lang="en">{name}</mdui:DisplayName>
      </mdui:UIInfo>
    </md:Extensions>
{keys}    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:AssertionConsumerService Binding="{BINDING_POST}" Location="{acs_address}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
"#
    )
}

fn key_descriptor(certificate: &Certificate) -> String {
    let der = STANDARD.encode(certificate.der());
    format!(
        r#"    <md:KeyDescriptor use="signing">
      <ds:KeyInfo>
        <ds:X509Data>
          <ds:X509Certificate>{der}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
"#
    )
}
