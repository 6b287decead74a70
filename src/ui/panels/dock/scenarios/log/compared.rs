//! A baseline beside another, or beside the plan as it stands: part by part, and the edits in between.

use egui::{Align2, ComboBox, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::LogState;
use crate::{
    assess::{ComparedPart, Distribution, PartChange, PartThen},
    explain::causes::Measure,
    figures::{self, ThenAndNow},
    lang::{t, tr},
    project::{Baseline, BaselineId},
    session::{ComparedBaselines, Kept},
    ui::{
        View,
        panels::{
            dock::parts::{copy_as, lead, remark},
            phrases::short_name,
        },
        theme::{Face, Tokens, space, text},
        widgets::{caption, one_line, segmented, text_size},
    },
};

const ROW: f32 = 20.0;
/// Width of the choice of the measure.
const MEASURE: f32 = 116.0;
/// From this width on, the choice of what to compare with is named in full.
const LABEL_FROM: f32 = 320.0;
/// Below this width the figures of the earlier one are left out: the later one and the change say the same.
const ALL_FROM: f32 = 330.0;
/// Most width of the list of what to compare with: names may be longer.
const LIST: f32 = 240.0;
/// Parts that are listed, those that differ most; the rest are a row of their own.
const LISTED: usize = 60;

pub(super) fn compared_ui(ui: &mut Ui, view: &View<'_>, state: &mut LogState, id: &BaselineId) {
    head_ui(ui, view, state, id);
    let from = Kept::Baseline(id.clone());
    let Some(compared) = view.session.compared_baselines(&from, &state.with) else {
        state.with = Kept::Now;
        return;
    };
    lead(ui, sentence(view, &compared, &state.with));
    table_ui(ui, view, state, &compared);
    edits_ui(ui, view, &compared, &state.with);
}

/// What it is compared with, and in which measure.
fn head_ui(ui: &mut Ui, view: &View<'_>, state: &mut LogState, id: &BaselineId) {
    let kept = &view.session.project().baselines;
    let name = |end: &Kept| match end {
        Kept::Now => t("Now").to_owned(),
        Kept::Baseline(id) => kept.get(id).map_or_else(String::new, |kept| kept.name.clone()),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let label = if ui.available_width() < LABEL_FROM { "with" } else { t("Compared with") };
        ui.label(text(label, Face::Regular, 12.5).color(Tokens::of(ui).muted));
        let width = (ui.available_width() - MEASURE - space::SMALL - 2.0).clamp(60.0, 150.0);
        let combo = ComboBox::from_id_salt("with").selected_text(name(&state.with)).width(width).truncate();
        let combo = combo.show_ui(ui, |ui| {
            ui.set_max_width(LIST);
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            for end in std::iter::once(Kept::Now).chain(kept.keys().cloned().map(Kept::Baseline)) {
                if end != Kept::Baseline(id.clone()) {
                    let label = name(&end);
                    ui.selectable_value(&mut state.with, end, label);
                }
            }
        });
        combo.response.accessible_name(t("Compared with"));
        let measures = [(Measure::Budget, t("Budget")), (Measure::Weeks, t("Weeks"))];
        if let Some(measure) = segmented(ui, "baseline-measure", MEASURE, state.measure, &measures) {
            state.measure = measure;
        }
    });
}

fn sentence(view: &View<'_>, compared: &ComparedBaselines, later: &Kept) -> String {
    let at = |kept: &Baseline, probability: f64| {
        let (weeks, budget) = (Distribution::from(kept.weeks), Distribution::from(kept.budget_usd));
        (weeks.quantile(probability), budget.quantile(probability))
    };
    let [a, b] = &compared.ends;
    let change = |probability: f64| {
        figures::change_between(view.money(), at(a, probability), at(b, probability))
            .unwrap_or_else(|| t("no change").to_owned())
    };
    let to = if *later == Kept::Now { "now" } else { &b.name };
    tr!("From {0} to {to}: P50 {1}; P80 {2}", a.name, change(0.5), change(0.8), to)
}

