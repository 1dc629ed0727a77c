//! Forgeries of what stands around the assertion, which its own signature does not cover.

use crate::cast::*;
use crate::forged::{Forgery, forgery};
use saml::Fault;

pub fn forgeries() -> Vec<Forgery> {
    let issuer = passage(ASSERTION, "<ns1:Issuer ", "</ns1:Issuer>");
    let issued = "IssueInstant=\"2026-03-01T12:00:00Z\" Destination";
    let status = passage(ASSERTION, "<ns0:Status>", "</ns0:Status>");
    let assertion = passage(ASSERTION, "<ns1:Assertion ", "</ns1:Assertion>");
    let altered = |name, fault, from: &str, to: &str| {
        // Only the first, which is the response's own.
        assert!(ASSERTION.contains(from), "{from}");
        forgery(name, fault, ASSERTION.replacen(from, to, 1))
    };
    let version = "Version=\"2.0\" IssueInstant";
    let destination = format!(" Destination=\"{ACS}\"");
    let answered = format!(" InResponseTo=\"{REQUEST}\"");
    let encrypted = "<ns1:EncryptedAssertion><x/></ns1:EncryptedAssertion>";
    let namespaces = "xmlns:ns0=\"urn:oasis:names:tc:SAML:2.0:protocol\"";
    vec![
        altered("another version", Fault::WrongVersion, version, "Version=\"1.1\" IssueInstant"),
        altered("no version", Fault::WrongVersion, version, "IssueInstant"),
        altered("another destination", Fault::WrongDestination, &destination, " Destination=\"https://other.example/saml/acs\""),
        altered("a longer destination", Fault::WrongDestination, &destination, &format!(" Destination=\"{ACS}/\"")),
        altered("no destination", Fault::WrongDestination, &destination, ""),
        altered("a destination in a namespace", Fault::WrongDestination, &destination, &format!(" xmlns:x=\"x\" x:Destination=\"{ACS}\"")),
        altered("an answer to another request", Fault::WrongInResponseTo, &answered, " InResponseTo=\"_other\""),
        altered("an answer to no request", Fault::WrongInResponseTo, &answered, ""),
        altered("another issuer", Fault::WrongIssuer, ">https://idp.example/metadata<", ">https://evil.example/metadata<"),
        altered("an issuer with a space", Fault::WrongIssuer, ">https://idp.example/metadata<", "> https://idp.example/metadata<"),
        altered("no issuer", Fault::WrongIssuer, issuer, ""),
        altered("an empty issuer", Fault::WrongIssuer, issuer, "<ns1:Issuer/>"),
        altered("an issuer with an element in it", Fault::WrongIssuer, "metadata</ns1:Issuer>", "metadata<x/></ns1:Issuer>"),
        altered("an issuer that is no entity", Fault::WrongIssuer, "nameid-format:entity", "nameid-format:persistent"),
        altered("two issuers", Fault::Malformed, issuer, &issuer.repeat(2)),
        altered("issued long ago", Fault::IssuedTooLongAgo, issued, "IssueInstant=\"2026-03-01T11:49:59Z\" Destination"),
        altered("issued tomorrow", Fault::IssuedInFuture, issued, "IssueInstant=\"2026-03-02T12:00:00Z\" Destination"),
        altered("never issued", Fault::Malformed, issued, "Destination"),
        altered("issued in local time", Fault::Malformed, issued, "IssueInstant=\"2026-03-01T12:00:00+00:00\" Destination"),
        altered("a failure", Fault::NotSuccess, "status:Success", "status:Responder"),
        altered("no status", Fault::NotSuccess, status, ""),
        altered("an empty status", Fault::NotSuccess, status, "<ns0:Status/>"),
        altered("two statuses", Fault::Malformed, status, &status.repeat(2)),
        altered("an encrypted assertion", Fault::Encrypted, assertion, encrypted),
        altered("an encrypted assertion besides", Fault::Encrypted, "<ns1:Assertion ", &format!("{encrypted}<ns1:Assertion ")),
        forgery("the assertion alone", Fault::NotAResponse, assertion.replacen("<ns1:Assertion ", "<ns1:Assertion xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:ns2=\"http://www.w3.org/2000/09/xmldsig#\" xmlns:ns1=\"urn:oasis:names:tc:SAML:2.0:assertion\" ", 1)),
        forgery("a response in another namespace", Fault::NotAResponse, with(ASSERTION, namespaces, "xmlns:ns0=\"urn:oasis:names:tc:SAML:1.0:protocol\"")),
        forgery("an answer to a logout", Fault::NotAResponse, with(&with(ASSERTION, "<ns0:Response ", "<ns0:LogoutResponse "), "</ns0:Response>", "</ns0:LogoutResponse>")),
        altered("a response in the response", Fault::NotAResponse, "<ns0:Status>", "<ns0:Extensions><ns0:Response/></ns0:Extensions><ns0:Status>"),
    ]
}
