//! Forgeries of signatures.

use crate::cast::*;
use crate::forged::{Forgery, forgery};
use saml::Fault;

fn signature(xml: &str) -> &str {
    passage(xml, "<ns2:Signature ", "</ns2:Signature>")
}

pub fn forgeries() -> Vec<Forgery> {
    let mut all = keys();
    all.extend(content());
    all.extend(places());
    all.extend(ids());
    all
}

fn keys() -> Vec<Forgery> {
    let x509 = "<ns2:X509Certificate>";
    let ours = passage(ASSERTION, x509, "</ns2:X509Certificate>");
    let bare = STRANGER_CERTIFICATE
        .lines()
        .filter(|line| !line.starts_with("---"));
    let theirs = format!("{x509}{}</ns2:X509Certificate>", bare.collect::<String>());
    let swapped = with(ASSERTION, ours, &theirs);
    let years_later = Stage::at("2040-03-01T12:01:00Z");
    vec![
        forgery(
            "unsigned",
            Fault::Unsigned,
            without(ASSERTION, "<ns2:Signature ", "</ns2:Signature>"),
        ),
        forgery(
            "the response's signature stripped",
            Fault::Unsigned,
            without(RESPONSE, "<ns2:Signature ", "</ns2:Signature>"),
        ),
        forgery("no certificate configured", Fault::NoCertificate, BOTH).on(Stage::trusting(&[])),
        forgery("an expired certificate", Fault::NoCurrentCertificate, BOTH).on(years_later),
        forgery(
            "a certificate not valid yet",
            Fault::NoCurrentCertificate,
            BOTH,
        )
        .on(Stage::at("2020-03-01T12:01:00Z")),
        forgery(
            "another key",
            Fault::BadSignature,
            signed_by(BOTH, private(STRANGER_KEY)),
        ),
        forgery(
            "another key with its certificate in KeyInfo",
            Fault::BadSignature,
            signed_by(&swapped, private(STRANGER_KEY)),
        ),
        forgery(
            "another key with its certificate in KeyInfo, of both signatures",
            Fault::BadSignature,
            signed_by(&with(BOTH, ours, &theirs), private(STRANGER_KEY)),
        ),
        forgery(
            "a genuine response of another provider",
            Fault::BadSignature,
            BOTH,
        )
        .on(Stage::trusting(&[STRANGER_CERTIFICATE, CURVE_CERTIFICATE])),
        forgery(
            "a stranger's signature inside the genuine one",
            Fault::BadSignature,
            signed_around(
                &signed_by(BOTH, private(STRANGER_KEY)),
                private(PROVIDER_KEY),
            ),
        ),
        forgery(
            "a stranger's signature around the genuine one",
            Fault::BadSignature,
            {
                let stranger = signed_by(BOTH, private(STRANGER_KEY));
                with(BOTH, signature(BOTH), signature(&stranger))
            },
        ),
    ]
}

