//! What the marks of the chart mean.

use egui::{Painter, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{
    Chart,
    bars::{CHAIN_WIDTH, diamond, whisker},
};
use crate::{
    explain::schedule as words,
    lang::t,
    ui::{
        theme::{Face, Tokens},
        widgets::{one_line, text_size},
    },
};

/// Width of a mark.
const MARK: f32 = 14.0;
/// Between a mark and its words, and between words and the next mark.
const GAPS: (f32, f32) = (6.0, 16.0);

/// What is explained.
#[derive(Clone, Copy)]
enum Mark {
    Chain,
    Whisker,
    Phases,
    PhaseDone,
    Live,
    Work,
    People,
}

impl Mark {
    fn words(self) -> &'static str {
        match self {
            Self::Chain => t("Longest chain"),
            Self::Whisker => t("On to P80"),
            Self::Phases => t("Phases in turn"),
            Self::PhaseDone => t("Phase done"),
            Self::Live => t("First live, all done"),
            Self::Work => t("Waits for work"),
            Self::People => t("Waits for people"),
        }
    }

    fn paint(self, painter: &Painter, at: Pos2, tokens: &Tokens) {
        let end = at + vec2(MARK, 0.0);
        match self {
            Self::Chain => {
                painter.hline(at.x..=end.x, at.y, Stroke::new(CHAIN_WIDTH, tokens.accent.ink));
            }
            Self::Whisker => whisker(painter, at.x, end.x, at.y, Stroke::new(1.0, tokens.muted)),
            Self::Phases => {
                let half = |from: f32| Rect::from_min_size(at + vec2(from, -4.0), vec2(MARK / 2.0, 8.0));
                painter.rect_filled(half(0.0), 1, tokens.muted);
                painter.rect_stroke(half(MARK / 2.0), 1, Stroke::new(1.0, tokens.muted), StrokeKind::Inside);
            }
            Self::PhaseDone => {
                diamond(painter, at + vec2(MARK / 2.0, 0.0), 4.5, tokens.panel, Stroke::new(1.2, tokens.muted));
            }
            Self::Live => diamond(painter, at + vec2(MARK / 2.0, 0.0), 4.5, tokens.text, Stroke::NONE),
            Self::Work => painter.arrow(at, end - at, Stroke::new(1.0, tokens.text)),
            Self::People => {
                painter.extend(egui::Shape::dashed_line(&[at, end], Stroke::new(1.5, tokens.text), 3.0, 2.0));
            }
        }
    }
}

/// Says what the marks mean, and where the longest chain runs if that is not `told` over the chart.
pub(super) fn legend_ui(ui: &Ui, chart: &Chart<'_>, place: Rect, told: bool) {
    let mut marks = vec![Mark::Chain, Mark::Phases, Mark::PhaseDone, Mark::Live, Mark::Whisker];
    if chart.view.session.selected_component().is_some() {
        marks.extend([Mark::Work, Mark::People]);
    }
    let width = |words: &str| text_size(ui, words, Face::Regular.at(11.0)).x;
    let room = |words: &str| MARK + GAPS.0 + width(words) + GAPS.1;
    let all: f32 = marks.iter().map(|mark| room(mark.words())).sum();
    // Where the sentence over the chart had to leave it out, there often is room here.
    let through = words::chain(chart.view.session.project(), chart.made);
    let through = through.map(|chain| chain.replacen(t("the longest"), t("Longest"), 1));
    let spare = place.width() - all;
    let through = through.filter(|chain| !told && width(chain) - width(Mark::Chain.words()) <= spare);
    let (painter, y) = (ui.painter_at(place), place.center().y + 1.0);
    let mut x = place.left() + 2.0;
    for mark in marks {
        let words = match (&through, mark) {
            (Some(through), Mark::Chain) => through,
            _ => mark.words(),
        };
        if x + room(words) - GAPS.1 > place.right() {
            return;
        }
        mark.paint(&painter, pos2(x, y), chart.tokens);
        let at = pos2(x + MARK + GAPS.0, y);
        one_line(ui, at, width(words) + 2.0, words, Face::Regular.at(11.0), chart.tokens.muted);
        x += room(words);
    }
}
