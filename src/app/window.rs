//! The window: one frame of it, and the state that lives as long as it does.

use std::{path::PathBuf, sync::Arc, time::Duration};

use egui::{CentralPanel, Frame, Margin, Panel, Ui};
use jiff::civil::Date;

use super::{
    copying::Copying,
    dialogs::Dialogs,
    drafts::Drafting,
    files::{Picker, RecentList, file_name},
    keyboard::Before,
    on_disk::Watch,
    pasting::Pasting,
    picture::Pictures,
    preferences::{self, blank},
    saving::Saving,
    settings::Settings,
    tour::Touring,
    typing::Typing,
};
use crate::{
    assess::Engine,
    lang::{Language, t, tr},
    session::{Background, CanvasRequest, Session},
    storage::{self, Recent, drafts::Drafts},
    ui::{
        Actions, View,
        announce::Announcer,
        bars::{TopBar, top_bar_ui},
        canvas::{CanvasState, add_in_view, canvas_ui},
        dialogs::Toasts,
        help::HelpState,
        panels::{
            dock::{DockState, dock_ui},
            inspector::{InspectorState, inspector_ui},
            palette::{PaletteState, palette_ui},
            status::{StatusLine, status_bar_ui},
            welcome::{PresetCard, welcome_ui},
        },
        theme::{self, Tokens, size},
        typing,
    },
};

/// What the window starts with. Tests hand in their own folder and forgo the desktop's dialogs.
pub struct Setup {
    /// The knowledge.
    pub engine: Arc<Engine>,
    /// A project to open at once.
    pub file: Option<PathBuf>,
    /// Where recent projects are kept; `None` to keep none.
    pub recent: Option<Recent>,
    /// Where unsaved work is kept aside; `None` to keep none.
    pub drafts: Option<Drafts>,
    /// Whether the desktop's file dialogs may be used.
    pub native_dialogs: bool,
    /// The day it is; `None` for what the clock says.
    pub today: Option<Date>,
    /// Whether long work is done on threads; if not, the window stands still meanwhile.
    pub threads: bool,
    /// The language of the desktop.
    pub language: Language,
}

impl Setup {
    /// The person's own folders and dialogs.
    pub fn of_this_machine(engine: Arc<Engine>, file: Option<PathBuf>) -> Self {
        let (recent, drafts) = (Recent::of_user(), Drafts::of_user());
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let language = Language::of_desktop(variables.into_iter().filter_map(|name| std::env::var(name).ok()));
        Self { engine, file, recent, drafts, native_dialogs: true, today: None, threads: true, language }
    }
}

/// The state of every part of the window that remembers something between frames.
#[derive(Default)]
pub(super) struct Screen {
    pub(super) canvas: CanvasState,
    pub(super) palette: PaletteState,
    pub(super) inspector: InspectorState,
    pub(super) dock: DockState,
}

/// The program in its window.
pub struct Groundplan {
    pub(super) engine: Arc<Engine>,
    pub(super) session: Session,
    pub(super) welcome: bool,
    pub(super) screen: Screen,
    pub(super) dialogs: Dialogs,
    pub(super) toasts: Toasts,
    pub(super) help: HelpState,
    pub(super) picker: Picker,
    pub(super) recent: RecentList,
    pub(super) settings: Settings,
    /// The settings as they were stored last.
    kept_settings: Settings,
    pub(super) presets: Vec<PresetCard>,
    /// The folder the playbook is from; `None` for the one that is built in.
    pub(super) playbook_dir: Option<PathBuf>,
    /// The folder that was last asked for and had faults.
    pub(super) refused_playbook: Option<PathBuf>,
    /// Whether the drawing is shown alone.
    pub(super) presenting: bool,
    /// Since when nobody has pointed at anything there, in the input's seconds.
    pub(super) at_rest_since: Option<f64>,
    /// What the desktop was asked to hand over.
    pub(super) pasting: Pasting,
    /// What is copied of tables and plots.
    pub(super) copying: Copying,
    /// Pictures for the clipboard on their way.
    pub(super) pictures: Pictures,
    /// The day it is, where the clock is not to be asked.
    today: Option<Date>,
    /// What is spoken where the person has chosen nothing.
    pub(super) desktop_language: Language,
    /// Who does long work.
    pub(super) background: Background,
    pub(super) drafting: Drafting,
    /// Projects on their way to disk.
    pub(super) saving: Saving,
    /// What other programs do to the project's file.
    pub(super) watch: Watch,
    pub(super) announcer: Announcer,
    /// What the window remembers of the tour.
    pub(super) touring: Touring,
    pub(super) typing: Typing,
    /// The keyboard in the frame before.
    pub(super) before: Before,
    /// Keys that were pressed while the file was read that they were meant for.
    pub(super) keys_meanwhile: Vec<egui::Event>,
    /// The title the window was last given: a title is only sent when it changes.
    title: String,
}

