//! Which figures of a server are shown: all of them where there is room, else those that are chosen, and as many of the others as fit.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use super::{super::table::Column, column};
use crate::{
    lang::{later, t},
    ui::{
        theme::{Face, Tokens},
        widgets::{one_line, text_size},
    },
};

pub(super) const SERVER: usize = 0;
pub(super) const BUSY: usize = 1;
pub(super) const MEAN: usize = 2;
pub(super) const P50: usize = 3;
pub(super) const P95: usize = 4;
pub(super) const P99: usize = 5;
pub(super) const TARGET: usize = 6;
pub(super) const WORKERS: usize = 7;
pub(super) const PROCESSORS: usize = 8;
pub(super) const MEMORY: usize = 9;
pub(super) const COST: usize = 10;

/// The gap that a table leaves between columns.
pub(super) const GAP: f32 = 12.0;
/// Room for names: what they keep at least, and what they keep from columns that nobody chose.
const LEAST_NAME: f32 = 100.0;
const NAME: f32 = 104.0;
/// Between two of the choices.
const APART: f32 = 10.0;

/// The figures that are looked at where there is no room for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figures {
    /// Whether it holds.
    #[default]
    Target,
    /// How long answers take.
    Times,
    /// With how many workers, on what, and for how much.
    Machines,
}

impl Figures {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Target, later("Target"), later("Show whether the target is met")),
        (Self::Times, later("Times"), later("Show how long answers take")),
        (Self::Machines, later("Machines"), later("Show workers, processors, memory and cost")),
    ];

    /// The columns it is about, the first ones first.
    fn own(self) -> &'static [usize] {
        match self {
            Self::Target => &[BUSY, P95, TARGET],
            Self::Times => &[MEAN, P50, P99, P95],
            Self::Machines => &[WORKERS, PROCESSORS, MEMORY, COST],
        }
    }
}

/// In the order in which they are shown beside what was chosen.
const OTHERS: [usize; 10] = [P95, TARGET, BUSY, WORKERS, COST, P99, MEAN, P50, PROCESSORS, MEMORY];

/// Every one of them.
pub(super) fn all() -> [Column<'static>; 11] {
    [
        column(SERVER, t("Server"), t("server"), 0.0, ""),
        column(BUSY, t("Busy"), t("how busy"), 38.0, t("Of what is scarcest, processors or slots")),
        column(MEAN, t("Mean"), t("mean"), 46.0, t("Where service times do not vary")),
        column(P50, "p50", "p50", 46.0, t("Half of the answers come within it")),
        column(P95, "p95", "p95", 60.0, t("95 of 100 answers come within it")),
        column(P99, "p99", "p99", 80.0, t(P99_HOVER)),
        column(TARGET, t("Target"), t("target"), target_width(), t("Whether the p95 is within what is to hold")),
        column(
            WORKERS,
            t("Workers"),
            t("workers"),
            46.0,
            t("Processes, or processes × threads, with the room that is planned"),
        ),
        column(PROCESSORS, "CPUs", t("processors"), 30.0, t("Processors for all of its processes")),
        column(MEMORY, t("Memory"), t("memory"), 48.0, t("Of all processes together")),
        column(COST, t("A month"), t("cost a month"), 44.0, t("Of its machines at the prices below")),
    ]
}

/// Room for the longest word about a target, which other languages have longer.
fn target_width() -> f32 {
    const LETTER: f32 = 6.8;
    (t("unknown").chars().count() as f32 * LETTER).max(52.0)
}

const P99_HOVER: &str = later(
    "99 of 100 answers come within it: where times do not vary, and where they vary much. A p99 of a few milliseconds \
                         was measured at two to three times as much on a busy shared machine",
);

