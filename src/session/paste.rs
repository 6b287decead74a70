//! Pasting: what the clipboard's text is, and where it goes.

use std::{collections::HashSet, sync::Arc};

use kurbo::{Point, Rect, Size, Vec2};

use super::{
    GRID_WORLD, Session,
    action::{CanvasRequest, Request},
};
use crate::{
    geometry::{layout, room},
    lang::{t, tr},
    project::{Boundary, Component, Edit, Project, StickyNote},
    storage,
};

/// Where pasted elements go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PasteAt {
    /// A step beside where they came from.
    Beside,
    /// The same if they came from this plan; else with their middle at this point of the sheet, where people look.
    BesideOr(Point),
    /// Exactly where they came from.
    InPlace,
    /// With their middle at this point of the sheet.
    Centre(Point),
    /// The same, but what comes from another plan covers nothing that is there.
    Near(Point),
}

/// Farther than this, in world units, or than twice its own size, nothing is put from where it was wanted.
const FAR_WORLD: f64 = 400.0;
/// Letters of a text that become a note; what is longer is cut, and ends in an ellipsis.
const NOTE_LETTERS: usize = 2_000;
/// How wide a pasted note is, in world units.
const NOTE_WIDTH: f64 = 216.0;
/// The least and the most it is high.
const NOTE_HEIGHT: (f64, f64) = (96.0, 480.0);
/// About what a letter and a line of a note take, in world units.
const LETTER: Size = Size::new(6.4, 15.6);
/// Around the text of a note.
const NOTE_PADDING: f64 = 20.0;
/// Steps that a paste goes aside for what lies there already.
const MOST_STEPS: u32 = 1_000;

impl Session {
    /// Puts the elements of `text` (as [copied](super::commands)) beside where they came from; see [`Session::paste_at`].
    pub fn paste(&mut self, text: &str) -> Result<(), String> {
        self.paste_at(text, PasteAt::Beside)
    }

    /// Puts the elements of `text` into the project as one step, selects them and brings them into view; a text that is something else
    /// becomes a sticky note. An error in plain words if it is nothing at all, or elements that are damaged; the project is then
    /// as before.
    pub fn paste_at(&mut self, text: &str, at: PasteAt) -> Result<(), String> {
        if text.trim().is_empty() {
            return Err(t("The clipboard holds neither elements nor text; copy some components first").to_owned());
        }
        if !says_it_is_elements(text) {
            self.paste_note(text, at);
            return Ok(());
        }
        let read = storage::read_project(text, &|part| self.engine().check(part));
        let part = read.map_err(|error| {
            let first = error.problems.first();
            let line = first.map(|problem| tr!(" (line {})", problem.line)).unwrap_or_default();
            if error.is_project {
                let what = first.map(ToString::to_string).unwrap_or_default();
                tr!("The clipboard cannot be pasted: {what}", what)
            } else {
                tr!("The clipboard's elements are damaged or cut off{line}; copy them again where they came from", line)
            }
        })?;
        self.paste_part(t("Paste"), &part, at);
        Ok(())
    }

    /// Puts the elements of a project into this one, as one step; what is about the plan as a whole stays behind.
    pub fn paste_part(&mut self, verb: &str, part: &Project, at: PasteAt) {
        let offset_world = offset(self.project(), part, at);
        self.insert(verb, part, offset_world);
        self.request(Request::Canvas(CanvasRequest::SeeSelection));
    }

    fn paste_note(&mut self, text: &str, at: PasteAt) {
        let text = cut(text.trim());
        let size = note_size(&text);
        let centre = match at {
            PasteAt::Centre(centre) | PasteAt::Near(centre) | PasteAt::BesideOr(centre) => centre,
            PasteAt::Beside | PasteAt::InPlace => layout::bounds(self.project()).map_or(Point::ORIGIN, |all| {
                Point::new(all.x0 + size.width / 2.0, all.y1 + GRID_WORLD + size.height / 2.0)
            }),
        };
        let mut part = Project::new(t("Clipboard"));
        let note = StickyNote::new(&text, Rect::from_origin_size(Point::ORIGIN, size));
        part.apply(&Edit::PutNote(part.new_note_id(), note));
        self.paste_part(t("Paste"), &part, PasteAt::Centre(centre));
    }
}

/// Whether a text was meant as elements, be they whole or damaged.
fn says_it_is_elements(text: &str) -> bool {
    let keys = ["format:", "components:", "connections:", "boundaries:", "sticky_notes:"];
    // Comments may stand before the parenthesis.
    let begin = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("//"));
    begin.is_some_and(|line| line.starts_with('(')) && keys.iter().any(|key| text.contains(key))
}

