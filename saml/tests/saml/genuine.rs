//! What a genuine response proves, and what is allowed in one.

use crate::cast::*;
use bergshamra::core::algorithm;
use saml::{Fault, peek};

#[test]
fn a_signed_assertion_a_signed_response_and_both_are_taken() {
    for xml in [ASSERTION, RESPONSE, BOTH] {
        let assertion = Stage::default().verify(xml).unwrap();
        assert!(xml.contains(&format!(
            "<ns1:Assertion Version=\"2.0\" ID=\"{}\"",
            assertion.id
        )));
        assert_eq!(assertion.name_id, "ada-4711");
        let format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
        assert_eq!(assertion.name_id_format.as_deref(), Some(format));
        // Five minutes of validity and one for the clocks.
        assert_eq!(assertion.valid_until, at("2026-03-01T12:06:00Z"));
        let names: Vec<_> = assertion
            .attributes
            .iter()
            .map(|(_, v)| v.as_slice())
            .collect();
        assert_eq!(
            names,
            [&["ada@demo.example"][..], &["Ada & Co"], &["a1", "a2"]]
        );
        assert_eq!(
            assertion.attributes[0].0,
            "urn:oid:0.9.2342.19200300.100.1.3"
        );
    }
}

#[test]
fn our_own_signing_makes_what_pysaml2_makes() {
    for xml in [ASSERTION, RESPONSE, BOTH] {
        let again = Stage::default().verify(&signed(xml));
        assert_eq!(again, Stage::default().verify(xml));
    }
}

#[test]
fn an_assertion_is_refused_from_the_instant_on_at_which_it_may_be_forgotten() {
    let until = Stage::default().verify(BOTH).unwrap().valid_until;
    let late = Stage {
        now: until,
        ..Stage::default()
    };
    assert!(late.verify(BOTH).is_err());
    // Also if the provider lets it live for ever.
    let forever = signed(
        &with(BOTH, "12:05:00Z", "12:05:00Z").replace("2026-03-01T12:05", "9999-03-01T12:05"),
    );
    let until = Stage::default().verify(&forever).unwrap().valid_until;
    assert_eq!(until, at("2026-03-01T12:11:00Z"));
    let late = Stage {
        now: at("2026-03-01T12:11:00Z"),
        ..Stage::default()
    };
    assert_eq!(late.verify(&forever), Err(Fault::IssuedTooLongAgo));
}

#[test]
fn a_provider_changes_its_certificate_without_a_gap() {
    let next = signed_by(BOTH, private(NEXT_KEY));
    let both = Stage::trusting(&[PROVIDER_CERTIFICATE, NEXT_CERTIFICATE]);
    assert!(both.verify(BOTH).is_ok() && both.verify(&next).is_ok());
    let old = Stage::trusting(&[PROVIDER_CERTIFICATE]);
    assert_eq!(old.verify(&next), Err(Fault::BadSignature));
}

#[test]
fn the_other_allowed_algorithms_are_taken() {
    let rsa = |method: &str, digest: &str| {
        let xml = with(BOTH, algorithm::RSA_SHA256, method);
        signed(&with(&xml, algorithm::SHA256, digest))
    };
    let stage = Stage::default();
    assert!(
        stage
            .verify(&rsa(algorithm::RSA_SHA384, algorithm::SHA384))
            .is_ok()
    );
    assert!(
        stage
            .verify(&rsa(algorithm::RSA_SHA512, algorithm::SHA512))
            .is_ok()
    );
    for (method, key, pem) in [
        (algorithm::ECDSA_SHA256, CURVE_KEY, CURVE_CERTIFICATE),
        (algorithm::ECDSA_SHA512, CURVE521_KEY, CURVE521_CERTIFICATE),
        (algorithm::ECDSA_SHA384, CURVE384_KEY, CURVE384_CERTIFICATE),
    ] {
        let xml = signed_by(&with(BOTH, algorithm::RSA_SHA256, method), private(key));
        assert!(Stage::trusting(&[pem]).verify(&xml).is_ok(), "{method}");
        assert_eq!(stage.verify(&xml), Err(Fault::BadSignature));
    }
}

#[test]
fn prefixes_of_values_may_be_kept_in_what_is_signed() {
    let plain = format!("<ns2:Transform Algorithm=\"{}\"/>", algorithm::EXC_C14N);
    let listed = format!(
        "<ns2:Transform Algorithm=\"{0}\"><ec:InclusiveNamespaces xmlns:ec=\"{0}\" PrefixList=\"xs\"/></ns2:Transform>",
        algorithm::EXC_C14N
    );
    assert!(
        Stage::default()
            .verify(&signed(&with(BOTH, &plain, &listed)))
            .is_ok()
    );
}

