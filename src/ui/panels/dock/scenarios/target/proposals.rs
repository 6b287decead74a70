//! The changes that make a target hold: sets of services, another team, or a little of both. What a row would put off shows on the
//! sheet while the pointer or the cursor is on it.

use egui::{
    Button, Frame, Margin, ProgressBar, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::{Known, TargetState};
use crate::{
    assess::{Goal, Proposal, Reached, TeamChange},
    explain::{self, goal::Words},
    figures,
    lang::{t, tr},
    project::{Assumptions, Edit, ElementId, Scenario},
    session::{Action, CanvasRequest, Request, ScenarioAction, Select, commands::deferring},
    ui::{
        Actions, View, icons,
        panels::dock::parts::remark,
        theme::{Face, Tokens, icon, radius, space, text},
        widgets::{caption, icon_button, link_button, text_button},
    },
};

/// Names that a row shows before the rest is only counted.
const NAMES: usize = 4;
/// From this width on a row has all its buttons beside each other.
const ROOMY: f32 = 560.0;
/// From this width on the sentence on how things stand fits into one line.
const ONE_LINE_FROM: f32 = 380.0;
/// The height of a line of it, and the room that a search takes beside it.
const LINE: f32 = 20.0;
const SEARCH: f32 = 160.0;

/// What is to be shown.
pub(super) struct Found<'a> {
    pub(super) goal: &'a Goal,
    pub(super) known: &'a Known,
    /// How far the search has come, while there is one.
    pub(super) progress: Option<f32>,
    /// Whether everything scrolls together.
    pub(super) stacked: bool,
}

impl Found<'_> {
    fn words<'a>(&'a self, view: &'a View<'_>) -> Words<'a> {
        let project = view.session.project();
        Words::new(project, self.goal, Words::last_day(&project.assumptions))
    }
}

pub(super) fn proposals_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut TargetState,
    found: &Found<'_>,
    actions: &mut Actions,
) {
    head_ui(ui, view, found);
    match found.known {
        Known::NothingAsked => {
            remark(
                ui,
                t("The smallest sets of services that would have to wait, or the team it takes, are then listed here"),
            );
        }
        Known::Working => {}
        Known::Cancelled | Known::Failed => {
            if link_button(ui, t("Search again")).clicked() {
                view.session.goal_again();
                ui.request_repaint();
            }
        }
        Known::Answer(reached, stale) => {
            let answer = Answer { view, words: found.words(view), reached };
            ui.add_enabled_ui(!stale, |ui| {
                if found.stacked {
                    answer.rows_ui(ui, state, actions);
                    return;
                }
                let area = ScrollArea::vertical().id_salt("proposals").auto_shrink([false, false]);
                area.show(ui, |ui| answer.rows_ui(ui, state, actions));
            });
        }
    }
}

/// Where things stand, and while a search is on, how far it is and a way to break it off. It keeps its height.
fn head_ui(ui: &mut Ui, view: &View<'_>, found: &Found<'_>) {
    let words = match found.known {
        Known::NothingAsked => t("Say what is to hold: a budget, a time, or both").to_owned(),
        Known::Answer(reached, false) => found.words(view).now(reached),
        Known::Answer(_, true) | Known::Working => t("Looking for the smallest sets").to_owned(),
        Known::Cancelled => t("The search was broken off").to_owned(),
        Known::Failed => t("The search came to nothing; the log says more").to_owned(),
    };
    // Beside the share of a search there is one line: the sentence is a short one then.
    let beside = if found.progress.is_some() { SEARCH } else { 0.0 };
    let least = if ui.available_width() < ONE_LINE_FROM { 2.0 * LINE } else { LINE };
    let top = ui.cursor().top();
    ui.horizontal(|ui| {
        ui.set_min_height(LINE);
        let room = ui.available_width() - beside;
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(egui::Label::new(text(&words, Face::SemiBold, 13.0)).wrap());
        });
        let Some(share) = found.progress else { return };
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| progress_ui(ui, view, share));
    });
    let used = ui.cursor().top() - top;
    ui.add_space((least - used).max(0.0));
}

fn progress_ui(ui: &mut Ui, view: &View<'_>, share: f32) {
    if ui.add(Button::new(t("Cancel")).small()).clicked() {
        view.session.cancel_goal();
        ui.request_repaint();
    }
    let bar = ProgressBar::new(share).desired_width(90.0).desired_height(6.0).fill(Tokens::of(ui).accent.ink);
    let response = ui.add(bar);
    let words = tr!("Searched {}", figures::share(f64::from(share)));
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &words));
}

/// An answer and what it is about.
struct Answer<'a> {
    view: &'a View<'a>,
    words: Words<'a>,
    reached: &'a Reached,
}