/// How far the elements of a part move.
fn offset(project: &Project, part: &Project, at: PasteAt) -> Vec2 {
    let foreign = !comes_from(project, part);
    let wanted = match (at, layout::bounds(part)) {
        (PasteAt::InPlace, _) | (_, None) => return Vec2::ZERO,
        (PasteAt::BesideOr(_), _) if !foreign => Vec2::new(GRID_WORLD, GRID_WORLD),
        (PasteAt::Beside, _) => Vec2::new(GRID_WORLD, GRID_WORLD),
        (PasteAt::Centre(centre) | PasteAt::Near(centre) | PasteAt::BesideOr(centre), Some(bounds)) => {
            let corner = snapped(centre - bounds.size().to_vec2() / 2.0);
            // Who copies within a plan puts it where they want it.
            let covers_nothing = foreign && !matches!(at, PasteAt::Centre(_));
            let free = || room::around(project, corner, bounds.size(), |_| true);
            // Where there is no room far around, it lies where it was wanted, over something.
            let far = 2.0 * bounds.size().to_vec2().hypot().max(FAR_WORLD);
            let free = covers_nothing.then(free).filter(|free| (*free - corner).hypot() <= far);
            free.unwrap_or(corner) - bounds.origin()
        }
    };
    aside(project, part, wanted)
}

/// Whether something of a part stands in a project where it stood, under the same id.
fn comes_from(project: &Project, part: &Project) -> bool {
    let component = |(id, own): (&_, &Arc<Component>)| {
        project.components.get(id).is_some_and(|there| there.pos_world == own.pos_world)
    };
    let boundary = |(id, own): (&_, &Arc<Boundary>)| {
        project.boundaries.get(id).is_some_and(|there| there.pos_world == own.pos_world)
    };
    let note = |(id, own): (&_, &Arc<StickyNote>)| {
        project.sticky_notes.get(id).is_some_and(|there| there.pos_world == own.pos_world)
    };
    part.components.iter().any(component) || part.boundaries.iter().any(boundary) || part.sticky_notes.iter().any(note)
}

/// The offset, further by as many steps as it takes for no element to lie exactly on one of its kind: a paste on the same place
/// again would not be seen.
fn aside(project: &Project, part: &Project, wanted: Vec2) -> Vec2 {
    let taken: HashSet<(i64, i64)> = corners(project).map(|point| on_centimes(point, Vec2::ZERO)).collect();
    let step = Vec2::new(GRID_WORLD, GRID_WORLD);
    let free = |offset: &Vec2| !corners(part).any(|point| taken.contains(&on_centimes(point, *offset)));
    (0..MOST_STEPS).map(|steps| wanted + f64::from(steps) * step).find(free).unwrap_or(wanted)
}

/// The upper left corners of everything on a sheet.
fn corners(project: &Project) -> impl Iterator<Item = Point> {
    let components = project.components.values().map(|component| component.rect_world().origin());
    let boundaries = project.boundaries.values().map(|boundary| boundary.rect_world().origin());
    components.chain(boundaries).chain(project.sticky_notes.values().map(|note| note.pos_world))
}

/// A place as exactly as files have it.
fn on_centimes(point: Point, offset: Vec2) -> (i64, i64) {
    let at = (point + offset).to_vec2() * 100.0;
    (at.x.round() as i64, at.y.round() as i64)
}

/// The nearest point of the grid.
fn snapped(point: Point) -> Point {
    Point::new((point.x / GRID_WORLD).round() * GRID_WORLD, (point.y / GRID_WORLD).round() * GRID_WORLD)
}

/// A text that is not too long for a note.
fn cut(text: &str) -> String {
    // Between the cells of a table are tabs, which are no signs by themselves.
    let letters = text.chars().map(|letter| if letter == '\t' { ' ' } else { letter });
    let mut letters = letters.filter(|letter| !letter.is_control() || *letter == '\n');
    let kept: String = letters.by_ref().take(NOTE_LETTERS).collect();
    if letters.next().is_none() { kept } else { format!("{}…", kept.trim_end()) }
}

/// About the room that a text needs.
fn note_size(text: &str) -> Size {
    let letters = ((NOTE_WIDTH - NOTE_PADDING) / LETTER.width).max(1.0);
    let rows: f64 = text.lines().map(|line| (line.chars().count() as f64 / letters).ceil().max(1.0)).sum();
    let height = rows * LETTER.height + NOTE_PADDING;
    let steps = (height / GRID_WORLD).ceil() * GRID_WORLD;
    Size::new(NOTE_WIDTH, steps.clamp(NOTE_HEIGHT.0, NOTE_HEIGHT.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_told_from_text() {
        assert!(says_it_is_elements("(format: 1, name: \"x\")"));
        assert!(says_it_is_elements("// from a mail\n(\n components: {"));
        for text in ["hello", "(see above)", "components: many", "fn main() {}", "TODO: format: pdf"] {
            assert!(!says_it_is_elements(text), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_cut_and_its_note_is_no_tower() {
        let long = "word ".repeat(10_000);
        let kept = cut(&long);
        assert!(kept.chars().count() <= NOTE_LETTERS + 1 && kept.ends_with('…'));
        assert_eq!(note_size(&kept).height, NOTE_HEIGHT.1);
        assert_eq!(note_size("short"), Size::new(NOTE_WIDTH, NOTE_HEIGHT.0));
        let full = "x".repeat(NOTE_LETTERS);
        assert_eq!(cut(&full), full, "nothing is missing");
        assert_eq!(cut("Paris\t40\u{7}\r\nRome"), "Paris 40\nRome");
    }
}
