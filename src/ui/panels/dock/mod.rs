//! The panel below: recommendation, timeline, budget, scenarios, capacity, findings, stack, evidence.

mod bars;
mod budget;
mod capacity;
mod curve;
mod evidence;
mod findings;
mod order;
mod parts;
mod rail;
mod reasons;
mod recommendation;
mod scenarios;
mod slices;
mod stack;
mod table;
mod timeline;

pub use budget::{BreakdownState, BudgetTopic, CasesState};
pub use capacity::{CapacityState, CapacityTopic, Figures as CapacityFigures, Question as CapacityQuestion};
pub use curve::CurveState;
pub use findings::FindingsState;
pub(super) use findings::fixes_ui;
pub use order::Order;
pub use recommendation::Topic;
pub(super) use recommendation::apply;
pub use scenarios::{CausesState, LogState, ScenarioTopic, SideBySideState, TargetState};
pub use timeline::{ScheduleState, TimelineTopic};

use std::collections::BTreeSet;

use egui::{Role, Sense, Stroke, Ui, WidgetInfo, vec2};

pub use evidence::{EvidenceState, Show};

pub use crate::assess::Cut;
use crate::{
    figures::Measure,
    lang::{t, tr},
    playbook::Citation,
    project::{BaselineId, ComponentId, ScenarioId},
    session::{Action, Anchor, DockTab, Request},
    ui::{
        Actions, View, anchor, copying, icons,
        theme::{Face, Tokens, space},
        widgets::{hairline, icon_button, one_line, text_size},
    },
};

/// What the panel remembers.
#[derive(Clone, Debug)]
pub struct DockState {
    /// The open tab.
    pub tab: DockTab,
    /// The keyboard goes to the open tab.
    pub wants_keyboard: bool,
    /// The question that the recommendation answers.
    pub topic: Topic,
    /// The question that the timeline answers.
    pub timeline: TimelineTopic,
    /// The question that the budget answers.
    pub budget: BudgetTopic,
    /// The question that the scenarios answer.
    pub scenario: ScenarioTopic,
    /// What is asked of the capacity, and of what.
    pub capacity: CapacityState,
    /// What would reach a target.
    pub target: TargetState,
    /// What the schedule remembers.
    pub schedule: ScheduleState,
    /// What the scenarios side by side remember.
    pub side_by_side: SideBySideState,
    /// What leads from which plan to which.
    pub causes: CausesState,
    /// What the log of edits and the baselines show.
    pub log: LogState,
    /// How weeks are cut.
    pub weeks_by: Cut,
    /// How dollars are cut.
    pub budget_by: Cut,
    /// Whether the dearest stands first.
    pub dearest_first: bool,
    /// What is looked at on the curve of weeks.
    pub weeks_curve: CurveState,
    /// What is looked at on the curve of the budget.
    pub budget_curve: CurveState,
    /// The rows under the curve of weeks, as they stand.
    pub weeks_order: Order,
    /// The rows beside the curve of the budget, as they stand.
    pub budget_order: Order,
    /// The rows of the table of the budget, as they stand.
    pub breakdown_order: Order,
    /// What the table of the budget remembers.
    pub breakdown: BreakdownState,
    /// What is moved in the sensitivity.
    pub measure: Measure,
    /// What the page on the cases remembers.
    pub cases: CasesState,
    /// What is looked at in the evidence.
    pub evidence: EvidenceState,
    /// What the list of findings remembers.
    pub findings: FindingsState,
}

impl Default for DockState {
    fn default() -> Self {
        Self {
            tab: DockTab::default(),
            wants_keyboard: false,
            topic: Topic::default(),
            timeline: TimelineTopic::default(),
            budget: BudgetTopic::default(),
            scenario: ScenarioTopic::default(),
            capacity: CapacityState::default(),
            target: TargetState::default(),
            schedule: ScheduleState::default(),
            side_by_side: SideBySideState::default(),
            causes: CausesState::default(),
            log: LogState::default(),
            weeks_by: Cut::Phase,
            budget_by: Cut::Component,
            dearest_first: true,
            weeks_curve: CurveState::default(),
            budget_curve: CurveState::default(),
            weeks_order: Order::default(),
            budget_order: Order::default(),
            breakdown_order: Order::default(),
            breakdown: BreakdownState::default(),
            measure: Measure::default(),
            cases: CasesState::default(),
            evidence: EvidenceState::default(),
            findings: FindingsState::default(),
        }
    }
}

impl DockState {
    /// Forgets what the frame before showed on the sheet.
    pub fn begin_frame(&mut self) {
        self.target.begin_frame();
    }

