//! Who plays in these tests: a provider with its keys, its genuine responses, and us.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::dsig::sign::sign_document_node;
use bergshamra::xml::uppsala;
use bergshamra::{DsigContext, Key, KeysManager, keys::loader};
use jiff::Timestamp;
use saml::{Assertion, Certificate, Expected, Fault, ServiceProvider};

/// Responses of pysaml2, with the assertion, the response or both signed; see `make.py`.
pub const ASSERTION: &str = include_str!("../fixtures/assertion.xml");
pub const RESPONSE: &str = include_str!("../fixtures/response.xml");
pub const BOTH: &str = include_str!("../fixtures/both.xml");
pub const SHA1: &str = include_str!("../fixtures/sha1.xml");
pub const SHA1_DIGEST: &str = include_str!("../fixtures/sha1_digest.xml");

pub const PROVIDER: &str = "https://idp.example/metadata";
pub const OURS: &str = "https://staffroom.example/saml/metadata";
pub const ACS: &str = "https://staffroom.example/saml/acs";
pub const REQUEST: &str = "_0123456789abcdef0123456789abcdef";

pub const PROVIDER_CERTIFICATE: &str = include_str!("../fixtures/provider.crt");
pub const NEXT_CERTIFICATE: &str = include_str!("../fixtures/next.crt");
pub const STRANGER_CERTIFICATE: &str = include_str!("../fixtures/stranger.crt");
pub const CURVE_CERTIFICATE: &str = include_str!("../fixtures/curve.crt");
pub const CURVE384_CERTIFICATE: &str = include_str!("../fixtures/curve384.crt");
pub const CURVE521_CERTIFICATE: &str = include_str!("../fixtures/curve521.crt");
pub const PROVIDER_KEY: &str = include_str!("../fixtures/provider.key");
pub const NEXT_KEY: &str = include_str!("../fixtures/next.key");
pub const STRANGER_KEY: &str = include_str!("../fixtures/stranger.key");
pub const CURVE_KEY: &str = include_str!("../fixtures/curve.key");
pub const CURVE384_KEY: &str = include_str!("../fixtures/curve384.key");
pub const CURVE521_KEY: &str = include_str!("../fixtures/curve521.key");

/// What a test expects of a response; that of the fixtures unless it says otherwise.
#[derive(Clone)]
pub struct Stage {
    pub sp: ServiceProvider,
    pub certificates: Vec<Certificate>,
    pub now: Timestamp,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            sp: us(),
            certificates: vec![certificate(PROVIDER_CERTIFICATE)],
            now: at("2026-03-01T12:01:00Z"),
        }
    }
}

impl Stage {
    pub fn trusting(pems: &[&str]) -> Self {
        let certificates = pems.iter().map(|pem| certificate(pem)).collect();
        Self {
            certificates,
            ..Self::default()
        }
    }

    pub fn at(instant: &str) -> Self {
        Self {
            now: at(instant),
            ..Self::default()
        }
    }

    pub fn verify(&self, xml: &str) -> Result<Assertion, Fault> {
        self.verify_base64(&STANDARD.encode(xml))
    }

    pub fn verify_base64(&self, base64: &str) -> Result<Assertion, Fault> {
        let expected = Expected {
            sp: &self.sp,
            provider_entity_id: PROVIDER,
            certificates: &self.certificates,
            request_id: REQUEST,
            now: self.now,
        };
        saml::verify(base64, &expected)
    }
}

pub fn us() -> ServiceProvider {
    ServiceProvider {
        entity_id: OURS.to_owned(),
        acs_address: ACS.to_owned(),
    }
}

pub fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

pub fn certificate(pem: &str) -> Certificate {
    Certificate::read(pem).unwrap()
}

/// A text with one passage replaced, which must be there.
pub fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in the text");
    text.replace(from, to)
}

/// Signs all signatures of a response again, the inner ones first, as its provider would.
pub fn signed_by(xml: &str, key: Key) -> String {
    let template = emptied(&emptied(xml, "DigestValue"), "SignatureValue");
    completed(&template, key, usize::MAX)
}

/// Signs only the first signature again, which is the outer one if there are two.
pub fn signed_around(xml: &str, key: Key) -> String {
    let outer = passage(xml, "<ns2:Signature ", "</ns2:Signature>");
    let template = emptied(&emptied(outer, "DigestValue"), "SignatureValue");
    completed(&with(xml, outer, &template), key, 1)
}

fn completed(template: &str, key: Key, count: usize) -> String {
    let mut keys = KeysManager::new();
    keys.add_key(key);
    let context = DsigContext::new(keys);
    let mut document = uppsala::parse(template).unwrap();
    let namespace = "http://www.w3.org/2000/09/xmldsig#";
    let mut signatures = document.get_elements_by_tag_name_ns(namespace, "Signature");
    signatures.truncate(count);
    for signature in signatures.into_iter().rev() {
        sign_document_node(&context, &mut document, signature).unwrap();
    }
    document.to_xml()
}

pub fn signed(xml: &str) -> String {
    signed_by(xml, private(PROVIDER_KEY))
}

/// The response with the signed assertion, signed again after a change.
pub fn resigned_assertion(from: &str, to: &str) -> String {
    signed(&with(ASSERTION, from, to))
}

pub fn private(pem: &str) -> Key {
    loader::load_pem_auto(pem.as_bytes(), None).unwrap()
}

/// A text whose elements of one name hold nothing.
pub fn emptied(xml: &str, name: &str) -> String {
    let mut rest = xml;
    let mut emptied = String::new();
    while let Some((before, after)) = rest.split_once(&format!("<ns2:{name}>")) {
        let (_, after) = after.split_once("</ns2:").unwrap();
        emptied += &format!("{before}<ns2:{name}></ns2:");
        rest = after;
    }
    emptied + rest
}

/// What stands from the first `start` to the first `end` after it, both included.
pub fn passage<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap();
    let to = from + text[from..].find(end).unwrap() + end.len();
    &text[from..to]
}

pub fn without(text: &str, start: &str, end: &str) -> String {
    with(text, passage(text, start, end), "")
}