#[test]
fn clocks_may_differ_by_a_minute() {
    for instant in ["2026-03-01T11:59:00Z", "2026-03-01T12:05:59Z"] {
        assert!(Stage::at(instant).verify(BOTH).is_ok(), "{instant}");
    }
    assert_eq!(
        Stage::at("2026-03-01T11:58:59Z").verify(BOTH),
        Err(Fault::IssuedInFuture)
    );
    assert_eq!(
        Stage::at("2026-03-01T12:06:00Z").verify(BOTH),
        Err(Fault::ConfirmationOver)
    );
}

#[test]
fn a_second_confirmation_for_somebody_else_does_no_harm() {
    let ours = passage(
        BOTH,
        "<ns1:SubjectConfirmation ",
        "</ns1:SubjectConfirmation>",
    );
    let other = with(ours, ACS, "https://other.example/acs");
    let both = signed(&with(BOTH, ours, &format!("{other}{ours}")));
    assert!(Stage::default().verify(&both).is_ok());
}

#[test]
fn conditions_that_always_hold_are_taken() {
    let more = "<ns1:OneTimeUse/><ns1:ProxyRestriction Count=\"0\"/></ns1:Conditions>";
    let xml = signed(&with(BOTH, "</ns1:Conditions>", more));
    assert!(Stage::default().verify(&xml).is_ok());
}

#[test]
fn a_name_id_is_taken_exactly_as_it_stands() {
    let named = |name: &str| {
        let xml = with(BOTH, ">ada-4711<", &format!(">{name}<"));
        Stage::default().verify(&signed(&xml)).map(|a| a.name_id)
    };
    assert_eq!(
        named(" Ada\u{301} &amp; &lt;b&gt; ").unwrap(),
        " Ada\u{301} & <b> "
    );
    let longest = "é".repeat(255);
    assert_eq!(named(&longest).unwrap(), longest);
    assert_eq!(named(&"é".repeat(256)), Err(Fault::BadNameId));
}

#[test]
fn attributes_are_bounded() {
    let one =
        "<ns1:Attribute Name=\"n\"><ns1:AttributeValue>v</ns1:AttributeValue></ns1:Attribute>";
    let long = format!(
        "<ns1:Attribute Name=\"long\">{}</ns1:Attribute>",
        format!(
            "<ns1:AttributeValue>{}</ns1:AttributeValue>",
            "x".repeat(300)
        )
        .repeat(30)
    );
    let all = passage(
        BOTH,
        "<ns1:AttributeStatement>",
        "</ns1:AttributeStatement>",
    );
    let many = format!(
        "<ns1:AttributeStatement>{long}{}</ns1:AttributeStatement>",
        one.repeat(80)
    );
    let assertion = Stage::default()
        .verify(&signed(&with(BOTH, all, &many)))
        .unwrap();
    assert_eq!(assertion.attributes.len(), 50);
    let (_, values) = &assertion.attributes[0];
    assert_eq!((values.len(), values[0].len()), (20, 256));
}

#[test]
fn base64_may_be_wrapped() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let plain = STANDARD.encode(BOTH);
    let lines: Vec<_> = plain
        .as_bytes()
        .chunks(76)
        .map(|l| str::from_utf8(l).unwrap())
        .collect();
    assert!(Stage::default().verify_base64(&lines.join("\r\n")).is_ok());
}

#[test]
fn a_response_is_peeked_at_without_belief() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let peeked = peek(&STANDARD.encode(BOTH)).unwrap();
    assert_eq!(peeked.id.as_deref(), Some("id-fixture0003"));
    assert_eq!(peeked.in_response_to.as_deref(), Some(REQUEST));
    assert_eq!(peeked.issuer.as_deref(), Some(PROVIDER));
    let unasked = with(BOTH, &format!(" InResponseTo=\"{REQUEST}\""), "");
    assert_eq!(
        peek(&STANDARD.encode(&unasked)).unwrap().in_response_to,
        None
    );
    let commented = with(
        BOTH,
        "https://idp.example/meta",
        "https://idp.example/meta<!-- -->",
    );
    assert_eq!(peek(&STANDARD.encode(commented)), None);
    assert_eq!(peek("?"), None);
    assert_eq!(peek(&STANDARD.encode("<Response/>")), None);
}
