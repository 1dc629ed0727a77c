//! Assertions that their provider did sign, and that are not for us, not for now or not enough.

use crate::cast::*;
use crate::forged::{Forgery, forgery};
use saml::Fault;

/// A response whose assertion was changed and signed again with the genuine key.
fn resigned(name: &'static str, fault: Fault, from: &str, to: &str) -> Forgery {
    let (head, assertion) = ASSERTION.split_at(ASSERTION.find("<ns1:Assertion ").unwrap());
    forgery(
        name,
        fault,
        signed(&format!("{head}{}", with(assertion, from, to))),
    )
}

pub fn forgeries() -> Vec<Forgery> {
    let mut all = frame();
    all.extend(subjects());
    all.extend(conditions());
    all.extend(statements());
    all
}

fn frame() -> Vec<Forgery> {
    let (_, assertion) = ASSERTION.split_at(ASSERTION.find("<ns1:Assertion ").unwrap());
    let issuer = passage(assertion, "<ns1:Issuer ", "</ns1:Issuer>");
    let issued = " IssueInstant=\"2026-03-01T12:00:00Z\"";
    vec![
        resigned(
            "an assertion of another version",
            Fault::WrongVersion,
            "Version=\"2.0\"",
            "Version=\"1.1\"",
        ),
        resigned(
            "an assertion of another issuer",
            Fault::WrongAssertionIssuer,
            ">https://idp.example/metadata<",
            ">https://evil.example/metadata<",
        ),
        resigned(
            "an assertion without issuer",
            Fault::WrongAssertionIssuer,
            issuer,
            "",
        ),
        resigned(
            "an assertion whose issuer is no entity",
            Fault::WrongAssertionIssuer,
            "nameid-format:entity",
            "nameid-format:persistent",
        ),
        resigned(
            "an assertion issued long ago",
            Fault::IssuedTooLongAgo,
            issued,
            " IssueInstant=\"2026-03-01T11:49:59Z\"",
        ),
        resigned(
            "an assertion issued tomorrow",
            Fault::IssuedInFuture,
            issued,
            " IssueInstant=\"2026-03-02T12:00:00Z\"",
        ),
        resigned("an assertion never issued", Fault::Malformed, issued, ""),
    ]
}

fn subjects() -> Vec<Forgery> {
    let subject = passage(ASSERTION, "<ns1:Subject>", "</ns1:Subject>");
    let named = passage(ASSERTION, "<ns1:NameID ", "</ns1:NameID>");
    let confirmation = passage(
        ASSERTION,
        "<ns1:SubjectConfirmation ",
        "</ns1:SubjectConfirmation>",
    );
    let data = passage(ASSERTION, "<ns1:SubjectConfirmationData ", "/>");
    let recipient = format!(" Recipient=\"{ACS}\"");
    let answered = format!(" InResponseTo=\"{REQUEST}\"");
    let end = "NotOnOrAfter=\"2026-03-01T12:05:00Z\" Recipient";
    let encrypted = "<ns1:EncryptedID><x/></ns1:EncryptedID>";
    let persistent = "<ns1:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">";
    vec![
        resigned("no subject", Fault::NoNameId, subject, ""),
        resigned(
            "two subjects",
            Fault::Malformed,
            subject,
            &subject.repeat(2),
        ),
        resigned("no NameID", Fault::NoNameId, named, ""),
        resigned("two NameIDs", Fault::Malformed, named, &named.repeat(2)),
        resigned("an encrypted NameID", Fault::Encrypted, named, encrypted),
        resigned("an empty NameID", Fault::BadNameId, ">ada-4711<", "><"),
        resigned(
            "a NameID with an element in it",
            Fault::BadNameId,
            ">ada-4711<",
            ">ada<x/>-4711<",
        ),
        resigned(
            "a NameID in an element",
            Fault::BadNameId,
            ">ada-4711<",
            "><x>ada-4711</x><",
        ),
        resigned(
            "a NameID of 256 characters",
            Fault::BadNameId,
            ">ada-4711<",
            &format!(">{}<", "a".repeat(256)),
        ),
        resigned(
            "a NameID in another namespace",
            Fault::NoNameId,
            named,
            &with(
                &with(named, persistent, "<NameID>"),
                "</ns1:NameID>",
                "</NameID>",
            ),
        ),
        resigned("no confirmation", Fault::NoBearer, confirmation, ""),
        resigned(
            "a confirmation for a holder of a key",
            Fault::NoBearer,
            "cm:bearer",
            "cm:holder-of-key",
        ),
        resigned("a confirmation without data", Fault::NoBearer, data, ""),
        resigned(
            "another recipient",
            Fault::WrongRecipient,
            &recipient,
            " Recipient=\"https://other.example/saml/acs\"",
        ),
        resigned("no recipient", Fault::WrongRecipient, &recipient, ""),
        resigned(
            "a confirmation for another request",
            Fault::ConfirmedForOtherRequest,
            &answered,
            " InResponseTo=\"_other\"",
        ),
        resigned(
            "a confirmation for no request",
            Fault::ConfirmedForOtherRequest,
            &answered,
            "",
        ),
        resigned(
            "a confirmation that is over",
            Fault::ConfirmationOver,
            end,
            "NotOnOrAfter=\"2026-03-01T12:00:00Z\" Recipient",
        ),
        resigned(
            "a confirmation without end",
            Fault::Malformed,
            end,
            "Recipient",
        ),
        resigned(
            "a confirmation with a wrong end",
            Fault::Malformed,
            end,
            "NotOnOrAfter=\"never\" Recipient",
        ),
        resigned(
            "a confirmation that starts later",
            Fault::ConfirmationNotYet,
            end,
            &format!("NotBefore=\"2026-03-01T12:02:01Z\" {end}"),
        ),
    ]
}

