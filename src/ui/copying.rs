//! Copying what is shown: one menu for every table and plot, by right click, by Shift+F10 on what has the keyboard, and by command.
//! What it comes to is queued here and carried out by the window, which knows clipboard and files.

use egui::{
    Context, Id, Layout, Popup, PopupAnchor, PopupCloseBehavior, PopupKind, Pos2, Rect, Response, SetOpenCommand,
    Shape, Ui, containers::menu::menu_style,
};

use crate::{
    export::tab_separated,
    lang::{t, tr},
};

/// Sort of what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rows of words and figures.
    Table,
    /// A drawing of data.
    Plot,
    /// A figure by itself.
    Figure,
}

/// What can be copied of what is shown in a place.
#[derive(Clone, Copy)]
pub struct Offer<'a> {
    /// Sort of it.
    pub kind: Kind,
    /// What it is called, as a part of a file's name: `budget-by-part`.
    pub name: &'a str,
    /// All of it for a spreadsheet, whether it is seen or not; asked for when it is wanted.
    pub csv: &'a dyn Fn() -> String,
}

impl<'a> Offer<'a> {
    /// A table.
    pub fn table(name: &'a str, csv: &'a dyn Fn() -> String) -> Self {
        Self { kind: Kind::Table, name, csv }
    }

    /// A plot.
    pub fn plot(name: &'a str, csv: &'a dyn Fn() -> String) -> Self {
        Self { kind: Kind::Plot, name, csv }
    }
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Words for the clipboard, and what is said of that.
    Text {
        /// The words.
        words: String,
        /// What was done: `Copied the table as CSV`.
        said: &'static str,
    },
    /// Data for a file.
    Save {
        /// The name of the file begins like this.
        name: String,
        /// What stands in it.
        csv: String,
    },
    /// A place of the window as a picture.
    Picture {
        /// The place, in points.
        place: Rect,
        /// The name of a file begins like this; on the clipboard without one.
        file: Option<String>,
    },
    /// The page has nothing of the kind.
    Nothing,
}

/// Where a menu is asked for by key.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ask {
    /// Around this, which is on the page of this frame.
    Around(Rect, u64),
    /// At the first table or plot of the page.
    First,
}

/// The menu that is open.
#[derive(Clone, Debug)]
struct Opened {
    at: Pos2,
    figure: Option<String>,
    /// The keyboard goes to its first row.
    wants_keyboard: bool,
    /// What had the keyboard before, and gets it back.
    from: Option<Id>,
}

#[derive(Clone, Debug, Default)]
struct Asking {
    /// Where the page is on which places are asked, and the last frame that showed it.
    page: Option<(Rect, u64)>,
    ask: Option<Ask>,
    /// The frame in which a right click was answered: what lies around it does not answer as well.
    answered: Option<u64>,
    opened: Option<Opened>,
    /// A picture is being taken.
    poses: bool,
    wishes: Vec<Wish>,
}

fn with<R>(ctx: &Context, change: impl FnOnce(&mut Asking) -> R) -> R {
    ctx.data_mut(|data| change(data.get_temp_mut_or_default(Id::unique("copying"))))
}

/// Asks for the menu of what has the keyboard, with the next frame; false if that is not on the page.
pub fn ask_at_focus(ctx: &Context) -> bool {
    let focused = ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id)).map(|response| response.rect);
    let frame = ctx.cumulative_frame_nr();
    with(ctx, |asking| {
        // What was shown before the drawing stood alone, or another plan, is no longer there.
        let page = asking.page.filter(|(_, shown)| shown + 1 >= frame).map(|(page, _)| page);
        let around = focused.filter(|rect| page.is_some_and(|page| page.contains(rect.center())));
        asking.ask = around.map(|rect| Ask::Around(rect, frame)).or(asking.ask);
        around.is_some()
    })
}

/// Asks for the menu of the first table or plot of the page, with the next frame.
pub fn ask_for_first(ctx: &Context) {
    with(ctx, |asking| asking.ask = Some(Ask::First));
}

/// What was chosen since this was asked last.
pub fn take(ctx: &Context) -> Vec<Wish> {
    with(ctx, |asking| std::mem::take(&mut asking.wishes))
}

/// Whether a picture is being taken: what only answers the pointer does not belong in it.
pub fn poses(ctx: &Context) -> bool {
    with(ctx, |asking| asking.poses)
}

/// The picture was taken.
pub fn has_posed(ctx: &Context) {
    with(ctx, |asking| asking.poses = false);
}

/// A right click on this opens a menu of its own: what lies around it does not answer as well.
pub fn has_own_menu(response: &Response) {
    if response.secondary_clicked() {
        let frame = response.ctx.cumulative_frame_nr();
        with(&response.ctx, |asking| asking.answered = Some(frame));
    }
}

