//! What commands and views ask of the window, carried out.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    damaged::Compared,
    files::{Picked, Purpose, file_name},
    preferences,
    reading::{FileRead, Told},
    window::Groundplan,
};
use crate::{
    export,
    lang::{t, tr},
    project::{ElementId, Project, slug},
    session::{Action, CanvasRequest, Part, Request, Select, Session},
    storage,
    ui::{bars::open_menus, copying, dialogs::Attempt},
};

impl Groundplan {
    /// Carries out one request; what would lose changes asks first.
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, request: Request) {
        let leaves = request.leaves();
        // What is just being written is what is to be read again.
        if (leaves || request == Request::Reload) && self.saving.is_busy() {
            // Only when it is written is it known whether there is something to lose.
            self.dialogs.after_save = Some(request);
        } else if leaves && self.session.is_dirty() {
            self.dialogs.unsaved = Some(request);
        } else {
            self.go_on(ctx, request);
        }
    }

    /// Carries out one request without asking about unsaved changes.
    pub(super) fn go_on(&mut self, ctx: &egui::Context, request: Request) {
        match request {
            Request::New => self.show(Session::new(Arc::clone(&self.engine), self.blank(), None)),
            Request::Open => self.picker.ask(ctx, Purpose::Open, &self.suggested_path("ron")),
            Request::OpenPath(path) => self.open_path(&path),
            Request::Drafts => self.show_drafts(),
            Request::RestoreDraft(id) => self.restore_draft(&id),
            Request::CompareWith => self.picker.ask(ctx, Purpose::Compare, &self.suggested_path("ron")),
            Request::DifferenceFromFile => {
                self.picker.ask(ctx, Purpose::Difference, &self.suggested_path("ron"));
            }
            Request::DifferenceFromSaved => self.show_difference_from_saved(),
            Request::OpenPreset(id) => self.open_preset(&id),
            Request::Save => self.save_own(ctx),
            Request::SaveAs => self.ask_where_to_save(ctx),
            Request::Reload => self.reload(),
            Request::Export(id) => match export::format(id) {
                Some(format) => {
                    self.picker.ask(ctx, Purpose::Export(format), &self.suggested_path(&format.suffix()));
                }
                None => self.toasts.error(tr!("There is no export format \"{id}\"", id)),
            },
            Request::Welcome => self.show_welcome(),
            Request::Quit => self.close(ctx),
            Request::Tour => self.begin_tour(),
            Request::TourCard => self.focus_tour(),
            Request::CopyText(text) => ctx.copy_text(text),
            Request::Say(words) => self.announcer.answer(words, &self.session),
            Request::Connect { from_it } => self.dialogs.connect(&self.session, from_it),
            Request::Paste => self.pasting.ask(ctx, false),
            Request::PasteInPlace => self.pasting.ask(ctx, true),
            Request::Menus => {
                self.presenting = false;
                open_menus(ctx);
            }
            Request::CopyShown => self.show_copies(ctx),
            Request::CopyPicture => self.copy_picture(ctx),
            Request::SearchPalette => {
                (self.settings.palette, self.presenting) = (true, false);
                self.screen.palette.focus_search();
            }
            Request::Toggle(part) => self.toggle(ctx, part),
            Request::Canvas(what) => self.ask_canvas(ctx, what),
            Request::ColourBy(perspective) => self.settings.perspective = perspective,
            Request::Theme(theme) => {
                self.settings.theme = theme;
                preferences::apply(ctx, self.settings.preferences(), self.desktop_language);
            }
            Request::Playbook(what) => self.playbook_request(ctx, what),
            Request::Help(place) => self.help.show(place),
            Request::NewPlans(like_this) => self.set_new_plans(like_this),
            Request::Dock(_) | Request::Scenario(_) | Request::Baseline(_) | Request::Evidence(_) => {
                self.show_in_dock(request);
            }
            Request::Rename | Request::EditTraits | Request::AnswerTrait(..) | Request::Assumptions(_) => {
                self.lead_to_field(request);
            }
        }
    }

    /// What has the keyboard in the panel below has a menu of its own.
    fn ask_canvas(&mut self, ctx: &egui::Context, what: CanvasRequest) {
        if what != CanvasRequest::ContextMenu || !copying::ask_at_focus(ctx) {
            self.screen.canvas.request(what);
        }
    }

    /// Opens the inspector and puts the cursor where a request asks for.
    fn lead_to_field(&mut self, request: Request) {
        (self.settings.inspector, self.presenting) = (true, false);
        let inspector = &mut self.screen.inspector;
        match request {
            Request::Rename => inspector.focus_name(),
            Request::EditTraits => inspector.focus_traits(),
            Request::AnswerTrait(component, trait_id) => {
                self.session.apply(Action::Reveal(ElementId::Component(component)));
                inspector.focus_trait(trait_id);
            }
            Request::Assumptions(assumption) => {
                self.session.apply(Action::Select(Select::Nothing));
                inspector.focus_assumption(assumption);
            }
            _ => {}
        }
    }

    /// Opens the dock on what a request asks for.
    fn show_in_dock(&mut self, request: Request) {
        (self.settings.dock, self.presenting) = (true, false);
        let dock = &mut self.screen.dock;
        match request {
            Request::Dock(tab) => dock.show_tab(tab),
            Request::Scenario(id) => dock.show_scenario(id),
            Request::Baseline(id) => dock.show_baseline(id),
            Request::Evidence(citation) => dock.show_evidence(citation),
            _ => {}
        }
    }

    fn toggle(&mut self, ctx: &egui::Context, part: Part) {
        match part {
            Part::Presentation => (self.presenting, self.at_rest_since) = (!self.presenting, None),
            // Whoever asks for a panel wants to see it: the drawing is no longer alone, the panels are as they were but for this one.
            Part::Palette | Part::Inspector | Part::Dock if self.presenting => {
                self.presenting = false;
                self.settings.show(part);
            }
            Part::Help => self.toggle_help(),
            Part::Contrast | Part::ReducedMotion => {
                self.settings.toggle(part);
                preferences::apply(ctx, self.settings.preferences(), self.desktop_language);
            }
            _ => self.settings.toggle(part),
        }
        self.dialogs.toggle(part);
    }

    /// Opens the help, or closes it, which leads back to the drawing.
    fn toggle_help(&mut self) {
        self.help.toggle();
        if !self.help.is_open() {
            self.return_to_sheet();
        }
    }

    /// The keyboard goes back to the drawing, if there is one.
    pub(super) fn return_to_sheet(&mut self) {
        if !self.welcome {
            self.screen.canvas.request(CanvasRequest::TakeKeyboard);
        }
    }

    /// Leaves the project for the welcome page. Nothing is lost: unsaved changes have been asked about.
    fn show_welcome(&mut self) {
        self.leave();
        self.session = Session::new(Arc::clone(&self.engine), self.blank(), None);
        (self.welcome, self.presenting) = (true, false);
    }

    /// Where a file of this project would go: beside its own file, else in the home folder.
    pub(super) fn suggested_path(&self, extension: &str) -> PathBuf {
        let folder = self
            .session
            .path()
            .or(self.session.original())
            .or(self.recent.entries().first().map(|entry| &entry.path))
            .and_then(|path| path.parent().map(Path::to_owned))
            .or_else(std::env::home_dir)
            .unwrap_or_default();
        let stem = match self.session.path().or(self.session.original()).and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => slug(&self.session.project().name, "plan"),
        };
        folder.join(format!("{stem}.{extension}"))
    }

    /// Opens a project file; what is wrong with it is said and the present project stays.
    pub(super) fn open_path(&mut self, path: &Path) {
        let told = Told::new(tr!("Opening {}...", file_name(path)), Attempt::Open);
        self.read_to_open(told, path, |window, path, read| match read {
            Ok(read) => window.opened(&path, read),
            Err(error) => window.cannot_open(&path, &error),
        });
    }

    /// Puts a project on the screen that was read from a file.
    fn opened(&mut self, path: &Path, FileRead { assessed, known, protection }: FileRead) {
        if self.would_lose_more() {
            self.dialogs.unsaved = Some(Request::OpenPath(path.to_owned()));
            return;
        }
        self.toasts.done(Attempt::Open);
        self.recent.add(path);
        self.show(Session::of(assessed.by(&self.engine), Some(path.to_owned())));
        self.saving.known = Some(known);
        self.note_protection(protection);
        self.note_comments(path, &known);
        self.sweep_beside(path);
    }

    /// Takes away what a program left beside a file that was killed while it saved.
    fn sweep_beside(&self, path: &Path) {
        let path = path.to_owned();
        if let Err(error) = self.background.hand(Box::new(move || storage::sweep_beside(&path))) {
            log::info!("No thread could be started to tidy up: {error}");
        }
    }

    /// Says that saving would not keep the comments of a file, if it has any.
    fn note_comments(&mut self, path: &Path, known: &storage::Known) {
        if known.is_commented() {
            let name = file_name(path);
            self.toasts.news(tr!(
                "{name} has comments, which saving does not keep: put them into notes, or save as another file",
                name
            ));
        }
    }

    /// Reads another project to compare with, and shows what leads from it to the open one (or the other way round).
    pub(super) fn compare_with(&mut self, path: &Path) {
        let told = Told::new(tr!("Reading {}...", file_name(path)), Attempt::Compare);
        self.read_beside(told, path, |window, path, read| match read {
            Ok(project) => window.compare_figures(&path, Arc::new(project)),
            Err(error) => window.cannot_compare(&path, &error, Compared::Figures),
        });
    }

    /// Shows what leads from the project that was read from a file to the open one.
    pub(super) fn compare_figures(&mut self, path: &Path, project: Arc<Project>) {
        self.toasts.done(Attempt::Compare);
        self.session.set_other(path.to_owned(), project);
        self.settings.dock = true;
        self.screen.dock.compare_with(path);
    }

    fn open_preset(&mut self, id: &str) {
        match self.presets.iter().find(|card| card.id == id) {
            Some(card) => {
                let project = (*card.project).clone();
                self.show(Session::new(Arc::clone(&self.engine), project, None));
            }
            None => self.toasts.error(tr!("There is no preset \"{id}\"", id)),
        }
    }

    /// Writes an export of the present assessment; drawings as they are on the screen.
    pub(super) fn export_to(&mut self, format: &export::Format, path: &Path, dark: bool) {
        let input = export::ExportInput {
            project: self.session.project(),
            assessment: self.session.assessment(),
            playbook: &self.engine.playbook,
            look: export::Look { perspective: &self.settings.perspective, dark, seam: self.settings.seam },
            further: export::Further::ask(&self.engine),
        };
        let made = (format.write)(&input).map_err(|error| error.to_string());
        if self.write_beside(path, made.as_deref(), t("Exported")) {
            self.session.note_written();
        }
    }

    /// Writes what was made of the project into a file of its own, never over the project itself; says what was done, in a word, or
    /// why not. Gives whether it was.
    pub(super) fn write_beside(&mut self, path: &Path, made: Result<&[u8], &String>, done: &str) -> bool {
        let own = self.session.path().is_some_and(|project| storage::same_file(project, path));
        let written = match made {
            _ if own => {
                let message = t("That would replace the project it is made from; choose another file");
                Err(format!("{message}: {}", path.display()))
            }
            Ok(bytes) => storage::write_output(path, bytes).map_err(|error| error.to_string()),
            Err(why) => Err(why.clone()),
        };
        match &written {
            Ok(()) => {
                self.toasts.done(Attempt::Export);
                self.toasts.news(format!("{done} {}", path.display()));
            }
            Err(message) => self.toasts.failed(Attempt::Export, message),
        }
        written.is_ok()
    }

    /// An answer of the desktop's file dialog.
    pub(super) fn picked(&mut self, ctx: &egui::Context, purpose: Purpose, picked: Picked) {
        match picked {
            Picked::Path(mut path) => {
                if path.extension().is_none()
                    && !matches!(purpose, Purpose::Open | Purpose::Playbook | Purpose::Compare | Purpose::Difference)
                {
                    path.set_extension(purpose.extension());
                    if self.is_in_the_way(&purpose, &path) {
                        return;
                    }
                }
                self.path_chosen(ctx, &purpose, path);
            }
            Picked::Cancelled => self.dialogs.after_save = None,
            Picked::NoDialog => {
                let guess = match &purpose {
                    Purpose::Playbook => self.suggested_playbook(),
                    Purpose::Save => self.suggested_file(),
                    Purpose::Export(format) => self.suggested_path(&format.suffix()),
                    Purpose::Data(data) => self.suggested_data(data),
                    _ => self.suggested_path(purpose.extension()),
                };
                self.dialogs.prompt(purpose, &guess);
            }
        }
    }
}