/// The rows of the table: parts that changed by themselves, the rest together.
struct Table<'a> {
    listed: Vec<&'a ComparedPart>,
    /// The parts that stand together in the last row.
    rest: Vec<&'a ComparedPart>,
    figures: ThenAndNow,
}

impl<'a> Table<'a> {
    fn new(view: &View<'_>, measure: Measure, compared: &'a ComparedBaselines) -> Self {
        let (mut listed, mut rest): (Vec<&ComparedPart>, Vec<&ComparedPart>) =
            compared.parts.iter().partition(|part| part.change() != PartChange::Same);
        rest.extend(listed.drain(listed.len().min(LISTED)..));
        let value = |then: &PartThen| if measure == Measure::Budget { then.usd } else { then.weeks };
        let of = |part: &ComparedPart, at: usize| part.then[at].as_ref().map_or(0.0, value);
        let column = |at: usize| -> Vec<f64> {
            let own = listed.iter().map(|part| of(part, at));
            let together = (!rest.is_empty()).then(|| rest.iter().map(|part| of(part, at)).sum());
            own.chain(together).collect()
        };
        let (then, now) = (column(0), column(1));
        let figures = match measure {
            Measure::Budget => ThenAndNow::of_money(view.money(), &then, &now),
            Measure::Weeks => ThenAndNow::of_weeks(&then, &now),
        };
        Self { listed, rest, figures }
    }
}

fn table_ui(ui: &mut Ui, view: &View<'_>, state: &LogState, compared: &ComparedBaselines) {
    let begin = ui.cursor().min;
    let table = Table::new(view, state.measure, compared);
    let figures = &table.figures;
    let without_then = ui.available_width() < ALL_FROM;
    let widths = [0, 1, 2].map(|column| {
        if column == 0 && without_then {
            return 0.0;
        }
        let all = figures.rows.iter().chain([&figures.total]).map(|row| &row[column]);
        all.map(|words| text_size(ui, words, Face::SemiBold.at(12.5)).x).fold(46.0, f32::max) + 12.0
    });
    let [earlier, later] = [&compared.ends[0].name, &compared.ends[1].name];
    let titles = [earlier.clone(), later.clone(), t("Change").to_owned()];
    ui.spacing_mut().item_spacing.y = 0.0;
    row_ui(ui, &widths, (t("Part, at P50"), ""), &titles, (Face::SemiBold, true));
    for (part, figures) in table.listed.iter().zip(&figures.rows) {
        let note = note(view, part, &state.with);
        row_ui(ui, &widths, (&part.name, &note), figures, (Face::Regular, false));
    }
    if let (false, Some(figures)) = (table.rest.is_empty(), figures.rows.last()) {
        let same = table.rest.iter().all(|part| part.change() == PartChange::Same);
        let what = if same { t("unchanged") } else { t("with smaller changes or none") };
        let words = match table.rest.len() {
            1 => tr!("1 part {what}", what),
            count => tr!("{count} parts {what}", count, what),
        };
        row_ui(ui, &widths, (&words, ""), figures, (Face::Regular, false));
    }
    let top = ui.cursor().top();
    ui.painter().hline(ui.max_rect().x_range(), top, Stroke::new(1.0, Tokens::of(ui).line_strong));
    row_ui(ui, &widths, (t("Sum, P50"), ""), &figures.total, (Face::SemiBold, false));
    let rows = || {
        let names = table.listed.iter().map(|part| part.name.clone());
        let rest = (!table.rest.is_empty()).then(|| t("All others").to_owned());
        let row = |(name, figures): (String, &[String; 3])| std::iter::once(name).chain(figures.clone()).collect();
        let sum = (t("Sum, P50").to_owned(), &figures.total);
        names.chain(rest).zip(&figures.rows).chain([sum]).map(row).collect()
    };
    let place = egui::Rect::from_min_max(begin, pos2(ui.max_rect().right(), ui.cursor().top()));
    copy_as(ui, place, "baselines", &[t("Part"), earlier, later, t("Change")], &rows);
}

