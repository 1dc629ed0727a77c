//! Signature wrapping: the genuine signed element is kept somewhere, and another is put where a
//! careless reader looks. The eight shapes are those of Somorovsky et al., "On Breaking SAML"
//! (USENIX Security 2012), as the tool SAML Raider numbers them.

use crate::cast::*;
use crate::forged::{Forgery, forgery};
use saml::Fault;

fn assertion(xml: &str) -> &str {
    passage(xml, "<ns1:Assertion ", "</ns1:Assertion>")
}

fn signature(xml: &str) -> &str {
    passage(xml, "<ns2:Signature ", "</ns2:Signature>")
}

fn unsigned(xml: &str) -> String {
    with(xml, signature(xml), "")
}

/// Somebody else's assertion, or response, with another id and without a signature.
fn evil(xml: &str, id: &str) -> String {
    with(
        &with(&unsigned(xml), ">ada-4711<", ">max-0001<"),
        id,
        "evil",
    )
}

/// A signature with something inside.
fn around(signature: &str, inner: &str) -> String {
    with(
        signature,
        "</ns2:Signature>",
        &format!("<ns2:Object>{inner}</ns2:Object></ns2:Signature>"),
    )
}

pub fn forgeries() -> Vec<Forgery> {
    let mut all = responses();
    all.extend(assertions());
    all.extend(plain());
    all
}

fn responses() -> Vec<Forgery> {
    let (declaration, genuine) = RESPONSE.split_once('\n').unwrap();
    let signature = signature(genuine);
    let original = unsigned(genuine).replace("id-fixture0002", "inner");
    let evil = evil(genuine, "id-fixture0003");
    let at_status = |inserted: &str| {
        let xml = with(&evil, "<ns0:Status>", &format!("{inserted}<ns0:Status>"));
        format!("{declaration}{xml}")
    };
    let not_one = Fault::NotAResponse;
    vec![
        forgery(
            "XSW1: the response inside its signature",
            not_one,
            at_status(&around(signature, &original)),
        ),
        forgery(
            "XSW2: the response beside its signature",
            not_one,
            at_status(&format!("{original}{signature}")),
        ),
    ]
}

fn assertions() -> Vec<Forgery> {
    let genuine = assertion(ASSERTION);
    let signature = signature(genuine);
    let original = unsigned(genuine);
    let evil = evil(genuine, "id-fixture0002");
    let same_id = with(&evil, "\"evil\"", "\"id-fixture0002\"");
    let evil_with = |inner: &str| with(&evil, "<ns1:Subject>", &format!("{inner}<ns1:Subject>"));
    let instead = |assertions: &str| with(ASSERTION, genuine, assertions);
    let extended = |inner: &str, assertion: &str| {
        let extensions = format!("<ns0:Extensions>{inner}</ns0:Extensions><ns0:Status>");
        with(&instead(assertion), "<ns0:Status>", &extensions)
    };
    let several = Fault::SeveralAssertions;
    vec![
        forgery(
            "XSW3: another assertion in front",
            several,
            instead(&format!("{evil}{genuine}")),
        ),
        forgery(
            "XSW4: the assertion inside another",
            several,
            instead(&with(
                &evil,
                "</ns1:Assertion>",
                &format!("{genuine}</ns1:Assertion>"),
            )),
        ),
        forgery(
            "XSW5: the signature in another, the assertion behind",
            several,
            instead(&format!("{}{original}", evil_with(signature))),
        ),
        forgery(
            "XSW6: the assertion inside the signature of another",
            several,
            instead(&evil_with(&around(signature, &original))),
        ),
        forgery(
            "XSW7: another assertion in extensions",
            several,
            extended(&evil, genuine),
        ),
        forgery(
            "XSW7 with the same id",
            Fault::DuplicateId,
            extended(&same_id, genuine),
        ),
        forgery(
            "XSW8: the assertion in an object, its signature in another",
            several,
            extended(&original, &evil_with(signature)),
        ),
        forgery(
            "another assertion behind",
            several,
            instead(&format!("{genuine}{evil}")),
        ),
        forgery(
            "the assertion as advice of another",
            several,
            instead(&evil_with(&format!("<ns1:Advice>{genuine}</ns1:Advice>"))),
        ),
        forgery(
            "another assertion in another namespace",
            several,
            instead(&format!(
                "{}{genuine}",
                evil.replace("ns1:Assertion ", "Assertion ")
                    .replace("/ns1:Assertion>", "/Assertion>")
            )),
        ),
    ]
}

fn plain() -> Vec<Forgery> {
    let genuine = assertion(ASSERTION);
    let misplaced = with(ASSERTION, genuine, "");
    let misplaced = with(
        &misplaced,
        "<ns0:Status>",
        &format!("<ns0:Extensions>{genuine}</ns0:Extensions><ns0:Status>"),
    );
    let foreign = ASSERTION
        .replace("ns1:Assertion ", "Assertion ")
        .replace("/ns1:Assertion>", "/Assertion>");
    vec![
        forgery(
            "the assertion in extensions",
            Fault::MisplacedAssertion,
            misplaced,
        ),
        forgery(
            "an assertion in no namespace",
            Fault::MisplacedAssertion,
            foreign,
        ),
        forgery(
            "no assertion",
            Fault::NoAssertion,
            with(ASSERTION, genuine, ""),
        ),
        forgery(
            "the evil response with the evil assertion signed by nobody",
            Fault::Unsigned,
            with(ASSERTION, genuine, &evil(genuine, "id-fixture0002")),
        ),
        forgery(
            "the genuine signature in another assertion",
            Fault::WrongReference,
            with(
                ASSERTION,
                genuine,
                &with(
                    &evil(genuine, "id-fixture0002"),
                    "<ns1:Subject>",
                    &format!("{}<ns1:Subject>", signature(genuine)),
                ),
            ),
        ),
    ]
}
