//! Explanations as people read them.

use std::fmt;

use super::{Explanation, NearView, Quote, RuleView, SentenceView, StanceView, WeighedView};

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sentences.is_empty() {
            return writeln!(f, "{}: nothing was found, and no rule came near.", self.document);
        }
        for (index, sentence) in self.sentences.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{}:{}:{}", self.document, sentence.line, sentence.column)?;
            sentence.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line: Vec<_> = self.text.split_whitespace().collect();
        write!(f, "“{}” {}..{}", line.join(" "), self.start, self.end)
    }
}

impl fmt::Display for RuleView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{}  {file}:{line}", self.id),
            _ => write!(f, "{}  (grammar)", self.id),
        }
    }
}

impl fmt::Display for SentenceView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", self.place.text.split_whitespace().collect::<Vec<_>>().join(" "))?;
        for mention in &self.mentions {
            writeln!(f, "\n  mention   {}", mention.place)?;
            writeln!(f, "    agency  {}: {}, {}", mention.agency, mention.name, mention.kind)?;
            writeln!(f, "    form    {}", mention.form)?;
            writeln!(f, "    rule    {}", mention.rule)?;
            writeln!(f, "    joined  {}", mention.joined)?;
            if mention.provisional {
                writeln!(f, "    kept    because its agency holds a stance")?;
            }
        }
        for citation in &self.citations {
            writeln!(f, "\n  citation  {}", citation.place)?;
            writeln!(
                f,
                "    names   {} {}",
                citation.kind,
                citation.canonical.as_deref().unwrap_or("(not settled)")
            )?;
            writeln!(f, "    rule    {}", citation.rule)?;
        }
        for stance in &self.stances {
            stance.fmt(f)?;
        }
        for silent in &self.silent {
            writeln!(f, "\n  no stance from {}", silent.core)?;
            writeln!(f, "    rule    {}", silent.rule)?;
            writeln!(f, "    since   {}", silent.because)?;
        }
        for (index, near) in self.nearest.iter().enumerate() {
            if index == 0 {
                writeln!(f, "\n  no stance rule matches; nearest")?;
            }
            near.fmt(f)?;
        }
        if self.stances.is_empty() && self.silent.is_empty() && self.nearest.is_empty() {
            writeln!(f, "\n  no stance rule matches or comes near")?;
        }
        Ok(())
    }
}

impl fmt::Display for StanceView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n  stance    {}", self.evidence)?;
        writeln!(f, "    says    {}: {}, {}", self.holder.agency, self.topic, self.position)?;
        writeln!(f, "    rule    {}", self.rule)?;
        if let Some(pattern) = &self.rule.pattern {
            writeln!(f, "            {pattern}")?;
        }
        writeln!(f, "    core    {}, base position {}", self.core, self.base)?;
        for capture in &self.captures {
            writeln!(f, "    capture {}: {}", capture.name, capture.place)?;
        }
        writeln!(f, "    scope   {}", self.scope)?;
        for operator in &self.operators {
            writeln!(f, "    context {} {}", operator.trigger, operator.effect)?;
            writeln!(f, "            {}", operator.rule)?;
        }
        if self.operators.is_empty() {
            writeln!(f, "    context none: the base position stays")?;
        }
        if let Some(weighed) = &self.weighed {
            writeln!(f, "    weighed {weighed}")?;
        }
        writeln!(f, "    holder  {}, by {}: {}", self.holder.name, self.holder.sieve, self.holder.because)?;
        writeln!(f, "    told    {}, {}", self.attribution, self.attributed)
    }
}

impl fmt::Display for WeighedView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} % likely, {} % is the least", self.percent, self.least)?;
        if let Some(stated) = self.stated {
            write!(f, "; a pattern states {stated}")?;
        }
        write!(f, "\n            {}", shortened(&self.topic))?;
        for position in self.positions.iter().take(2) {
            write!(f, "\n            {}", shortened(position))?;
        }
        Ok(())
    }
}

/// The first entries of what points are made of.
fn shortened(sum: &str) -> String {
    const SHOWN: usize = 9;
    match sum.match_indices(", ").nth(SHOWN) {
        Some((at, _)) => format!("{}, and {} more", &sum[..at], sum[at..].matches(", ").count()),
        None => sum.to_owned(),
    }
}

impl fmt::Display for NearView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "    rule    {}", self.rule)?;
        writeln!(f, "            {}", self.rule.pattern.as_deref().unwrap_or_default())?;
        if let Some(matched) = &self.matched {
            writeln!(f, "    matched {matched}")?;
        }
        writeln!(f, "    failed  {} ({}:{})", self.because, self.line, self.column)?;
        writeln!(f, "    there   “{}”", self.found.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