/// What became of a part, in a word or two.
fn note(view: &View<'_>, part: &ComparedPart, later: &Kept) -> String {
    let playbook = &view.session.engine().playbook;
    let framework = |at: usize| part.then[at].as_ref().and_then(|then| then.framework.as_ref());
    match (part.change(), framework(0), framework(1)) {
        (PartChange::New, ..) => t("new").to_owned(),
        (PartChange::Gone, ..) if *later == Kept::Now && is_put_off(view, part) => t("put off").to_owned(),
        // Whether it was put off when that was kept, nobody knows.
        (PartChange::Gone, ..) if is_there(view, part) => t("left out").to_owned(),
        (PartChange::Gone, ..) => t("gone").to_owned(),
        (_, Some(a), Some(b)) if a != b => format!("{} → {}", short_name(playbook, a), short_name(playbook, b)),
        _ => String::new(),
    }
}

fn is_there(view: &View<'_>, part: &ComparedPart) -> bool {
    part.component.as_ref().is_some_and(|id| view.session.project().components.contains_key(id))
}

/// Whether a part is still on the sheet, but built later.
fn is_put_off(view: &View<'_>, part: &ComparedPart) -> bool {
    part.component.as_ref().is_some_and(|id| view.session.project().is_deferred(id))
}

fn row_ui(
    ui: &mut Ui,
    widths: &[f32; 3],
    (name, note): (&str, &str),
    figures: &[String; 3],
    (face, head): (Face, bool),
) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let (size, ink) = if head { (11.0, tokens.faint) } else { (12.5, tokens.text) };
    let spoken = if head { name.to_owned() } else { format!("{name}: {}, {}, {}", figures[0], figures[1], figures[2]) };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let y = rect.center().y;
    let room = rect.width() - widths.iter().sum::<f32>() - 4.0;
    let note_width = if note.is_empty() { 0.0 } else { text_size(ui, note, Face::Regular.at(11.0)).x + 6.0 };
    let name_room = if room - note_width < 40.0 { room } else { room - note_width };
    let used = one_line(ui, pos2(rect.left(), y), name_room, name, face.at(size), ink);
    if name_room < room {
        one_line(ui, pos2(rect.left() + used + 6.0, y), note_width, note, Face::Regular.at(11.0), tokens.muted);
    }
    let mut right = rect.right() - 2.0;
    for (words, width) in figures.iter().zip(widths).rev().filter(|(_, width)| **width > 0.0) {
        // Figures have the room they need; the name of an estimate over them may be cut, the sentence above has all of it.
        let room = width - 8.0;
        let used = text_size(ui, words, face.at(size)).x.min(room);
        one_line(ui, pos2(right - used, y), room, words, face.at(size), ink);
        right -= width;
    }
    if !note.is_empty() {
        response.on_hover_text(format!("{name}: {note}"));
    }
}

/// The edits that led to the later one since the baseline before it.
fn edits_ui(ui: &mut Ui, view: &View<'_>, compared: &ComparedBaselines, later: &Kept) {
    if compared.edits.is_empty() {
        return;
    }
    let title = if *later == Kept::Now { t("Edits since the last baseline") } else { t("Edits that led to it") };
    caption(ui, title);
    for edit in compared.edits.iter().rev() {
        let change = figures::change_between(view.money(), (0.0, 0.0), (edit.weeks, edit.usd));
        let change = change.unwrap_or_else(|| t("no change").to_owned());
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {change}", edit.name)));
        let (tokens, font) = (Tokens::of(ui), Face::Regular.at(12.5));
        let width = text_size(ui, &change, font.clone()).x;
        let room = rect.width() - width - 12.0;
        one_line(ui, rect.left_center(), room, &edit.name, font.clone(), tokens.text);
        ui.painter().text(rect.right_center() - vec2(2.0, 0.0), Align2::RIGHT_CENTER, &change, font, tokens.muted);
    }
    remark(ui, t("Changes of the medians; what left the estimate as it was is not listed"));
}
