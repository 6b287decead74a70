//! The plot of shares against one number, with the present value and the points where the verdict turns.

use std::ops::RangeInclusive;

use egui::{RichText, Ui};
use egui_plot::{AxisHints, GridMark, HoverPosition, Line, LineStyle, Plot, PlotPoints, Points, VLine};

use crate::{
    assess::Response,
    explain,
    export::shown_table,
    figures,
    playbook::Playbook,
    project::TraitValue,
    ui::{
        copying::{self, Offer},
        theme::{Face, Tokens, text},
        widgets::{dot, framework_look, still_plot},
    },
};

/// A share below this everywhere is not drawn: its line would only underline the axis.
const LEAST_SHARE: f64 = 0.01;

/// Which line is which framework.
fn legend_ui(ui: &mut Ui, playbook: &Playbook, response: &Response) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (at, id) in response.frameworks.iter().enumerate() {
            if response.points.iter().any(|(_, shares)| shares[at] > LEAST_SHARE) {
                dot(ui, framework_look(ui, playbook, id).1.ink);
                ui.label(text(explain::framework(playbook, id), Face::Regular, 11.5).color(Tokens::of(ui).muted));
                ui.add_space(6.0);
            }
        }
    });
}

pub(super) fn plot_ui(ui: &mut Ui, playbook: &Playbook, response: &Response, height: f32) {
    legend_ui(ui, playbook, response);
    let tokens = Tokens::of(ui);
    let label = explain::trait_label(playbook, &response.trait_id).to_owned();
    let plot = frame(tokens, playbook, response, &label, height);
    let plot =
        if copying::poses(ui.ctx()) { plot.label_formatter(|_: &HoverPosition<'_>| None).show_x(false) } else { plot };
    let drawn = ui.scope(|ui| {
        ui.visuals_mut().override_text_color = Some(tokens.muted);
        ui.style_mut().text_styles.insert(egui::TextStyle::Body, Face::Regular.at(10.5));
        let looks: Vec<egui::Color32> =
            response.frameworks.iter().map(|id| framework_look(ui, playbook, id).1.ink).collect();
        plot.show(ui, |plot| {
            for (at, (id, ink)) in response.frameworks.iter().zip(looks).enumerate() {
                let line: Vec<[f64; 2]> = response.points.iter().map(|(x, shares)| [*x, shares[at] * 100.0]).collect();
                if line.iter().any(|[_, share]| *share > 100.0 * LEAST_SHARE) {
                    let line = Line::new(explain::framework(playbook, id), PlotPoints::from(line));
                    plot.line(line.color(ink).width(2.0));
                }
            }
            for turn in response.turns() {
                let line = VLine::new("turns", turn).color(tokens.warning.ink).width(1.5);
                plot.vline(line.style(LineStyle::dashed_dense()).allow_hover(false));
            }
            let Some(now) = response.now else { return };
            let style = VLine::new("now", now).color(tokens.text).width(1.0).allow_hover(false);
            plot.vline(style);
            plot.points(Points::new("now", vec![[now, 0.0]]).radius(4.0).color(tokens.text).allow_hover(false));
        });
    });
    let name = format!("share-by-{}", response.trait_id.as_str());
    let csv = || csv(playbook, response, &label);
    copying::menu(ui, drawn.response.rect, Offer::plot(&name, &csv));
}

/// The share of each framework at each value of the number.
fn csv(playbook: &Playbook, response: &Response, label: &str) -> String {
    let frameworks = response.frameworks.iter().map(|id| explain::framework(playbook, id));
    let heads = std::iter::once(label).chain(frameworks);
    let row = |(value, shares): &(f64, Vec<f64>)| {
        let shares = shares.iter().map(|share| format!("{share:.4}"));
        std::iter::once(value.to_string()).chain(shares).collect()
    };
    shown_table(heads, response.points.iter().map(row))
}

fn frame<'a>(tokens: &Tokens, playbook: &'a Playbook, response: &'a Response, label: &str, height: f32) -> Plot<'a> {
    let axis = AxisHints::new_x()
        .label(RichText::new(label.to_owned()).font(Face::Regular.at(10.5)).color(tokens.muted))
        .formatter(|mark: GridMark, _: &RangeInclusive<f64>| figures::number(mark.value));
    let ends = (response.points.first().map_or(0.0, |p| p.0), response.points.last().map_or(1.0, |p| p.0));
    still_plot(tokens, ("response", response.trait_id.as_str()), height, ends, 106.0)
        .custom_x_axes(vec![axis])
        .label_formatter(move |position: &HoverPosition<'_>| {
            let (HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position }) = position;
            let shares = response.shares_at(position.x)?;
            let drawn = response.frameworks.iter().zip(shares).filter(|(_, share)| **share > LEAST_SHARE);
            let words =
                drawn.map(|(id, share)| format!("{} {}", explain::framework(playbook, id), figures::share(*share)));
            let words: Vec<String> = words.collect();
            let value = TraitValue::Number((position.x / response.step).round() * response.step);
            Some(format!("{}: {}", explain::value(playbook, &response.trait_id, &value), words.join(", ")))
        })
}
