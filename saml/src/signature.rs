//! The signatures of a response: their shape, then their digests and values.

use crate::name::{
    CANONICALIZATION_METHOD, DIGEST_METHOD, DIGEST_VALUE, KEY_INFO, Name, REFERENCE, SIGNATURE,
    SIGNATURE_METHOD, SIGNATURE_VALUE, SIGNED_INFO, TRANSFORM, TRANSFORMS,
};
use crate::tree::Tree;
use crate::{Certificate, Fault};
use bergshamra::core::algorithm::{
    ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512, ENVELOPED_SIGNATURE, EXC_C14N, RSA_SHA256,
    RSA_SHA384, RSA_SHA512, SHA256, SHA384, SHA512,
};
use bergshamra::dsig::verify::verify_all_document;
use bergshamra::xml::NodeId;
use bergshamra::{DsigContext, KeysManager, VerifyResult};

const SIGNATURE_ALGORITHMS: [&str; 6] = [
    RSA_SHA256,
    RSA_SHA384,
    RSA_SHA512,
    ECDSA_SHA256,
    ECDSA_SHA384,
    ECDSA_SHA512,
];
const DIGEST_ALGORITHMS: [&str; 3] = [SHA256, SHA384, SHA512];
/// Keeps prefixes that stand in text, such as that of `xsi:type="xs:string"`, in what is signed.
const INCLUSIVE_NAMESPACES: Name = Name(EXC_C14N, "InclusiveNamespaces");
/// How many prefixes may be listed there; every one is looked up at every element, so that a long
/// list takes the library minutes.
const PREFIXES_MAX: usize = 20;

/// Verifies every signature of a tree with these certificates, and nothing else: what a signature
/// says about its key is not believed. Gives the elements that are signed, which are nodes of this
/// very tree and among `may_be_signed`; at least one.
///
/// # Errors
/// The fault of the first signature that has one.
pub fn signed(
    tree: &Tree<'_>,
    may_be_signed: &[NodeId],
    certificates: &[&Certificate],
) -> Result<Vec<NodeId>, Fault> {
    let signatures: Vec<_> = tree.elements().filter(|&e| tree.is(e, SIGNATURE)).collect();
    if signatures.is_empty() {
        return Err(Fault::Unsigned);
    }
    let mut parents: Vec<NodeId> = Vec::new();
    for &signature in &signatures {
        let parent = tree.parent(signature);
        let parent = parent.filter(|parent| may_be_signed.contains(parent));
        match parent {
            Some(parent) if !parents.contains(&parent) => parents.push(parent),
            _ => return Err(Fault::MisplacedSignature),
        }
    }
    // The shape first: the library follows references of many kinds, also to files.
    for (&signature, &parent) in signatures.iter().zip(&parents) {
        shape(tree, signature, parent)?;
    }
    let mut keys = KeysManager::new();
    keys.add_keys(certificates.iter().filter_map(|c| c.verification_key()));
    let results = verify_all_document(&DsigContext::new(keys), tree.document());
    let results = results.map_err(|_| Fault::BadSignature)?;
    if results.len() != signatures.len() {
        return Err(Fault::BadSignature);
    }
    for ((&signature, &parent), result) in signatures.iter().zip(&parents).zip(&results) {
        if !covers(result, signature, parent) {
            return Err(Fault::BadSignature);
        }
    }
    Ok(parents)
}

/// Whether the library found this signature valid, over this node.
fn covers(result: &VerifyResult, signature: NodeId, parent: NodeId) -> bool {
    match result {
        VerifyResult::Valid {
            signature_node,
            references,
            ..
        } => match &references[..] {
            [one] => {
                *signature_node == signature
                    && one.digest_verified
                    && one.resolved_node == Some(parent)
            }
            _ => false,
        },
        VerifyResult::Invalid { .. } => false,
    }
}

