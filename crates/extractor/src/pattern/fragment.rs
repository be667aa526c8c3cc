//! Fragments of patterns that have names and are shared.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::parse::{Node, captures};
use super::width::{narrowest, widest};

/// Named fragments that patterns share. Each is read once, however many patterns use it.
///
/// ```
/// use goldrule_extractor::pattern::{Definitions, parse};
///
/// let mut definitions = Definitions::new();
/// definitions.insert("status", "(immigration|legal) status");
/// assert!(parse("~ask about @status", &definitions).is_ok());
/// assert_eq!(parse("@statute", &definitions).unwrap_err().message, "`@statute` is not defined");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Definitions(BTreeMap<String, Definition>);

#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) source: String,
    pub(super) read: OnceLock<Arc<Fragment>>,
}

impl Definitions {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fragment, or replaces it. All are read anew, since others may use it.
    pub fn insert(&mut self, name: &str, source: &str) {
        for definition in self.0.values_mut() {
            definition.read.take();
        }
        self.0.insert(name.to_owned(), Definition { source: source.to_owned(), read: OnceLock::new() });
    }

    /// The text of a fragment.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|definition| definition.source.as_str())
    }

    /// The names of all, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn definition(&self, name: &str) -> Option<&Definition> {
        self.0.get(name)
    }
}

/// A fragment that has been read.
#[derive(Debug, PartialEq)]
pub struct Fragment {
    /// What it stands for.
    pub node: Node,
    /// Parts it has, those of the fragments it uses counted too.
    pub(super) parts: usize,
    /// How deep brackets and fragments lie in it.
    pub(super) depth: usize,
    /// Fewest and most tokens it matches.
    pub(super) narrowest: usize,
    pub(super) widest: usize,
    /// Whether it remembers anything under a name.
    pub(super) captures: bool,
}

impl Fragment {
    pub(super) fn new(node: Node, parts: usize, depth: usize) -> Self {
        let (narrowest, widest, captures) = (narrowest(&node), widest(&node), !captures(&node).is_empty());
        Self { node, parts, depth, narrowest, widest, captures }
    }
}
