//! What the system is made of, and what each framework would leave to assemble.

use egui::{Align, CornerRadius, Layout, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use egui_extras::{Column, TableBuilder, TableRow};

use super::parts::{copy_as, longest_fit};
use crate::{
    assess::{Glue, Stack, SystemPackage},
    export::{all_requirements, glue_in_words},
    lang::{t, tr},
    playbook::Playbook,
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        panels::{phrases::short_name, stack_row},
        theme::{Face, Tokens, space, text},
        widgets::{empty_state, framework_look, one_line, text_button, text_size},
    },
};

const GAP: f32 = 12.0;
const VERSION: f32 = 76.0;
const PARAGRAPHS: f32 = 62.0;
const BAR_ROW: f32 = 20.0;
/// Height that the table keeps.
const LEAST_TABLE: f32 = 110.0;

pub(super) fn stack_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let stack = view.session.stack();
    if stack.system.is_empty() {
        let line = t("Drag a service from the palette, and its packages are listed here");
        if empty_state(ui, icons::PACKAGE, line, Some((icons::BOOK_OPEN, t("Open a case study")))) {
            actions.push(Action::Request(Request::Welcome));
        }
        return;
    }
    egui::Sides::new().height(28.0).shrink_left().truncate().show(
        ui,
        |ui| {
            let (full, short) = (sentence(view, stack), short_sentence(view, stack));
            let words = longest_fit(ui, &[&full, &short], &Face::SemiBold.at(13.0)).unwrap_or_default();
            let what =
                t("If everything were built on it: packages beyond its own, and tagged traits that another covers");
            ui.label(text(words, Face::SemiBold, 13.0)).on_hover_text(format!("{full}\n{what}"));
        },
        |ui| {
            let copy = text_button(ui, icons::COPY, t("Copy all pins"));
            if copy.on_hover_text(t("Every Python package of the plan once, as one requirements file")).clicked() {
                actions.push(Action::Request(Request::CopyText(all_requirements(stack))));
            }
        },
    );
    // The sentence says the same as the bars: in a low panel the table keeps the room.
    if ui.available_height() - BAR_ROW * stack.glue.len() as f32 > LEAST_TABLE {
        bars_ui(ui, view, stack);
        ui.add_space(space::TINY);
    }
    table_ui(ui, view, stack);
}

/// The comparison in one sentence.
fn sentence(view: &View<'_>, stack: &Stack) -> String {
    let playbook = &view.session.engine().playbook;
    let words = |(at, glue): (usize, &Glue)| {
        let name = short_name(playbook, &glue.framework);
        let (packages, by_hand) = (glue.packages.len(), glue.by_hand.len());
        if at > 0 {
            return tr!("{name} {packages} and {by_hand}", name, packages, by_hand);
        }
        let packages = if packages == 1 { t("1 package").to_owned() } else { tr!("{packages} packages", packages) };
        let by_hand = match by_hand {
            0 => t("nothing").to_owned(),
            1 => t("1 trait").to_owned(),
            count => tr!("{count} traits", count),
        };
        tr!("{name} would leave {packages} to assemble and {by_hand} by hand", name, packages, by_hand)
    };
    let frameworks: Vec<String> = stack.glue.iter().enumerate().map(words).collect();
    tr!("If everything were on it, {}", frameworks.join(", "))
}

/// The same where there is little room, as the bars say it.
fn short_sentence(view: &View<'_>, stack: &Stack) -> String {
    let playbook = &view.session.engine().playbook;
    let words = |glue: &Glue| {
        format!("{} {} + {}", short_name(playbook, &glue.framework), glue.packages.len(), glue.by_hand.len())
    };
    tr!("Packages + by hand: {}", stack.glue.iter().map(words).collect::<Vec<_>>().join(", "))
}

/// A bar for each root framework: packages filled, what has to be written by hand outlined.
fn bars_ui(ui: &mut Ui, view: &View<'_>, stack: &Stack) {
    let playbook = &view.session.engine().playbook;
    let most = stack.glue.iter().map(|glue| glue.packages.len() + glue.by_hand.len()).max().unwrap_or(0).max(1);
    let names =
        stack.glue.iter().map(|glue| text_size(ui, short_name(playbook, &glue.framework), Face::Regular.at(12.5)).x);
    let label_width = names.fold(60.0, f32::max) + 14.0;
    ui.spacing_mut().item_spacing.y = 0.0;
    for glue in &stack.glue {
        bar_ui(ui, playbook, glue, label_width, most);
    }
}