/// The end of a page: what nobody answered is asked of all of it.
pub fn end_page(ui: &Ui, page: Rect) {
    let frame = ui.ctx().cumulative_frame_nr();
    let again = with(ui.ctx(), |asking| {
        asking.page = Some((page, frame));
        match asking.ask.take() {
            Some(Ask::Around(_, asked)) if asked + 1 < frame => return false,
            Some(Ask::Around(..)) => asking.ask = Some(Ask::First),
            Some(Ask::First) => asking.wishes.push(Wish::Nothing),
            None => return false,
        }
        true
    });
    if again {
        ui.ctx().request_repaint();
    }
}

/// Shows something, and its menu over all of it.
pub fn copied<R>(ui: &mut Ui, offer: Offer<'_>, add: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = ui.scope(add);
    menu(ui, shown.response.rect, offer);
    shown.inner
}

/// The menu of a figure that is in no table or plot; there is none where there is no figure.
pub fn figures(ui: &Ui, page: Rect) {
    let none = String::new;
    let offer = Offer { kind: Kind::Figure, name: "figure", csv: &none };
    menu(ui, page, offer);
}

/// How a menu with rows of its own stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// It was opened in this frame, by key.
    pub opened_by_key: bool,
    /// It is open.
    pub is_open: bool,
}

/// The menu of what is shown in a place.
pub fn menu(ui: &Ui, place: Rect, offer: Offer<'_>) {
    menu_with(ui, place, offer, |_| {});
}

/// The same below rows of its own.
pub fn menu_with(ui: &Ui, place: Rect, offer: Offer<'_>, own: impl FnOnce(&mut Ui)) -> Shown {
    let id = ui.scope_id().with(("copying", offer.name));
    let place = place.intersect(ui.clip_rect());
    let answer = answer(ui, place, offer.kind);
    if let Some((at, by_key)) = answer {
        let figure = figure_at(ui, at, by_key);
        if figure.is_none() && offer.kind == Kind::Figure {
            return Shown::default();
        }
        let at = by_key.map_or(at, |around| around.intersect(place).center());
        let from = by_key.and_then(|_| ui.memory(egui::Memory::focused));
        let opened = Opened { at, figure, wants_keyboard: by_key.is_some(), from };
        with(ui.ctx(), |asking| asking.opened = Some(opened));
    }
    let mut shown = Shown { opened_by_key: answer.is_some_and(|(_, by_key)| by_key.is_some()), is_open: false };
    if answer.is_none() && !Popup::is_id_open(ui.ctx(), id) {
        return shown;
    }
    let Some(opened) = with(ui.ctx(), |asking| asking.opened.clone()) else { return shown };
    let open = answer.map(|_| SetOpenCommand::Bool(true));
    let popup = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(opened.at), ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(egui::Align::Min))
        .style(menu_style)
        .open_memory(open)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            ui.set_min_width(200.0);
            let first = rows_ui(ui, place, offer, &opened);
            own(ui);
            // While it is measured, before it is seen, no row of it can have the keyboard.
            if opened.wants_keyboard && !ui.is_sizing_pass() {
                first.request_focus();
                with(ui.ctx(), |asking| asking.opened.iter_mut().for_each(|opened| opened.wants_keyboard = false));
            }
        });
    shown.is_open = Popup::is_id_open(ui.ctx(), id);
    // Whoever clicks elsewhere wants to be there.
    let chosen = |place: Rect| ui.input(|input| input.pointer.interact_pos()).is_some_and(|at| place.contains(at));
    let elsewhere = ui.input(|input| input.pointer.any_pressed() || input.pointer.any_released())
        && !popup.is_some_and(|popup| chosen(popup.response.rect));
    if let (false, false, Some(from)) = (shown.is_open, elsewhere, opened.from) {
        ui.memory_mut(|memory| memory.request_focus(from));
    }
    shown
}

/// Where the menu of a place is asked for in this frame, and around what if by key. Only the innermost place answers.
fn answer(ui: &Ui, place: Rect, kind: Kind) -> Option<(Pos2, Option<Rect>)> {
    if !place.is_positive() {
        return None;
    }
    let frame = ui.ctx().cumulative_frame_nr();
    let clicked = ui.input(|input| input.pointer.secondary_clicked().then(|| input.pointer.interact_pos()).flatten());
    let clicked = clicked.filter(|at| place.contains(*at) && ui.ctx().layer_id_at(*at) == Some(ui.layer_id()));
    with(ui.ctx(), |asking| {
        if let Some(at) = clicked {
            let first = asking.answered.replace(frame) != Some(frame);
            return first.then_some((at, None));
        }
        let around = match asking.ask? {
            Ask::Around(_, asked) if asked + 1 < frame => return None,
            Ask::Around(around, _) if place.contains(around.center()) => around,
            Ask::Around(..) => return None,
            Ask::First if kind == Kind::Figure => return None,
            Ask::First => place,
        };
        asking.ask = None;
        Some((around.center(), Some(around)))
    })
}

