//! Each case: its published range, what our prices said before, and what the other cases predict of it.

use egui::{Align2, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    assess::CaseReport,
    explain,
    export::csv_table,
    figures,
    lang::{t, tr},
    playbook::Citation,
    project::Currency,
    session::{Action, Request},
    ui::{
        Actions, View,
        copying::{self, Offer},
        theme::{Face, Tokens},
        widgets::{one_line, paragraph_link_at, paragraph_size, text_size},
    },
};

const ROW: f32 = 20.0;
/// From this width on a case is one row.
const ONE_ROW_FROM: f32 = 520.0;
/// Width of a prediction.
const PREDICTED: f32 = 48.0;

/// One quantity of a case, as shares of the middle of its published range.
struct Span {
    published: (f64, f64),
    prior: f64,
    left_out: f64,
    words: String,
    hover: String,
}

/// The weeks and the budget of every case, and the ends of the scale they are drawn on.
struct Spans {
    rows: Vec<(String, u8, [Span; 2])>,
    low: f64,
    high: f64,
    /// Width of the longest published range in words.
    words_width: f32,
}

fn spans(ui: &Ui, view: &View<'_>) -> Spans {
    // The page's own figures are in US dollars, whatever the project is written in.
    let currency = Currency::default();
    let dollars = figures::Money::new(&currency);
    let rows: Vec<_> = view
        .session
        .cases()
        .reports
        .iter()
        .map(|case| {
            let known = view.session.engine().playbook.cases.get(&case.case);
            let name = known.map_or_else(|| case.case.to_string(), |known| known.name.clone());
            let money = |usd: f64| dollars.short(usd);
            let (low, high) = case.published_budget_usd;
            let figures = [low, high, case.prior_budget_usd, case.left_out_budget_usd];
            let budget = span(&name, figures, dollars.range(low, high), &money);
            let (low, high) = case.published_weeks;
            let figures = [low, high, case.prior_weeks, case.left_out_weeks];
            let weeks = span(&name, figures, figures::months_or_weeks(low, high), &figures::month_or_week);
            (name, known.map_or(0, |known| known.paragraph), [budget, weeks])
        })
        .collect();
    let all = || rows.iter().flat_map(|(_, _, spans)| spans);
    let ends = all().flat_map(|span| [span.published.0, span.published.1, span.prior, span.left_out]);
    let ends = ends.filter(|end| *end > 0.0 && end.is_finite());
    let (low, high) = ends.fold((0.7_f64, 1.4_f64), |(low, high), end| (low.min(end), high.max(end)));
    let words = all().map(|span| text_size(ui, &span.words, Face::Regular.at(12.5)).x);
    let words_width = words.fold(0.0, f32::max) + 8.0;
    Spans { low: low * 0.97, high: high * 1.03, words_width, rows }
}

fn span(name: &str, [low, high, prior, left_out]: [f64; 4], words: String, write: &dyn Fn(f64) -> String) -> Span {
    let middle = (low * high).sqrt();
    let hover = tr!(
        "{name}\nPublished: {words}; its middle is {0}, and calibrated it comes out exactly so\nBefore calibration our prices said \
         {1}\nPredicted by the other cases: {2}, {3} of the middle",
        write(middle),
        write(prior),
        write(left_out),
        explain::ratio(left_out / middle),
        name,
        words
    );
    Span { published: (low / middle, high / middle), prior: prior / middle, left_out: left_out / middle, words, hover }
}

/// Shows the cases; their marks lead to what the page says of them.
pub(super) fn published_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let begin = ui.cursor().min;
    let spans = spans(ui, view);
    ui.spacing_mut().item_spacing.y = 0.0;
    let one_row = ui.available_width() >= ONE_ROW_FROM;
    let name_width = (ui.available_width() * 0.27).clamp(110.0, 196.0);
    legend_ui(ui);
    ui.add_space(3.0);
    heads_ui(ui, one_row, name_width);
    for (name, paragraph, both) in &spans.rows {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let room = if one_row { name_width - 8.0 } else { rect.width() };
        name_ui(ui, view, rect.with_max_x(rect.left() + room), (name, *paragraph), actions);
        let half = (rect.width() - name_width) / 2.0;
        for (i, (span, what)) in both.iter().zip(["budget", "weeks"]).enumerate() {
            let cell = if one_row {
                let left = rect.left() + name_width + half * i as f32;
                Rect::from_x_y_ranges(left..=(left + half - 12.0), rect.y_range())
            } else {
                ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::hover()).0
            };
            span_ui(ui, &spans, span, cell, &format!("{name}, {what}"));
        }
        if !one_row {
            ui.add_space(4.0);
        }
    }
    let csv = || csv(view);
    let place = egui::Rect::from_min_max(begin, egui::pos2(ui.max_rect().right(), ui.cursor().top()));
    copying::menu(ui, place, Offer::table("cases", &csv));
}

/// The name of a case with the mark of its paragraph.
fn name_ui(ui: &mut Ui, view: &View<'_>, rect: Rect, (name, paragraph): (&str, u8), actions: &mut Actions) {
    let mark = paragraph_size(ui, paragraph);
    let ink = Tokens::of(ui).text;
    let written = one_line(ui, rect.left_center(), rect.width() - mark.x - 5.0, name, Face::Medium.at(12.5), ink);
    let at = pos2(rect.left() + written + 5.0, rect.center().y - mark.y / 2.0);
    let citation = Citation::paragraph(paragraph);
    if paragraph_link_at(ui, at, &view.session.engine().playbook, &citation) {
        actions.push(Action::Request(Request::Evidence(citation)));
    }
}