fn bar_ui(ui: &mut Ui, playbook: &Playbook, glue: &Glue, label_width: f32, most: usize) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR_ROW), Sense::hover());
    let (name, pair) = framework_look(ui, playbook, &glue.framework);
    let words = tr!("{0} packages + {1} by hand", glue.packages.len(), glue.by_hand.len());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {words}")));
    let centre = rect.left_center();
    one_line(ui, centre, label_width - 8.0, name, Face::Regular.at(12.5), tokens.text);
    let figure_width = text_size(ui, &words, Face::Regular.at(12.0)).x;
    let full = (rect.width() - label_width - figure_width - 16.0).clamp(40.0, 420.0);
    let part = |count: usize| full * count as f32 / most as f32;
    let top = egui::pos2(rect.left() + label_width, rect.center().y - 5.0);
    let filled = egui::Rect::from_min_size(top, vec2(part(glue.packages.len()), 10.0));
    let outlined = egui::Rect::from_min_size(filled.right_top(), vec2(part(glue.by_hand.len()), 10.0));
    let round = CornerRadius::same(2);
    ui.painter().rect_filled(filled, round, pair.ink);
    ui.painter().rect_filled(outlined, round, pair.surface);
    ui.painter().rect_stroke(outlined, round, Stroke::new(1.0, pair.ink), StrokeKind::Inside);
    let at = egui::pos2(outlined.right() + 8.0, rect.center().y);
    one_line(ui, at, figure_width + 2.0, &words, Face::Regular.at(12.0), tokens.muted);
    response.on_hover_ui(|ui| {
        ui.set_max_width(420.0);
        ui.label(format!("{name}: {}", glue_in_words(playbook, glue)));
        ui.label(glue.packages.join(", "));
    });
}

/// How wide each column is.
#[derive(Clone, Copy)]
struct Widths {
    name: f32,
    purpose: f32,
    services: f32,
    today: f32,
}

fn table_ui(ui: &mut Ui, view: &View<'_>, stack: &Stack) {
    let place = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing = vec2(GAP, 2.0);
    let names = stack.system.iter().map(|row| text_size(ui, &row.entry.package.name, Face::Medium.at(12.5)).x);
    let name = names.fold(80.0, f32::max) + 6.0;
    let scroll_bar = 10.0;
    let rest = (ui.available_width() - name - VERSION - PARAGRAPHS - 6.0 * GAP - scroll_bar).max(330.0);
    let widths = Widths { name, purpose: rest * 0.36, services: rest * 0.24, today: rest * 0.4 };
    let cells: Vec<Cells> = stack.system.iter().map(|row| Cells::new(ui, view, row, widths.services)).collect();
    let heights: Vec<f32> =
        stack.system.iter().zip(&cells).map(|(row, cells)| height(ui, row, cells, widths)).collect();
    egui::ScrollArea::horizontal().id_salt("stack").show(ui, |ui| {
        let table = TableBuilder::new(ui)
            .id_salt("packages")
            .striped(true)
            .auto_shrink([false, false])
            .min_scrolled_height(60.0)
            .cell_layout(Layout::left_to_right(Align::TOP).with_main_wrap(true))
            .column(Column::exact(widths.name))
            .column(Column::exact(VERSION))
            .column(Column::exact(widths.purpose))
            .column(Column::exact(widths.services))
            .column(Column::exact(PARAGRAPHS))
            .column(Column::exact(widths.today));
        table
            .header(22.0, |mut header| {
                for title in [t("Package"), t("Version"), t("For"), t("Services"), "¶", t("Today")] {
                    header.col(|ui| {
                        ui.label(text(title, Face::SemiBold, 11.0).color(Tokens::of(ui).faint));
                    });
                }
            })
            .body(|body| {
                body.heterogeneous_rows(heights.into_iter(), |mut row| {
                    let at = row.index();
                    row_ui(&mut row, &stack.system[at], &cells[at], widths);
                });
            });
    });
    let row = |(row, cells): (&SystemPackage, &Cells)| {
        vec![
            row.entry.package.name.clone(),
            cells.version.clone(),
            row.entry.package.purpose.clone(),
            cells.all_services.clone(),
            cells.paragraphs.clone(),
            stack_row::today_in_words(&row.entry),
        ]
    };
    let rows = || stack.system.iter().zip(&cells).map(row).collect();
    copy_as(
        ui,
        place,
        "stack",
        &[t("Package"), t("Version"), t("For"), t("Services"), t("Paragraphs"), t("Today")],
        &rows,
    );
}

