//! The table itself.

use std::{ops::Deref, sync::OnceLock};

use super::{
    Command, Menu, Needs, Run, Shortcut, arrange, back, boundaries,
    effects::{self, always, has_project_elements, has_selection},
    keyboard,
    lines::{self, has_connection, has_course},
    notes,
};
use crate::{
    assess::Perspective,
    export::{FORMATS, Format},
    geometry::{
        align::{Align, SameSize},
        axis::Axis,
    },
    lang::{self, Language, t, tr},
    project::{LineKind, Side},
    session::{
        Session,
        action::{CanvasRequest, DockTab, Part, PlaybookRequest, Request, ThemeChoice},
    },
};

/// Every command, in the order of the menus, in the language that is spoken.
pub static TABLE: Table = Table;

/// What [`TABLE`] is: the commands as a slice, made once for each language.
#[derive(Debug)]
pub struct Table;

impl Deref for Table {
    type Target = [Command];

    fn deref(&self) -> &[Command] {
        static IN: [OnceLock<Vec<Command>>; lang::VOICES] = [const { OnceLock::new() }; lang::VOICES];
        IN[lang::voice()].get_or_init(commands)
    }
}

fn commands() -> Vec<Command> {
    let (before, after): (Vec<_>, Vec<_>) =
        WRITTEN.iter().cloned().partition(|command| command.menu == Menu::File && command.group < EXPORTS);
    let (after, help): (Vec<_>, Vec<_>) = after.into_iter().partition(|command| command.menu != Menu::Help);
    let exports = FORMATS.iter().enumerate().map(export);
    let tabs = DockTab::ALL.into_iter().zip(TAB_KEYS).map(|(tab, keys)| tab_of_the_dock(tab, keys));
    let in_words = |command: Command| Command { text: t(command.text), help: t(command.help), ..command };
    let written = |commands: Vec<Command>| commands.into_iter().map(in_words);
    written(before).chain(exports).chain(written(after)).chain(tabs).chain(written(help)).collect()
}

/// The group of the exports in their menu.
const EXPORTS: u8 = 2;

/// The command of a format of the registry; the first one is the usual one and has a key. The few words that are put together here
/// live as long as the program.
fn export((at, format): (usize, &'static Format)) -> Command {
    Command {
        id: format!("export.{}", format.id).leak(),
        text: tr!("Export {}...", t(format.what)).leak(),
        help: t(format.help),
        menu: Menu::File,
        group: EXPORTS,
        shortcuts: if at == 0 { const { &[ctrl("E")] } } else { &[] },
        needs: Needs::Project,
        enabled: always,
        run: Run::Ask(Request::Export(format.id)),
    }
}

/// The keys of the dock's tabs, in the order of these.
const TAB_KEYS: [&[Shortcut]; DockTab::ALL.len()] =
    [&[alt("1")], &[alt("2")], &[alt("3")], &[alt("4")], &[alt("5")], &[alt("6")], &[alt("7")], &[alt("8")]];

/// The command that shows a tab of the dock.
fn tab_of_the_dock(tab: DockTab, shortcuts: &'static [Shortcut]) -> Command {
    Command {
        id: lang::with(Language::English, || format!("go.{}", tab.label().to_lowercase())).leak(),
        text: tab.label(),
        help: tab.help(),
        menu: Menu::Go,
        group: 5,
        shortcuts,
        needs: Needs::Project,
        enabled: always,
        run: Run::Ask(Request::Dock(tab)),
    }
}

const fn key(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: false, alt: false, key }
}
const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, shift: false, alt: false, key }
}
const fn shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: true, alt: false, key }
}
const fn alt(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: false, alt: true, key }
}
const fn alt_shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, shift: true, alt: true, key }
}
const fn ctrl_shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, shift: true, alt: false, key }
}