fn heads_ui(ui: &mut Ui, one_row: bool, name_width: f32) {
    if !one_row {
        return;
    }
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let half = (rect.width() - name_width) / 2.0;
    let font = Face::SemiBold.at(11.0);
    for (i, words) in [t("Budget published"), t("Time published")].into_iter().enumerate() {
        let left = rect.left() + name_width + half * i as f32;
        one_line(ui, pos2(left, rect.center().y), half - 12.0, words, font.clone(), tokens.muted);
        let right = pos2(left + half - 12.0, rect.center().y);
        ui.painter().text(right, Align2::RIGHT_CENTER, t("Predicted"), font.clone(), tokens.muted);
    }
    one_line(ui, rect.left_center(), name_width, t("Case"), font, tokens.muted);
}

/// One quantity: the published range in words and as a bar, the prediction as a dot and as a share.
fn span_ui(ui: &mut Ui, spans: &Spans, span: &Span, cell: Rect, name: &str) {
    let tokens = Tokens::of(ui);
    let response = ui.interact(cell, ui.scope_id().with(name), Sense::hover());
    let share = explain::ratio(span.left_out);
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Label,
            true,
            tr!("{name}: {}, predicted {share} of its middle", span.words, name, share),
        )
    });
    let y = cell.center().y;
    one_line(ui, cell.left_center(), spans.words_width, &span.words, Face::Regular.at(12.5), tokens.text);
    let track = (cell.left() + spans.words_width + 2.0)..=(cell.right() - PREDICTED);
    // Ratios are told by equal lengths.
    let x = |ratio: f64| {
        let share = (ratio / spans.low).ln() / (spans.high / spans.low).ln();
        track.start() + (track.end() - track.start()) * share as f32
    };
    let painter = ui.painter();
    painter.hline(track.clone(), y, Stroke::new(1.0, tokens.line));
    let bar = Rect::from_x_y_ranges(x(span.published.0)..=x(span.published.1), (y - 4.0)..=(y + 4.0));
    painter.rect_filled(bar, 3, tokens.panel.lerp_to_gamma(tokens.accent.ink, 0.45));
    painter.vline(x(1.0), (y - 6.0)..=(y + 6.0), Stroke::new(1.5, tokens.accent.ink));
    prior_sign(ui, pos2(x(span.prior), y - 5.0));
    painter.circle(pos2(x(span.left_out), y), 4.0, tokens.warning.ink, Stroke::new(1.5, tokens.panel));
    painter.text(cell.right_center(), Align2::RIGHT_CENTER, share, Face::Medium.at(12.5), tokens.text);
    response.on_hover_text(&span.hover);
}

/// What our prices said before: a tip that points down onto the bar, so that the dot does not hide it.
fn prior_sign(ui: &Ui, tip: Pos2) {
    let points = vec![tip, tip + vec2(-3.5, -5.5), tip + vec2(3.5, -5.5)];
    ui.painter().add(Shape::convex_polygon(points, Tokens::of(ui).text, Stroke::NONE));
}

/// What the signs of the bars stand for.
fn legend_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    // The height of a line is taken from here, before the line begins.
    ui.spacing_mut().interact_size.y = 16.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(14.0, 0.0);
        for (sign, words) in [
            (Sign::Bar, t("published, and met exactly")),
            (Sign::Dot, t("predicted by the others")),
            (Sign::Tip, t("our prices before")),
        ] {
            let font = Face::Regular.at(11.0);
            let size = vec2(text_size(ui, words, font.clone()).x + 22.0, 16.0);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let at = pos2(rect.left() + 8.0, rect.center().y);
            match sign {
                Sign::Bar => {
                    let bar = Rect::from_center_size(at, vec2(15.0, 7.0));
                    ui.painter().rect_filled(bar, 3, tokens.panel.lerp_to_gamma(tokens.accent.ink, 0.45));
                    ui.painter().vline(at.x, (at.y - 5.0)..=(at.y + 5.0), Stroke::new(1.5, tokens.accent.ink));
                }
                Sign::Dot => drop(ui.painter().circle_filled(at, 4.0, tokens.warning.ink)),
                Sign::Tip => prior_sign(ui, at + vec2(0.0, 3.0)),
            }
            one_line(ui, pos2(rect.left() + 19.0, at.y), size.x, words, font, tokens.muted);
        }
    });
}

#[derive(Clone, Copy)]
enum Sign {
    Bar,
    Dot,
    Tip,
}

/// The cases for a spreadsheet.
pub(super) fn csv(view: &View<'_>) -> String {
    let header = [
        t("case"),
        t("published_budget_low_usd"),
        t("published_budget_high_usd"),
        t("prior_budget_usd"),
        t("left_out_budget_usd"),
        t("published_weeks_low"),
        t("published_weeks_high"),
        t("prior_weeks"),
        t("left_out_weeks"),
    ];
    let row = |case: &CaseReport| {
        let (budget, weeks) = (case.published_budget_usd, case.published_weeks);
        let numbers = [
            budget.0,
            budget.1,
            case.prior_budget_usd,
            case.left_out_budget_usd,
            weeks.0,
            weeks.1,
            case.prior_weeks,
            case.left_out_weeks,
        ];
        std::iter::once(case.case.to_string()).chain(numbers.map(|number| format!("{number:.2}"))).collect()
    };
    csv_table(&header, view.session.cases().reports.iter().map(row))
}
