//! What a response claims, when nobody asked for it.

use crate::name::{ISSUER, RESPONSE};
use crate::response::{decode, refuse_oddities};
use crate::tree::Tree;

/// How many characters of an unproven value are handed on.
const PEEKED_MAX: usize = 1024;

/// What a response claims, without any proof: enough to find the provider with which to start a
/// fresh sign-in, and for nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Peeked {
    /// The id of the response.
    pub id: Option<String>,
    /// The id of the request that it answers, if it answers one.
    pub in_response_to: Option<String>,
    /// The entity id of the provider.
    pub issuer: Option<String>,
}

/// Reads what a response claims, without believing it; nothing if it is none.
#[must_use]
pub fn peek(response_base64: &str) -> Option<Peeked> {
    let text = decode(response_base64).ok()?;
    let tree = Tree::read(&text).ok()?;
    refuse_oddities(&tree).ok()?;
    let response = Some(tree.root()).filter(|&root| tree.is(root, RESPONSE))?;
    let short = |value: &&str| value.chars().count() <= PEEKED_MAX;
    let attribute = |name| tree.attribute(response, name).filter(short);
    let issuer = tree.only(response, ISSUER).ok().flatten();
    let issuer = issuer.and_then(|issuer| tree.text(issuer)).filter(short);
    Some(Peeked {
        id: attribute("ID").map(str::to_owned),
        in_response_to: attribute("InResponseTo").map(str::to_owned),
        issuer: issuer.map(str::to_owned),
    })
}