impl Groundplan {
    /// Sets the window up: faces, themes, what was remembered, the first project.
    pub fn new(cc: &eframe::CreationContext<'_>, setup: Setup) -> Self {
        theme::install(&cc.egui_ctx);
        let remembered = cc.storage.and_then(|storage| storage.get_string(eframe::APP_KEY));
        let settings = remembered.map(|text| Settings::read(&text)).unwrap_or_default();
        preferences::apply(&cc.egui_ctx, settings.preferences(), setup.language);
        let engine = Arc::new(setup.engine.speaking());
        let presets = preset_cards(&engine);
        let mut this = Self {
            session: Session::new(Arc::clone(&engine), blank(&engine, &settings), None),
            engine,
            welcome: true,
            screen: Screen { palette: PaletteState::with_presets(&presets), ..Screen::default() },
            dialogs: Dialogs::default(),
            toasts: Toasts::new(clock),
            help: HelpState::default(),
            picker: Picker::new(setup.native_dialogs),
            recent: RecentList::new(setup.recent),
            kept_settings: settings.clone(),
            settings,
            presets,
            playbook_dir: None,
            refused_playbook: None,
            presenting: false,
            at_rest_since: None,
            pasting: Pasting::default(),
            copying: Copying::default(),
            pictures: Pictures::default(),
            today: setup.today,
            desktop_language: setup.language,
            drafting: Drafting::new(setup.drafts, setup.threads, &cc.egui_ctx),
            background: if setup.threads { threads(&cc.egui_ctx) } else { Background::Inline },
            saving: Saving::default(),
            watch: Watch::default(),
            announcer: Announcer::default(),
            touring: Touring::default(),
            typing: Typing::default(),
            before: Before::default(),
            keys_meanwhile: Vec::new(),
            title: String::new(),
        };
        this.session.set_background(this.background.clone());
        this.session.set_listener(this.drafting.listener());
        if let Some(file) = setup.file {
            this.open_at_start(&file);
        }
        this.offer_drafts();
        this
    }

    /// The open session; for tests, which check what a person would have changed.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What was said last to who cannot see the screen.
    pub fn said(&self) -> &str {
        self.announcer.words()
    }

    /// What the messages on the screen say.
    pub fn messages(&self) -> Vec<String> {
        self.toasts.messages().map(|toast| toast.message.clone()).collect()
    }

    /// Puts a project on the screen.
    pub(super) fn show(&mut self, session: Session) {
        self.leave();
        self.session = session;
        self.session.set_background(self.background.clone());
        self.session.set_listener(self.drafting.listener());
        self.welcome = false;
        self.screen.canvas.reset();
        self.screen.canvas.request(CanvasRequest::TakeKeyboard);
        self.announcer = Announcer::default();
        self.screen.inspector = InspectorState::default();
        self.screen.dock.forget_project();
    }

    /// What belonged to the project that was open is over.
    pub(super) fn leave(&mut self) {
        self.part_with();
        self.saving.leave();
        self.watch.forget();
    }

