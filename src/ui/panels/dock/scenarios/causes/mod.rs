//! What leads from one estimate to another: two plans to choose, a sentence, and a waterfall of causes.

mod chart;
mod pick;
mod rows;

use std::{path::Path, sync::Arc};

use egui::{Role, Ui, UiBuilder, WidgetInfo, vec2};

use super::super::{DockState, TWO_COLUMNS_FROM, parts::remark, two_columns};
use crate::{
    assess::{Choice, Difference, DifferenceKind, MOST_CAUSES},
    explain::causes::{Measure, Words, idle},
    lang::{t, tr},
    session::{Action, Asked, Between, End, StepId},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, space, text},
        widgets::{empty_state, icon_button, progress_ui, segmented, text_button},
    },
};

/// What the question remembers.
#[derive(Clone, Debug, Default)]
pub struct CausesState {
    /// The earlier and the later plan; `None` for the usual ones.
    pub ends: [Option<End>; 2],
    /// Weeks or money.
    pub measure: Measure,
    /// Which of the two a file was asked for.
    file_for: usize,
}

impl CausesState {
    /// Asks what a step did.
    pub(super) fn of_step(&mut self, step: StepId) {
        self.ends = [Some(End::Before(step)), Some(End::After(step))];
    }

    /// A file was read that can be compared with.
    pub(in super::super) fn file_was_read(&mut self, path: &Path) {
        self.ends[self.file_for] = Some(End::File(path.to_owned()));
    }

    /// What is compared: what was chosen, as far as it is there still, else what is usual.
    fn chosen(&self, view: &View<'_>) -> [End; 2] {
        let there = |end: &Option<End>| end.clone().filter(|end| view.session.end_name(end).is_some());
        let from = there(&self.ends[0]).unwrap_or_else(|| view.session.usual_from());
        [from, there(&self.ends[1]).unwrap_or(End::Choice(Choice::Plan))]
    }
}

/// Work that takes no longer than this is not worth a sign, in seconds.
const SOON: f64 = 0.15;

/// Height of two lines of notes.
const NOTES: f32 = 34.0;
/// Width of the choice of weeks or money.
const MEASURE: f32 = 132.0;
/// From this width on, it stands beside the two plans.
const MEASURE_BESIDE_FROM: f32 = 440.0;

/// What is known of the answer.
struct Answer {
    /// The latest there is; of another question if it is still worked on.
    between: Option<Arc<Between>>,
    state: Told,
}

/// How far the answer has come.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    Ready,
    /// It will be there in a moment.
    Soon,
    Working(f32),
    Stopped,
    Failed,
}

pub(super) fn causes_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let state = &mut state.causes;
    let ends = state.chosen(view);
    let Some(asked) = view.session.causes(&ends[0], &ends[1]) else {
        empty_state(ui, icons::LAYERS, t("One of the two plans is not there any more"), None);
        return;
    };
    let answer = Answer { state: told(ui, &asked), between: view.session.last_causes() };
    if ui.available_width() < TWO_COLUMNS_FROM {
        egui::ScrollArea::vertical().id_salt("causes").auto_shrink([false, false]).show(ui, |ui| {
            let beside = ui.available_width() >= MEASURE_BESIDE_FROM;
            let kept = if beside { MEASURE + 40.0 } else { 0.0 };
            ui.horizontal(|ui| {
                pick::row_ui(ui, view, state, &ends, ui.available_width() - kept, actions);
                if beside {
                    measure_ui(ui, view, state, false);
                }
            });
            if !beside {
                ui.horizontal(|ui| measure_ui(ui, view, state, true));
            }
            statement_ui(ui, view, state, &answer);
            ui.add_space(space::TINY);
            chart_ui(ui, view, state, &answer, false, actions);
            notes_ui(ui, &answer);
        });
        return;
    }
    let mut subject = (state, actions);
    two_columns(
        ui,
        0.36,
        &mut subject,
        |ui, (state, actions)| {
            let bottom = ui.max_rect().bottom();
            egui::ScrollArea::vertical().id_salt("question").auto_shrink([false, false]).show(ui, |ui| {
                statement_ui(ui, view, state, &answer);
                ui.add_space(space::TINY);
                pick::column_ui(ui, view, state, &ends, actions);
                ui.add_space(space::TINY);
                let measure = ui.horizontal(|ui| measure_ui(ui, view, state, true)).response;
                // Where there is no room for them, notes are not worth a scroll bar.
                if ui.cursor().top() + NOTES <= bottom {
                    notes_ui(ui, &answer);
                } else if let Some(notes) = notes(&answer) {
                    measure.on_hover_text(notes);
                }
            });
        },
        |ui, (state, actions), _| chart_ui(ui, view, state, &answer, true, actions),
    );
}

/// How far it has come, where a moment's work shows no sign.
fn told(ui: &Ui, asked: &Asked<Between>) -> Told {
    let id = ui.scope_id().with("since");
    let Asked::Working(share) = asked else {
        ui.data_mut(|data| data.remove::<f64>(id));
        return match asked {
            Asked::Cancelled => Told::Stopped,
            Asked::Failed => Told::Failed,
            _ => Told::Ready,
        };
    };
    let now = ui.input(|input| input.time);
    let since: f64 = ui.data_mut(|data| *data.get_temp_mut_or(id, now));
    // The answer itself wakes the window; this is for the bar to move on meanwhile.
    ui.request_repaint_after(std::time::Duration::from_millis(100));
    if now - since < SOON { Told::Soon } else { Told::Working(*share) }
}

