//! Forgeries of what a signature refers to, and of how that is transformed.

use crate::cast::*;
use crate::forged::{Forgery, forgery};
use bergshamra::core::algorithm;
use saml::Fault;

pub fn forgeries() -> Vec<Forgery> {
    let own = "URI=\"#id-fixture0002\"";
    let reference = passage(ASSERTION, "<ns2:Reference ", "</ns2:Reference>");
    let response = with(reference, "0002", "0003");
    let transforms = passage(ASSERTION, "<ns2:Transforms>", "</ns2:Transforms>");
    let enveloped = format!(
        "<ns2:Transform Algorithm=\"{}\"/>",
        algorithm::ENVELOPED_SIGNATURE
    );
    let exclusive = format!("<ns2:Transform Algorithm=\"{}\"/>", algorithm::EXC_C14N);
    let with_transforms = |inner: &str| {
        resigned_assertion(
            transforms,
            &format!("<ns2:Transforms>{inner}</ns2:Transforms>"),
        )
    };
    let xpath = |left_out: &str| {
        format!(
            "<ns2:Transform Algorithm=\"{}\"><ns2:XPath>not(ancestor-or-self::{left_out})</ns2:XPath></ns2:Transform>",
            algorithm::XPATH
        )
    };
    let listing = |prefixes: String| {
        format!(
            "<ns2:Transform Algorithm=\"{0}\"><ec:InclusiveNamespaces xmlns:ec=\"{0}\" PrefixList=\"{prefixes}\"/></ns2:Transform>",
            algorithm::EXC_C14N
        )
    };
    let statement = with(
        ASSERTION,
        "<ns1:AuthnStatement ",
        "<ns1:AuthnStatement ID=\"s\" ",
    );
    let unset = with(ASSERTION, own, "URI=\"\"");
    let pointed = with(ASSERTION, "\"id-fixture0002\"", "\"xpointer(id('x'))\"");
    let pointed = with(&pointed, "#id-fixture0002", "#xpointer(id('x'))");
    let pointed = with(&pointed, "<ns1:Conditions ", "<ns1:Conditions ID=\"x\" ");
    let (several, wrong) = (Fault::SeveralReferences, Fault::WrongReference);
    let list = format!("{exclusive}\n").replace(
        "/>\n",
        "><ec:InclusiveNamespaces xmlns:ec=\"urn:other\" PrefixList=\"\"/></ns2:Transform>",
    );
    vec![
        forgery(
            "an extra reference",
            several,
            resigned_assertion(reference, &format!("{reference}{response}")),
        ),
        forgery(
            "the reference twice",
            several,
            resigned_assertion(reference, &reference.repeat(2)),
        ),
        forgery("no reference", several, resigned_assertion(reference, "")),
        forgery("a reference to the whole document", wrong, signed(&unset)),
        forgery("no URI", wrong, resigned_assertion(&format!(" {own}"), "")),
        forgery(
            "a reference to the response",
            wrong,
            resigned_assertion(own, "URI=\"#id-fixture0003\""),
        ),
        forgery(
            "a reference to a part",
            wrong,
            signed(&with(&statement, own, "URI=\"#s\"")),
        ),
        forgery(
            "an XPointer",
            wrong,
            resigned_assertion(own, "URI=\"#xpointer(id('id-fixture0002'))\""),
        ),
        forgery(
            "an XPointer to everything",
            wrong,
            resigned_assertion(own, "URI=\"#xpointer(/)\""),
        ),
        forgery("an id that reads as an XPointer", wrong, signed(&pointed)),
        forgery(
            "a reference to a file",
            wrong,
            with(ASSERTION, own, "URI=\"Cargo.toml\""),
        ),
        forgery(
            "a reference to an attachment",
            wrong,
            with(ASSERTION, own, "URI=\"cid:x\""),
        ),
        forgery(
            "a reference elsewhere",
            wrong,
            with(ASSERTION, own, "URI=\"https://evil.example/\""),
        ),
        forgery(
            "a reference with a URI in a namespace",
            wrong,
            resigned_assertion(
                own,
                &format!("xmlns:x=\"x\" x:URI=\"#id-fixture0002\" {own}"),
            ),
        ),
        forgery(
            "no transforms",
            Fault::MalformedSignature,
            with(ASSERTION, transforms, ""),
        ),
        forgery(
            "an empty list of transforms",
            Fault::WrongTransforms,
            with(ASSERTION, transforms, "<ns2:Transforms></ns2:Transforms>"),
        ),
        forgery(
            "only exclusive canonicalisation",
            Fault::WrongTransforms,
            with_transforms(&exclusive),
        ),
        forgery(
            "only enveloped signature",
            Fault::WrongTransforms,
            with_transforms(&enveloped),
        ),
        forgery(
            "transforms in the other order",
            Fault::WrongTransforms,
            with(
                ASSERTION,
                transforms,
                &format!("<ns2:Transforms>{exclusive}{enveloped}</ns2:Transforms>"),
            ),
        ),
        forgery(
            "enveloped signature twice",
            Fault::WrongTransforms,
            with_transforms(&format!("{enveloped}{enveloped}{exclusive}")),
        ),
        forgery(
            "an XPath that leaves the subject out",
            Fault::WrongTransforms,
            with_transforms(&format!("{enveloped}{}{exclusive}", xpath("ns1:Subject"))),
        ),
        forgery(
            "an XPath in place of enveloped signature",
            Fault::WrongTransforms,
            with_transforms(&format!("{}{exclusive}", xpath("ns2:Signature"))),
        ),
        forgery(
            "inclusive canonicalisation",
            Fault::WrongTransforms,
            with_transforms(&format!(
                "{enveloped}{}",
                exclusive.replace(algorithm::EXC_C14N, algorithm::C14N)
            )),
        ),
        forgery(
            "canonicalisation with comments",
            Fault::WrongTransforms,
            with_transforms(&format!(
                "{enveloped}{}",
                exclusive.replace(algorithm::EXC_C14N, algorithm::EXC_C14N_WITH_COMMENTS)
            )),
        ),
        forgery(
            "a long list of prefixes",
            Fault::WrongTransforms,
            with_transforms(&format!("{enveloped}{}", listing("x ".repeat(21)))),
        ),
        forgery(
            "a list of prefixes in another namespace",
            Fault::WrongTransforms,
            with_transforms(&format!("{enveloped}{list}")),
        ),
    ]
}