/// What they take beside the first.
pub(super) fn width_of(columns: &[Column<'_>]) -> f32 {
    columns.iter().skip(1).map(|column| column.width + GAP).sum()
}

/// The room that the figures which were chosen need, with names beside them.
pub(super) fn least(chosen: Figures, with_target: bool) -> f32 {
    let own = all().into_iter().filter(|column| chosen.own().contains(&column.id));
    let own = own.filter(|column| with_target || column.id != TARGET);
    LEAST_NAME + own.map(|column| column.width + GAP).sum::<f32>()
}

/// Whether there is room for every column.
pub(super) fn all_fit(width: f32, with_target: bool) -> bool {
    let columns: Vec<Column<'_>> = all().into_iter().filter(|column| with_target || column.id != TARGET).collect();
    width_of(&columns) + NAME <= width
}

/// The columns that there is room for, with what was chosen before the others.
pub(super) fn columns(width: f32, chosen: Figures, with_target: bool) -> Vec<Column<'static>> {
    let all = all();
    let mut shown = vec![SERVER];
    let mut left = width;
    let own = chosen.own();
    let candidates = own.iter().map(|id| (*id, LEAST_NAME)).chain(OTHERS.iter().map(|id| (*id, NAME)));
    for (id, name) in candidates {
        if shown.contains(&id) || (id == TARGET && !with_target) {
            continue;
        }
        let wide = all[id].width + GAP;
        if left - wide >= name {
            shown.push(id);
            left -= wide;
        } else if !own.contains(&id) {
            break;
        }
    }
    all.into_iter().filter(|column| shown.contains(&column.id)).collect()
}

/// How wide the choice is.
pub(super) fn choice_width(ui: &Ui) -> f32 {
    Figures::ALL.iter().map(|(_, label, _)| text_size(ui, t(label), Face::Medium.at(12.0)).x + APART).sum()
}

/// The choice of figures, as low as a line of words.
pub(super) fn choice_ui(ui: &mut Ui, chosen: &mut Figures) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.x = 0.0;
    let choices = Figures::ALL.map(|(figures, label, said)| {
        let (label, said) = (t(label), t(said));
        let words = text_size(ui, label, Face::Medium.at(12.0)).x;
        let (rect, response) = ui.allocate_exact_size(vec2(words + APART, 18.0), Sense::click());
        if response.clicked() {
            *chosen = figures;
        }
        (figures, label, said, rect, response)
    });
    // Once it is known what is chosen, so that no frame shows what was.
    for (figures, label, said, rect, response) in choices {
        let selected = *chosen == figures;
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, said));
        super::super::parts::focus_ring(ui, rect, &response);
        let ink = match (selected, response.hovered()) {
            (true, _) => tokens.accent.ink,
            (false, true) => tokens.text,
            (false, false) => tokens.muted,
        };
        let face = if selected { Face::Medium } else { Face::Regular };
        let place = rect.shrink2(vec2(APART / 2.0, 0.0));
        one_line(ui, place.left_center(), place.width() + 2.0, label, face.at(12.0), ink);
        if selected {
            ui.painter().hline(place.x_range(), place.bottom() - 0.5, egui::Stroke::new(1.5, tokens.accent.ink));
        }
        response.on_hover_text(said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: f32, chosen: Figures) -> Vec<usize> {
        columns(width, chosen, true).iter().map(|column| column.id).collect()
    }

    #[test]
    fn every_figure_is_shown_by_some_choice_however_little_room_there_is() {
        for width in [322.0, 340.0, 420.0, 560.0, 680.0, 740.0] {
            let mut seen: Vec<usize> = Figures::ALL
                .iter()
                .flat_map(|(figures, ..)| shown(width, *figures))
                .filter(|id| *id != SERVER)
                .collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen, (BUSY..=COST).collect::<Vec<_>>(), "{width}");
        }
        assert!(!all_fit(680.0, true) && all_fit(740.0, true));
        assert_eq!(shown(740.0, Figures::Target).len(), 11);
    }

    #[test]
    fn names_keep_their_room() {
        for width in [240.0, 322.0, 340.0, 420.0, 560.0, 700.0] {
            for (figures, ..) in Figures::ALL {
                assert!(width - width_of(&columns(width, figures, true)) >= LEAST_NAME, "{width} {figures:?}");
            }
        }
        assert!(!columns(740.0, Figures::Target, false).iter().any(|column| column.id == TARGET));
    }
}
