//! What the program said in this run, to be read again. It is kept nowhere else.

use std::collections::VecDeque;

use super::toasts::Attempt;
use crate::lang::{t, tr};

/// Most messages that are kept.
pub const MOST_MESSAGES: usize = 500;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Something could not be done.
    Error,
    /// Something was done.
    News,
    /// What a command answered.
    Answer,
}

impl Sort {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => t("Error"),
            Self::News => t("News"),
            Self::Answer => t("Answer"),
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The time of day, of the last time if it was said several times in a row.
    pub time: String,
    /// What was said.
    pub words: String,
    /// What it is about.
    pub sort: Sort,
    /// How often it was said in a row.
    pub times: u32,
    /// Whether it is an error that nobody has looked at.
    pub unseen: bool,
    /// Whether what failed was done later.
    pub done_since: bool,
    about: Option<Attempt>,
}

impl Message {
    /// All of it in a line: `10:42:07  Error: ...`.
    pub fn in_words(&self) -> String {
        let times = if self.times > 1 { tr!(" ({} times)", self.times) } else { String::new() };
        let since = if self.done_since { t(" (done since)") } else { "" };
        format!("{}  {}: {}{times}{since}", self.time, self.sort.label(), self.words)
    }
}

/// The messages of this run.
#[derive(Clone, Debug, Default)]
pub struct MessageLog {
    /// Oldest first.
    messages: VecDeque<Message>,
}

impl MessageLog {
    /// Keeps a message.
    pub(super) fn push(&mut self, time: String, words: &str, sort: Sort, about: Option<Attempt>) {
        let unseen = sort == Sort::Error;
        if let Some(last) = self.messages.back_mut().filter(|last| last.sort == sort && last.words == words) {
            (last.time, last.times) = (time, last.times.saturating_add(1));
            (last.unseen, last.done_since) = (unseen, false);
            return;
        }
        if self.messages.len() == MOST_MESSAGES {
            self.messages.pop_front();
        }
        let words = words.to_owned();
        self.messages.push_back(Message { time, words, sort, times: 1, unseen, done_since: false, about });
    }

    /// What failed before was done.
    pub(super) fn done(&mut self, attempt: Attempt) {
        for message in self.messages.iter_mut().filter(|message| message.about == Some(attempt)) {
            message.done_since = true;
        }
    }

    /// An error was read where it was shown.
    pub(super) fn look_at(&mut self, words: &str) {
        for message in self.messages.iter_mut().filter(|message| message.words == words) {
            message.unseen = false;
        }
    }

    /// All were read.
    pub fn look_at_all(&mut self) {
        self.messages.iter_mut().for_each(|message| message.unseen = false);
    }

    /// The messages, newest first.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev()
    }

    /// How many errors nobody has looked at.
    pub fn errors(&self) -> usize {
        self.messages.iter().filter(|message| message.unseen).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(log: &mut MessageLog, words: &str, sort: Sort) {
        log.push("10:42:07".to_owned(), words, sort, Some(Attempt::Save));
    }

    #[test]
    fn the_oldest_make_room_and_the_newest_come_first() {
        let mut log = MessageLog::default();
        for number in 0..MOST_MESSAGES + 20 {
            push(&mut log, &format!("Saved {number}"), Sort::News);
        }
        assert_eq!(log.messages().count(), MOST_MESSAGES);
        assert_eq!(log.messages().next().map(|message| message.words.as_str()), Some("Saved 519"));
        assert_eq!(log.messages().last().map(|message| message.words.as_str()), Some("Saved 20"));
    }

    #[test]
    fn errors_stay_marked_until_they_are_looked_at_and_say_when_it_went_well_later() {
        let mut log = MessageLog::default();
        push(&mut log, "No room", Sort::Error);
        push(&mut log, "No room", Sort::Error);
        log.done(Attempt::Save);
        push(&mut log, "Saved", Sort::News);
        assert_eq!(log.errors(), 1, "twice in a row is one");
        let lines: Vec<String> = log.messages().map(Message::in_words).collect();
        assert_eq!(lines, ["10:42:07  News: Saved", "10:42:07  Error: No room (2 times) (done since)"]);
        log.look_at("No room");
        assert_eq!(log.errors(), 0);
        push(&mut log, "No room", Sort::Error);
        assert_eq!((log.errors(), log.messages().count()), (1, 3), "again, it is new");
        log.look_at_all();
        assert_eq!(log.errors(), 0);
    }
}
