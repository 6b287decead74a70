//! What is said in passing, for who does not see what changed: a screen reader is told each step that was made, taken back or brought
//! again, and what commands answer; the status bar shows the answers.

use egui::{Id, Rect, Role, Sense, Ui, Vec2, WidgetInfo, accesskit::Live};

use crate::{
    lang::tr,
    project::ElementId,
    session::{Session, StepId},
};

/// What was said last.
#[derive(Debug, Default)]
pub struct Announcer {
    words: String,
    /// Counts what was said: the same words twice are still said twice.
    count: u64,
    /// The steps on top of the history when it was looked at last; nothing before the first look.
    known: Option<(Option<StepId>, Option<StepId>)>,
    answer: Option<Answer>,
    /// An answer that was not handed on yet.
    fresh: Option<String>,
}

/// What a command answered, shown for as long as nothing else happens.
#[derive(Debug)]
struct Answer {
    words: String,
    revision: u64,
    cursor: Option<ElementId>,
}

impl Announcer {
    /// Says what a command answers.
    pub fn answer(&mut self, words: String, session: &Session) {
        self.say(words.clone());
        self.fresh = Some(words.clone());
        self.answer = Some(Answer { words, revision: session.revision(), cursor: session.cursor().cloned() });
    }

    /// Says what stands on the screen anyway.
    pub fn tell(&mut self, words: String) {
        self.say(words);
    }

    /// What a command answered, while that is still of the moment.
    pub fn shown(&self) -> Option<&str> {
        self.answer.as_ref().map(|answer| answer.words.as_str())
    }

    /// What a command answered since this was asked last, for who keeps it.
    pub fn take_answer(&mut self) -> Option<String> {
        self.fresh.take()
    }

    /// What was said last.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Says which step was made, taken back or brought again since the last look.
    pub fn follow(&mut self, session: &Session) {
        let of_the_moment =
            |answer: &Answer| answer.revision == session.revision() && answer.cursor.as_ref() == session.cursor();
        self.answer = self.answer.take().filter(of_the_moment);
        let (done, undone) = (session.history().done().last(), session.history().undone().last());
        let now = (done.map(crate::session::Step::id), undone.map(crate::session::Step::id));
        let Some(before) = self.known.replace(now) else { return };
        if before == now {
            return;
        }
        let back = undone.filter(|step| before.0 == Some(step.id()));
        let again = done.filter(|step| before.1 == Some(step.id()));
        let words = match (back, again, done) {
            (Some(step), ..) => return self.answer(tr!("Taken back: {}", step.name()), session),
            (_, Some(step), _) => return self.answer(tr!("Brought again: {}", step.name()), session),
            (_, _, Some(step)) if before.0 < Some(step.id()) => {
                // What the command had to say besides is heard as well.
                let besides = self.shown().map(|words| format!(". {words}")).unwrap_or_default();
                tr!("Done: {}{besides}", step.name(), besides)
            }
            _ => return,
        };
        self.say(words);
    }

    fn say(&mut self, words: String) {
        self.words = words;
        self.count += 1;
    }

    /// The node that a screen reader listens to. Nothing of it is seen.
    pub fn ui(&self, ui: &Ui) {
        let rect = Rect::from_min_size(ui.max_rect().min, Vec2::ZERO);
        let response = ui.interact(rect, Id::unique("announcements"), Sense::hover());
        // A change is what is said; the same words again differ by a space that is neither seen nor heard.
        let again = if self.count % 2 == 1 { "\u{a0}" } else { "" };
        let words = format!("{}{again}", self.words);
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    }
}
