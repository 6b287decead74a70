//! What views, keys, menus and tests ask for. Views return these; only the session changes the project.

use std::{path::PathBuf, sync::Arc};

use super::{history::StepId, tour::TourMove};
use crate::{
    assess::{Choice, Fix, Perspective},
    lang::t,
    playbook::{Assumption, Citation},
    project::{
        BaselineId, ComponentId, ConnectionId, Edit, ElementId, FindingKey, Project, Scenario, ScenarioId, TraitId,
    },
};

/// One wish of the person.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A change that is one undo step by itself.
    Edit {
        /// What the step is called: `Rename component`.
        name: String,
        /// The change.
        edits: Vec<Edit>,
    },
    /// A change in flight (a drag, a held slider): the project becomes what it was before the gesture, with these edits applied.
    /// Sent again with other edits as the gesture goes on.
    Gesture {
        /// What the step will be called.
        name: String,
        /// The whole change so far, seen from before the gesture.
        edits: Vec<Edit>,
    },
    /// The gesture is over: what it did becomes one undo step (none if it did nothing).
    CommitGesture,
    /// The gesture never was.
    CancelGesture,
    /// What was typed in one go so far never was.
    TakeBackTyped,
    /// A change of the selection.
    Select(Select),
    /// Selects an element and brings it into view.
    Reveal(ElementId),
    /// Mends a finding: one undo step. What is new is put where there is room.
    Mend(Fix),
    /// Selects what a finding is about and brings it into view.
    ShowFinding(FindingKey),
    /// Keeps, takes or changes a way to build the plan: one undo step.
    Scenario(ScenarioAction),
    /// Keeps or changes an estimate as it stood: one undo step.
    Baseline(BaselineAction),
    /// A way through the tour, or out of it.
    Tour(TourMove),
    /// Runs a command of the table by its id.
    Run(&'static str),
    /// Something that only the screen can do.
    Request(Request),
}

impl Action {
    /// A one-step change.
    pub fn edit(name: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::Edit { name: name.into(), edits }
    }
}

/// What is done with a way to build the plan.
#[derive(Clone, Debug, PartialEq)]
pub enum ScenarioAction {
    /// Keep it beside the plan, under a name of its own.
    Keep(Choice),
    /// Keep this one, under its name or one like it.
    KeepAs(Box<Scenario>),
    /// Make it the plan: its pins, what it puts off, its means.
    Take(Choice),
    /// Make a kept one what the plan is now.
    Update(ScenarioId),
    /// Give a kept one another name.
    Rename(ScenarioId, String),
    /// Keep a copy of a kept one.
    Duplicate(ScenarioId),
    /// Keep it no longer.
    Delete(ScenarioId),
}

/// What is done with an estimate as it stood at some moment.
#[derive(Clone, Debug, PartialEq)]
pub enum BaselineAction {
    /// Keep the estimate as it stands, called after its number.
    Keep,
    /// Give a kept one another name.
    Rename(BaselineId, String),
    /// Keep it no longer.
    Delete(BaselineId),
}

/// A change of the selection.
#[derive(Clone, Debug, PartialEq)]
pub enum Select {
    /// Exactly these.
    Only(Vec<ElementId>),
    /// These as well.
    Add(Vec<ElementId>),
    /// In if it was out, out if it was in.
    Toggle(ElementId),
    /// A connection, and of it the point of this number that it is led through: what Delete takes away.
    Waypoint(ConnectionId, usize),
    /// Nothing.
    Nothing,
}

