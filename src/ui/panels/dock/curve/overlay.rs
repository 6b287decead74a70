//! What is painted over a curve: the pin with its probability, and the target with its own.

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Response, Stroke, Ui, pos2, vec2};
use egui_plot::{PlotPoint, PlotTransform};

use super::{Curve, CurveState};
use crate::{
    figures,
    ui::theme::{Face, Pair, Tokens},
};

/// Paints the target and the pin.
pub(super) fn paint(ui: &Ui, curve: &Curve<'_>, state: &CurveState, transform: &PlotTransform, response: &Response) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter().with_clip_rect(response.rect);
    let at = |figure: f64, per_cent: f64| transform.position_from_point(&PlotPoint::new(figure, per_cent));
    let mut taken = Rect::NOTHING;
    if let Some(figure) = state.pinned {
        let probability = curve.distribution.probability_up_to(figure);
        let (dot, foot) = (at(figure, probability * 100.0), at(figure, 0.0));
        let line = Stroke::new(1.5, tokens.text);
        let words = format!("{} {}", figures::share(probability), (curve.short)(figure));
        let plot = response.rect;
        // What is typed may lie anywhere; a dashed line as long as that would take all memory there is.
        let edge = pos2(dot.x.clamp(plot.left(), plot.right()), dot.y);
        painter.extend(egui::Shape::dashed_line(&[pos2(plot.left(), dot.y), edge], line, 3.0, 3.0));
        let words = match () {
            () if dot.x > plot.right() => format!("{words} →"),
            () if dot.x < plot.left() => format!("← {words}"),
            () => {
                painter.line_segment([dot, foot], line);
                painter.circle(dot, 5.0, tokens.panel, Stroke::new(2.0, tokens.text));
                words
            }
        };
        let pair = Pair { ink: tokens.panel, surface: tokens.text };
        taken = pin_label(&painter, &words, pair, edge, response.rect);
    }
    if let (name, Some(target)) = curve.target {
        let probability = figures::share(curve.distribution.probability_up_to(target));
        let words = format!("{name} {}: {probability}", (curve.short)(target));
        let (top, foot) = (at(target, 100.0), at(target, 0.0));
        target_line(&painter, &words, tokens, (top, foot), response.rect, taken);
    }
}

/// The pin's words in a pill at the upper left of its dot, or at its lower right: where the curve is not.
fn pin_label(painter: &Painter, words: &str, pair: Pair, dot: Pos2, plot: Rect) -> Rect {
    let galley = painter.layout_no_wrap(words.to_owned(), Face::SemiBold.at(11.5), pair.ink);
    let size = galley.size() + vec2(12.0, 5.0);
    let left = dot.x - 9.0 - size.x >= plot.left() + 2.0;
    let min = if left { pos2(dot.x - 9.0 - size.x, dot.y - size.y - 4.0) } else { dot + vec2(9.0, 4.0) };
    // Under the names of the marks, above the axis.
    let y = min.y.clamp(plot.top() + 20.0, (plot.bottom() - size.y - 1.0).max(plot.top() + 20.0));
    let rect = Rect::from_min_size(pos2(min.x.min(plot.right() - size.x), y), size);
    painter.rect_filled(rect, 5, pair.surface);
    put(painter, rect, galley, pair.ink);
    rect
}

/// The target as an upright line with its words at its foot; beyond the plot, the words at the edge it lies behind.
fn target_line(painter: &Painter, words: &str, tokens: &Tokens, (top, foot): (Pos2, Pos2), plot: Rect, taken: Rect) {
    let ink = tokens.warning.ink;
    let inside = plot.x_range().contains(foot.x);
    let words = match () {
        () if inside => words.to_owned(),
        () if foot.x > plot.right() => format!("{words} →"),
        () => format!("← {words}"),
    };
    if inside {
        painter.line_segment([top, foot], Stroke::new(1.5, ink));
    }
    let galley = painter.layout_no_wrap(words, Face::Medium.at(11.0), ink);
    let size = galley.size() + vec2(8.0, 3.0);
    let beside = if foot.x + 4.0 + size.x <= plot.right() { foot.x + 4.0 } else { foot.x - 4.0 - size.x };
    let x = beside.clamp(plot.left() + 2.0, (plot.right() - size.x - 2.0).max(plot.left() + 2.0));
    let mut rect = Rect::from_min_size(pos2(x, foot.y - size.y - 4.0), size);
    if rect.intersects(taken) {
        rect = rect.translate(vec2(0.0, taken.top() - rect.bottom() - 3.0));
    }
    painter.rect_filled(rect, 4, tokens.warning.surface);
    put(painter, rect, galley, ink);
}

fn put(painter: &Painter, rect: Rect, galley: std::sync::Arc<Galley>, ink: Color32) {
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    painter.galley(at.min, galley, ink);
}
