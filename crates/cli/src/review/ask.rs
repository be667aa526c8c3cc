//! Asks one question after another.

use goldrule_curation::decisions::{Source, Subject, Verdict};
use goldrule_curation::queue::{Choice, Item, Session};
use goldrule_curation::{Conflicts, Guidelines, Record};
use goldrule_extractor::Extractor;
use goldrule_harness::{Style, counted};

use super::edit::edit;
use super::keys::{Key, Keys};
use super::screen::{Look, kind_of, one_line, question};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const KEYS: &str = "\
  a  accept        gold takes the record
  r  reject        the record is wrong; it will not be asked again
  1  as it is here, 2  as it is there: where two versions are shown
  e  edit          other labels, other boundaries
  s  skip          ask again at the end, or next time
  u  undo          take the last decision back, also of an earlier day
  g  guidelines    what they say about this label
  w  why           the rule and what it saw
  q  quit          go on later from here
";

/// What asking needs besides the files.
pub(super) struct Asker<'a> {
    extractor: &'a Extractor,
    guidelines: &'a Guidelines,
    colour: bool,
}

/// What follows an answer.
pub(super) enum Next {
    /// Ask what is to be asked now.
    Again,
    /// The same question waits for another key.
    Wait,
    /// Go on with the next file.
    File,
    Quit,
}

impl<'a> Asker<'a> {
    pub(super) fn new(extractor: &'a Extractor, guidelines: &'a Guidelines, terminal: &Terminal) -> Self {
        Self { extractor, guidelines, colour: matches!(terminal.style(), Style::Bold) }
    }

    /// Goes through every file; stops early where somebody quits.
    pub(super) fn run(&self, sessions: Vec<Session<'_>>) -> Result<Status, Failure> {
        let opened = Keys::open();
        let keys = opened.map_err(|error| {
            Failure::message(format!("cannot read single keys: {error}"), "use another terminal, or --list")
        })?;
        let mut status = Status::Fine;
        let (mut decided, mut left, mut quit) = (0, 0, false);
        let files = sessions.len();
        for (at, mut session) in sessions.into_iter().enumerate() {
            if quit {
                left += session.queue().items().len();
                continue;
            }
            let mut file = File {
                asker: self,
                keys: &keys,
                session: &mut session,
                put_off: Vec::new(),
                decided: 0,
                is_seen: files == 1,
                is_last: at + 1 == files,
            };
            quit = file.run();
            decided += file.decided;
            if let Err(message) = file.close() {
                keys.say(&format!("{message}\n"));
                status = Status::Problems;
            }
            left += session.queue().items().len();
        }
        keys.say(&format!("\n{}, {} left.\n", counted(decided, "decision"), left));
        Ok(status)
    }

    fn look(&self, keys: &Keys) -> Look {
        Look { width: keys.width(), colour: self.colour }
    }
}

/// One file being asked about.
pub(super) struct File<'a, 'd> {
    asker: &'a Asker<'a>,
    pub(super) keys: &'a Keys,
    pub(super) session: &'a mut Session<'d>,
    pub(super) put_off: Vec<Subject>,
    pub(super) decided: usize,
    /// Whether somebody looks at it: something was asked, or it is the only file.
    pub(super) is_seen: bool,
    pub(super) is_last: bool,
}

impl File<'_, '_> {
    /// Whether somebody quit.
    fn run(&mut self) -> bool {
        // Another session of this run may have written the file.
        if let Err(trouble) = self.session.refresh() {
            self.trouble(&trouble.to_string());
            return false;
        }
        let blind = self.session.queue().gold().meta.assisted == Some(false);
        let mut announced = false;
        loop {
            let items = self.session.queue().items();
            let left = items.len();
            let next = items.into_iter().find(|item| !self.put_off.contains(&item.subject));
            let Some(item) = next else {
                match self.finish() {
                    Next::Quit => return true,
                    Next::File => return false,
                    Next::Again | Next::Wait => continue,
                }
            };
            let suggests = item.source == Source::Suggestion;
            if blind && suggests && !announced {
                announced = true;
                let note =
                    "This document was annotated without suggestions; accepting one marks it assisted.";
                self.keys.say(&format!("\n{}\n", self.look().warning(note)));
            }
            self.show(&item, left);
            loop {
                match self.answer(&item) {
                    Next::Again => break,
                    Next::Wait => {}
                    Next::File => return false,
                    Next::Quit => return true,
                }
            }
        }
    }

    pub(super) fn look(&self) -> Look {
        self.asker.look(self.keys)
    }

    fn show(&mut self, item: &Item, left: usize) {
        self.is_seen = true;
        let (look, queue) = (self.look(), self.session.queue());
        let place = self.session.path().display();
        let kind = kind_of(item);
        let head = format!("{place} · {kind} · {} · {} decided, {left} left", item.layer(), self.decided);
        let rule = "─".repeat(look.width);
        self.keys.say(&format!("\n{}\n{}\n\n", look.dim(&rule), look.bold(&head)));
        self.keys.say(&look.context(queue.document(), item.span));
        self.keys.say("\n");
        self.keys.say(&look.labels(item, queue.gold(), queue.document()));
        if let Some(rule) = &item.rule {
            self.keys.say(&format!("  {:<13}{}\n", "rule", one_line(rule)));
        }
        self.ask(item);
    }