    /// Forgets everything of the project that was open before; how things are looked at (tabs, questions, cuts) stays.
    pub fn forget_project(&mut self) {
        self.target.forget_project();
        self.capacity.forget_project();
        self.causes = CausesState::default();
        self.log = LogState::default();
        self.side_by_side = SideBySideState::default();
        self.schedule = ScheduleState::default();
        self.weeks_curve = CurveState::default();
        self.budget_curve = CurveState::default();
        self.findings = FindingsState::default();
        // Each holds the table it was made for.
        for order in [&mut self.weeks_order, &mut self.budget_order, &mut self.breakdown_order] {
            *order = Order::default();
        }
    }

    /// The services that a proposal on the screen would put off.
    pub fn proposed(&self) -> &BTreeSet<ComponentId> {
        self.target.proposed()
    }

    /// Shows a tab, with the keyboard in it: whoever asks for it goes on there, and Esc leads back to the drawing.
    pub fn show_tab(&mut self, tab: DockTab) {
        (self.tab, self.wants_keyboard) = (tab, true);
    }

    /// Shows a kept scenario beside the others.
    pub fn show_scenario(&mut self, id: ScenarioId) {
        self.tab = DockTab::Scenarios;
        self.scenario = ScenarioTopic::SideBySide;
        self.side_by_side.show(id);
    }

    /// Shows a kept baseline, with the cursor in its name.
    pub fn show_baseline(&mut self, id: BaselineId) {
        self.tab = DockTab::Scenarios;
        self.scenario = ScenarioTopic::Log;
        self.log.show(id);
    }

    /// Shows the claims behind a citation.
    pub fn show_evidence(&mut self, citation: Citation) {
        self.tab = DockTab::Evidence;
        self.evidence.show(citation);
    }

    /// Shows what leads from a project in another file to the open one, or the other way round.
    pub fn compare_with(&mut self, path: &std::path::Path) {
        self.tab = DockTab::Scenarios;
        self.scenario = ScenarioTopic::Causes;
        self.causes.file_was_read(path);
    }
}

/// The panel below.
pub fn dock_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    tabs_ui(ui, view, state, actions);
    hairline(ui);
    let margin = egui::Margin { left: 16, right: 16, top: 8, bottom: 6 };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::TINY;
        ui.push_id(state.tab.label(), |ui| match state.tab {
            DockTab::Recommendation => recommendation::recommendation_ui(ui, view, state, actions),
            DockTab::Timeline => timeline::timeline_ui(ui, view, state, actions),
            DockTab::Budget => budget::budget_ui(ui, view, state, actions),
            DockTab::Scenarios => scenarios::scenarios_ui(ui, view, state, actions),
            DockTab::Capacity => capacity::capacity_ui(ui, view, &mut state.capacity, actions),
            DockTab::Findings => findings::findings_ui(ui, view, &mut state.findings, actions),
            DockTab::Stack => stack::stack_ui(ui, view, actions),
            DockTab::Evidence => evidence::evidence_ui(ui, view, &mut state.evidence, actions),
        });
    });
    // The panel keeps its height where there is little to say.
    ui.take_available_space();
    copying::figures(ui, ui.min_rect());
    copying::end_page(ui, ui.min_rect());
}

fn tabs_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.add_space(6.0);
        let count = view.session.assessment().open_findings().count();
        let label_of = |tab: DockTab| match tab {
            DockTab::Findings if count > 0 => format!("{} {count}", tab.label()),
            _ => tab.label().to_owned(),
        };
        // Room around the words; less of it, and smaller words, where the panel is narrow.
        let laid_out = |size: f32| {
            let widths = DockTab::ALL.map(|tab| text_size(ui, &label_of(tab), Face::Medium.at(size)).x);
            let spare = ui.available_width() - widths.iter().sum::<f32>() - 6.0 - HELP;
            (size, widths, spare / widths.len() as f32 - 2.0)
        };
        let fitting = [13.0, 12.0].into_iter().map(laid_out).find(|(.., around)| *around >= 4.0);
        let (size_of_words, widths, around) = fitting.unwrap_or_else(|| laid_out(11.0));
        let around = around.clamp(1.0, 20.0);
        let mut of_figures = egui::Rect::NOTHING;
        for (tab, width) in DockTab::ALL.into_iter().zip(widths) {
            let label = label_of(tab);
            let size = vec2(width + around, 34.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            if matches!(tab, DockTab::Timeline | DockTab::Budget) {
                of_figures |= rect;
            }
            let selected = state.tab == tab;
            if selected && std::mem::take(&mut state.wants_keyboard) {
                response.request_focus();
            }
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, tab.label()));
            let ink = if selected || response.hovered() { tokens.text } else { tokens.muted };
            let face = if selected { Face::Medium } else { Face::Regular };
            one_line(ui, rect.left_center() + vec2(around / 2.0, 0.0), size.x, &label, face.at(size_of_words), ink);
            if selected || response.has_focus() {
                let line = Stroke::new(2.0, tokens.accent.ink);
                ui.painter().hline(rect.shrink2(vec2(around / 2.0, 0.0)).x_range(), rect.bottom() - 1.0, line);
            }
            if response.clicked() {
                state.tab = tab;
            }
        }
        anchor::mark(ui, Anchor::Figures, of_figures);
        let end = ui.max_rect().right() - HELP;
        let words = caption_of(state.tab, view);
        let room = end - ui.cursor().left();
        let width = text_size(ui, &words, Face::Regular.at(12.0)).x;
        if width < room {
            let at = egui::pos2(end - width, ui.cursor().center().y);
            one_line(ui, at, width + 2.0, &words, Face::Regular.at(12.0), tokens.muted);
        }
        help_ui(ui, state.tab, end, actions);
    });
}