/// Refuses a signature that is not exactly of the shape of SAML core §5.4.
fn shape(tree: &Tree<'_>, signature: NodeId, parent: NodeId) -> Result<(), Fault> {
    let (info, value) = match tree.children(signature)[..] {
        [info, value] => (info, value),
        [info, value, key] if tree.is(key, KEY_INFO) => (info, value),
        _ => return Err(Fault::MalformedSignature),
    };
    if !tree.is(info, SIGNED_INFO) || !tree.is(value, SIGNATURE_VALUE) || !has_text(tree, value) {
        return Err(Fault::MalformedSignature);
    }
    if tree.named(info, REFERENCE).len() != 1 {
        return Err(Fault::SeveralReferences);
    }
    let [canonicalization, method, reference] = tree.children(info)[..] else {
        return Err(Fault::MalformedSignature);
    };
    if !tree.is(reference, REFERENCE) {
        return Err(Fault::MalformedSignature);
    }
    canonical(tree, canonicalization, CANONICALIZATION_METHOD).ok_or(Fault::WrongAlgorithm)?;
    allowed(tree, method, SIGNATURE_METHOD, &SIGNATURE_ALGORITHMS)?;
    refers(tree, reference, parent)
}

/// Refuses a reference to anything but the signature's parent, or to a part of it.
fn refers(tree: &Tree<'_>, reference: NodeId, parent: NodeId) -> Result<(), Fault> {
    let id = tree.attribute(parent, "ID").filter(|id| is_id(id));
    let id = id.ok_or(Fault::WrongReference)?;
    let uri = plain_attribute(tree, reference, "URI").ok_or(Fault::WrongReference)?;
    if uri.strip_prefix('#') != Some(id) {
        return Err(Fault::WrongReference);
    }
    let [transforms, method, value] = tree.children(reference)[..] else {
        return Err(Fault::MalformedSignature);
    };
    if !tree.is(transforms, TRANSFORMS) || !tree.is(value, DIGEST_VALUE) || !has_text(tree, value) {
        return Err(Fault::MalformedSignature);
    }
    allowed(tree, method, DIGEST_METHOD, &DIGEST_ALGORITHMS)?;
    let [enveloped, exclusive] = tree.children(transforms)[..] else {
        return Err(Fault::WrongTransforms);
    };
    allowed(tree, enveloped, TRANSFORM, &[ENVELOPED_SIGNATURE])
        .map_err(|_| Fault::WrongTransforms)?;
    canonical(tree, exclusive, TRANSFORM).ok_or(Fault::WrongTransforms)
}

/// Refuses an element whose algorithm is not in the list, or that has something to say about it,
/// such as the length of a shortened HMAC.
fn allowed(tree: &Tree<'_>, node: NodeId, name: Name, list: &[&str]) -> Result<(), Fault> {
    let algorithm = plain_attribute(tree, node, "Algorithm");
    if tree.is(node, name) && tree.is_empty(node) && algorithm.is_some_and(|a| list.contains(&a)) {
        Ok(())
    } else {
        Err(Fault::WrongAlgorithm)
    }
}

/// Whether an element says exclusive canonicalisation without comments, with or without a short
/// list of prefixes.
fn canonical(tree: &Tree<'_>, node: NodeId, name: Name) -> Option<()> {
    let exclusive = plain_attribute(tree, node, "Algorithm") == Some(EXC_C14N);
    let listed = match tree.children(node)[..] {
        [] => "",
        [one] if tree.is(one, INCLUSIVE_NAMESPACES) => plain_attribute(tree, one, "PrefixList")?,
        _ => return None,
    };
    let short = listed.split_ascii_whitespace().count() <= PREFIXES_MAX;
    (tree.is(node, name) && exclusive && short).then_some(())
}

/// An attribute of an element that has none in a namespace: the library looks at local names only,
/// and would take `x:Algorithm` for `Algorithm`.
fn plain_attribute<'t>(tree: &'t Tree<'_>, node: NodeId, name: &str) -> Option<&'t str> {
    let namespaced = tree.attributes(node).any(|(namespaced, ..)| namespaced);
    tree.attribute(node, name).filter(|_| !namespaced)
}

fn has_text(tree: &Tree<'_>, node: NodeId) -> bool {
    tree.text(node).is_some_and(|text| !text.trim().is_empty())
}

/// Whether an id is a plain name, so that a reference to it can't be read as something else, such
/// as an XPointer.
fn is_id(id: &str) -> bool {
    let first = id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    first
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}