/// What a command or a view asks of the window around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A blank project.
    New,
    /// Ask which file to open.
    Open,
    /// Open this file.
    OpenPath(PathBuf),
    /// Ask for a project file to compare the plan with.
    CompareWith,
    /// Ask for a project file, and say what changed from it to the plan.
    DifferenceFromFile,
    /// Say what changed since the plan was opened or saved last.
    DifferenceFromSaved,
    /// Open a copy of a preset.
    OpenPreset(String),
    /// Write to the file the project came from, or ask.
    Save,
    /// Ask where to write.
    SaveAs,
    /// Show the unsaved work of an earlier time.
    Drafts,
    /// Go on with unsaved work of an earlier time: the draft with this id.
    RestoreDraft(String),
    /// Read the project's file again, in the place of the project.
    Reload,
    /// Ask where to export to, in this format of the export registry.
    Export(&'static str),
    /// Show the welcome page.
    Welcome,
    /// A blank project, with the tour on it.
    Tour,
    /// Put the keyboard on the card of the tour.
    TourCard,
    /// Close the window.
    Quit,
    /// Put text on the clipboard.
    CopyText(String),
    /// Take the clipboard's text and paste it.
    Paste,
    /// Say something in passing: to a screen reader, and in the status bar.
    Say(String),
    /// Ask which component the selected ones are to be connected with: they call it, or it calls them.
    Connect {
        /// Whether the selected ones are the callees.
        from_it: bool,
    },
    /// The same, exactly where it came from.
    PasteInPlace,
    /// Put the selection on the clipboard as a picture, or everything if nothing is selected.
    CopyPicture,
    /// Open the menu of the first table or plot of the dock: what can be copied of it.
    CopyShown,
    /// Put the cursor into the search of the palette.
    SearchPalette,
    /// Open the menus, for the keyboard.
    Menus,
    /// Show or hide a part of the window.
    Toggle(Part),
    /// Change what the canvas shows.
    Canvas(CanvasRequest),
    /// Colour the canvas by this.
    ColourBy(Perspective),
    /// Use a light, dark or the system's theme.
    Theme(ThemeChoice),
    /// Let new plans start with the means of this one, or with the playbook's again.
    NewPlans(bool),
    /// Put the cursor into the name of the selected component.
    Rename,
    /// Put the cursor into the trait search of the inspector.
    EditTraits,
    /// Select a component and put the cursor into the field of one of its traits.
    AnswerTrait(ComponentId, TraitId),
    /// Show the project's assumptions and put the cursor into the field of one of them.
    Assumptions(Assumption),
    /// Show a tab of the dock.
    Dock(DockTab),
    /// Show a kept scenario beside the others in the dock.
    Scenario(ScenarioId),
    /// Show a kept baseline in the dock, with the cursor in its name.
    Baseline(BaselineId),
    /// Show the claims behind a citation in the dock.
    Evidence(Citation),
    /// Open the help at a place of its pages: `guide#capacity`.
    Help(&'static str),
    /// Take the knowledge from somewhere else.
    Playbook(PlaybookRequest),
}

impl Request {
    /// Whether another project takes the place of this one, or none: what is not saved is asked about before.
    pub fn leaves(&self) -> bool {
        matches!(
            self,
            Self::New
                | Self::Open
                | Self::OpenPath(_)
                | Self::OpenPreset(_)
                | Self::RestoreDraft(_)
                | Self::Quit
                | Self::Tour
                | Self::Welcome
        )
    }

    /// Whether it is about all of the project as it stands, with what is being typed in this moment.
    pub fn needs_all(&self) -> bool {
        let reads = matches!(
            self,
            Self::Save
                | Self::SaveAs
                | Self::Drafts
                | Self::Reload
                | Self::Export(_)
                | Self::CompareWith
                | Self::DifferenceFromFile
                | Self::DifferenceFromSaved
        );
        reads || self.leaves()
    }
}

/// Where the knowledge is to come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaybookRequest {
    /// Ask for a folder.
    Choose,
    /// From this folder.
    Folder(PathBuf),
    /// From what is built in.
    BuiltIn,
    /// From where it comes now, read again.
    Reload,
}

/// Parts of the window that can be shown and hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The list of components at the left.
    Palette,
    /// The properties of the selection at the right.
    Inspector,
    /// The panel below.
    Dock,
    /// The overview in the corner.
    Minimap,
    /// The frameworks' grounds and the marks on what crosses between them.
    Seam,
    /// The drawing alone, without the panels around it.
    Presentation,
    /// The list of all commands.
    CommandPalette,
    /// The sheet of shortcuts.
    Shortcuts,
    /// What the program can do, to read and to search.
    Help,
    /// What the program said in this run.
    Messages,
    /// What the program is.
    About,
    /// What a person prefers, whatever the project.
    Settings,
    /// Colours that are further apart.
    Contrast,
    /// Nothing that moves by itself.
    ReducedMotion,
}

