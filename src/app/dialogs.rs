//! Which dialogs are open, and what happens when they are answered.

use std::path::PathBuf;

use super::{files::Purpose, playbook::Occasion, window::Groundplan};
use crate::{
    lang::t,
    session::{Part, Request, Session},
    ui::{
        Actions,
        dialogs::{
            CommandPalette, ConnectPicker, Faults, MessagesDialog, PathPrompt, PromptAnswer, Recovery, UnsavedAnswer,
            about_ui, shortcuts_ui, unsaved_ui,
        },
        widgets::Picked,
    },
};

/// So many commands of late are remembered.
const MOST_OF_LATE: usize = 5;

/// The dialogs that can stand in front of the window.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a dialog that is open or not, or the leave to close")]
pub(super) struct Dialogs {
    command_palette: Option<CommandPalette>,
    /// What was run from the list of commands, latest first.
    commands_of_late: Vec<&'static str>,
    connect: Option<ConnectPicker>,
    shortcuts: bool,
    about: bool,
    /// What the program said.
    messages: Option<MessagesDialog>,
    settings: bool,
    /// What goes on once the question about unsaved changes is answered.
    pub(super) unsaved: Option<Request>,
    /// What somebody said is not wanted any more, until it makes room for something else.
    given_up: Option<GivenUp>,
    /// What goes on once the project is saved.
    pub(super) after_save: Option<Request>,
    prompt: Option<(Purpose, PathPrompt)>,
    /// What stands where something is to be written.
    pub(super) standing: Option<super::on_disk::Question>,
    /// Whether it is told what is waited for.
    pub(super) waiting: bool,
    /// A file that was dropped on the sheet.
    pub(super) dropped: Option<super::dropped::Dropped>,
    /// What is wrong with a playbook that was to be used.
    pub(super) faults: Option<Faults>,
    /// A project file that could not be read, or not all of it.
    pub(super) damaged: Option<super::damaged::Damaged>,
    /// What was not saved when the program ended the last time.
    pub(super) recovery: Option<Recovery>,
    /// What changed between two projects.
    pub(super) difference: Option<super::difference::ShownDifference>,
    /// What is being read.
    pub(super) reading: Option<super::reading::Reading>,
    /// Whether the window may close without asking again.
    may_close: bool,
}

/// A state of a plan that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct GivenUp {
    plan: u64,
    revision: u64,
    /// Whether it goes among the discarded drafts; else it is on its way to its file.
    discarded: bool,
}

impl GivenUp {
    /// The open plan as it stands.
    fn now(session: &Session, discarded: bool) -> Self {
        Self { plan: session.number(), revision: session.revision(), discarded }
    }

    fn is(self, session: &Session) -> bool {
        self == Self::now(session, self.discarded)
    }
}

impl Dialogs {
    /// Whether something stands in front of the window and has the keys.
    pub(super) fn any_open(&self) -> bool {
        self.asks() || self.reading.is_some()
    }

    /// Whether something is to be read or answered before anything else.
    pub(super) fn asks(&self) -> bool {
        self.command_palette.is_some()
            || self.connect.is_some()
            || self.shortcuts
            || self.about
            || self.messages.is_some()
            || self.settings
            || self.unsaved.is_some()
            || self.prompt.is_some()
            || self.dropped.is_some()
            || self.standing.is_some()
            || self.waiting
            || self.faults.is_some()
            || self.damaged.is_some()
            || self.difference.is_some()
            || self.recovery.is_some()
    }

    /// Whether the window closes, and what is not saved is not wanted.
    pub(super) fn may_close(&self) -> bool {
        self.may_close
    }

    /// Opens or closes a dialog that is a part of the window.
    pub(super) fn toggle(&mut self, part: Part) {
        match part {
            Part::CommandPalette => {
                self.command_palette = match self.command_palette {
                    Some(_) => None,
                    None => Some(CommandPalette::open(&self.commands_of_late)),
                };
            }
            Part::Shortcuts => self.shortcuts = !self.shortcuts,
            Part::Messages => {
                self.messages = if self.messages.is_some() { None } else { Some(MessagesDialog::default()) }
            }
            Part::About => self.about = !self.about,
            Part::Settings => self.settings = !self.settings,
            // No dialogs.
            Part::Help
            | Part::Palette
            | Part::Inspector
            | Part::Dock
            | Part::Minimap
            | Part::Seam
            | Part::Presentation
            | Part::Contrast
            | Part::ReducedMotion => {}
        }
    }

    /// Notes that a command was run from the list of commands.
    fn used(&mut self, id: &'static str) {
        self.commands_of_late.retain(|other| *other != id);
        self.commands_of_late.insert(0, id);
        self.commands_of_late.truncate(MOST_OF_LATE);
    }

    /// Asks which component the selected ones are to be connected with.
    pub(super) fn connect(&mut self, session: &Session, from_it: bool) {
        self.connect = Some(ConnectPicker::new(session, from_it));
    }

    /// Asks for a path in the window itself.
    pub(super) fn prompt(&mut self, purpose: Purpose, guess: &std::path::Path) {
        let (verb, reading) = match &purpose {
            Purpose::Open => (t("Open"), true),
            Purpose::Save | Purpose::Data(_) => (t("Save"), false),
            Purpose::Export(_) => (t("Export"), false),
            Purpose::Playbook => (t("Use"), true),
            Purpose::Compare | Purpose::Difference => (t("Compare"), true),
        };
        let prompt = PathPrompt::new(purpose.title(), verb, guess, reading, purpose.extension());
        let prompt = if matches!(purpose, Purpose::Playbook) { prompt.for_a_folder() } else { prompt };
        self.prompt = Some((purpose, prompt));
    }
}

