//! How many tokens a pattern matches.

use super::parse::Node;
use super::program::Pattern;

/// Fewest tokens a node can match.
pub(super) fn narrowest(node: &Node) -> usize {
    match node {
        Node::Words(_) | Node::Not(..) | Node::Class(_) | Node::Layer(_) => 1,
        Node::Shared(fragment) => fragment.narrowest,
        Node::Seq(items) => items.iter().map(narrowest).sum(),
        Node::Alt(branches) => branches.iter().map(narrowest).min().unwrap_or(0),
        Node::Capture(_, inner) => narrowest(inner),
        _ => 0,
    }
}

/// Most tokens a node can match.
pub(super) fn widest(node: &Node) -> usize {
    match node {
        Node::Words(_) | Node::Not(..) | Node::Class(_) => 1,
        Node::Shared(fragment) => fragment.widest,
        Node::Layer(_) => Pattern::LAYER_WIDTH,
        Node::Seq(items) => items.iter().map(widest).sum(),
        Node::Alt(branches) => branches.iter().map(widest).max().unwrap_or(0),
        Node::Opt(inner) | Node::Capture(_, inner) => widest(inner),
        Node::Gap(most) => usize::from(*most),
        Node::Start | Node::End | Node::ClauseStart | Node::ClauseEnd | Node::Look { .. } => 0,
    }
}