    fn frame_ui(&mut self, ui: &mut Ui) {
        let mut actions = Actions::new();
        self.session.set_today(self.today());
        self.session.carry_on();
        self.keep_keys_for_file(ui.ctx());
        self.take_dropped(ui.ctx(), &mut actions);
        self.take_picture(ui.ctx());
        self.leave_presentation(ui.ctx(), &mut actions);
        self.leave_tour(ui.ctx(), &mut actions);
        if self.dialogs.any_open() {
            // A dialog has the keys itself: nothing is left over for when it closes.
            self.before.forget_opening();
        } else {
            if self.help.take_keys(ui.ctx()) {
                self.return_to_sheet();
            }
            self.run_keys(ui.ctx());
            self.paste(ui.ctx());
        }
        self.begin_typing(ui.ctx());
        if self.is_presenting() {
            self.presentation_ui(ui, &mut actions);
        } else {
            self.bars_ui(ui, &mut actions);
            self.notice_ui(ui);
            if self.waits_for_first() {
                CentralPanel::no_frame().show(ui, |_| ());
            } else if self.welcome {
                let recent = self.recent.entries();
                CentralPanel::no_frame().show(ui, |ui| welcome_ui(ui, &self.presets, recent, &mut actions));
            } else {
                self.panels_ui(ui, &mut actions);
            }
        }
        if self.help.ui(ui.ctx()) {
            self.return_to_sheet();
        }
        self.tour_ui(ui.ctx(), &mut actions);
        self.dialogs_ui(ui.ctx(), &mut actions);
        Self::hovering_ui(ui.ctx());
        self.toasts.ui(ui.ctx());
        for action in actions {
            self.session.apply(action);
        }
        for request in self.session.take_requests() {
            self.carry_out(ui.ctx(), request);
            // What it changed is seen in the next frame.
            ui.request_repaint();
        }
        self.carry_on_copying(ui.ctx());
        self.keep_draft(ui.ctx());
        self.announcer.follow(&self.session);
        self.follow_tour(ui.ctx());
        if let Some(words) = self.announcer.take_answer() {
            self.toasts.note_answer(&words);
        }
        self.announcer.ui(ui);
        self.end_typing(ui.ctx());
        self.keep_keyboard(ui.ctx());
    }

