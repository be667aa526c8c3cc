//! The text again, with each citation a link.
//!
//! Nothing but links is put in, and nothing is escaped that the format would read as it stands, so that
//! [`strip_links`] gives back the text byte for byte.

use super::Citation;

/// What links are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// `<a href="…" data-citation="/us/usc/t8/s1373">8 U.S.C. § 1373</a>`. The text is plain text: `&` and
    /// `<` are escaped where HTML would take them for the beginning of a reference or tag. What has no
    /// page has no `href`.
    Html,
    /// `[8 U.S.C. § 1373](…)`. The text may have emphasis of its own; brackets, backslashes and
    /// exclamation marks are escaped where they would make or unmake a link. What has no page leads to its
    /// id as a fragment, `(#/us-ca/bill/sb/54)`, and `(#)` where it has no id either.
    Markdown,
}

/// Writes the text with each citation as a link; `citations` are those of the text, in its order.
///
/// ```
/// use goldrule_extractor::citation::{Markup, annotate, find_citations, strip_links};
///
/// let text = "H.R. 29 & [sic] 8 CFR 287.7 <b>";
/// let citations: Vec<_> = find_citations(text).collect();
/// let html = annotate(text, &citations, Markup::Html);
/// assert_eq!(
///     html,
///     "<a data-citation=\"/us/bill/hr/29\">H.R. 29</a> & [sic] \
///      <a href=\"https://www.ecfr.gov/current/title-8/section-287.7\" \
///      data-citation=\"/us/cfr/t8/s287.7\">8 CFR 287.7</a> &lt;b>"
/// );
/// assert_eq!(strip_links(&html, Markup::Html), text);
/// ```
pub fn annotate(text: &str, citations: &[Citation<'_>], markup: Markup) -> String {
    let mut out = String::with_capacity(text.len() + 100 * citations.len());
    let mut from = 0;
    for citation in citations {
        let range = citation.span.range();
        let (Some(between), Some(quote)) = (text.get(from..range.start), text.get(range.clone())) else {
            continue;
        };
        match markup {
            Markup::Html => {
                push_html(&mut out, between, quote);
                push_tag(&mut out, citation);
                push_html(&mut out, quote, &text[range.end..]);
                out.push_str("</a>");
            }
            Markup::Markdown => {
                push_markdown(&mut out, between, Inside::Text(Some('[')));
                out.push('[');
                push_markdown(&mut out, quote, Inside::Link);
                out.push_str("](");
                out.push_str(&destination(citation));
                out.push(')');
            }
        }
        from = range.end;
    }
    let rest = text.get(from..).unwrap_or("");
    match markup {
        Markup::Html => push_html(&mut out, rest, ""),
        Markup::Markdown => push_markdown(&mut out, rest, Inside::Text(None)),
    }
    out
}

/// Adds plain text to HTML; `after` is the text that comes next.
fn push_html(out: &mut String, text: &str, after: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let next = tail[1..].chars().next().or_else(|| after.chars().next());
        match (tail.as_bytes()[0], next) {
            (b'&', Some(c)) if c.is_ascii_alphanumeric() || c == '#' => out.push_str("&amp;"),
            (b'<', Some(c)) if c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?') => {
                out.push_str("&lt;");
            }
            (byte, _) => out.push(char::from(byte)),
        }
        rest = &tail[1..];
    }
    out.push_str(rest);
}

fn push_tag(out: &mut String, citation: &Citation<'_>) {
    out.push_str("<a");
    let attributes = [("href", citation.url()), ("data-citation", citation.canonical())];
    for (name, value) in attributes {
        let Some(value) = value else { continue };
        out.extend([" ", name, "=\""]);
        for c in value.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '"' => out.push_str("&quot;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                c => out.push(c),
            }
        }
        out.push('"');
    }
    out.push('>');
}

fn destination(citation: &Citation<'_>) -> String {
    citation.url().unwrap_or_else(|| {
        let id = citation.canonical().unwrap_or_default();
        format!("#{}", super::page::encoded(&id))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Words of a link.
    Link,
    /// Other text, and what is written after it.
    Text(Option<char>),
}

fn push_markdown(out: &mut String, text: &str, inside: Inside) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().or(match inside {
            Inside::Link => Some(']'),
            Inside::Text(after) => after,
        });
        let last = chars.peek().is_none();
        let escaped = match c {
            '\\' => matches!(next, Some('\\' | '[' | ']' | '!')),
            '[' => inside == Inside::Link,
            ']' => inside == Inside::Link || matches!(next, Some('(' | '[' | ':')),
            // Before a link it would make an image of it.
            '!' => last && inside == Inside::Text(Some('[')),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Takes out the links that [`annotate`] put in, and its escapes: the text that was annotated.
pub fn strip_links(annotated: &str, markup: Markup) -> String {
    match markup {
        Markup::Html => strip_html(annotated),
        Markup::Markdown => strip_markdown(annotated),
    }
}

fn strip_html(annotated: &str) -> String {
    let mut out = String::with_capacity(annotated.len());
    let mut rest = annotated;
    while let Some(at) = rest.find(['&', '<']) {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let tag = tail.starts_with("<a>") || tail.starts_with("<a ");
        let (kept, length) = if tail.starts_with("&amp;") {
            ("&", 5)
        } else if tail.starts_with("&lt;") {
            ("<", 4)
        } else if tail.starts_with("</a>") {
            ("", 4)
        } else if let Some(end) = tail.find('>').filter(|_| tag) {
            ("", end + 1)
        } else {
            (&tail[..1], 1)
        };
        out.push_str(kept);
        rest = &tail[length..];
    }
    out.push_str(rest);
    out
}

fn strip_markdown(annotated: &str) -> String {
    let mut out = String::with_capacity(annotated.len());
    let mut rest = annotated;
    while let Some(at) = rest.find(['\\', '[']) {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        rest = if let Some(c) = escaped(tail) {
            out.push(c);
            &tail[2..]
        } else if let Some((words, after)) = link(tail) {
            out.push_str(&strip_markdown(words));
            after
        } else {
            out.push_str(&tail[..1]);
            &tail[1..]
        };
    }
    out.push_str(rest);
    out
}

/// The character behind a backslash that only guards it.
fn escaped(text: &str) -> Option<char> {
    text.strip_prefix('\\')?.chars().next().filter(|c| matches!(c, '\\' | '[' | ']' | '!'))
}

/// The words of the link that begins here, and what comes after it.
fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let mut from = 0;
    loop {
        let at = from + inner.get(from..)?.find(['\\', '[', ']'])?;
        if escaped(&inner[at..]).is_some() {
            from = at + 2;
            continue;
        }
        match inner.as_bytes()[at] {
            b'\\' => from = at + 1,
            b'[' => return None,
            _ => {
                let address = inner[at + 1..].strip_prefix('(')?;
                let end = address.find(')')?;
                return Some((&inner[..at], &address[end + 1..]));
            }
        }
    }
}
