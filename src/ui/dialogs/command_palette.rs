//! Any command by a few letters of its name.

use egui::{Align, Button, Key, Modifiers, RichText, ScrollArea, TextEdit};

use super::modal;
use crate::{
    lang::t,
    session::{
        Action, Request, Session,
        commands::{self, Command, Needs, TABLE},
    },
    ui::{
        Actions,
        shortcut::shortcut_text,
        theme::Tokens,
        widgets::{Picked, letters_skipped},
    },
};

/// The list while it is open.
#[derive(Default)]
pub struct CommandPalette {
    query: String,
    /// The row that Enter would run.
    chosen: usize,
    /// The arrows were used.
    walked: bool,
    /// What was run from the list before, latest first: with no letters it stands above the others.
    recent: Vec<&'static str>,
}

impl CommandPalette {
    /// The list as it opens.
    pub fn open(recent: &[&'static str]) -> Self {
        Self { recent: recent.to_vec(), ..Self::default() }
    }

    /// Shows the list; gives what was chosen, or that it was left, once it is to be closed.
    pub fn ui(
        &mut self,
        ctx: &egui::Context,
        session: &Session,
        welcome: bool,
        actions: &mut Actions,
    ) -> Option<Picked<&'static str>> {
        // Before the text field sees them: the arrows walk the list, not the text.
        let (up, down, enter) = ctx.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let response = modal(ctx, "command palette", t("All commands"), 640.0, |ui| {
            let field = ui.add(
                TextEdit::singleline(&mut self.query).hint_text(t("Find a command...")).desired_width(f32::INFINITY),
            );
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, t("Find a command")));
            field.request_focus();
            if field.changed() {
                self.chosen = 0;
            }
            let found = matches(&self.query, &self.recent);
            let offers = self.offers();
            self.walk(up, down, found.len());
            let mut run = None;
            ui.add_space(6.0);
            ScrollArea::vertical().max_height(360.0).auto_shrink([false, false]).show(ui, |ui| {
                if found.is_empty() {
                    ui.label(RichText::new(t("No command has these letters")).color(Tokens::of(ui).muted));
                }
                for (position, command) in found.iter().enumerate() {
                    let chosen = (offers || self.walked) && self.chosen == position;
                    if row_ui(ui, session, welcome, command, chosen, chosen && (up || down)) {
                        run = Some(*command);
                    }
                }
            });
            run.or_else(|| found.get(self.chosen).copied().filter(|_| enter && (offers || self.walked)))
        });
        match response.inner.map(|command| (command, blocked(command, session, welcome))) {
            Some((command, None)) => {
                actions.push(Action::Run(command.id));
                return Some(Picked::Taken(command.id));
            }
            // It is said in the row; the list stays for another choice.
            Some((_, Some(why))) => actions.push(Action::Request(Request::Say(why.to_owned()))),
            None => {}
        }
        response.should_close().then_some(Picked::Left)
    }
}

impl CommandPalette {
    /// Whether Enter takes the first row at once. In a list that nobody asked anything of, it is any command.
    fn offers(&self) -> bool {
        !self.query.is_empty() || !self.recent.is_empty()
    }

    /// Moves the choice by the arrows.
    fn walk(&mut self, up: bool, down: bool, rows: usize) {
        let last = rows.saturating_sub(1);
        let first = !self.offers() && !self.walked;
        self.walked |= up || down;
        if first {
            return;
        }
        self.chosen = (self.chosen + usize::from(down)).saturating_sub(usize::from(up)).min(last);
    }
}

/// Why a command cannot be run now.
fn blocked(command: &Command, session: &Session, welcome: bool) -> Option<&'static str> {
    if welcome && command.needs == Needs::Project {
        Some(t("Open a project first"))
    } else {
        (command.enabled)(session).err()
    }
}

fn row_ui(
    ui: &mut egui::Ui,
    session: &Session,
    welcome: bool,
    command: &'static Command,
    chosen: bool,
    scroll: bool,
) -> bool {
    let why = blocked(command, session, welcome);
    let tokens = Tokens::of(ui);
    let muted = tokens.muted;
    let ink = if why.is_none() { tokens.text } else { muted };
    let label = RichText::new(format!("{}: {}", command.menu.label(), command.text)).color(ink);
    let beside = why.map_or_else(|| shortcut_text(ui.ctx(), command), str::to_owned);
    let keys = RichText::new(beside).color(muted).size(12.0);
    let button = Button::selectable(chosen, label).right_text(keys).min_size(egui::vec2(ui.available_width(), 28.0));
    let row = |ui: &mut egui::Ui| {
        // Why not is to be read.
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.add_enabled(why.is_none(), button)
    };
    let response = ui.scope(row).inner;
    if scroll {
        response.scroll_to_me(Some(Align::Center));
    }
    let response = match why {
        None => response.on_hover_text(command.help),
        Some(why) => response.on_disabled_hover_text(why),
    };
    response.clicked()
}

/// The commands whose menu and text hold the letters of the query in order, best first; with no letters, those of late first.
fn matches(query: &str, recent: &[&'static str]) -> Vec<&'static Command> {
    if query.is_empty() {
        let of_late = recent.iter().filter_map(|id| commands::find(id));
        return of_late.chain(TABLE.iter().filter(|command| !recent.contains(&command.id))).collect();
    }
    let mut found: Vec<(usize, &Command)> = TABLE
        .iter()
        .filter_map(|command| {
            let text = format!("{} {}", command.text, command.menu.label());
            letters_skipped(&query.to_lowercase(), &text.to_lowercase()).map(|skipped| (skipped, command))
        })
        .collect();
    found.sort_by_key(|(skipped, _)| *skipped);
    found.into_iter().map(|(_, command)| command).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_find_the_command() {
        assert_eq!(matches("undo", &[])[0].id, "edit.undo");
        assert_eq!(matches("save as", &[])[0].id, "file.save-as");
        assert_eq!(matches("zmin", &["edit.undo"])[0].id, "view.zoom-in");
        assert!(matches("qqqq", &["edit.undo"]).is_empty());
        let all = matches("", &["view.fit", "edit.undo"]);
        assert_eq!((all[0].id, all[1].id, all.len()), ("view.fit", "edit.undo", TABLE.len()));
    }
}
