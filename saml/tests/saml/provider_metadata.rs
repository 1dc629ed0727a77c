//! Metadata of providers, in the shapes in which they publish it.

use crate::cast::*;
use saml::{MetadataProblem, NotACertificate, read_metadata};

const KEYCLOAK: &str = include_str!("../fixtures/metadata/keycloak.xml");
const ENTRA: &str = include_str!("../fixtures/metadata/entra.xml");
const OKTA: &str = include_str!("../fixtures/metadata/okta.xml");
const GOOGLE: &str = include_str!("../fixtures/metadata/google.xml");
const SHIBBOLETH: &str = include_str!("../fixtures/metadata/shibboleth.xml");

fn bare(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

/// Metadata with the fixtures' certificates in their places.
fn filled(xml: &str) -> String {
    let lines = bare(NEXT_CERTIFICATE)
        .as_bytes()
        .chunks(60)
        .map(|l| format!("{}\n", str::from_utf8(l).unwrap()))
        .collect::<String>();
    xml.replace("{PROVIDER}", &bare(PROVIDER_CERTIFICATE))
        .replace("{NEXT}", &lines)
}

fn problem(xml: &str) -> Option<MetadataProblem> {
    read_metadata(&filled(xml)).err()
}

#[test]
fn the_metadata_of_well_known_providers_is_read() {
    let (provider, next) = (
        certificate(PROVIDER_CERTIFICATE),
        certificate(NEXT_CERTIFICATE),
    );
    for (xml, entity_id, address, certificates, signed) in [
        (
            KEYCLOAK,
            "https://keycloak.example/realms/staff",
            "https://keycloak.example/realms/staff/protocol/saml",
            vec![&provider],
            true,
        ),
        (
            ENTRA,
            "https://sts.windows.net/00000000-1111-2222-3333-444444444444/",
            "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/saml2",
            vec![&provider, &next],
            false,
        ),
        (
            OKTA,
            "http://www.okta.com/exkfixture",
            "https://staffroom.okta.example/app/staffroom/exkfixture/sso/saml",
            vec![&provider],
            false,
        ),
        (
            GOOGLE,
            "https://accounts.google.com/o/saml2?idpid=C0fixture",
            "https://accounts.google.com/o/saml2/idp?idpid=C0fixture",
            vec![&provider],
            false,
        ),
        (
            SHIBBOLETH,
            "https://shibboleth.example/idp/shibboleth",
            "https://shibboleth.example/idp/profile/SAML2/Redirect/SSO",
            vec![&provider, &next],
            false,
        ),
    ] {
        let read = read_metadata(&filled(xml)).unwrap();
        assert_eq!(read.entity_id, entity_id);
        assert_eq!(read.sign_in_address, address);
        assert_eq!(
            read.certificates.iter().collect::<Vec<_>>(),
            certificates,
            "{entity_id}"
        );
        assert_eq!(read.wants_signed_requests, signed, "{entity_id}");
    }
}

#[test]
fn metadata_that_cannot_be_used_is_refused_with_its_reason() {
    let redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
    let post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
    let key = passage(
        KEYCLOAK,
        "<md:KeyDescriptor use=\"signing\">",
        "</md:KeyDescriptor>",
    );
    let located = "Location=\"https://keycloak.example/realms/staff/protocol/saml\"";
    let moved = |to: &str| with(KEYCLOAK, located, &format!("Location=\"{to}\""));
    let entity = passage(SHIBBOLETH, "<EntityDescriptor ", "</EntityDescriptor>");
    let twice = with(SHIBBOLETH, entity, &entity.repeat(2));
    let deep = with(
        KEYCLOAK,
        key,
        &format!("{}{}", "<a>".repeat(40), "</a>".repeat(40)),
    );
    use MetadataProblem as P;
    for (name, xml, found) in [
        ("nothing", String::new(), P::NotXml),
        (
            "a web page",
            "<!doctype html><p>Sign in".to_owned(),
            P::NotXml,
        ),
        ("too large", " ".repeat(1024 * 1024 + 1), P::TooLarge),
        (
            "a DTD",
            format!(
                "<!DOCTYPE x [<!ENTITY e \"x\">]>{}",
                &KEYCLOAK[KEYCLOAK.find("<md").unwrap()..]
            ),
            P::Unsafe,
        ),
        ("too deep", deep, P::Unsafe),
        ("something else", "<x/>".to_owned(), P::NoProvider),
        (
            "our own",
            saml::metadata(&us(), "Staffroom", &[]),
            P::NoProvider,
        ),
        (
            "SAML 1.1 only",
            with(KEYCLOAK, "SAML:2.0:protocol", "SAML:1.1:protocol"),
            P::NoProvider,
        ),
        ("two providers", twice, P::SeveralProviders),
        (
            "no entity id",
            without(KEYCLOAK, " entityID=\"", "staff\""),
            P::NoEntityId,
        ),
        (
            "an endless entity id",
            with(
                KEYCLOAK,
                "entityID=\"",
                &format!("entityID=\"{}", "x".repeat(1024)),
            ),
            P::NoEntityId,
        ),
        (
            "no redirect binding",
            with(KEYCLOAK, redirect, post),
            P::NoRedirectBinding,
        ),
        (
            "http",
            moved("http://keycloak.example/saml"),
            P::AddressNotHttp,
        ),
        ("a script", moved("javascript:alert(1)"), P::AddressNotHttp),
        ("no certificate", with(KEYCLOAK, key, ""), P::NoCertificate),
        (
            "a certificate for encryption only",
            with(KEYCLOAK, "use=\"signing\"", "use=\"encryption\""),
            P::NoCertificate,
        ),
        (
            "a broken certificate",
            with(KEYCLOAK, "{PROVIDER}", "AAAA"),
            P::BadCertificate(NotACertificate::Unreadable),
        ),
        (
            "a certificate with a comment in it",
            with(KEYCLOAK, "{PROVIDER}", "{PROVIDER}<!-- -->"),
            P::BadCertificate(NotACertificate::Unreadable),
        ),
        (
            "a weak certificate",
            with(
                KEYCLOAK,
                "{PROVIDER}",
                &bare(include_str!("../fixtures/weak.crt")),
            ),
            P::BadCertificate(NotACertificate::WeakKey),
        ),
    ] {
        assert_eq!(problem(&xml), Some(found), "{name}");
    }
}

#[test]
fn a_provider_on_this_machine_needs_no_https() {
    let here = "Location=\"http://127.0.0.1:8080/realms/staff/protocol/saml\"";
    let xml = with(
        KEYCLOAK,
        "Location=\"https://keycloak.example/realms/staff/protocol/saml\"",
        here,
    );
    assert_eq!(problem(&xml), None);
}
