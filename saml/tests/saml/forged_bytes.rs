//! Forgeries that are no XML, or XML with something in it that readers see differently.

use crate::cast::*;
use crate::forged::{Forgery, forgery};
use saml::{Fault, RESPONSE_BYTES_MAX};

pub fn forgeries() -> Vec<Forgery> {
    let root = "<ns0:Response ";
    let dtd = |declared: &str| with(ASSERTION, root, &format!("<!DOCTYPE r{declared}>{root}"));
    let base64 = |name, fault, base64: String| Forgery {
        base64,
        ..forgery(name, fault, "")
    };
    let nested = format!("{}{}", "<a>".repeat(60), "</a>".repeat(60));
    vec![
        base64(
            "garbage instead of base64",
            Fault::NotBase64,
            "<Response/>".to_owned(),
        ),
        base64(
            "base64 for addresses",
            Fault::NotBase64,
            "PFI-_w==".to_owned(),
        ),
        base64(
            "too large",
            Fault::TooLarge,
            "A".repeat(RESPONSE_BYTES_MAX + 1),
        ),
        forgery("nothing", Fault::NotXml, ""),
        forgery("plain text", Fault::NotXml, "hello"),
        forgery("not UTF-8", Fault::NotXml, b"<a>\xff</a>"),
        forgery("UTF-16", Fault::NotXml, b"\xff\xfe<\0a\0/\0>\0"),
        forgery("truncated", Fault::NotXml, &BOTH[..BOTH.len() - 20]),
        forgery("two roots", Fault::NotXml, format!("{ASSERTION}<a/>")),
        forgery(
            "an undeclared entity",
            Fault::NotXml,
            with(ASSERTION, ">ada-", ">&ada;-"),
        ),
        forgery(
            "an attribute twice",
            Fault::NotXml,
            with(
                ASSERTION,
                "Version=\"2.0\" ID",
                "Version=\"2.0\" Version=\"2.0\" ID",
            ),
        ),
        forgery(
            "too deep",
            Fault::TooDeep,
            with(
                ASSERTION,
                "<ns0:Status>",
                &format!("<ns0:Extensions>{nested}</ns0:Extensions><ns0:Status>"),
            ),
        ),
        forgery("a DTD", Fault::DocumentType, dtd("")),
        forgery(
            "an external DTD",
            Fault::DocumentType,
            dtd(" SYSTEM \"http://evil.example/\""),
        ),
        forgery(
            "an entity in the NameID",
            Fault::DocumentType,
            with(&dtd(" [<!ENTITY e \"ada\">]"), ">ada-", ">&e;-"),
        ),
        forgery(
            "a comment inside the NameID",
            Fault::Comment,
            signed(&with(ASSERTION, ">ada-4711<", ">ada-4711.evil.example<"))
                .replace(">ada-4711.evil", ">ada-4711<!---->.evil"),
        ),
        forgery(
            "a comment in front",
            Fault::Comment,
            with(ASSERTION, root, &format!("<!-- -->{root}")),
        ),
        forgery(
            "a comment behind",
            Fault::Comment,
            format!("{ASSERTION}<!-- -->"),
        ),
        forgery(
            "a comment in the digest",
            Fault::Comment,
            with(ASSERTION, "<ns2:DigestValue>", "<ns2:DigestValue><!-- -->"),
        ),
        forgery(
            "a processing instruction inside the NameID",
            Fault::ProcessingInstruction,
            with(ASSERTION, ">ada-4711<", ">ada-<?x y?>4711<"),
        ),
        forgery(
            "a processing instruction in front",
            Fault::ProcessingInstruction,
            with(
                ASSERTION,
                root,
                &format!("<?xml-stylesheet href=\"x\"?>{root}"),
            ),
        ),
        forgery(
            "the NameID as CDATA",
            Fault::CharacterData,
            with(ASSERTION, ">ada-4711<", "><![CDATA[ada-4711]]><"),
        ),
        forgery(
            "a part of the NameID as CDATA",
            Fault::CharacterData,
            with(ASSERTION, ">ada-4711<", ">ada<![CDATA[-4711]]><"),
        ),
    ]
}
