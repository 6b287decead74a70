//! Plots that answer a question at a glance: they cannot be moved, and their upright axis is in per cent.

use std::ops::RangeInclusive;

use egui::Vec2b;
use egui_plot::{GridMark, Plot};

use crate::ui::theme::Tokens;

/// A plot of `height` points over these values, with room up to `top` per cent.
pub(in crate::ui) fn still_plot<'a>(
    tokens: &Tokens,
    salt: impl egui::AsIdSalt,
    height: f32,
    (low, high): (f64, f64),
    top: f64,
) -> Plot<'a> {
    Plot::new(salt)
        .height(height)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_background(false)
        .grid_color(tokens.line)
        .grid_fade(0.0)
        .cursor_color(tokens.line_strong)
        .show_x(true)
        .show_y(false)
        .set_margin_fraction(egui::vec2(0.02, 0.0))
        .default_x_bounds(low, high)
        .include_y(0.0)
        .include_y(top)
        .auto_bounds(Vec2b::TRUE)
        .y_grid_spacer(egui_plot::uniform_grid_spacer(|_| [50.0, 100.0, 200.0]))
        .y_axis_min_width(38.0)
        .y_axis_formatter(|mark: GridMark, _: &RangeInclusive<f64>| {
            if (-0.1..=100.1).contains(&mark.value) { format!("{:.0} %", mark.value) } else { String::new() }
        })
}
