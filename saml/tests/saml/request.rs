//! Requests, read as a provider reads them.

use crate::cast::*;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::xml::uppsala;
use flate2::read::DeflateDecoder;
use proptest::prelude::*;
use saml::{RequestProblem, ServiceProvider, SignInRequest, SigningKey, sign_in_address};
use std::io::Read;
use std::sync::LazyLock;
use x509_parser::prelude::{FromDer, X509Certificate};

const ADDRESS: &str = "https://idp.example/sso";

static KEY: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::generate("Staffroom", at("2026-03-01T12:00:00Z"), 365).unwrap());

fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut decoded = Vec::new();
    let mut index = 0;
    while index < bytes.len() {
        if bytes[index] == b'%' {
            decoded.push(u8::from_str_radix(&value[index + 1..index + 3], 16).unwrap());
            index += 3;
        } else {
            decoded.push(bytes[index]);
            index += 1;
        }
    }
    String::from_utf8(decoded).unwrap()
}

fn parameter(address: &str, name: &str) -> Option<String> {
    let (_, query) = address.split_once('?').unwrap();
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(key, _)| *key == name)
        .map(|(_, value)| decoded(value))
}

fn xml(address: &str) -> String {
    let deflated = STANDARD
        .decode(parameter(address, "SAMLRequest").unwrap())
        .unwrap();
    let mut xml = String::new();
    DeflateDecoder::new(&deflated[..])
        .read_to_string(&mut xml)
        .unwrap();
    xml
}

fn is_signed_by(address: &str, key: &SigningKey) -> bool {
    let start = address.find("SAMLRequest=").unwrap();
    let (message, signature) = address[start..].split_once("&Signature=").unwrap();
    let (_, certificate) = X509Certificate::from_der(key.certificate().der()).unwrap();
    let public = &certificate.public_key().subject_public_key.data;
    let signature = STANDARD.decode(decoded(signature)).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public)
        .verify(message.as_bytes(), &signature)
        .is_ok()
}

fn request<'a>(sp: &'a ServiceProvider, relay_state: &'a str) -> SignInRequest<'a> {
    SignInRequest {
        id: REQUEST,
        sp,
        provider_address: ADDRESS,
        relay_state,
        now: at("2026-03-01T12:00:00.25Z"),
        force: false,
        key: None,
    }
}

#[test]
fn a_request_says_what_a_provider_needs() {
    let sp = us();
    let address = sign_in_address(&request(&sp, "key")).unwrap();
    assert_eq!(parameter(&address, "RelayState").as_deref(), Some("key"));
    assert!(!address.contains("Sig"));
    let xml = xml(&address);
    let tree = uppsala::parse(&xml).unwrap();
    let root = tree.document_element().unwrap();
    let namespace = "urn:oasis:names:tc:SAML:2.0:protocol";
    assert!(
        tree.element(root)
            .unwrap()
            .matches_name_ns(namespace, "AuthnRequest")
    );
    for (name, value) in [
        ("ID", Some(REQUEST)),
        ("Version", Some("2.0")),
        ("IssueInstant", Some("2026-03-01T12:00:00Z")),
        ("Destination", Some(ADDRESS)),
        ("AssertionConsumerServiceURL", Some(ACS)),
        (
            "ProtocolBinding",
            Some("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"),
        ),
        ("ForceAuthn", None),
    ] {
        assert_eq!(tree.get_attribute(root, name), value, "{name}");
    }
    assert_eq!(tree.text_content_deep(root), OURS);
}

#[test]
fn a_request_may_ask_for_the_password_again() {
    let sp = us();
    let address = sign_in_address(&SignInRequest {
        force: true,
        ..request(&sp, "")
    })
    .unwrap();
    assert!(xml(&address).contains(" ForceAuthn=\"true\""));
    assert_eq!(parameter(&address, "RelayState"), None);
}

#[test]
fn the_query_of_the_providers_address_is_kept() {
    let sp = us();
    for (own, start) in [
        (
            "https://idp.example/sso?idpid=C0",
            "https://idp.example/sso?idpid=C0&SAMLRequest=",
        ),
        (
            "https://idp.example/sso?idpid=C0&",
            "https://idp.example/sso?idpid=C0&SAMLRequest=",
        ),
        (
            "https://idp.example/sso?",
            "https://idp.example/sso?SAMLRequest=",
        ),
        ("https://idp.example", "https://idp.example?SAMLRequest="),
    ] {
        let request = SignInRequest {
            provider_address: own,
            key: Some(&KEY),
            ..request(&sp, "r")
        };
        let address = sign_in_address(&request).unwrap();
        assert!(address.starts_with(start), "{address}");
        // What stands in front is not signed.
        assert!(is_signed_by(&address, &KEY));
        assert!(xml(&address).contains(&format!("Destination=\"{own}\"")) || own.contains('&'));
    }
}

#[test]
fn requests_that_cannot_be_sent_are_refused() {
    let sp = us();
    let good = request(&sp, "");
    let problem = |request: SignInRequest<'_>| sign_in_address(&request).err();
    for id in [
        "",
        "_",
        "0123456789abcdef0123456789abcdef",
        "_0123456789abcdef0123456789abcde\"",
    ] {
        assert_eq!(
            problem(SignInRequest { id, ..good }),
            Some(RequestProblem::Id)
        );
    }
    let provider_address = "javascript:alert(1)";
    let odd = SignInRequest {
        provider_address,
        ..good
    };
    assert_eq!(problem(odd), Some(RequestProblem::Address));
    let long = "x".repeat(81);
    assert_eq!(
        problem(request(&sp, &long)),
        Some(RequestProblem::RelayState)
    );
}

proptest! {
    #[test]
    fn whatever_is_in_a_request_comes_back_and_is_signed(
        relay_state in "\\PC{1,20}",
        entity_id in "[ -~\n\t]{1,60}",
    ) {
        let sp = ServiceProvider { entity_id, acs_address: ACS.to_owned() };
        let address = sign_in_address(&SignInRequest { key: Some(&KEY), ..request(&sp, &relay_state) }).unwrap();
        let plain = address.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%:/?&=".contains(&b));
        prop_assert!(plain, "{}", address);
        prop_assert_eq!(parameter(&address, "RelayState"), Some(relay_state));
        let xml = xml(&address);
        let tree = uppsala::parse(&xml).unwrap();
        prop_assert_eq!(tree.text_content_deep(tree.document_element().unwrap()), sp.entity_id.clone());
        prop_assert!(is_signed_by(&address, &KEY));
        prop_assert!(!is_signed_by(&address.replacen("RelayState=", "RelayState=x", 1), &KEY));
    }
}
