//! When work begins, on which days people work, and on which nobody does.

use std::collections::BTreeSet;

use egui::{Button, CornerRadius, Ui, vec2};
use jiff::civil::Date;

use super::{AssumptionsState, DATE_WIDTH, put, refuse, remark, warn};
use crate::{
    figures,
    lang::{t, tr},
    project::{Weekday, holidays_text, parse_holidays},
    session::{Action, assume},
    ui::{
        Actions, View,
        theme::{Face, Tokens, radius, space, text},
        widgets::{Draft, TextKind, date_field, draft_field, draft_id, labelled, row_label},
    },
};

/// Holidays as they were typed, that cannot be read.
#[derive(Clone, Debug)]
pub(super) struct Unreadable {
    typed: String,
    problem: String,
    /// The holidays it was typed over.
    over: BTreeSet<Date>,
}

pub(super) fn time_ui(ui: &mut Ui, view: &View<'_>, state: &mut AssumptionsState, actions: &mut Actions) {
    first_day_ui(ui, view, actions);
    workdays_ui(ui, view, actions);
    holidays_ui(ui, view, state, actions);
    let assumptions = &view.session.project().assumptions;
    if let Some(timetable) = view.session.timetable() {
        let weeks = view.session.assessment().estimate.weeks;
        let level = assumptions.confidence;
        let done = timetable.finish_of(weeks.quantile(level.probability()));
        row_label(ui, &tr!("Done, {}", level.label()), &figures::full_date(done));
        if let Some(today) = view.session.today().filter(|today| done < *today) {
            warn(ui, &tr!("This day is past: today is {}", figures::full_date(today)));
        }
    }
}

fn first_day_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let start = view.session.project().assumptions.start;
    let hover = t("When work begins; with it weeks become dates");
    labelled(ui, t("First day"), hover, DATE_WIDTH, |ui| {
        if let Some(start) = date_field(ui, t("First day"), start) {
            actions.push(assume::first_day(&view.session.project().assumptions, start));
        }
    });
}

fn workdays_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let calendar = &view.session.project().assumptions.calendar;
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = (ui.available_width() - 6.0 * 4.0) / 7.0;
        for day in Weekday::ALL {
            let works = calendar.workdays.contains(&day);
            let (face, ink) = if works { (Face::Medium, tokens.text) } else { (Face::Regular, tokens.faint) };
            let two: String = day.label().chars().take(2).collect();
            let words = text(&two, face, 12.0).color(ink);
            let fill = if works { tokens.accent.surface } else { tokens.panel };
            let button = Button::new(words).fill(fill).min_size(vec2(width, 26.0));
            ui.spacing_mut().button_padding.x = 0.0;
            let response = ui.add(button.corner_radius(CornerRadius::same(radius::CONTROL)));
            let name = format!("{}: {}", day.label(), if works { t("working day") } else { t("free") });
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, works, &name));
            let last = works && calendar.workdays.len() == 1;
            let hover = if last { t("A week has at least one working day") } else { &name };
            if response.on_hover_text(hover).clicked() && !last {
                let edit = put(view, |changed| {
                    if !changed.calendar.workdays.remove(&day) {
                        changed.calendar.workdays.insert(day);
                    }
                });
                actions.push(Action::edit(t("Set the working days"), vec![edit]));
            }
        }
    });
    if calendar.workdays.len() != 5 {
        let words =
            tr!("A week of the estimate is five days of work; this calendar has {} a week", calendar.workdays.len());
        remark(ui, &words);
    }
}

/// What was typed and cannot be read stays in the field, with what is wrong under it, until it can.
fn holidays_ui(ui: &mut Ui, view: &View<'_>, state: &mut AssumptionsState, actions: &mut Actions) {
    ui.add_space(space::TINY);
    let holidays = &view.session.project().assumptions.calendar.holidays;
    let known = holidays_text(holidays);
    let unreadable = state.holidays.take().filter(|unreadable| unreadable.over == *holidays);
    let shown = unreadable.as_ref().map_or(known.as_str(), |unreadable| &unreadable.typed);
    let rows = known.lines().count().clamp(1, 6);
    let hint = t("Holidays: 2026-12-24 to 2027-01-01");
    let draft = Draft { name: t("Holidays"), text: shown, hint, kind: TextKind::Lines(rows), may_be_empty: true };
    let typed = draft_field(ui, &draft, false);
    let writing = ui.memory(|memory| memory.has_focus(draft_id(ui, draft.name)));
    state.holidays = match typed {
        None => unreadable,
        Some(typed) => match parse_holidays(&typed) {
            Ok(days) => {
                if days != *holidays {
                    let edit = put(view, |changed| changed.calendar.holidays = days);
                    actions.push(Action::edit(t("Set the holidays"), vec![edit]));
                }
                None
            }
            // Half a line is no day yet.
            Err(_) if writing => unreadable,
            Err(problem) => Some(Unreadable { typed, problem, over: holidays.clone() }),
        },
    };
    if let Some(Unreadable { problem, .. }) = &state.holidays {
        refuse(ui, &tr!("{problem}. The holidays are as before", problem));
    } else if !holidays.is_empty() {
        let count = holidays.len();
        remark(ui, &if count == 1 { tr!("{count} holiday", count) } else { tr!("{count} holidays", count) });
    }
}
