//! Single keys from the terminal, which is left as it was found however the program ends.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, poll, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};

/// How long a signal to stop may go unnoticed.
const WAIT: Duration = Duration::from_millis(100);
/// Longest line of text, in columns.
const WIDEST: usize = 96;

/// A key that means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Char(char),
    Left {
        shift: bool,
    },
    Right {
        shift: bool,
    },
    Tab,
    Enter,
    Backspace,
    Escape,
    /// Ctrl-C, Ctrl-D, a signal, or a terminal that went away.
    Stop,
}

/// The terminal in raw mode; dropping it puts the terminal back.
pub(super) struct Keys {
    stopped: Arc<AtomicBool>,
}

impl Keys {
    pub(super) fn open() -> io::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP, signal_hook::consts::SIGINT]
        {
            signal_hook::flag::register(signal, stopped.clone())?;
        }
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = disable_raw_mode();
            before(panic);
        }));
        enable_raw_mode()?;
        Ok(Self { stopped })
    }

    /// The next key.
    pub(super) fn next(&self) -> Key {
        loop {
            if self.stopped.load(Ordering::Relaxed) {
                return Key::Stop;
            }
            match poll(WAIT) {
                Ok(false) => {}
                Ok(true) => match read() {
                    Ok(event) => {
                        if let Some(key) = meaning(&event) {
                            return key;
                        }
                    }
                    Err(_) => return Key::Stop,
                },
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Key::Stop,
            }
        }
    }

    /// A line typed here, begun with `text`; none where it was given up.
    pub(super) fn line(&self, prompt: &str, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        loop {
            self.say(&format!("\r\u{1b}[K{prompt}{text}"));
            match self.next() {
                Key::Char(c) => text.push(c),
                Key::Backspace => drop(text.pop()),
                Key::Enter => {
                    self.say("\n");
                    return Some(text);
                }
                Key::Escape | Key::Stop => {
                    self.say("\n");
                    return None;
                }
                _ => {}
            }
        }
    }

    /// Writes to the terminal; in raw mode a new line does not return to the first column by itself.
    #[allow(clippy::unused_self, reason = "text is laid out for a terminal in raw mode")]
    pub(super) fn say(&self, text: &str) {
        let mut out = anstream::stdout().lock();
        let _ = out.write_all(text.replace('\n', "\r\n").as_bytes()).and_then(|()| out.flush());
    }

    /// Columns of a line.
    #[allow(clippy::unused_self, reason = "the size is the terminal's")]
    pub(super) fn width(&self) -> usize {
        let columns = size().map_or(0, |(columns, _)| usize::from(columns));
        if columns == 0 { 80 } else { columns.clamp(40, WIDEST) }
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
        // A thread that panics may not touch the hook, and has used it.
        if !std::thread::panicking() {
            let _ = std::panic::take_hook();
        }
    }
}

fn meaning(event: &Event) -> Option<Key> {
    let Event::Key(key) = event else { return None };
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    Some(match key.code {
        KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => Key::Stop,
        // Together they make letters of their own on some keyboards.
        KeyCode::Char(_)
            if key.modifiers.contains(KeyModifiers::CONTROL) != key.modifiers.contains(KeyModifiers::ALT) =>
        {
            return None;
        }
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Left => Key::Left { shift },
        KeyCode::Right => Key::Right { shift },
        KeyCode::Tab => Key::Tab,
        KeyCode::Enter => Key::Enter,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Esc => Key::Escape,
        _ => return None,
    })
}