impl Groundplan {
    /// Shows the open dialogs and carries out their answers.
    pub(super) fn dialogs_ui(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let palette = self.dialogs.command_palette.as_mut();
        if let Some(picked) = palette.and_then(|palette| palette.ui(ctx, &self.session, self.welcome, actions)) {
            self.dialogs.command_palette = None;
            if let Picked::Taken(id) = picked {
                self.dialogs.used(id);
            }
        }
        if let Some(picked) = self.dialogs.connect.as_mut().and_then(|connect| connect.ui(ctx)) {
            self.dialogs.connect = None;
            if let Picked::Taken((other, from_it)) = picked {
                self.session.connect(&other, from_it);
            }
        }
        if self.dialogs.shortcuts && shortcuts_ui(ctx) {
            self.dialogs.shortcuts = false;
        }
        if self.dialogs.about && about_ui(ctx, &self.engine, self.playbook_dir.as_deref()) {
            self.dialogs.about = false;
        }
        let messages = self.dialogs.messages.as_mut();
        if messages.is_some_and(|messages| messages.ui(ctx, self.toasts.log(), actions)) {
            self.dialogs.messages = None;
            self.toasts.log_mut().look_at_all();
        }
        if self.dialogs.settings && self.settings_dialog(ctx, actions) {
            self.dialogs.settings = false;
        }
        if self.dialogs.faults.as_ref().is_some_and(|faults| faults.ui(ctx, actions)) {
            self.dialogs.faults = None;
        }
        self.damaged_dialog(ctx, actions);
        self.difference_dialog(ctx, actions);
        // One at a time: the questions wait behind what they asked for themselves.
        if self.dialogs.damaged.is_none() && self.dialogs.difference.is_none() && self.dialogs.reading.is_none() {
            self.questions_ui(ctx);
        }
        let answer =
            self.dialogs.prompt.as_mut().and_then(|(purpose, prompt)| Some((purpose.clone(), prompt.ui(ctx)?)));
        if let Some((purpose, answer)) = answer {
            self.dialogs.prompt = None;
            match answer {
                PromptAnswer::Path(path) => self.path_chosen(ctx, &purpose, path),
                PromptAnswer::Cancel => self.dialogs.after_save = None,
            }
        }
        self.reading_dialog(ctx);
    }

    /// Asks what has to be decided.
    fn questions_ui(&mut self, ctx: &egui::Context) {
        self.dropped_dialog(ctx);
        self.recovery_dialog(ctx);
        self.standing_dialog(ctx);
        self.waiting_dialog(ctx);
        if self.dialogs.unsaved.is_some()
            && let Some(answer) = unsaved_ui(ctx, &self.session.project().name, self.drafting.keeps_discarded())
        {
            self.unsaved_answered(ctx, answer);
        }
    }

    fn unsaved_answered(&mut self, ctx: &egui::Context, answer: UnsavedAnswer) {
        let Some(next) = self.dialogs.unsaved.take() else { return };
        match answer {
            UnsavedAnswer::Save => {
                self.dialogs.after_save = Some(next);
                self.carry_out(ctx, Request::Save);
            }
            UnsavedAnswer::Discard => {
                self.dialogs.given_up = Some(GivenUp::now(&self.session, true));
                self.go_on(ctx, next);
            }
            UnsavedAnswer::Cancel => {}
        }
    }

    /// Whether the open plan has changes that nobody was asked about: such as came about while a file was chosen, or read.
    pub(super) fn would_lose_more(&self) -> bool {
        self.session.is_dirty() && !self.dialogs.given_up.is_some_and(|given_up| given_up.is(&self.session))
    }

    /// The open plan goes on being written, and nobody waits for it.
    pub(super) fn leave_to_the_disk(&mut self) {
        self.dialogs.given_up = Some(GivenUp::now(&self.session, false));
    }

    /// The open plan makes room. What of it was given up can be had back from its draft.
    pub(super) fn part_with(&mut self) {
        let given_up = self.dialogs.given_up.take().filter(|given_up| given_up.is(&self.session));
        if !self.session.is_dirty() || !given_up.is_some_and(|given_up| given_up.discarded) {
            return;
        }
        let kept = self.drafting.keeps_discarded().is_some();
        self.drafting.give_up();
        if kept {
            let words = t("What was not saved is among the discarded drafts: File, Unsaved work... brings it back");
            self.toasts.news(words);
        }
    }

    /// Keeps the window open while there is something to lose.
    pub(super) fn guard_close(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.dialogs.may_close {
            return;
        }
        // Nobody who closes the window waits for what was to be opened in it.
        self.dialogs.reading = None;
        if self.session.is_dirty() || self.saving.is_busy() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.carry_out(ctx, Request::Quit);
        }
    }

    /// Closes the window; what could be lost has been asked about.
    pub(super) fn close(&mut self, ctx: &egui::Context) {
        self.part_with();
        self.dialogs.may_close = true;
        self.drafting.let_go();
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }

    /// A path was chosen for `purpose`.
    pub(super) fn path_chosen(&mut self, ctx: &egui::Context, purpose: &Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open if self.would_lose_more() => self.carry_out(ctx, Request::OpenPath(path)),
            Purpose::Open => self.open_path(&path),
            Purpose::Save => self.save_as(ctx, path),
            Purpose::Export(format) => self.export_to(format, &path, ctx.theme() == egui::Theme::Dark),
            Purpose::Data(data) => self.save_data(data, &path),
            Purpose::Playbook => self.use_playbook(Some(path), Occasion::Chosen),
            Purpose::Compare => self.compare_with(&path),
            Purpose::Difference => self.show_difference_from_file(&path),
        }
    }
}