impl Answer<'_> {
    fn rows_ui(&self, ui: &mut Ui, state: &mut TargetState, actions: &mut Actions) {
        let reached = self.reached;
        ui.spacing_mut().item_spacing.y = space::TINY;
        if reached.holds {
            remark(ui, self.words.waits());
            return;
        }
        for proposal in &reached.proposals {
            self.proposal_ui(ui, state, proposal, actions);
        }
        remark(
            ui,
            if reached.proposals.is_empty() { self.words.none(reached) } else { explain::goal::thoroughness(reached) },
        );
        match &reached.team {
            Some(Ok(change)) => {
                caption(ui, t("Or another team"));
                self.team_ui(ui, change, actions);
            }
            Some(Err(why)) => remark(ui, self.words.no_team(*why)),
            None => {}
        }
        if let Some(together) = &reached.together {
            caption(ui, t("Or a little of both"));
            self.proposal_ui(ui, state, together, actions);
        }
    }

    fn assumptions(&self) -> &Assumptions {
        &self.view.session.project().assumptions
    }

    /// A set of services with what becomes of the plan, and what can be done with it.
    fn proposal_ui(&self, ui: &mut Ui, state: &mut TargetState, proposal: &Proposal, actions: &mut Actions) {
        let project = self.view.session.project();
        let title = explain::goal::proposal(project, proposal);
        let chosen = state.chosen == proposal.leaves_out;
        let response = row_ui(ui, &title, chosen, |ui| {
            let roomy = ui.available_width() >= ROOMY;
            let buttons = if roomy { 214.0 } else { 96.0 };
            ui.horizontal(|ui| {
                let names = vec2(ui.available_width() - buttons, 22.0);
                ui.allocate_ui(names, |ui| self.names_ui(ui, state, proposal));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    self.buttons_ui(ui, proposal, (&title, roomy), actions);
                });
            });
            let effect = self.words.effect(proposal);
            line_ui(ui, &effect);
            if let Some(along) = self.words.along(proposal) {
                line_ui(ui, &along);
            }
        });
        if response.clicked() {
            state.chosen = if chosen { Vec::new() } else { proposal.leaves_out.clone() };
            let elements = proposal.leaves_out.iter().cloned().map(ElementId::Component).collect();
            actions.push(Action::Select(Select::Only(elements)));
            actions.push(Action::Request(Request::Canvas(CanvasRequest::SeeSelection)));
        }
        // One at a time: what the pointer is on comes before what was clicked.
        let under = response.contains_pointer() || response.has_focus();
        if under || chosen && state.shown.is_empty() {
            state.shown = proposal.leaves_out.iter().cloned().collect();
        }
    }

    /// The services, each with a way to keep it.
    fn names_ui(&self, ui: &mut Ui, state: &mut TargetState, proposal: &Proposal) {
        let tokens = Tokens::of(ui);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            ui.spacing_mut().interact_size.y = 20.0;
            if let Some(size) = proposal.team_size {
                let words = tr!("Team of {}, without", figures::number(size));
                ui.label(text(words, Face::Medium, 12.5));
            }
            for id in proposal.leaves_out.iter().take(NAMES) {
                let name = self.view.session.project().component_name(id);
                let words = RichText::new(&name).font(Face::Medium.at(12.0)).color(tokens.text);
                let sign = icon(icons::LOCK_OPEN, 11.0).color(tokens.muted);
                let button =
                    Button::new((words, sign)).fill(tokens.sunken).corner_radius(10).gap(4.0).small().truncate();
                let response =
                    ui.add(button).on_hover_text(tr!("{name}: click to keep it, and look for other sets", name));
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Keep {name}", name)));
                if response.clicked() {
                    state.keep.insert(id.clone());
                }
            }
            let more = proposal.leaves_out.len().saturating_sub(NAMES);
            if more > 0 {
                let names = explain::goal::names(self.view.session.project(), &proposal.leaves_out[NAMES..]);
                let words = text(tr!("and {more} more", more), Face::Regular, 12.0).color(tokens.muted);
                ui.label(words).on_hover_text(names);
            }
        });
    }

    fn buttons_ui(&self, ui: &mut Ui, proposal: &Proposal, (title, roomy): (&str, bool), actions: &mut Actions) {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut other: Option<Action> = None;
        let more = icon_button(ui, icons::ELLIPSIS, &tr!("More: {title}", title));
        egui::Popup::menu(&more).width(170.0).show(|ui| {
            if !roomy && ui.button(t("Remove")).clicked() {
                other = Some(self.remove(proposal));
            }
            let allowed = self.view.session.can_keep();
            let button = ui.add_enabled(allowed.is_ok(), Button::new(t("Save as scenario")));
            if button.on_disabled_hover_text(allowed.err().unwrap_or_default()).clicked() {
                other = Some(Action::Scenario(self.keep_scenario(proposal)));
            }
        });
        if roomy && named(ui, t("Remove"), &tr!("Remove {}", self.names(proposal))).clicked() {
            other = Some(self.remove(proposal));
        }
        let word = if proposal.team_size.is_some() { t("Do both") } else { t("Put off") };
        if named(ui, word, title).clicked() {
            let edits = proposal.put_off(self.assumptions());
            let step = deferring(self.view.session.project(), &proposal.leaves_out, true);
            let step = match proposal.team_size {
                Some(size) => tr!("{step}, team of {}", figures::number(size), step),
                None => step,
            };
            actions.push(Action::edit(step, edits));
        }
        actions.extend(other);
    }

    fn names(&self, proposal: &Proposal) -> String {
        explain::goal::names(self.view.session.project(), &proposal.leaves_out)
    }

    /// Takes its services out of the plan for good, one step.
    fn remove(&self, proposal: &Proposal) -> Action {
        let elements = proposal.leaves_out.iter().cloned().map(ElementId::Component).collect();
        let mut edits = vec![Edit::Remove(elements)];
        edits.extend(
            proposal.put_off(self.assumptions()).into_iter().filter(|edit| matches!(edit, Edit::SetAssumptions(_))),
        );
        Action::edit(tr!("Remove {}", self.names(proposal)), edits)
    }

    /// Keeps the plan with the proposal made as a scenario; the plan itself stays.
    fn keep_scenario(&self, proposal: &Proposal) -> ScenarioAction {
        let project = self.view.session.project();
        let name = tr!("Without {}", self.names(proposal));
        let mut scenario = Scenario::of(project, &name);
        scenario.deferred.extend(proposal.leaves_out.iter().cloned());
        if proposal.team_size.is_some() {
            scenario.means.team_size = proposal.team_size;
        }
        ScenarioAction::KeepAs(Box::new(scenario))
    }

    fn team_ui(&self, ui: &mut Ui, change: &TeamChange, actions: &mut Actions) {
        let size = figures::number(change.team_size);
        let words = self.words.team(change);
        let (title, effect) = words.split_once(": ").unwrap_or((&words, ""));
        let name = tr!("Set team to {size}", size);
        row_ui(ui, title, false, |ui| {
            ui.horizontal(|ui| {
                ui.label(text(title, Face::Medium, 12.5));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if text_button(ui, icons::USERS, &name).clicked() {
                        let changed = Assumptions { team_size: change.team_size, ..self.assumptions().clone() };
                        actions.push(Action::edit(name.as_str(), vec![Edit::SetAssumptions(changed)]));
                    }
                });
            });
            line_ui(ui, effect);
        });
    }
}

