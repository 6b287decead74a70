//! Asking for paths without stopping the window, and what is waited for meanwhile.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use crate::{
    lang::{t, tr},
    storage::Recent,
    text::one_line,
    ui::panels::welcome::RecentEntry,
};

/// What a path is asked for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// A project to open.
    Open,
    /// Where to save the project.
    Save,
    /// Where to export to, in this format.
    Export(&'static crate::export::Format),
    /// Where to save a table, the data of a plot, or a picture of it. What is saved goes with the question: a file never holds what
    /// was asked about in between.
    Data(Arc<Data>),
    /// A folder to take the playbook from.
    Playbook,
    /// A project to compare the open one with.
    Compare,
    /// A project to say the difference from.
    Difference,
}

/// What is saved of what is shown.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) form: Form,
    /// What the name of the file ends with.
    pub(super) name: String,
    /// What stands in the file.
    pub(super) bytes: Vec<u8>,
}

/// In which form it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Rows for a spreadsheet.
    Csv,
    /// A picture.
    Png,
}

impl Form {
    /// The extension of such a file, without the dot.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Png => "png",
        }
    }
}

impl Purpose {
    /// The title of the dialog.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Open => t("Open a project").to_owned(),
            Self::Save => t("Save the project as").to_owned(),
            Self::Export(format) => tr!("Export as {}", t(format.name)),
            Self::Data(data) => match data.form {
                Form::Csv => t("Save the data as CSV").to_owned(),
                Form::Png => t("Save the picture").to_owned(),
            },
            Self::Playbook => t("Choose a playbook folder").to_owned(),
            Self::Compare | Self::Difference => t("Choose a project to compare with").to_owned(),
        }
    }

    /// The extension a file of this purpose has, without the dot.
    pub(super) fn extension(&self) -> &'static str {
        match self {
            Self::Open | Self::Save | Self::Playbook | Self::Compare | Self::Difference => "ron",
            Self::Export(format) => format.extension,
            Self::Data(data) => data.form.extension(),
        }
    }
}

/// An answer of the desktop's dialog.
pub(super) enum Picked {
    /// The person chose this path.
    Path(PathBuf),
    /// The person closed the dialog.
    Cancelled,
    /// There is no dialog on this machine.
    NoDialog,
}

/// A dialog that is open on another thread.
pub(super) struct Picker {
    sender: Sender<(Purpose, Picked)>,
    receiver: Receiver<(Purpose, Picked)>,
    /// Whether a dialog is open now: a second one is not opened on top of it.
    open: bool,
    /// Whether the desktop's dialogs are used at all.
    native: bool,
}

/// A dialog that nobody can have seen: the portal answers "cancelled" at once when there is nothing to show one.
const TOO_QUICK_FOR_A_PERSON: Duration = Duration::from_millis(200);

impl Picker {
    /// A picker that uses the desktop's dialogs if `native`, else always says that there are none.
    pub(super) fn new(native: bool) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, open: false, native }
    }

    /// Opens a dialog; its answer comes from [`Picker::poll`] in a later frame.
    pub(super) fn ask(&mut self, ctx: &egui::Context, purpose: Purpose, suggestion: &Path) {
        if self.open {
            return;
        }
        self.open = true;
        if !self.native || !desktop_may_have_dialogs() {
            let _ = self.sender.send((purpose, Picked::NoDialog));
            ctx.request_repaint();
            return;
        }
        let (sender, ctx, suggestion, asked) =
            (self.sender.clone(), ctx.clone(), suggestion.to_owned(), purpose.clone());
        let spawned = std::thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
            let begin = Instant::now();
            let picked = match show_dialog(&asked, &suggestion) {
                Some(path) => Picked::Path(path),
                None if begin.elapsed() < TOO_QUICK_FOR_A_PERSON => Picked::NoDialog,
                None => Picked::Cancelled,
            };
            // The window may be gone by now; then nobody waits for the answer.
            let _ = sender.send((asked, picked));
            ctx.request_repaint();
        });
        if spawned.is_err() {
            let _ = self.sender.send((purpose, Picked::NoDialog));
        }
    }

    /// The answer, if it has come.
    pub(super) fn poll(&mut self) -> Option<(Purpose, Picked)> {
        let answer = self.receiver.try_recv().ok()?;
        self.open = false;
        Some(answer)
    }
}

fn show_dialog(purpose: &Purpose, suggestion: &Path) -> Option<PathBuf> {
    let mut dialog = rfd::FileDialog::new().set_title(purpose.title());
    if matches!(purpose, Purpose::Playbook) {
        return dialog.set_directory(suggestion).pick_folder();
    }
    dialog = dialog
        .add_filter(purpose.extension().to_uppercase(), &[purpose.extension()])
        .add_filter(t("All files"), &["*"]);
    if let Some(folder) = suggestion.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = suggestion.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    match purpose {
        Purpose::Open | Purpose::Playbook | Purpose::Compare | Purpose::Difference => dialog.pick_file(),
        Purpose::Save | Purpose::Export(_) | Purpose::Data(_) => dialog.save_file(),
    }
}

/// Whether there is a session bus (for the portal) or zenity. Without both a dialog cannot come up.
fn desktop_may_have_dialogs() -> bool {
    if cfg!(not(target_os = "linux")) {
        return true;
    }
    let bus_socket = std::env::var_os("XDG_RUNTIME_DIR").map(|dir| Path::new(&dir).join("bus"));
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() || bus_socket.is_some_and(|path| path.exists());
    let path = std::env::var_os("PATH").unwrap_or_default();
    bus || std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file())
}

/// What a file is called where there is room for one line.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    one_line(&name.to_string_lossy())
}

/// The recent projects: read once at start, written when a project is opened or saved.
pub(super) struct RecentList {
    store: Option<Recent>,
    entries: Vec<RecentEntry>,
}

impl RecentList {
    /// The list in `store`; without one nothing is remembered.
    pub(super) fn new(store: Option<Recent>) -> Self {
        let mut list = Self { store, entries: Vec::new() };
        list.reload();
        list
    }

    fn reload(&mut self) {
        let paths = self.store.as_ref().map(Recent::list).unwrap_or_default();
        self.entries = paths.into_iter().map(RecentEntry::new).collect();
    }

    /// What the welcome page shows, most recent first.
    pub(super) fn entries(&self) -> &[RecentEntry] {
        &self.entries
    }

    /// Puts a path in front. A list that cannot be written is not worth interrupting anybody for: the log says so.
    pub(super) fn add(&mut self, path: &Path) {
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.add(path)) {
            log::warn!("The list of recent projects could not be written: {error}");
        }
        self.reload();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_what_its_question_was_about() {
        let (ctx, mut picker) = (egui::Context::default(), Picker::new(false));
        let data = |name: &str| {
            let bytes = name.as_bytes().to_vec();
            Purpose::Data(Arc::new(Data { form: Form::Csv, name: name.to_owned(), bytes }))
        };
        picker.ask(&ctx, data("parts"), Path::new("plan-parts.csv"));
        // No second dialog opens on top of the first, and the first goes on with what it was opened for.
        picker.ask(&ctx, data("servers"), Path::new("plan-servers.csv"));
        let Some((Purpose::Data(asked), Picked::NoDialog)) = picker.poll() else { panic!("nothing was asked") };
        assert_eq!((asked.name.as_str(), asked.bytes.as_slice()), ("parts", b"parts".as_slice()));
        assert!(picker.poll().is_none());
    }
}
