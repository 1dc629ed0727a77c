//! Our metadata, read as a provider reads it.

use crate::cast::*;
use bergshamra::xml::uppsala;
use saml::{ServiceProvider, metadata};

const NAMESPACE: &str = "urn:oasis:names:tc:SAML:2.0:metadata";

#[test]
fn our_metadata_says_who_we_are() {
    let keys = [
        certificate(PROVIDER_CERTIFICATE),
        certificate(NEXT_CERTIFICATE),
    ];
    let xml = metadata(&us(), "Staffroom", &[&keys[0], &keys[1]]);
    let tree = uppsala::parse(&xml).unwrap();
    let root = tree.document_element().unwrap();
    assert_eq!(tree.get_attribute(root, "entityID"), Some(OURS));
    let roles = tree.child_elements_by_name_ns(root, NAMESPACE, "SPSSODescriptor");
    let role = roles[0];
    assert_eq!(
        tree.get_attribute(role, "AuthnRequestsSigned"),
        Some("true")
    );
    assert_eq!(
        tree.get_attribute(role, "WantAssertionsSigned"),
        Some("true")
    );
    let acs = tree.child_elements_by_name_ns(role, NAMESPACE, "AssertionConsumerService")[0];
    assert_eq!(tree.get_attribute(acs, "Location"), Some(ACS));
    assert_eq!(tree.get_attribute(acs, "index"), Some("0"));
    let keyed = tree.child_elements_by_name_ns(role, NAMESPACE, "KeyDescriptor");
    let read = keyed.iter().map(|&key| {
        assert_eq!(tree.get_attribute(key, "use"), Some("signing"));
        certificate(&tree.text_content_deep(key))
    });
    assert_eq!(read.collect::<Vec<_>>(), keys);
}

#[test]
fn without_a_key_we_do_not_claim_to_sign() {
    let xml = metadata(&us(), "Staffroom", &[]);
    assert!(xml.contains("AuthnRequestsSigned=\"false\"") && !xml.contains("KeyDescriptor"));
}

#[test]
fn names_cannot_break_out_of_our_metadata() {
    let odd = "\"><x/>&amp;'\0\u{b}]]>\n<!--";
    let sp = ServiceProvider {
        entity_id: odd.to_owned(),
        acs_address: odd.to_owned(),
    };
    let xml = metadata(&sp, odd, &[]);
    let tree = uppsala::parse(&xml).unwrap();
    let root = tree.document_element().unwrap();
    let shown = odd.replace(['\0', '\u{b}'], "\u{fffd}");
    assert_eq!(tree.get_attribute(root, "entityID"), Some(shown.as_str()));
    let names = tree.get_elements_by_tag_name("DisplayName");
    assert_eq!(tree.text_content_deep(names[0]), shown);
}
