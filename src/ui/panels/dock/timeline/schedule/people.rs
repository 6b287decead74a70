//! Who works on what, over time: people by framework, one upon the other, up to the team there is.

use egui::{Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

use super::Chart;
use crate::{
    assess::Stretch,
    figures,
    lang::{t, tr},
    ui::{
        panels::phrases,
        theme::{Face, text},
        widgets::one_line,
    },
};

/// Width of the columns in points: what changes faster is shown as its mean.
const COLUMN: f32 = 2.0;

pub(super) fn people_ui(ui: &Ui, chart: &Chart<'_>, place: Rect) {
    let tokens = chart.tokens;
    let team = chart.made.team_size;
    let label = pos2(place.left() + 18.0, place.center().y);
    let caption = tr!("Team of {}", figures::number(team));
    one_line(ui, label, chart.names.span() - 20.0, &caption, Face::Regular.at(12.0), tokens.muted);
    let strip = Rect::from_x_y_ranges(chart.time, place.top() + 6.0..=place.bottom() - 2.0);
    let painter = ui.painter_at(strip);
    let fills: Vec<_> =
        chart.made.groups.iter().map(|group| chart.colours(group.as_ref()).ink.gamma_multiply(0.5)).collect();
    let end = chart.scale.x_of(chart.made.end_weeks()).min(strip.right());
    let mut stretches = chart.made.staffing.as_slice();
    let mut left = strip.left();
    while left < end {
        let right = (left + COLUMN).min(end);
        let people = mean_people(&mut stretches, chart.scale.weeks_at(left), chart.scale.weeks_at(right));
        let mut bottom = strip.bottom();
        for (people, fill) in people.iter().zip(&fills) {
            let top = bottom - strip.height() * (people / team.max(1e-9)) as f32;
            painter.rect_filled(Rect::from_min_max(pos2(left, top), pos2(right, bottom)), 0, *fill);
            bottom = top;
        }
        left = right;
    }
    painter.hline(strip.x_range(), strip.bottom() - 0.5, Stroke::new(1.0, tokens.line_strong));
    let response = ui.interact(strip, ui.scope_id().with("people"), Sense::hover());
    let name = tr!("Who works on what: never more than the {} there are", crate::figures::people(team));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    response.on_hover_ui_at_pointer(|ui| tip_ui(ui, chart));
}

/// People by group between two moments; what ends before the first one is taken off the front of `stretches`.
fn mean_people(stretches: &mut &[Stretch], from_weeks: f64, to_weeks: f64) -> Vec<f64> {
    let past = stretches.partition_point(|stretch| stretch.to_weeks <= from_weeks);
    *stretches = &stretches[past..];
    let span = (to_weeks - from_weeks).max(1e-12);
    let mut people = Vec::new();
    for stretch in stretches.iter().take_while(|stretch| stretch.from_weeks < to_weeks) {
        people.resize(stretch.people.len(), 0.0);
        let share = (stretch.to_weeks.min(to_weeks) - stretch.from_weeks.max(from_weeks)).max(0.0) / span;
        people.iter_mut().zip(&stretch.people).for_each(|(sum, people)| *sum += people * share);
    }
    people
}

fn tip_ui(ui: &mut Ui, chart: &Chart<'_>) {
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let weeks = chart.scale.weeks_at(pointer.x);
    let staffing = &chart.made.staffing;
    let Some(stretch) = staffing.get(staffing.partition_point(|stretch| stretch.to_weeks <= weeks)) else {
        ui.label(text(t("Everything is done"), Face::Regular, 12.5));
        return;
    };
    ui.label(text(chart.when.begins(weeks), Face::SemiBold, 12.5));
    let playbook = &chart.view.session.engine().playbook;
    for (people, group) in stretch.people.iter().zip(&chart.made.groups).filter(|(people, _)| **people > 0.0) {
        let on = group.as_ref().map_or(t("the project's own work"), |id| phrases::short_name(playbook, id));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            crate::ui::widgets::dot(ui, chart.colours(group.as_ref()).ink);
            ui.label(text(tr!("{} on {on}", crate::figures::people(*people), on), Face::Regular, 12.5));
        });
    }
}