/// Room for the way to the help, at the end of the tabs.
const HELP: f32 = 40.0;

/// The way to what the help says of a tab.
fn help_ui(ui: &mut Ui, tab: DockTab, left: f32, actions: &mut Actions) {
    let place = egui::Rect::from_min_size(egui::pos2(left + 6.0, ui.max_rect().top() + 5.0), vec2(24.0, 24.0));
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(place));
    if icon_button(&mut place, icons::CIRCLE_HELP, &tr!("Help on {}", tab.label())).clicked() {
        actions.push(Action::Request(Request::Help(tab.place_in_help())));
    }
}

/// What stands at the right of the tabs.
fn caption_of(tab: DockTab, view: &View<'_>) -> String {
    let level = view.session.project().assumptions.confidence.label();
    match tab {
        DockTab::Recommendation => t("Evidence in decibans: 10 dB are odds of 10 to 1").to_owned(),
        DockTab::Timeline | DockTab::Budget => tr!("P10 to P90 from the case studies, {level} shown first", level),
        DockTab::Scenarios => t("The same plan, built in other ways").to_owned(),
        DockTab::Capacity => t("A queueing model on measured costs, not a load test").to_owned(),
        DockTab::Findings => t("F8 goes from one to the next").to_owned(),
        DockTab::Stack => t("Versions that resolve together, and what holds of each package today").to_owned(),
        DockTab::Evidence => t("What the page says, and what was found").to_owned(),
    }
}

/// A title at the left, cut where its controls at the right begin.
fn titled(ui: &mut Ui, title: &str, controls: impl FnOnce(&mut Ui)) {
    parts::titled_as(ui, &[title], controls);
}

/// From this width on, contents stand in two columns.
const TWO_COLUMNS_FROM: f32 = 620.0;

/// Two columns where there is room (the left one takes `share` of the width), else one below the other, scrolling
/// together; the right one is told so.
fn two_columns<S>(
    ui: &mut Ui,
    share: f32,
    subject: &mut S,
    left: impl FnOnce(&mut Ui, &mut S),
    right: impl FnOnce(&mut Ui, &mut S, bool),
) {
    two_columns_from(ui, (TWO_COLUMNS_FROM, share), subject, left, right);
}

/// The same from another width on.
fn two_columns_from<S>(
    ui: &mut Ui,
    (from, share): (f32, f32),
    subject: &mut S,
    left: impl FnOnce(&mut Ui, &mut S),
    right: impl FnOnce(&mut Ui, &mut S, bool),
) {
    let full = ui.available_size();
    if full.x < from {
        egui::ScrollArea::vertical().id_salt("one-column").auto_shrink([false, false]).show(ui, |ui| {
            left(ui, subject);
            ui.add_space(space::MEDIUM);
            right(ui, subject, true);
        });
        return;
    }
    let left_width = (full.x * share).round();
    let area = ui.available_rect_before_wrap();
    let column = |ui: &mut Ui, salt: &str, x: f32, width: f32| {
        parts::column(ui, salt, egui::Rect::from_min_size(egui::pos2(x, area.top()), vec2(width, full.y)))
    };
    left(&mut column(ui, "left", area.left(), left_width - space::LARGE), subject);
    right(&mut column(ui, "right", area.left() + left_width, full.x - left_width), subject, false);
    ui.advance_cursor_after_rect(area);
}
