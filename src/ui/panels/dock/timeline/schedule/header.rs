//! Over the chart: when it ends, the first day, and what opens, zooms and fits.

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::{super::super::parts::longest_title, Chart, state::ScheduleState};
use crate::{
    assess::Schedule,
    explain::schedule as words,
    figures::{self, When},
    lang::{t, tr},
    project::Confidence,
    session::assume,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens},
        widgets::{date_field, icon_button, link_button, one_line, text_size},
    },
};

/// From this width on the first day has a word before it.
const NAMED_FROM: f32 = 460.0;
/// From this width on a plan without a first day offers one.
const OFFER_FROM: f32 = 640.0;

/// The sentence at the left, the first day at the right. Gives whether the sentence says where the longest chain runs.
pub(super) fn header_ui(ui: &mut Ui, view: &View<'_>, made: &Schedule, when: When<'_>, actions: &mut Actions) -> bool {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, 26.0), Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        first_day_ui(ui, view, width, actions);
        sentence_ui(ui, view, made, when)
    })
    .inner
}

/// The longest of the sentences that there is room for; a hover has all of it. Gives whether that is shown.
fn sentence_ui(ui: &mut Ui, view: &View<'_>, made: &Schedule, when: When<'_>) -> bool {
    let ending = words::ending(made, when);
    let chain = words::chain(view.session.project(), made);
    let full = chain.map_or_else(|| ending.clone(), |chain| format!("{ending}; {chain}"));
    let (early, late) = (made.end_weeks(), made.at(made.end_weeks(), Confidence::P80.probability()));
    let both = format!("P50 {}, P80 {}", when.ends(early), when.ends_beside(late, early));
    // With room for one end only, the one that is shown first stays.
    let first = view.session.project().assumptions.confidence;
    let at_first = made.at(early, first.probability());
    let day = when.timetable().map(|timetable| timetable.finish_of(at_first));
    let short = format!("{} {}", first.label(), day.map_or_else(|| when.ends(at_first), figures::date));
    let shortest = format!("{} {}", first.label(), day.map_or_else(|| when.ends(at_first), figures::short_date));
    let layout = Layout::left_to_right(Align::Center);
    ui.with_layout(layout, |ui| longest_title(ui, &[&full, &ending, &both, &short, &shortest])).inner
}

fn first_day_ui(ui: &mut Ui, view: &View<'_>, width: f32, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    if let Some(start) = date_field(ui, t("First day"), assumptions.start) {
        actions.push(assume::first_day(assumptions, start));
    }
    if width >= NAMED_FROM {
        // Painted only: the field has it as its name.
        let (words, font, ink) = (t("First day"), Face::Regular.at(12.0), Tokens::of(ui).muted);
        let width = text_size(ui, words, font.clone()).x;
        let (place, _) = ui.allocate_exact_size(vec2(width, 20.0), egui::Sense::hover());
        one_line(ui, place.left_center(), width + 2.0, words, font, ink);
    }
    let offer = view
        .session
        .today()
        .filter(|_| assumptions.start.is_none() && width >= OFFER_FROM)
        .and_then(assume::offered_first_day);
    if let Some(monday) = offer
        && link_button(ui, &tr!("Start on {}", figures::full_date(monday))).clicked()
    {
        actions.push(assume::first_day(assumptions, Some(monday)));
    }
}

/// The buttons in the corner over the names.
pub(super) fn corner_ui(ui: &mut Ui, chart: &Chart<'_>, place: Rect, state: &mut ScheduleState, whole_weeks: f64) {
    let builder = UiBuilder::new().id_salt("corner").max_rect(place).layout(Layout::left_to_right(Align::Center));
    let middle = chart.scale.window.from_weeks + chart.scale.window.span_weeks / 2.0;
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let all_open = state.all_open(chart.made);
        let name = if all_open { t("Hide all phases") } else { t("Show all phases") };
        if icon_button(ui, icons::CHEVRONS_UP_DOWN, name).clicked() {
            state.set_all_open(chart.made, !all_open);
        }
        if icon_button(ui, icons::ZOOM_OUT, t("See more time")).clicked() {
            state.zoom(1.0 / 1.5, middle, whole_weeks);
        }
        if icon_button(ui, icons::ZOOM_IN, t("See less time, larger")).clicked() {
            state.zoom(1.5, middle, whole_weeks);
        }
        if icon_button(ui, icons::MAXIMIZE, t("Fit the whole schedule")).clicked() {
            state.fit();
        }
    });
}