/// What the cells of a row say.
struct Cells {
    version: String,
    services: String,
    all_services: String,
    paragraphs: String,
}

impl Cells {
    fn new(ui: &Ui, view: &View<'_>, row: &SystemPackage, width: f32) -> Self {
        const NAMED_ON_HOVER: usize = 40;
        let package = &row.entry.package;
        let project = view.session.project();
        let named = |most: usize| {
            let names = row.components.iter().take(most).map(|id| project.component_name(id));
            names.collect::<Vec<_>>().join(", ")
        };
        let all_services = match row.components.len().saturating_sub(NAMED_ON_HOVER) {
            0 => named(NAMED_ON_HOVER),
            more => tr!("{} and {more} more", named(NAMED_ON_HOVER), more),
        };
        let paragraphs: Vec<String> = package.paragraphs.iter().map(ToString::to_string).collect();
        Self {
            version: if package.product { t("product").to_owned() } else { package.version.clone() },
            services: one_line_of(ui, &row.components, width, |id| project.component_name(id)),
            all_services,
            paragraphs: paragraphs.join(", "),
        }
    }
}

/// As many names as one line has room for, and how many more there are: `Orders, Catalogue +2`. The first is always named.
fn one_line_of<T>(ui: &Ui, items: &[T], width: f32, name: impl Fn(&T) -> String) -> String {
    let mut words = String::new();
    for (at, item) in items.iter().enumerate() {
        let (comma, left) = (if at > 0 { ", " } else { "" }, items.len() - at - 1);
        let longer = format!("{words}{comma}{}", name(item));
        let whole = if left > 0 { format!("{longer} +{left}") } else { longer.clone() };
        if at > 0 && text_size(ui, &whole, Face::Regular.at(12.0)).x > width {
            return format!("{words} +{}", left + 1);
        }
        words = longer;
    }
    words
}

fn height(ui: &Ui, row: &SystemPackage, cells: &Cells, widths: Widths) -> f32 {
    let of = |words: &str, width: f32| {
        let layout = ui.painter().layout(words.to_owned(), Face::Regular.at(12.0), egui::Color32::PLACEHOLDER, width);
        layout.size().y
    };
    let today = ui.painter().layout_job(stack_row::today(ui, &row.entry, widths.today)).size().y;
    let tallest = [of(&row.entry.package.purpose, widths.purpose), of(&cells.paragraphs, PARAGRAPHS), today];
    tallest.into_iter().fold(16.0, f32::max) + 8.0
}

fn row_ui(row: &mut TableRow<'_, '_>, package: &SystemPackage, cells: &Cells, widths: Widths) {
    let entry = &package.entry;
    row.col(|ui| {
        let tokens = Tokens::of(ui);
        let label = ui.label(text(&entry.package.name, Face::Medium, 12.5).color(tokens.text));
        label.on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(stack_row::in_full(entry));
        });
    });
    row.col(|ui| drop(cell(ui, &cells.version, VERSION, true)));
    row.col(|ui| drop(cell(ui, &entry.package.purpose, widths.purpose, false)));
    row.col(|ui| {
        let words = text(&cells.services, Face::Regular, 12.0).color(Tokens::of(ui).muted);
        ui.set_max_width(widths.services);
        ui.add(egui::Label::new(words).truncate().show_tooltip_when_elided(false)).on_hover_text(&cells.all_services);
    });
    row.col(|ui| drop(cell(ui, &cells.paragraphs, PARAGRAPHS, true)));
    row.col(|ui| {
        let job = stack_row::today(ui, entry, widths.today);
        let galley = ui.painter().layout_job(job);
        let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
        ui.painter().galley(rect.min, galley, Tokens::of(ui).text);
        let words = stack_row::today_in_words(entry);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {words}", entry.package.name)));
    });
}

fn cell(ui: &mut Ui, words: &str, width: f32, muted: bool) -> egui::Response {
    let tokens = Tokens::of(ui);
    let colour = if muted { tokens.muted } else { tokens.text };
    let galley = ui.painter().layout(words.to_owned(), Face::Regular.at(12.0), colour, width);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}