/// One row of the table. The closures must not capture, so that they are plain functions.
macro_rules! table {
    ($($menu:ident $group:literal $needs:ident $id:literal $text:literal $help:literal [$($key:expr),*] $enabled:expr, $run:expr;)*) => {
        /// Every command but those of the exports, in the order of the menus.
        const WRITTEN: &[Command] = &[$(Command {
            id: $id, text: $text, help: $help, menu: Menu::$menu, group: $group, needs: Needs::$needs,
            shortcuts: &[$($key),*], enabled: $enabled, run: Run::Do($run),
        }),*];
    };
}

table! {
    File 0 Nothing "file.new" "New" "Start with a blank sheet" [ctrl("N")] always, |s| s.request(Request::New);
    File 0 Nothing "file.open" "Open..." "Open a project file" [ctrl("O")] always, |s| s.request(Request::Open);
    File 0 Nothing "file.drafts" "Unsaved work..." "Restore, compare or discard what was not saved when the program ended" [] always, |s| s.request(Request::Drafts);
    File 0 Nothing "file.welcome" "Case studies and recent projects" "Show the welcome page" [] always, |s| s.request(Request::Welcome);
    File 1 Project "file.save" "Save" "Write the project to its file" [ctrl("S")] always, |s| s.request(Request::Save);
    File 1 Project "file.save-as" "Save as..." "Write the project to another file" [ctrl_shift("S")] always, |s| s.request(Request::SaveAs);
    File 1 Project "file.reload" "Reload from disk" "Take what stands in the project's file now; undo brings back what is here" [] effects::has_file, |s| s.request(Request::Reload);
    File 1 Project "file.changes" "Changes since saving..." "Say what was changed since the plan was opened or saved last" [] effects::has_changes, |s| s.request(Request::DifferenceFromSaved);
    File 1 Project "file.difference" "Difference from a file..." "Say what changed from another project file to this plan" [] always, |s| s.request(Request::DifferenceFromFile);
    File 3 Nothing "playbook.choose" "Playbook folder..." "Assess with the knowledge in a folder of yours" [] always, |s| s.request(Request::Playbook(PlaybookRequest::Choose));
    File 3 Nothing "playbook.reload" "Reload the playbook" "Read the playbook folder again after a change" [] always, |s| s.request(Request::Playbook(PlaybookRequest::Reload));
    File 3 Nothing "playbook.built-in" "Use the built-in playbook" "Assess with the knowledge that comes with the program" [] always, |s| s.request(Request::Playbook(PlaybookRequest::BuiltIn));
    File 3 Nothing "file.settings" "Settings..." "Look, size, motion, wheel, and what new plans start with" [ctrl("Comma")] always, |s| s.request(Request::Toggle(Part::Settings));
    File 4 Nothing "file.quit" "Quit" "Close the window" [ctrl("Q"), ctrl("W")] always, |s| s.request(Request::Quit);

    Edit 0 Project "edit.undo" "Undo" "Take the last change back" [ctrl("Z")] effects::can_undo, back::undo;
    Edit 0 Project "edit.redo" "Redo" "Bring the change again" [ctrl("Y"), ctrl_shift("Z")] effects::can_redo, back::redo;
    Edit 1 Project "edit.cut" "Cut" "Copy the selection and delete it" [ctrl("X")] effects::can_cut, effects::cut;
    Edit 1 Project "edit.copy" "Copy" "Copy the selection as text that pastes into any project" [ctrl("C")] effects::has_copyable, effects::copy;
    Edit 1 Project "edit.paste" "Paste" "Paste copied components" [ctrl("V")] always, |s| s.request(Request::Paste);
    Edit 1 Project "edit.paste-in-place" "Paste in place" "Paste copied components exactly where they came from" [ctrl_shift("V")] always, |s| s.request(Request::PasteInPlace);
    Edit 1 Project "edit.copy-picture" "Copy as picture" "Put the selection, or everything, on the clipboard as a picture" [ctrl_shift("C")] has_project_elements, |s| s.request(Request::CopyPicture);
    Edit 1 Project "edit.copy-shown" "Copy table or plot..." "Copy or save what the panel below shows: a number, a table, a plot's data or its picture" [] always, |s| s.request(Request::CopyShown);
    Edit 1 Project "edit.duplicate" "Duplicate" "Copy the selection into free room below itself, with the connections inside it" [ctrl("D")] effects::has_copyable, effects::duplicate;
    Edit 1 Project "edit.delete" "Delete" "Remove the selection and what hangs on it; what is locked stays" [key("Delete"), key("Backspace")] effects::can_delete, effects::delete;
    Edit 2 Project "edit.select-all" "Select all" "Select everything on the sheet" [ctrl("A")] has_project_elements, effects::select_all;
    Edit 2 Project "edit.select-none" "Select nothing" "Clear the selection" [key("Escape")] has_selection, effects::select_none;
    Edit 2 Project "edit.find" "Find..." "Find components, traits and their values, frameworks, connections, notes and findings" [ctrl("F")] always, |s| s.request(Request::Canvas(CanvasRequest::Find));
    Edit 2 Project "edit.find-next" "Find next" "Go to the next thing that was found" [key("F3")] always, |s| s.request(Request::Canvas(CanvasRequest::FindNext(true)));
    Edit 2 Project "edit.find-previous" "Find previous" "Go back to what was found before" [shift("F3")] always, |s| s.request(Request::Canvas(CanvasRequest::FindNext(false)));
    Edit 3 Project "edit.rename" "Rename" "Give the selected element another name, or a connection a label" [key("F2")] effects::has_named, effects::rename;
    Edit 3 Project "edit.traits" "Edit traits" "Go to the traits of the selected component, to its kind where it has none, or to what a connection carries" [key("Enter")] effects::has_traits, |s| s.request(Request::EditTraits);
    Edit 3 Project "edit.defer" "Put off" "Keep the selected components on the sheet, but neither build nor estimate them now" [] effects::has_built, |s| effects::defer(s, true);
    Edit 3 Project "edit.take-in" "Take in again" "Build and estimate the selected components after all" [] effects::has_deferred, |s| effects::defer(s, false);
    Edit 3 Project "edit.fold" "Fold or unfold" "Show the selected boundary as one box with what it comes to, or as the frame it was; nothing else moves" [shift("F")] boundaries::has_boundary, boundaries::fold;
    Edit 4 Project "note.colour" "Change the colour of notes" "Give the selected notes the next paper: yellow, rose, blue, grey" [shift("N")] notes::has_note, notes::next_colour;
    Edit 5 Project "scenario.keep" "Keep the choices as a scenario" "Remember pins, what is put off, team and rates beside the plan; the drawing is shared by all of them" [] effects::can_keep_scenario, effects::keep_scenario;
    Edit 6 Project "baseline.keep" "Keep a baseline" "Remember the estimate as it stands, to compare later ones with" [] effects::can_keep_baseline, effects::keep_baseline;

    View 0 Project "view.zoom-in" "Zoom in" "See less, larger" [ctrl("Plus"), ctrl("Equals")] always, |s| s.request(Request::Canvas(CanvasRequest::ZoomIn));
    View 0 Project "view.zoom-out" "Zoom out" "See more, smaller" [ctrl("Minus")] always, |s| s.request(Request::Canvas(CanvasRequest::ZoomOut));
    View 0 Project "view.zoom-actual" "Zoom to 100 %" "Actual size" [ctrl("0")] always, |s| s.request(Request::Canvas(CanvasRequest::ZoomActual));
    View 0 Project "view.fit" "Fit everything" "Show the whole drawing" [shift("1")] always, |s| s.request(Request::Canvas(CanvasRequest::FitAll));
    View 0 Project "view.fit-selection" "Fit the selection" "Show the selection as large as it goes" [shift("2")] has_selection, |s| s.request(Request::Canvas(CanvasRequest::FitSelection));
    View 0 Project "view.next-finding" "Next finding" "Go to the next thing that should be looked at" [key("F8")] effects::has_findings, |s| s.step_finding(true);
    View 0 Project "view.previous-finding" "Previous finding" "Go back to the finding before" [shift("F8")] effects::has_findings, |s| s.step_finding(false);
    View 1 Project "view.palette" "Component palette" "Show or hide the list of components" [ctrl("B")] always, |s| s.request(Request::Toggle(Part::Palette));
    View 1 Project "view.inspector" "Inspector" "Show or hide the properties of the selection" [ctrl("I")] always, |s| s.request(Request::Toggle(Part::Inspector));
    View 1 Project "view.dock" "Figures below" "Show or hide recommendation, timeline, budget, capacity, findings, stack and evidence" [ctrl("J")] always, |s| s.request(Request::Toggle(Part::Dock));
    View 1 Project "view.minimap" "Overview map" "Show or hide the overview in the corner" [] always, |s| s.request(Request::Toggle(Part::Minimap));
    View 1 Project "view.seam" "Show the seam" "Show or hide the frameworks' grounds and what crosses between them" [] always, |s| s.request(Request::Toggle(Part::Seam));
    View 1 Project "view.present" "Presentation" "Show the drawing alone; Esc leaves" [key("F5")] always, |s| s.request(Request::Toggle(Part::Presentation));
    View 2 Project "view.colour-framework" "Colour by framework" "Each service in the colour of what it is built on" [ctrl("1")] always, |s| s.request(Request::ColourBy(Perspective::Framework));
    View 2 Project "view.colour-confidence" "Colour by confidence" "How sure the evidence is of each service's framework" [ctrl("2")] always, |s| s.request(Request::ColourBy(Perspective::Confidence));
    View 2 Project "view.colour-effort" "Colour by effort" "Person-weeks of each service" [ctrl("3")] always, |s| s.request(Request::ColourBy(Perspective::Effort));
    View 2 Project "view.colour-cost" "Colour by cost" "US dollars of each service" [ctrl("4")] always, |s| s.request(Request::ColourBy(Perspective::Cost));
    View 2 Project "view.colour-findings" "Colour by findings" "What should be looked at, worst first" [ctrl("5")] always, |s| s.request(Request::ColourBy(Perspective::Findings));
    View 2 Project "view.colour-trait" "Colour by a trait..." "Choose a trait; what is unknown shows" [ctrl("6")] always, |s| s.request(Request::Canvas(CanvasRequest::ChooseTrait));
    View 2 Project "view.colour-utilisation" "Colour by utilisation" "How busy each service is under its load, and which breaks first" [ctrl("7")] always, |s| s.request(Request::ColourBy(Perspective::Utilisation));
    View 3 Nothing "view.theme-light" "Light theme" "Dark text on light surfaces" [] always, |s| s.request(Request::Theme(ThemeChoice::Light));
    View 3 Nothing "view.theme-dark" "Dark theme" "Light text on dark surfaces" [] always, |s| s.request(Request::Theme(ThemeChoice::Dark));
    View 3 Nothing "view.theme-system" "System theme" "As the desktop is set" [] always, |s| s.request(Request::Theme(ThemeChoice::System));
    View 3 Nothing "view.contrast" "High contrast" "Text and lines stand out further from what is behind them" [] always, |s| s.request(Request::Toggle(Part::Contrast));
    View 3 Nothing "view.reduced-motion" "Less motion" "Nothing glides, pulses or scrolls by itself" [] always, |s| s.request(Request::Toggle(Part::ReducedMotion));

    Insert 0 Project "insert.component" "Add a component..." "Choose a component and add it at the pointer" [key("A"), key("Insert")] always, |s| s.request(Request::Canvas(CanvasRequest::QuickAdd));
    Insert 0 Project "insert.search" "Find a component to add" "Search the palette; Enter adds what was found" [key("Slash"), ctrl_shift("A")] always, |s| s.request(Request::SearchPalette);
    Insert 0 Project "insert.draw-boundary" "Draw a boundary" "Drag a named frame around things; what lies in it moves with it" [key("F")] always, |s| s.request(Request::Canvas(CanvasRequest::DrawBoundary));
    Insert 0 Project "insert.boundary" "Boundary" "Put a named frame around the selection, or an empty one" [ctrl("G")] always, boundaries::insert;
    Insert 0 Project "insert.note" "Sticky note" "Put a note on the sheet, at the pointer or in the middle of the view" [key("N")] always, |s| s.request(Request::Canvas(CanvasRequest::AddNote));

    Insert 1 Project "insert.connected-right" "Connected component to the right" "Add a component of the same kind that the selected one calls, and name it" [ctrl("ArrowRight")] effects::has_component, |s| keyboard::grow(s, Side::Right);
    Insert 1 Project "insert.connected-left" "Connected component to the left" "Add a component of the same kind that calls the selected one, and name it" [ctrl("ArrowLeft")] effects::has_component, |s| keyboard::grow(s, Side::Left);
    Insert 1 Project "insert.connected-above" "Connected component above" "Add a component of the same kind that calls the selected one, and name it" [ctrl("ArrowUp")] effects::has_component, |s| keyboard::grow(s, Side::Top);
    Insert 1 Project "insert.connected-below" "Connected component below" "Add a component of the same kind that the selected one calls, and name it" [ctrl("ArrowDown")] effects::has_component, |s| keyboard::grow(s, Side::Bottom);
    Insert 2 Project "connect.to" "Connect to..." "Choose the component that the selected ones call" [key("C")] keyboard::has_components, |s| s.request(Request::Connect { from_it: false });
    Insert 2 Project "connect.from" "Connect from..." "Choose the component that calls the selected ones" [shift("C")] keyboard::has_components, |s| s.request(Request::Connect { from_it: true });

    Arrange 0 Project "edit.tidy" "Tidy layout" "Lay the selection, or everything, out in layers, left to right; what is locked stays, and points that lines were led through by hand are dropped" [ctrl_shift("L")] has_project_elements, Session::tidy;
    Arrange 0 Project "edit.stop-tidy" "Stop tidying" "Leave everything as it stands" [] arrange::is_tidying, Session::stop_tidying;
    Arrange 1 Project "arrange.left" "Align left" "Line left edges up; what is locked stays, and the others go by it" [alt("A")] arrange::can_align, |s| arrange::align(s, Axis::X, Align::Low);
    Arrange 1 Project "arrange.centre" "Align centres" "Line centres up, one above the other; what is locked stays, and the others go by it" [alt("H")] arrange::can_align, |s| arrange::align(s, Axis::X, Align::Centre);
    Arrange 1 Project "arrange.right" "Align right" "Line right edges up; what is locked stays, and the others go by it" [alt("D")] arrange::can_align, |s| arrange::align(s, Axis::X, Align::High);
    Arrange 2 Project "arrange.top" "Align top" "Line upper edges up; what is locked stays, and the others go by it" [alt("W")] arrange::can_align, |s| arrange::align(s, Axis::Y, Align::Low);
    Arrange 2 Project "arrange.middle" "Align middles" "Line centres up, one beside the other; what is locked stays, and the others go by it" [alt("V")] arrange::can_align, |s| arrange::align(s, Axis::Y, Align::Centre);
    Arrange 2 Project "arrange.bottom" "Align bottom" "Line lower edges up; what is locked stays, and the others go by it" [alt("S")] arrange::can_align, |s| arrange::align(s, Axis::Y, Align::High);
    Arrange 3 Project "arrange.distribute-across" "Distribute horizontally" "Make the gaps from left to right equal; the outermost and what is locked stay" [alt_shift("H")] arrange::can_distribute, |s| arrange::distribute(s, Axis::X);
    Arrange 3 Project "arrange.distribute-down" "Distribute vertically" "Make the gaps from top to bottom equal; the outermost and what is locked stay" [alt_shift("V")] arrange::can_distribute, |s| arrange::distribute(s, Axis::Y);
    Arrange 4 Project "arrange.same-width" "Same width" "Make boundaries and notes as wide as the widest, or as one that is locked" [alt_shift("W")] arrange::can_size, |s| arrange::same_size(s, SameSize::Width);
    Arrange 4 Project "arrange.same-height" "Same height" "Make boundaries and notes as high as the highest, or as one that is locked" [alt_shift("T")] arrange::can_size, |s| arrange::same_size(s, SameSize::Height);
    Arrange 4 Project "arrange.same-size" "Same size" "Make boundaries and notes as large as the largest, or as one that is locked" [alt_shift("S")] arrange::can_size, |s| arrange::same_size(s, SameSize::Both);
    Arrange 5 Project "edit.lock" "Lock or unlock" "Hold the selection where it is, or let go of it: pointer, keys and layout leave alone what is locked" [ctrl("L")] arrange::can_lock, arrange::lock;
    Arrange 5 Project "edit.unlock-all" "Unlock all" "Let go of everything that is locked" [] arrange::has_locked, arrange::unlock_all;
    Arrange 6 Project "edit.nudge-left" "Nudge left" "Move the selection by one step of the grid" [key("ArrowLeft")] arrange::has_movable, |s| arrange::nudge(s, -1.0, 0.0);
    Arrange 6 Project "edit.nudge-right" "Nudge right" "Move the selection by one step of the grid" [key("ArrowRight")] arrange::has_movable, |s| arrange::nudge(s, 1.0, 0.0);
    Arrange 6 Project "edit.nudge-up" "Nudge up" "Move the selection by one step of the grid" [key("ArrowUp")] arrange::has_movable, |s| arrange::nudge(s, 0.0, -1.0);
    Arrange 6 Project "edit.nudge-down" "Nudge down" "Move the selection by one step of the grid" [key("ArrowDown")] arrange::has_movable, |s| arrange::nudge(s, 0.0, 1.0);
    Arrange 6 Project "edit.nudge-far-left" "Nudge far left" "Move the selection by ten steps of the grid" [shift("ArrowLeft")] arrange::has_movable, |s| arrange::nudge(s, -10.0, 0.0);
    Arrange 6 Project "edit.nudge-far-right" "Nudge far right" "Move the selection by ten steps of the grid" [shift("ArrowRight")] arrange::has_movable, |s| arrange::nudge(s, 10.0, 0.0);
    Arrange 6 Project "edit.nudge-far-up" "Nudge far up" "Move the selection by ten steps of the grid" [shift("ArrowUp")] arrange::has_movable, |s| arrange::nudge(s, 0.0, -10.0);
    Arrange 6 Project "edit.nudge-far-down" "Nudge far down" "Move the selection by ten steps of the grid" [shift("ArrowDown")] arrange::has_movable, |s| arrange::nudge(s, 0.0, 10.0);
    Arrange 7 Project "line.next" "Next kind of line" "Draw the selected connections orthogonal, straight or curved in turn" [key("R")] has_connection, lines::next_kind;
    Arrange 7 Project "line.orthogonal" "Orthogonal line" "Lead the selected connections along the axes, around what is in the way" [] has_connection, |s| lines::set_kind(s, LineKind::Orthogonal);
    Arrange 7 Project "line.straight" "Straight line" "Draw the selected connections from point to point" [] has_connection, |s| lines::set_kind(s, LineKind::Straight);
    Arrange 7 Project "line.curved" "Curved line" "Draw the selected connections as smooth curves" [] has_connection, |s| lines::set_kind(s, LineKind::Curved);
    Arrange 7 Project "line.reset" "Reset the route" "Forget the sides, the points and the place of the words that were chosen by hand" [] has_course, lines::reset;

    Go 0 Project "go.next" "Next element" "To the next element in reading order: by rows, from left to right" [key("Tab")] keyboard::has_next, |s| s.step(true);
    Go 0 Project "go.previous" "Previous element" "To the element before in reading order" [shift("Tab")] keyboard::has_previous, |s| s.step(false);
    Go 1 Project "go.left" "Connected to the left" "Along a connection to the component at the left" [alt("ArrowLeft")] keyboard::has_cursor, |s| s.walk_towards(Side::Left, false);
    Go 1 Project "go.right" "Connected to the right" "Along a connection to the component at the right" [alt("ArrowRight")] keyboard::has_cursor, |s| s.walk_towards(Side::Right, false);
    Go 1 Project "go.up" "Connected above" "Along a connection to the component above" [alt("ArrowUp")] keyboard::has_cursor, |s| s.walk_towards(Side::Top, false);
    Go 1 Project "go.down" "Connected below" "Along a connection to the component below" [alt("ArrowDown")] keyboard::has_cursor, |s| s.walk_towards(Side::Bottom, false);
    Go 2 Project "go.add-left" "Select to the left as well" "Add the connected component at the left to the selection" [alt_shift("ArrowLeft")] keyboard::has_cursor, |s| s.walk_towards(Side::Left, true);
    Go 2 Project "go.add-right" "Select to the right as well" "Add the connected component at the right to the selection" [alt_shift("ArrowRight")] keyboard::has_cursor, |s| s.walk_towards(Side::Right, true);
    Go 2 Project "go.add-up" "Select above as well" "Add the connected component above to the selection" [alt_shift("ArrowUp")] keyboard::has_cursor, |s| s.walk_towards(Side::Top, true);
    Go 2 Project "go.add-down" "Select below as well" "Add the connected component below to the selection" [alt_shift("ArrowDown")] keyboard::has_cursor, |s| s.walk_towards(Side::Bottom, true);
    Go 3 Project "go.next-connection" "Next connection" "To the next connection of the component, to change or delete it" [key("Period")] keyboard::has_cursor, |s| s.step_connection(true);
    Go 3 Project "go.previous-connection" "Previous connection" "To the connection before" [key("Comma")] keyboard::has_cursor, |s| s.step_connection(false);
    Go 4 Project "go.canvas" "To the canvas" "Put the keyboard on the drawing, where it was last" [key("F6")] always, |s| s.request(Request::Canvas(CanvasRequest::TakeKeyboard));
    Go 4 Project "go.menu" "Context menu" "The commands for what is selected, where it stands" [shift("F10"), key("Menu")] always, |s| s.request(Request::Canvas(CanvasRequest::ContextMenu));
    Go 4 Project "go.describe" "Describe" "Say what the element is connected with" [key("D")] keyboard::has_cursor, Session::describe_cursor;

    Go 4 Nothing "go.menus" "Menus" "Open the menus above; arrows go through them, Enter chooses, Esc leaves" [key("F10")] always, |s| s.request(Request::Menus);

    Help 0 Nothing "help.contents" "Help contents" "Guide, words and method, to read and to search beside the drawing" [key("F1")] always, |s| s.request(Request::Toggle(Part::Help));
    Help 0 Nothing "help.tour" "Take the tour" "Your first plan in six steps, on a plan of your own; it can be left at any point" [] always, effects::take_tour;
    Help 0 Nothing "help.tour-card" "To the tour" "Put the keyboard on the card of the tour; Esc there leaves it" [shift("F6")] effects::has_tour, |s| s.request(Request::TourCard);
    Help 0 Nothing "help.commands" "All commands..." "Find any command by its name" [ctrl("K")] always, |s| s.request(Request::Toggle(Part::CommandPalette));
    Help 0 Nothing "help.shortcuts" "Keyboard shortcuts..." "Every command with its keys, and the mouse" [key("Questionmark"), shift("Slash")] always, |s| s.request(Request::Toggle(Part::Shortcuts));
    Help 1 Nothing "help.messages" "Messages..." "What the program said in this run, newest first" [ctrl_shift("M")] always, |s| s.request(Request::Toggle(Part::Messages));
    Help 2 Nothing "help.about" "About Groundplan..." "Version and where the knowledge comes from" [] always, |s| s.request(Request::Toggle(Part::About));
}