/// Weeks or money, and beside it at which point of the range and how it is shared out.
fn measure_ui(ui: &mut Ui, view: &View<'_>, state: &mut CausesState, in_words: bool) {
    let measures = [(Measure::Budget, t("Budget")), (Measure::Weeks, t("Weeks"))];
    ui.spacing_mut().item_spacing.x = space::SMALL;
    if let Some(measure) = segmented(ui, "causes-measure", MEASURE, state.measure, &measures) {
        state.measure = measure;
    }
    let level = view.session.project().assumptions.confidence.label();
    let muted = Tokens::of(ui).muted;
    let how = tr!(
        "Each bar is the mean effect of a change on the {level} figure, over every order in which the changes could have \
         come; so the bars sum to the difference and depend on no order. Frameworks are taken as both verdicts have them: \
         one that follows from a trait is a bar of its own. It is worked out exactly for {MOST_CAUSES} changes; of more, \
         the smallest are put together first.",
        level,
        MOST_CAUSES
    );
    let sign = in_words.then(|| ui.label(text(tr!("{level}, exact", level), Face::Regular, 12.0).color(muted)));
    let mark = ui.label(icon(icons::INFO, 13.0).color(muted));
    mark.widget_info(|| WidgetInfo::labeled(Role::Label, true, &how));
    for response in sign.into_iter().chain([mark]) {
        response.on_hover_ui(|ui| {
            ui.set_max_width(320.0);
            ui.label(&how);
        });
    }
}

fn words<'a>(view: &View<'a>) -> Words<'a> {
    Words { playbook: &view.session.engine().playbook, money: view.money() }
}

fn statement_ui(ui: &mut Ui, view: &View<'_>, state: &CausesState, answer: &Answer) {
    let Some(between) = &answer.between else { return };
    let [from, to] = &between.names;
    let sentence = words(view).statement(&from.in_sentence, &to.in_sentence, &between.causes, state.measure);
    let ink = if is_old(answer) { Tokens::of(ui).faint } else { Tokens::of(ui).text };
    ui.add(egui::Label::new(text(sentence, Face::SemiBold, 13.0).color(ink)).wrap());
}

/// What was put together, and what was left out.
fn notes_ui(ui: &mut Ui, answer: &Answer) {
    if let Some(notes) = notes(answer) {
        remark(ui, notes);
    }
}

/// The notes, a line each; `None` if there is nothing to note.
fn notes(answer: &Answer) -> Option<String> {
    let causes = &answer.between.as_ref()?.causes;
    let grouped = causes.is_grouped().then(|| {
        let count: usize = causes.causes.iter().map(|cause| cause.differences.len()).sum();
        tr!("{count} things differ; the smallest were put together", count)
    });
    let idle = Some(idle(causes)).filter(|idle| !idle.is_empty());
    let comes_or_goes = |one: &Difference| {
        use DifferenceKind::{Added, PutOff, Removed, TakenIn};
        matches!(one.kind, Added | TakenIn | Removed | PutOff)
    };
    let shared = causes.causes.iter().flat_map(|cause| &cause.differences).any(comes_or_goes);
    let shared =
        shared.then(|| t("What parts share is split between them, so Where it goes has other amounts").to_owned());
    let lines: Vec<String> = grouped.into_iter().chain(idle).chain(shared).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Whether what is shown is the answer to another question, and the right one is not a matter of a moment.
fn is_old(answer: &Answer) -> bool {
    !matches!(answer.state, Told::Ready | Told::Soon)
}

fn chart_ui(ui: &mut Ui, view: &View<'_>, state: &CausesState, answer: &Answer, scrolls: bool, actions: &mut Actions) {
    let room = ui.available_rect_before_wrap();
    let top = ui.cursor().top();
    if let Some(between) = &answer.between {
        let rows = rows::rows(view, between, state.measure);
        let clicked = ui.scope(|ui| {
            if is_old(answer) {
                ui.multiply_opacity(0.45);
            }
            chart::waterfall_ui(ui, &rows, scrolls)
        });
        actions.extend(clicked.inner.map(Action::Reveal));
    }
    if matches!(answer.state, Told::Ready | Told::Soon) {
        return;
    }
    // Over what was there before, so that nothing moves.
    let place = egui::Rect::from_min_size(egui::pos2(room.left(), top), vec2(room.width(), 34.0));
    let mut over = ui.new_child(UiBuilder::new().id_salt("waiting").max_rect(place));
    waiting_ui(&mut over, view, answer);
    if answer.between.is_none() {
        ui.advance_cursor_after_rect(place);
    }
}

/// What stands over the chart while its answer is not there.
fn waiting_ui(ui: &mut Ui, view: &View<'_>, answer: &Answer) {
    let tokens = Tokens::of(ui);
    let frame = egui::Frame::new()
        .fill(tokens.card)
        .stroke(egui::Stroke::new(1.0, tokens.line_strong))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(8, 3));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            if let Told::Working(share) = answer.state {
                working_ui(ui, view, share);
            } else {
                stopped_ui(ui, view, answer);
            }
        });
    });
}

fn working_ui(ui: &mut Ui, view: &View<'_>, share: f32) {
    ui.label(text(t("Working it out"), Face::Regular, 12.5));
    progress_ui(ui, share);
    if text_button(ui, icons::X, t("Cancel")).clicked() {
        view.session.cancel_causes();
        ui.request_repaint();
    }
}

fn stopped_ui(ui: &mut Ui, view: &View<'_>, answer: &Answer) {
    let words = match (answer.state, &answer.between) {
        (Told::Failed, _) => t("It could not be worked out; the log says why"),
        (_, Some(_)) => t("Stopped; this is an earlier answer"),
        (_, None) => t("Stopped"),
    };
    ui.label(text(words, Face::Regular, 12.5));
    if icon_button(ui, icons::REFRESH, t("Work it out")).clicked() {
        view.session.causes_again();
        ui.request_repaint();
    }
}
