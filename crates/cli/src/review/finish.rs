//! What is left when every question about a file is answered.

use goldrule_curation::decisions::Source;
use goldrule_curation::{Conflicts, KeyConflict};
use goldrule_harness::counted;
use serde_json::Value;

use super::ask::{File, Next};
use super::keys::Key;

impl File<'_, '_> {
    /// Asks about keys, and waits while the last decision can still be taken back.
    pub(super) fn finish(&mut self) -> Next {
        if self.session.queue().source() == Source::Conflict
            && let Next::Quit = self.settle_keys()
        {
            return Next::Quit;
        }
        if !self.is_seen || self.session.queue().last().is_none() {
            return Next::File;
        }
        let left = self.put_off.len();
        let done =
            if left == 0 { "all decided".to_owned() } else { format!("{left} put off, the rest decided") };
        let on = if self.is_last { "" } else { "  Enter next file" };
        let (place, look) = (self.session.path().display().to_string(), self.look());
        self.keys.say(&format!(
            "\n{}\n{}\n",
            look.bold(&format!("{place} · {done}")),
            look.dim(&format!("u undo{on}  q quit"))
        ));
        loop {
            match self.keys.next() {
                Key::Char('u') => {
                    if let Next::Again = self.undo() {
                        return Next::Again;
                    }
                }
                Key::Enter if !self.is_last => return Next::File,
                Key::Char('q') | Key::Stop => return Next::Quit,
                _ => {}
            }
        }
    }

    /// Asks which value each key has that a merge could not settle.
    fn settle_keys(&mut self) -> Next {
        let keys = Conflicts::read(self.session.path()).unwrap_or_default().keys;
        for key in keys {
            let told = |value: &Option<Value>| value.as_ref().map_or("nothing".to_owned(), Value::to_string);
            let look = self.look();
            let KeyConflict { key: name, base, ours, theirs } = &key;
            let question = format!("A merge could not settle `{name}`. Which value?");
            let choices = format!("1 ours: {}  2 theirs: {}  s skip  q quit", told(ours), told(theirs));
            let before = format!("before: {}", told(base));
            let place = self.session.path().display().to_string();
            self.keys.say(&format!("\n{place}\n{}\n  {before}\n{choices}\n", look.bold(&question)));
            loop {
                let takes_theirs = match self.keys.next() {
                    Key::Char('1' | 'r') => false,
                    Key::Char('2' | 'a') => true,
                    Key::Char('s') => break,
                    Key::Char('q') | Key::Stop => return Next::Quit,
                    _ => continue,
                };
                match self.session.settle_key(&key, takes_theirs) {
                    Ok(()) => {
                        self.decided += 1;
                        break;
                    }
                    Err(trouble) => drop(self.trouble(&trouble.to_string())),
                }
            }
        }
        Next::Again
    }

    /// Ends the work on a file: its status, and its conflicts where none are left.
    pub(super) fn close(&mut self) -> Result<(), String> {
        self.session.settle().map_err(|trouble| trouble.to_string())?;
        if self.session.queue().source() != Source::Conflict {
            return Ok(());
        }
        let new = self.session.clear_conflicts().map_err(|trouble| trouble.to_string())?;
        if new > 0 {
            let many = counted(new, "conflict");
            let place = self.session.path().display();
            self.keys.say(&format!("{place}: {many} came meanwhile; review it again.\n"));
        }
        Ok(())
    }
}