/// Tabs of the dock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum DockTab {
    /// Why this framework.
    #[default]
    Recommendation,
    /// How long.
    Timeline,
    /// How much.
    Budget,
    /// Other ways to build it.
    Scenarios,
    /// Whether it holds, and with how many workers.
    Capacity,
    /// What should be looked at.
    Findings,
    /// What it is made of.
    Stack,
    /// What the page claims and what was found.
    Evidence,
}

impl DockTab {
    /// Every tab in its order.
    pub const ALL: [Self; 8] = [
        Self::Recommendation,
        Self::Timeline,
        Self::Budget,
        Self::Scenarios,
        Self::Capacity,
        Self::Findings,
        Self::Stack,
        Self::Evidence,
    ];

    /// The caption of the tab.
    pub fn label(self) -> &'static str {
        match self {
            Self::Recommendation => t("Recommendation"),
            Self::Timeline => t("Timeline"),
            Self::Budget => t("Budget"),
            Self::Scenarios => t("Scenarios"),
            Self::Capacity => t("Capacity"),
            Self::Findings => t("Findings"),
            Self::Stack => t("Stack"),
            Self::Evidence => t("Evidence"),
        }
    }

    /// Where the help says what it shows.
    pub fn place_in_help(self) -> &'static str {
        match self {
            Self::Recommendation => "guide#reading-the-advice",
            Self::Timeline | Self::Budget => "guide#weeks-and-budget",
            Self::Scenarios => "guide#scenarios-and-baselines",
            Self::Capacity => "guide#capacity",
            Self::Findings => "guide#findings",
            Self::Stack => "words#stack-and-evidence",
            Self::Evidence => "method#what-it-rests-on",
        }
    }

    /// What it shows, in a line.
    pub fn help(self) -> &'static str {
        match self {
            Self::Recommendation => t("Which framework each service is on, and why"),
            Self::Timeline => t("How long it takes, by work item and week by week"),
            Self::Budget => t("What it costs, by work item, service and role"),
            Self::Scenarios => t("The same plan built in other ways, side by side"),
            Self::Capacity => t("Whether it holds under its load, with how many workers, and what if"),
            Self::Findings => t("What should be looked at, worst first"),
            Self::Stack => t("The packages that follow, with their versions"),
            Self::Evidence => t("What the page claims, and what was found"),
        }
    }
}

/// What the canvas can be asked to show.
#[derive(Clone, Debug, PartialEq)]
pub enum CanvasRequest {
    /// One step closer.
    ZoomIn,
    /// One step away.
    ZoomOut,
    /// 100 %.
    ZoomActual,
    /// So many screen points for each unit of the sheet.
    ZoomTo(f64),
    /// Everything.
    FitAll,
    /// The selection.
    FitSelection,
    /// The selection in the middle, at the present zoom if possible.
    CentreSelection,
    /// The selection in view; nothing moves if it is in view already.
    SeeSelection,
    /// The selection in view unless some of it is.
    MeetSelection,
    /// The keyboard, on the element that it was at last; where that is does not move the view.
    TakeKeyboard,
    /// The context menu of what is selected, where it stands.
    ContextMenu,
    /// The list of traits to colour by.
    ChooseTrait,
    /// The next drag draws a boundary.
    DrawBoundary,
    /// A new sticky note, at the pointer or in the middle of the view.
    AddNote,
    /// The cursor in what an element is called, where it stands on the sheet.
    EditInPlace(ElementId),
    /// The search.
    Find,
    /// What was found next (or before), without the search's box.
    FindNext(bool),
    /// This element in the middle, at the present zoom if possible.
    Centre(ElementId),
    /// The list of components to add from, at the pointer.
    QuickAdd,
    /// The words of a connection, to be written where they stand.
    EditLabel(ConnectionId),
    /// What stood elsewhere in this project glides from there to its place.
    Glide(Arc<Project>),
    /// The view as it is now, kept for who takes this step back.
    KeepView(StepId),
    /// The view as it was on the other side of a step for which it was kept.
    ReturnView(StepId),
}

/// Which theme the window uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ThemeChoice {
    /// As the desktop says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}