fn conditions() -> Vec<Forgery> {
    let conditions = passage(ASSERTION, "<ns1:Conditions ", "</ns1:Conditions>");
    let restriction = passage(
        ASSERTION,
        "<ns1:AudienceRestriction>",
        "</ns1:AudienceRestriction>",
    );
    let other = with(restriction, OURS, "https://other.example/saml/metadata");
    let (start, end) = (
        "NotBefore=\"2026-03-01T12:00:00Z\"",
        " NotOnOrAfter=\"2026-03-01T12:05:00Z\">",
    );
    vec![
        resigned("no conditions", Fault::NoConditions, conditions, ""),
        resigned(
            "two conditions",
            Fault::Malformed,
            conditions,
            &conditions.repeat(2),
        ),
        resigned(
            "conditions that start later",
            Fault::NotYetValid,
            start,
            "NotBefore=\"2026-03-01T12:02:01Z\"",
        ),
        resigned(
            "conditions with a wrong start",
            Fault::Malformed,
            start,
            "NotBefore=\"soon\"",
        ),
        resigned(
            "conditions that are over",
            Fault::NoLongerValid,
            end,
            " NotOnOrAfter=\"2026-03-01T12:00:00Z\">",
        ),
        resigned("conditions without end", Fault::Malformed, end, ">"),
        resigned(
            "another audience",
            Fault::WrongAudience,
            OURS,
            "https://other.example/saml/metadata",
        ),
        resigned(
            "an audience with a space",
            Fault::WrongAudience,
            OURS,
            &format!("{OURS} "),
        ),
        resigned(
            "an audience in another case",
            Fault::WrongAudience,
            OURS,
            &OURS.to_uppercase(),
        ),
        resigned(
            "an audience with an element in it",
            Fault::WrongAudience,
            OURS,
            &format!("{OURS}<x/>"),
        ),
        resigned(
            "two restrictions, the second for another audience",
            Fault::WrongAudience,
            restriction,
            &format!("{restriction}{other}"),
        ),
        resigned(
            "two restrictions, the first for another audience",
            Fault::WrongAudience,
            restriction,
            &format!("{other}{restriction}"),
        ),
        resigned(
            "an empty restriction",
            Fault::WrongAudience,
            restriction,
            "<ns1:AudienceRestriction/>",
        ),
        resigned("no restriction", Fault::NoAudience, restriction, ""),
        resigned(
            "an unknown condition",
            Fault::UnknownCondition,
            restriction,
            &format!("{restriction}<ns1:Condition xsi:type=\"x\"/>"),
        ),
        resigned(
            "a restriction in another namespace",
            Fault::UnknownCondition,
            restriction,
            "<AudienceRestriction/>",
        ),
    ]
}

fn statements() -> Vec<Forgery> {
    let statement = passage(ASSERTION, "<ns1:AuthnStatement ", "</ns1:AuthnStatement>");
    let over = "<ns1:AuthnStatement SessionNotOnOrAfter=\"2026-03-01T12:00:00Z\" ";
    let wrong = "<ns1:AuthnStatement SessionNotOnOrAfter=\"\" ";
    vec![
        resigned(
            "no authentication statement",
            Fault::NoAuthentication,
            statement,
            "",
        ),
        resigned(
            "a session that is over",
            Fault::SessionOver,
            "<ns1:AuthnStatement ",
            over,
        ),
        resigned(
            "a session with a wrong end",
            Fault::Malformed,
            "<ns1:AuthnStatement ",
            wrong,
        ),
    ]
}