    fn bars_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let tokens = Tokens::of(ui);
        let view = View { session: &self.session, animate: !self.settings.reduced_motion };
        let file_name = self.file_name();
        let (on, unavailable) = (self.settings.switched_on(), self.unavailable());
        let bar = TopBar { file_name: &file_name, welcome: self.welcome, on: &on, unavailable: &unavailable };
        let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(8, 0));
        Panel::top("top bar")
            .exact_size(size::TOP_BAR)
            .frame(frame)
            .show(ui, |ui| top_bar_ui(ui, &view, &bar, actions));
        if !self.welcome {
            let status = StatusLine {
                saved: self.saved_text(),
                read_only: self.session.read_only().map(|why| why.to_string()),
                zoom: self.screen.canvas.camera.zoom,
                playbook: self.playbook_name(),
                offer: self.screen.canvas.offer().cloned(),
                said: self.announcer.shown().map(str::to_owned),
                errors: self.toasts.log().errors(),
            };
            let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(12, 0));
            Panel::bottom("status bar")
                .exact_size(size::STATUS)
                .frame(frame)
                .show(ui, |ui| status_bar_ui(ui, &view, &status, actions));
        }
    }

    fn panels_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let tokens = Tokens::of(ui);
        let view = View { session: &self.session, animate: !self.settings.reduced_motion };
        let screen = &mut self.screen;
        let side = Frame::new().fill(tokens.panel);
        let settings = &mut self.settings;
        screen.dock.begin_frame();
        Panel::left("palette").default_size(size::LEFT).size_range(180.0..=360.0).frame(side).show_collapsible(
            ui,
            &mut settings.palette,
            |ui| palette_ui(ui, &view, &mut screen.palette, actions),
        );
        Panel::right("inspector").default_size(size::RIGHT).size_range(280.0..=520.0).frame(side).show_collapsible(
            ui,
            &mut settings.inspector,
            |ui| inspector_ui(ui, &view, &mut screen.inspector, actions),
        );
        let most = (ui.available_height() - 160.0).max(160.0);
        // On a small window the drawing keeps the larger part.
        let first = (0.3 * ui.ctx().content_rect().height()).clamp(180.0, size::DOCK);
        Panel::bottom("dock")
            .default_size(first)
            .size_range(140.0..=most)
            .resizable(true)
            .frame(side)
            .show_collapsible(ui, &mut settings.dock, |ui| dock_ui(ui, &view, &mut screen.dock, actions));
        CentralPanel::no_frame().show(ui, |ui| self.sheet_ui(ui, actions));
        let view = View { session: &self.session, animate: !self.settings.reduced_motion };
        if let Some(kind) = self.screen.palette.add.take() {
            actions.extend(add_in_view(kind, &view, &self.screen.canvas));
        }
    }

    /// The sheet, as the settings say it is shown.
    pub(super) fn sheet_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let view = View { session: &self.session, animate: !self.settings.reduced_motion };
        let (screen, settings) = (&mut self.screen, &self.settings);
        screen.canvas.show_minimap = settings.minimap;
        screen.canvas.alone = self.presenting;
        screen.canvas.show_seam = settings.seam;
        screen.canvas.wheel_zooms = settings.wheel_zooms;
        screen.canvas.perspective.clone_from(&settings.perspective);
        screen.canvas.proposed.clone_from(screen.dock.proposed());
        canvas_ui(ui, &view, &mut screen.canvas, actions);
    }

    /// The day it is, for plans with dates.
    fn today(&self) -> Option<Date> {
        self.today.map_or_else(|| Some(jiff::Zoned::now().date()), Some)
    }

    /// The name of the project's file, or what to say if it has none.
    fn file_name(&self) -> String {
        let name = self.session.path().map_or_else(|| t("not saved yet").to_owned(), |path| file_name(path));
        if self.session.read_only().is_some() { tr!("{name}, read-only", name) } else { name }
    }

    fn update_title(&mut self, ctx: &egui::Context) {
        let edited = if self.session.is_dirty() || typing::is_open(ctx) { "*" } else { "" };
        let title = if self.welcome {
            "Groundplan".to_owned()
        } else {
            let read_only = if self.session.read_only().is_some() { t(" (read-only)") } else { "" };
            tr!("{edited}{}{read_only} - Groundplan", self.session.project().name, edited, read_only)
        };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for Groundplan {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        if let Some((purpose, picked)) = self.picker.poll() {
            self.picked(ctx, purpose, picked);
        }
        self.hear_of_file(None);
        self.carry_on_saving(ctx);
        self.watch_file(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        match ui.ctx().cumulative_frame_nr() {
            0 => log::debug!("first frame begun"),
            1 => log::debug!("first frame shown"),
            _ => {}
        }
        self.frame_ui(ui);
        self.guard_close(ui.ctx());
        self.update_title(ui.ctx());
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, eframe::APP_KEY, &self.settings);
        self.kept_settings = self.settings.clone();
    }

    /// Soon if there is a new setting to keep, else only at the end: the toolkit's own state is written in an order that changes by
    /// itself, and a program that does nothing writes nothing.
    fn auto_save_interval(&self) -> Duration {
        if self.settings == self.kept_settings { Duration::MAX } else { Duration::from_secs(30) }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        Tokens::of_visuals(visuals).app.to_normalized_gamma_f32()
    }
}

/// The time of day, as messages bear it.
fn clock() -> String {
    jiff::Zoned::now().strftime("%H:%M:%S").to_string()
}

/// Long work on threads that wake the window when some of it is ready.
fn threads(ctx: &egui::Context) -> Background {
    let ctx = ctx.clone();
    Background::Threads(Arc::new(move || ctx.request_repaint()))
}

/// The presets as the welcome page shows them, each with its assessment.
pub(super) fn preset_cards(engine: &Engine) -> Vec<PresetCard> {
    storage::presets()
        .iter()
        .filter_map(|preset| {
            let project = preset.project().ok()?;
            Some(PresetCard::new(engine, preset.id, project))
        })
        .collect()
}