    fn ask(&self, item: &Item) {
        let look = self.look();
        let (question, yes, no) = question(item);
        let mut text = format!("\n{}", look.bold(&question));
        if item.unplaced {
            let what = "theirs was annotated in another text, and its place in this one is not known";
            text.push_str(&look.warning(&format!("\n  {what}: r keeps ours, e places it")));
        }
        for record in self.brought_along(item) {
            text.push_str("\n  a also adds ");
            text.push_str(&one_line(&record));
        }
        for record in self.pushed_out(item) {
            text.push_str(&look.warning(&format!("\n  a also removes {}", one_line(&record))));
        }
        let keys = format!("a {yes}  r {no}  e edit  s skip  u undo  g guidelines  w why  ? keys  q quit");
        self.keys.say(&format!("{text}\n{}\n", look.dim(&keys)));
    }

    /// What else goes where the record comes: what it would overlap.
    fn pushed_out(&self, item: &Item) -> Vec<String> {
        let Ok(decision) = self.session.queue().decision(item, Choice::Accept) else { return Vec::new() };
        let removed = decision.change.removed.iter();
        let others = removed.filter(|record| item.here.as_ref() != Some(record));
        others.map(ToString::to_string).collect()
    }

    /// What comes with an agency.
    fn brought_along(&self, item: &Item) -> Vec<String> {
        if item.along.is_empty() {
            return Vec::new();
        }
        let Ok(decision) = self.session.queue().decision(item, Choice::Accept) else { return Vec::new() };
        let added = decision.change.added.iter().filter(|record| item.there.as_ref() != Some(record));
        added.map(ToString::to_string).collect()
    }

    fn answer(&mut self, item: &Item) -> Next {
        let two = item.here.is_some() && item.there.is_some();
        match self.keys.next() {
            Key::Char('a') => self.decide(item, Choice::Accept),
            Key::Char('r') => self.decide(item, Choice::Reject),
            Key::Char('1') if two => self.decide(item, Choice::Reject),
            Key::Char('2') if two => self.decide(item, Choice::Accept),
            Key::Char('s') => self.decide(item, Choice::Skip),
            Key::Char('e') => match edit(item, self.session.queue(), self.keys, self.look()) {
                Some(record) => self.decide(item, Choice::Edit(record)),
                None => Next::Again,
            },
            Key::Char('u') => self.undo(),
            Key::Char('g') => self.guidelines(item),
            Key::Char('w') => self.why(item),
            Key::Char('?') => {
                self.keys.say(&format!("\n{KEYS}"));
                Next::Wait
            }
            Key::Char('q') | Key::Stop => Next::Quit,
            _ => Next::Wait,
        }
    }

    fn decide(&mut self, item: &Item, choice: Choice) -> Next {
        match self.session.decide(item, choice) {
            Ok(decision) => {
                if decision.decision == Verdict::Skipped {
                    self.put_off.push(item.subject.clone());
                } else {
                    self.decided += 1;
                }
                let what = one_line(&decision.subject.record.to_string());
                self.keys.say(&format!("{} {what}\n", self.look().bold(&decision.decision.to_string())));
                Next::Again
            }
            Err(trouble) => self.trouble(&trouble.to_string()),
        }
    }

    pub(super) fn undo(&mut self) -> Next {
        match self.session.undo() {
            Ok(Some(decision)) => {
                self.put_off.retain(|subject| !subject.is_same(&decision.subject));
                self.decided = self.decided.saturating_sub(1);
                let what = one_line(&decision.subject.record.to_string());
                self.keys.say(&format!("undone: {} {what}\n", decision.decision));
                Next::Again
            }
            Ok(None) => self.trouble("nothing to undo in this file"),
            Err(trouble) => self.trouble(&trouble.to_string()),
        }
    }

    pub(super) fn trouble(&self, message: &str) -> Next {
        self.keys.say(&format!("{}\n", self.look().warning(message)));
        Next::Wait
    }

    fn guidelines(&self, item: &Item) -> Next {
        let look = self.look();
        let said = self.asker.guidelines.about(item.record().as_ref());
        if said.is_empty() {
            self.keys.say("The guidelines say nothing about this label.\n");
        }
        for paragraph in said {
            self.keys.say(&format!(
                "\n  {}\n{}",
                look.bold(&paragraph.about),
                look.paragraph(&paragraph.text, 4)
            ));
        }
        Next::Wait
    }

    fn why(&self, item: &Item) -> Next {
        let document = self.session.queue().document();
        let text = match item.source {
            Source::Suggestion => {
                let rule = item.rule.as_deref().unwrap_or("no rule is named");
                let explained = self.asker.extractor.explain(document, Some(item.span.start));
                format!("{rule}\n{explained}")
            }
            Source::Comparison => "Two annotators differ here; no rule is involved.".to_owned(),
            Source::Conflict => self.reason(item),
        };
        self.keys.say("\n");
        for line in text.lines() {
            let indent = 2 + line.len() - line.trim_start().len();
            self.keys.say(&self.look().paragraph(line, indent));
        }
        Next::Wait
    }

    /// Why a merge could not settle the item.
    fn reason(&self, item: &Item) -> String {
        let conflicts = Conflicts::read(self.session.path()).unwrap_or_default().conflicts;
        let same = |a: &Option<Record>, b: &Option<Record>| a.is_some() && a == b;
        let found = conflicts
            .iter()
            .find(|conflict| same(&conflict.ours, &item.here) || same(&conflict.theirs, &item.there));
        found.map_or_else(String::new, |conflict| {
            let fields = if conflict.fields.is_empty() {
                String::new()
            } else {
                format!(" ({})", conflict.fields.join(", "))
            };
            let base = conflict.base.as_ref().map(|base| format!("\nbefore: {base}")).unwrap_or_default();
            format!("{}{fields}{base}", conflict.reason)
        })
    }
}
