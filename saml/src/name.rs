//! The names of SAML, of XML Signature and of metadata that are looked for.

/// A name of an element: its namespace, and its name there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name(pub &'static str, pub &'static str);

pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub const SAML: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
pub const SIGNATURES: &str = "http://www.w3.org/2000/09/xmldsig#";

pub const RESPONSE: Name = Name(PROTOCOL, "Response");
pub const STATUS: Name = Name(PROTOCOL, "Status");
pub const STATUS_CODE: Name = Name(PROTOCOL, "StatusCode");

pub const ASSERTION: Name = Name(SAML, "Assertion");
pub const ISSUER: Name = Name(SAML, "Issuer");
pub const SUBJECT: Name = Name(SAML, "Subject");
pub const NAME_ID: Name = Name(SAML, "NameID");
pub const CONFIRMATION: Name = Name(SAML, "SubjectConfirmation");
pub const CONFIRMATION_DATA: Name = Name(SAML, "SubjectConfirmationData");
pub const CONDITIONS: Name = Name(SAML, "Conditions");
pub const AUDIENCE_RESTRICTION: Name = Name(SAML, "AudienceRestriction");
pub const AUDIENCE: Name = Name(SAML, "Audience");
pub const ONE_TIME_USE: Name = Name(SAML, "OneTimeUse");
pub const PROXY_RESTRICTION: Name = Name(SAML, "ProxyRestriction");
pub const AUTHN_STATEMENT: Name = Name(SAML, "AuthnStatement");
pub const ATTRIBUTE_STATEMENT: Name = Name(SAML, "AttributeStatement");
pub const ATTRIBUTE: Name = Name(SAML, "Attribute");
pub const ATTRIBUTE_VALUE: Name = Name(SAML, "AttributeValue");

pub const SIGNATURE: Name = Name(SIGNATURES, "Signature");
pub const SIGNED_INFO: Name = Name(SIGNATURES, "SignedInfo");
pub const SIGNATURE_VALUE: Name = Name(SIGNATURES, "SignatureValue");
pub const KEY_INFO: Name = Name(SIGNATURES, "KeyInfo");
pub const CANONICALIZATION_METHOD: Name = Name(SIGNATURES, "CanonicalizationMethod");
pub const SIGNATURE_METHOD: Name = Name(SIGNATURES, "SignatureMethod");
pub const REFERENCE: Name = Name(SIGNATURES, "Reference");
pub const TRANSFORMS: Name = Name(SIGNATURES, "Transforms");
pub const TRANSFORM: Name = Name(SIGNATURES, "Transform");
pub const DIGEST_METHOD: Name = Name(SIGNATURES, "DigestMethod");
pub const DIGEST_VALUE: Name = Name(SIGNATURES, "DigestValue");
pub const X509_DATA: Name = Name(SIGNATURES, "X509Data");
pub const X509_CERTIFICATE: Name = Name(SIGNATURES, "X509Certificate");

pub const ENTITY: Name = Name(METADATA, "EntityDescriptor");
pub const ENTITIES: Name = Name(METADATA, "EntitiesDescriptor");
pub const PROVIDER: Name = Name(METADATA, "IDPSSODescriptor");
pub const KEY_DESCRIPTOR: Name = Name(METADATA, "KeyDescriptor");
pub const SIGN_IN_SERVICE: Name = Name(METADATA, "SingleSignOnService");

pub const BINDING_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
pub const BINDING_REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
