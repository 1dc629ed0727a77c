//! The one parse of a document: whoever checks and whoever reads walk the same nodes.

use crate::name::Name;
use bergshamra::xml::uppsala::Parser;
use bergshamra::xml::{Document, NodeId, NodeKind};

/// How deep elements may be nested; a genuine response needs eight, metadata about as many.
const DEPTH_MAX: u32 = 32;

/// Why a text is no tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotATree {
    /// Not well-formed, or with a reference to an entity that nobody declared.
    NotXml,
    /// Nested deeper than [`DEPTH_MAX`].
    TooDeep,
    /// With a document type, and so perhaps with entities.
    DocumentType,
}

/// Something in a tree that is neither an element nor text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Oddity {
    Comment,
    ProcessingInstruction,
    CharacterData,
}

/// A parsed document.
pub struct Tree<'t> {
    document: Document<'t>,
    root: NodeId,
}

impl<'t> Tree<'t> {
    /// Parses a text, within bounds and without a document type.
    pub fn read(text: &'t str) -> Result<Self, NotATree> {
        // Well-formed XML has these characters in a comment or a CDATA section only, if not in a
        // document type; the parser says the same, but not as a reason of its own.
        if text.contains("<!DOCTYPE") {
            return Err(NotATree::DocumentType);
        }
        let parser = Parser::new()
            .with_forbid_dtd(true)
            .with_max_depth(DEPTH_MAX);
        let document = parser.parse(text).map_err(|error| {
            if error.to_string().contains("maximum depth") {
                NotATree::TooDeep
            } else {
                NotATree::NotXml
            }
        })?;
        let root = document.document_element().ok_or(NotATree::NotXml)?;
        Ok(Self { document, root })
    }

    /// The parsed document, for the library that verifies signatures on it.
    pub const fn document(&self) -> &Document<'t> {
        &self.document
    }

    /// The outermost element.
    pub const fn root(&self) -> NodeId {
        self.root
    }

    /// Every element, in the order of the document.
    pub fn elements(&self) -> impl Iterator<Item = NodeId> {
        let all = self.document.descendants(self.document.root());
        all.into_iter().filter(|&node| self.is_element(node))
    }

    /// The first node that is neither an element nor text, wherever it stands.
    pub fn oddity(&self) -> Option<Oddity> {
        let all = self.document.descendants(self.document.root());
        all.into_iter()
            .find_map(|node| match self.document.node_kind(node)? {
                NodeKind::Comment(_) => Some(Oddity::Comment),
                NodeKind::ProcessingInstruction(_) => Some(Oddity::ProcessingInstruction),
                NodeKind::CData(_) => Some(Oddity::CharacterData),
                _ => None,
            })
    }

    fn is_element(&self, node: NodeId) -> bool {
        self.document.element(node).is_some()
    }

    /// Whether an element has this name, in its namespace.
    pub fn is(&self, node: NodeId, Name(namespace, local): Name) -> bool {
        let element = self.document.element(node);
        element.is_some_and(|element| element.matches_name_ns(namespace, local))
    }

    /// The name of an element without its namespace; empty for anything else.
    pub fn local_name(&self, node: NodeId) -> &str {
        let element = self.document.element(node);
        element.map_or("", |element| element.name.local_name.as_ref())
    }

    /// The node in which one stands.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.document.parent(node)
    }

    /// The child elements, in order.
    pub fn children(&self, node: NodeId) -> Vec<NodeId> {
        let children = self.document.children_iter(node);
        children.filter(|&child| self.is_element(child)).collect()
    }

    /// The child elements of one name, in order.
    pub fn named(&self, node: NodeId, name: Name) -> Vec<NodeId> {
        let children = self.document.children_iter(node);
        children.filter(|&child| self.is(child, name)).collect()
    }

    /// The only child element of a name; an error if there are several.
    pub fn only(&self, node: NodeId, name: Name) -> Result<Option<NodeId>, Several> {
        match self.named(node, name)[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(Several),
        }
    }

    /// The attributes of an element: whether each has a namespace, its name there, and its value.
    pub fn attributes(&self, node: NodeId) -> impl Iterator<Item = (bool, &str, &str)> {
        let element = self.document.element(node);
        let attributes = element.map_or(&[][..], |element| &element.attributes);
        attributes.iter().map(|attribute| {
            let name = &attribute.name;
            let namespaced = name.namespace_uri.is_some() || name.prefix.is_some();
            (namespaced, name.local_name.as_ref(), &*attribute.value)
        })
    }

    /// An attribute without namespace.
    pub fn attribute(&self, node: NodeId, wanted: &str) -> Option<&str> {
        self.attributes(node)
            .find(|&(namespaced, name, _)| !namespaced && name == wanted)
            .map(|(_, _, value)| value)
    }

    /// What an element says, if it holds exactly one text node and nothing else: no reader then
    /// takes a part of it for the whole.
    pub fn text(&self, node: NodeId) -> Option<&str> {
        match self.document.children(node)[..] {
            [one] => match self.document.node_kind(one)? {
                NodeKind::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether nothing at all stands in an element.
    pub fn is_empty(&self, node: NodeId) -> bool {
        self.document.first_child(node).is_none()
    }
}

/// More children of a name than one.
#[derive(Debug)]
pub struct Several;
