//! Certificates and keys, read and made.

use crate::cast::*;
use saml::{Certificate, KeyProblem, NotACertificate, SigningKey, read_certificates};

const WEAK_CERTIFICATE: &str = include_str!("../fixtures/weak.crt");
const ODD_CERTIFICATE: &str = include_str!("../fixtures/odd.crt");

#[test]
fn a_certificate_says_what_openssl_says() {
    let read = certificate(PROVIDER_CERTIFICATE);
    assert_eq!(read.subject(), "CN=provider.idp.example");
    assert_eq!(read.not_before(), at("2026-01-01T00:00:00Z"));
    assert_eq!(read.not_after(), at("2036-01-01T00:00:00Z"));
    assert_eq!(read.pem(), PROVIDER_CERTIFICATE);
    // openssl x509 -in provider.crt -noout -fingerprint -sha256
    let fingerprint = include_str!("../fixtures/provider.sha256");
    assert_eq!(read.fingerprint(), fingerprint.trim());
    assert!(read.is_current(at("2036-01-01T00:00:00Z")));
    assert!(!read.is_current(at("2036-01-01T00:00:01Z")));
}

#[test]
fn pem_and_bare_base64_are_read() {
    let read = certificate(PROVIDER_CERTIFICATE);
    let body: Vec<_> = PROVIDER_CERTIFICATE
        .lines()
        .filter(|l| !l.starts_with('-'))
        .collect();
    for text in [
        body.concat(),
        format!("\r\n  {}\t\n", body.join("\r\n   ")),
        format!("Bag Attributes: x\n{PROVIDER_CERTIFICATE}\n# end"),
        PROVIDER_CERTIFICATE.replace('\n', "\r\n"),
        PROVIDER_CERTIFICATE.repeat(2),
    ] {
        assert_eq!(Certificate::read(&text).as_ref(), Ok(&read), "{text}");
    }
}

#[test]
fn several_certificates_are_read_in_order() {
    let text = format!("{PROVIDER_CERTIFICATE}\nand\n{NEXT_CERTIFICATE}");
    let both = vec![
        certificate(PROVIDER_CERTIFICATE),
        certificate(NEXT_CERTIFICATE),
    ];
    assert_eq!(read_certificates(&text), Ok(both));
    assert_eq!(Certificate::read(&text), Err(NotACertificate::Several));
}

#[test]
fn what_cannot_be_used_is_refused() {
    let cut = &PROVIDER_CERTIFICATE[..PROVIDER_CERTIFICATE.len() - 40];
    let longer = PROVIDER_CERTIFICATE.replace("-----END", "AAAA\n-----END");
    for text in [
        "",
        " ",
        "hello",
        "AAAA",
        cut,
        &longer,
        PROVIDER_KEY,
        &"A".repeat(300_000),
    ] {
        assert_eq!(
            read_certificates(text),
            Err(NotACertificate::Unreadable),
            "{text:.60}"
        );
    }
    let broken = format!("{PROVIDER_CERTIFICATE}-----BEGIN CERTIFICATE-----\nAAAA");
    assert_eq!(read_certificates(&broken), Err(NotACertificate::Unreadable));
    assert_eq!(
        Certificate::read(WEAK_CERTIFICATE),
        Err(NotACertificate::WeakKey)
    );
    assert_eq!(
        Certificate::read(ODD_CERTIFICATE),
        Err(NotACertificate::UnsupportedKey)
    );
}

#[test]
fn our_key_is_made_kept_and_read() {
    let now = at("2026-03-01T12:00:00.5Z");
    let key = SigningKey::generate("Staffroom, <Gent> \"é\"", now, 3650).unwrap();
    let made = key.certificate();
    assert_eq!(made.not_before(), at("2026-03-01T12:00:00Z"));
    assert_eq!(made.not_after(), at("2036-02-27T12:00:00Z"));
    assert!(made.subject().contains("Gent"), "{}", made.subject());
    let read = SigningKey::read(key.pkcs8(), &made.pem()).unwrap();
    assert_eq!(read.certificate(), made);
    // Nothing secret is shown.
    let shown = format!("{key:?}");
    assert_eq!(shown, format!("SigningKey({made:?})"));
}

#[test]
fn keys_that_do_not_fit_are_refused() {
    let now = at("2026-03-01T12:00:00Z");
    let problem = |days| SigningKey::generate("x", now, days).err();
    for days in [0, -1, 36_526, i64::MAX, i64::MIN] {
        assert_eq!(problem(days), Some(KeyProblem::Dates), "{days}");
    }
    let before = SigningKey::generate("x", at("1969-12-31T23:59:59Z"), 1);
    assert_eq!(before.err(), Some(KeyProblem::Dates));
    let der = |pem: &str| {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let body: String = pem.lines().filter(|l| !l.starts_with('-')).collect();
        STANDARD.decode(body).unwrap()
    };
    let read = |key: &str, pem| SigningKey::read(&der(key), pem).err();
    assert_eq!(read(PROVIDER_KEY, PROVIDER_CERTIFICATE), None);
    assert_eq!(
        read(PROVIDER_KEY, NEXT_CERTIFICATE),
        Some(KeyProblem::OtherKey)
    );
    assert_eq!(
        read(CURVE_KEY, CURVE_CERTIFICATE),
        Some(KeyProblem::NotAKey)
    );
    let unreadable = KeyProblem::Certificate(NotACertificate::Unreadable);
    assert_eq!(read(PROVIDER_KEY, "x"), Some(unreadable));
}
