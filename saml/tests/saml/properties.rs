//! What holds for every text: nothing panics, and nothing but the genuine assertion is proven.

use crate::cast::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use saml::{peek, read_certificates, read_metadata};

/// What forgers insert, next to single bytes.
const FRAGMENTS: &[&str] = &[
    "<!---->",
    "<?x?>",
    "<![CDATA[x]]>",
    "&#97;",
    "&amp;",
    "&x;",
    " ",
    "\n",
    "\r",
    "\u{feff}",
    "\0",
    "<x/>",
    " xmlns=\"urn:x\"",
    " xmlns:ns1=\"urn:x\"",
    " ID=\"id-fixture0002\"",
    " xml:id=\"id-fixture0002\"",
    " Id=\"x\"",
    "<ns1:NameID>max-0001</ns1:NameID>",
    "<ns1:Assertion ID=\"x\"/>",
    "<ns1:Advice><ns1:Assertion ID=\"x\"/></ns1:Advice>",
    "<ns0:Extensions>x</ns0:Extensions>",
    "<ns2:Object/>",
    "<ns2:Signature/>",
    "<ns1:Audience>https://other.example/</ns1:Audience>",
    "max-0001",
];

#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Cut(usize),
    Remove(usize, usize),
    Double(usize, usize, usize),
    Insert(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let place = || 0..8000_usize;
    prop_oneof![
        (place(), 1..=255_u8).prop_map(|(at, mask)| Change::Flip(at, mask)),
        place().prop_map(Change::Cut),
        (place(), 1..200_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        (place(), 1..2000_usize, place())
            .prop_map(|(at, length, to)| Change::Double(at, length, to)),
        (place(), 0..FRAGMENTS.len()).prop_map(|(at, which)| Change::Insert(at, which)),
    ]
}

fn changed(xml: &str, change: &Change) -> Vec<u8> {
    let mut bytes = xml.as_bytes().to_vec();
    let within = |at: usize| at % xml.len();
    match *change {
        Change::Flip(at, mask) => bytes[within(at)] ^= mask,
        Change::Cut(at) => bytes.truncate(within(at)),
        Change::Remove(at, length) => {
            let end = (within(at) + length).min(bytes.len());
            bytes.drain(within(at)..end);
        }
        Change::Double(at, length, to) => {
            let end = (within(at) + length).min(bytes.len());
            let copy = bytes[within(at)..end].to_vec();
            bytes.splice(within(to)..within(to), copy);
        }
        Change::Insert(at, which) => {
            bytes.splice(within(at)..within(at), FRAGMENTS[which].bytes());
        }
    }
    bytes
}

/// Between two tags, where a fragment is well-formed more often.
fn between_tags(xml: &str, at: usize) -> usize {
    let places: Vec<_> = xml
        .match_indices("><")
        .map(|(index, _)| index + 1)
        .collect();
    places[at % places.len()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_changed_response_is_refused_or_means_the_same(
        which in 0..3_usize,
        changes in proptest::collection::vec(change(), 1..3),
    ) {
        let genuine = [ASSERTION, RESPONSE, BOTH][which];
        let mut bytes = genuine.as_bytes().to_vec();
        for change in &changes {
            // A change that breaks UTF-8 is the last.
            let Ok(xml) = str::from_utf8(&bytes) else { break };
            if xml.is_empty() { break }
            bytes = changed(xml, change);
        }
        let base64 = STANDARD.encode(&bytes);
        let _ = peek(&base64);
        if let Ok(assertion) = Stage::default().verify_base64(&base64) {
            prop_assert_eq!(assertion, Stage::default().verify(genuine).unwrap());
        }
    }

    #[test]
    fn a_fragment_between_tags_is_refused_or_means_nothing(
        which in 0..3_usize,
        at in 0..200_usize,
        fragment in 0..FRAGMENTS.len(),
    ) {
        let genuine = [ASSERTION, RESPONSE, BOTH][which];
        let at = between_tags(genuine, at);
        let xml = format!("{}{}{}", &genuine[..at], FRAGMENTS[fragment], &genuine[at..]);
        if let Ok(assertion) = Stage::default().verify(&xml) {
            prop_assert_eq!(assertion, Stage::default().verify(genuine).unwrap());
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(Stage::default().verify_base64(&STANDARD.encode(&bytes)).is_err());
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(Stage::default().verify_base64(&text).is_err());
        prop_assert!(peek(&text).is_none() && read_certificates(&text).is_err());
        prop_assert!(read_metadata(&text).is_err());
    }

    #[test]
    fn random_markup_is_refused(parts in proptest::collection::vec(0..FRAGMENTS.len(), 0..40)) {
        let text: String = parts.iter().map(|&part| FRAGMENTS[part]).collect();
        for xml in [text.clone(), format!("<a>{text}</a>")] {
            prop_assert!(Stage::default().verify(&xml).is_err());
            prop_assert!(read_metadata(&xml).is_err());
        }
    }
}

#[test]
fn a_twisted_byte_anywhere_is_refused_or_means_nothing() {
    let genuine = Stage::default().verify(BOTH).unwrap();
    let key_info = passage(BOTH, "<ns2:KeyInfo>", "</ns2:KeyInfo>").len();
    let mut taken = 0;
    for at in (0..BOTH.len()).step_by(3) {
        let mut bytes = BOTH.as_bytes().to_vec();
        bytes[at] ^= 1;
        if let Ok(assertion) = Stage::default().verify_base64(&STANDARD.encode(bytes)) {
            assert_eq!(assertion, genuine);
            taken += 1;
        }
    }
    // All that nobody verifies is what the two signatures say about their key.
    assert!(taken <= 2 * key_info / 3 + 20, "{taken} of {key_info}");
}