fn content() -> Vec<Forgery> {
    let other_digest = "<ns2:DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</";
    let digest = passage(ASSERTION, "<ns2:DigestValue>", "</");
    let value = passage(ASSERTION, "<ns2:SignatureValue>", "</ns2:SignatureValue>");
    let empty = "<ns2:SignatureValue></ns2:SignatureValue>";
    let blank = "<ns2:SignatureValue> </ns2:SignatureValue>";
    let twisted = with(value, "<ns2:SignatureValue>", "<ns2:SignatureValue>AAAA");
    vec![
        forgery(
            "an altered NameID",
            Fault::BadSignature,
            with(ASSERTION, ">ada-4711<", ">max-0001<"),
        ),
        forgery(
            "an altered NameID, response signed",
            Fault::BadSignature,
            with(RESPONSE, ">ada-4711<", ">max-0001<"),
        ),
        forgery(
            "an altered attribute",
            Fault::BadSignature,
            with(ASSERTION, ">ada@demo", ">max@demo"),
        ),
        forgery(
            "an attribute more",
            Fault::BadSignature,
            with(ASSERTION, "<ns1:Conditions ", "<ns1:Conditions x=\"y\" "),
        ),
        forgery(
            "an altered destination, both signed",
            Fault::BadSignature,
            with(BOTH, "Destination=\"https", "Destination=\"http"),
        ),
        forgery(
            "an altered digest",
            Fault::BadSignature,
            with(ASSERTION, digest, other_digest),
        ),
        forgery(
            "an altered signature value",
            Fault::BadSignature,
            with(ASSERTION, value, &twisted),
        ),
        forgery(
            "an empty signature value",
            Fault::MalformedSignature,
            with(ASSERTION, value, empty),
        ),
        forgery(
            "a blank signature value",
            Fault::MalformedSignature,
            with(ASSERTION, value, blank),
        ),
        forgery(
            "no signature value",
            Fault::MalformedSignature,
            with(ASSERTION, value, ""),
        ),
        forgery(
            "no signed info",
            Fault::MalformedSignature,
            without(ASSERTION, "<ns2:SignedInfo>", "</ns2:SignedInfo>"),
        ),
        forgery(
            "an element in the digest value",
            Fault::MalformedSignature,
            with(ASSERTION, "</ns2:DigestValue>", "<x/></ns2:DigestValue>"),
        ),
        forgery("two signed infos", Fault::MalformedSignature, {
            let info = passage(ASSERTION, "<ns2:SignedInfo>", "</ns2:SignedInfo>");
            with(ASSERTION, info, &info.repeat(2))
        }),
        forgery(
            "an object in the signature",
            Fault::MalformedSignature,
            with(
                ASSERTION,
                "</ns2:Signature>",
                "<ns2:Object>x</ns2:Object></ns2:Signature>",
            ),
        ),
        forgery(
            "a manifest as a third part of what is signed",
            Fault::MalformedSignature,
            resigned_assertion("</ns2:SignedInfo>", "<ns2:Manifest/></ns2:SignedInfo>"),
        ),
    ]
}

fn places() -> Vec<Forgery> {
    let own = signature(ASSERTION);
    let bare = with(ASSERTION, own, "");
    let extensions = format!("<ns0:Extensions>{own}</ns0:Extensions><ns0:Status>");
    let misplaced = Fault::MisplacedSignature;
    vec![
        forgery(
            "the signature in the subject",
            misplaced,
            with(&bare, "<ns1:Subject>", &format!("<ns1:Subject>{own}")),
        ),
        forgery(
            "the signature in extensions",
            misplaced,
            with(&bare, "<ns0:Status>", &extensions),
        ),
        forgery(
            "a second signature in extensions",
            misplaced,
            with(
                ASSERTION,
                "<ns0:Status>",
                &extensions.replace(" Id=\"Signature", " Id=\"Copy"),
            ),
        ),
        forgery(
            "the signature twice",
            misplaced,
            with(
                ASSERTION,
                own,
                &format!("{own}{}", own.replace(" Id=\"Signature", " Id=\"Copy")),
            ),
        ),
    ]
}

fn ids() -> Vec<Forgery> {
    let beside = |element: &str| {
        with(
            ASSERTION,
            "<ns0:Status>",
            &format!("<ns0:Extensions>{element}</ns0:Extensions><ns0:Status>"),
        )
    };
    let (doubled, namespaced) = (Fault::DuplicateId, Fault::NamespacedId);
    vec![
        forgery(
            "the assertion's id twice",
            doubled,
            beside("<a ID=\"id-fixture0002\"/>"),
        ),
        forgery(
            "the assertion's id twice, as Id",
            doubled,
            beside("<a Id=\"id-fixture0002\"/>"),
        ),
        forgery(
            "the assertion's id twice, as AssertionID",
            doubled,
            beside("<a AssertionID=\"id-fixture0002\"/>"),
        ),
        forgery(
            "the response with the assertion's id",
            doubled,
            with(ASSERTION, "id-fixture0003", "id-fixture0002"),
        ),
        forgery(
            "two ids of one element",
            doubled,
            beside("<a ID=\"a\" Id=\"b\"/>"),
        ),
        forgery(
            "an xml:id",
            namespaced,
            beside("<a xml:id=\"id-fixture0002\"/>"),
        ),
        forgery(
            "an xml:id beside an id",
            namespaced,
            with(ASSERTION, "<ns0:Response ", "<ns0:Response xml:id=\"x\" "),
        ),
        forgery(
            "an id in a namespace",
            namespaced,
            beside("<a xmlns:x=\"x\" x:ID=\"x\"/>"),
        ),
        forgery(
            "an id beside one in a namespace",
            namespaced,
            beside("<a xmlns:x=\"x\" ID=\"y\" x:ID=\"x\"/>"),
        ),
    ]
}