/// The rows about what is shown; gives the first.
fn rows_ui(ui: &mut Ui, place: Rect, offer: Offer<'_>, opened: &Opened) -> Response {
    let mut rows: Vec<(String, &dyn Fn() -> Wish)> = Vec::new();
    let text = |words: String, said| Wish::Text { words, said };
    let figure = opened.figure.clone().unwrap_or_default();
    let number = || text(figure.clone(), t("Copied the number"));
    let as_text = || text(tab_separated(&(offer.csv)()), t("Copied the table as text"));
    let as_csv = || text((offer.csv)(), t("Copied as CSV"));
    let save = || Wish::Save { name: offer.name.to_owned(), csv: (offer.csv)() };
    let picture = || Wish::Picture { place, file: None };
    let save_picture = || Wish::Picture { place, file: Some(offer.name.to_owned()) };
    if !figure.is_empty() {
        rows.push((tr!("Copy number {figure}", figure), &number));
    }
    match offer.kind {
        Kind::Figure => {}
        Kind::Table => {
            rows.push((t("Copy table as text").to_owned(), &as_text));
            rows.push((t("Copy table as CSV").to_owned(), &as_csv));
            rows.push((t("Save table as CSV...").to_owned(), &save));
        }
        Kind::Plot => {
            rows.push((t("Copy data as CSV").to_owned(), &as_csv));
            rows.push((t("Save data as CSV...").to_owned(), &save));
            rows.push((t("Copy picture").to_owned(), &picture));
            rows.push((t("Save picture...").to_owned(), &save_picture));
        }
    }
    let mut first = None;
    for (label, wish) in rows {
        let response = ui.button(label);
        if response.clicked() {
            let wish = wish();
            with(ui.ctx(), |asking| {
                asking.poses |= matches!(wish, Wish::Picture { .. });
                asking.wishes.push(wish);
            });
            ui.ctx().request_repaint();
        }
        first.get_or_insert(response);
    }
    first.unwrap_or_else(|| ui.response())
}

/// Figures further than this from where the menu was opened are not meant, in points.
const NEAR: f32 = 28.0;
/// A text longer than this is a sentence.
const LONGEST: usize = 32;

/// The figure that was pointed at, or the one in what has the keyboard: read off what was painted.
fn figure_at(ui: &Ui, at: Pos2, around: Option<Rect>) -> Option<String> {
    let seen = ui.clip_rect();
    let mut found: Option<(f32, String)> = None;
    let mut look = |place: Rect, words: &str| {
        let figures = words.chars().any(|sign| sign.is_ascii_digit()) && words.chars().count() <= LONGEST;
        if !figures || !seen.intersects(place) {
            return;
        }
        let distance = match around {
            None if place.contains(at) => 0.0,
            // Names may have digits as well; one is only meant where it is pointed at.
            _ if !begins_like_a_figure(words) => return,
            None if place.y_range().contains(at.y) => place.distance_to_pos(at),
            Some(around) if around.contains(place.center()) => place.left() - around.left(),
            _ => return,
        };
        let near = around.is_some() || distance <= NEAR;
        // What is painted later lies above.
        if near && found.as_ref().is_none_or(|(least, _)| distance <= *least) {
            found = Some((distance, words.to_owned()));
        }
    };
    ui.ctx().graphics(|graphics| {
        let entries = graphics.get(ui.layer_id()).into_iter().flat_map(egui::layers::PaintList::all_entries);
        for entry in entries {
            texts(&entry.shape, &mut |place, words| look(place.intersect(entry.clip_rect), words));
        }
    });
    found.map(|(_, words)| words)
}

fn texts(shape: &Shape, look: &mut dyn FnMut(Rect, &str)) {
    match shape {
        Shape::Text(text) => look(Rect::from_min_size(text.pos, text.galley.size()), text.galley.text().trim()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, look)),
        _ => {}
    }
}

/// `$243K`, `≤ 12 ms`, `+3.2`; no name with a number in it.
fn begins_like_a_figure(words: &str) -> bool {
    words.chars().next().is_some_and(|first| !first.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_no_longer_shown_answers_no_key() {
        let (ctx, page) = (Context::default(), Rect::from_min_size(Pos2::ZERO, egui::vec2(400.0, 200.0)));
        let answers = |shows_page: bool| {
            let mut answers = false;
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                ui.button("Row").request_focus();
                answers = ask_at_focus(ui.ctx());
                if shows_page {
                    end_page(ui, page);
                }
            });
            output.textures_delta.clear();
            answers
        };
        answers(true);
        assert!(answers(true), "what has the keyboard is on the page");
        // Alone the drawing covers the page, and the same place is another thing.
        answers(false);
        assert!(!answers(false));
    }

    #[test]
    fn figures_are_told_from_names() {
        for (words, is) in
            [("$243K", true), ("12", true), ("≤ 3", true), ("-4", true), ("API 2", false), ("P50", false)]
        {
            assert_eq!(begins_like_a_figure(words), is, "{words}");
        }
    }
}