/// A small button with a word on it and a longer name.
fn named(ui: &mut Ui, word: &str, name: &str) -> egui::Response {
    let response = ui.add(Button::new(text(word, Face::Medium, 12.0)).min_size(vec2(0.0, 22.0)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response
}

/// What a change does: said whole, in as many lines as it takes, as it is what one decides by.
fn line_ui(ui: &mut Ui, words: &str) {
    let muted = Tokens::of(ui).muted;
    ui.add(egui::Label::new(text(words, Face::Regular, 12.0).color(muted)).wrap());
}

/// A row that can be pointed at and clicked as a whole, with what stands in it.
fn row_ui(ui: &mut Ui, name: &str, chosen: bool, contents: impl FnOnce(&mut Ui)) -> egui::Response {
    let tokens = Tokens::of(ui);
    let ground = ui.painter().add(egui::Shape::Noop);
    let builder = UiBuilder::new().id_salt(name).sense(Sense::click());
    let response = ui
        .scope_builder(builder, |ui| {
            Frame::new().inner_margin(Margin::symmetric(8, 5)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 2.0;
                contents(ui);
            });
        })
        .response;
    let touched = response.contains_pointer() || response.has_focus();
    let line = match (chosen || response.has_focus(), touched) {
        (true, _) => Stroke::new(1.5, tokens.accent.ink),
        (false, true) => Stroke::new(1.0, tokens.accent.ink),
        (false, false) => Stroke::new(1.0, tokens.line),
    };
    let shape = egui::epaint::RectShape::new(
        response.rect,
        radius::CONTROL,
        if touched { tokens.sunken } else { tokens.card },
        line,
        egui::StrokeKind::Inside,
    );
    ui.painter().set(ground, shape);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, tr!("Show on the sheet: {name}", name)));
    response
}
