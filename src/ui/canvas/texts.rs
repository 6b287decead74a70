//! The texts of the sheet as they were laid out last. Laying out is what a frame of a moving view would spend most on, so a view that
//! moves lays out only so much in a frame: other texts are painted as they were laid out before, at the size they have now, and all
//! are exact again soon after it came to rest.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use egui::{
    Color32, FontId, Galley, Mesh, Painter, Rect, Vec2,
    epaint::{
        Vertex,
        text::{PlacedRow, Row, RowVisuals},
    },
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{names::Measured, pen::LEAST_TEXT};
use crate::geometry::camera::Camera;

/// So much is laid out in a frame while the view moves, in glyphs.
pub(super) const BUDGET: usize = 1_500;
/// What a text costs besides its glyphs, in glyphs.
const EACH: usize = 6;
/// While the zoom changes, each size that is laid out is so many times the one before: few sizes, few glyphs to be drawn.
const SIZE_STEP: f32 = std::f32::consts::SQRT_2;
/// Within this factor the size of a text needs no other one, while the zoom changes.
const NEAR: f32 = 1.25;
/// So much of its room a text may be too long while the view moves, as a factor.
const TOO_LONG: f32 = 1.03;
/// A view that changes its zoom by more than this in a frame, or goes further than it sees, is another view and did not move.
const JUMP: f64 = 2.0;
/// So many frames after a view came to rest everything is exact, whatever it takes.
const LONGEST_REST: u32 = 90;
/// So many frames texts are kept that are not asked for.
const KEPT_FRAMES: u32 = 16;
/// The same words are kept in so many sizes.
const MOST_SIZES: usize = 8;
/// How wide a glyph is that was not laid out, in sizes of its font.
const GLYPH_WIDTH: f32 = 0.55;

/// What is to be written.
pub(super) struct Wanted<'a> {
    pub text: &'a str,
    pub font: FontId,
    pub colour: Color32,
    /// No wider than this, in points.
    pub room: f32,
    /// A paragraph of so many rows at most; otherwise a line that ends in an ellipsis.
    pub rows: Option<usize>,
}

/// How a frame comes by its texts.
#[derive(Clone, Copy, Default, PartialEq)]
enum Pace {
    /// Everything at once.
    #[default]
    Rest,
    /// The view moves or has just moved: at their own sizes, as far as the budget goes.
    Catching,
    /// The zoom changes: at a few sizes, as far as the budget goes.
    Zooming,
}

/// A text that is laid out.
struct Kept {
    galley: Arc<Galley>,
    size: f32,
    room: f32,
    used: u32,
}

/// All of them.
#[derive(Default)]
pub(super) struct Texts {
    /// The names that were measured.
    pub measured: Measured,
    /// For what it says and in which face, the sizes in which it was laid out: the same words may stand in several.
    kept: HashMap<u64, Vec<Kept>>,
    pace: Pace,
    left: usize,
    /// Something is not exact in this frame.
    pending: bool,
    /// Since how many frames the view is at rest.
    resting: u32,
    frame: u32,
    camera: Option<Camera>,
    /// A text that the toolkit has laid out: when it forgets that, it has forgotten the glyphs of all others as well.
    witness: Option<Arc<Galley>>,
    /// How many glyphs were laid out so far.
    pub laid_out: usize,
}

impl Texts {
    /// Begins a frame in which a camera shows a part of the screen as large as `seen`.
    pub(super) fn begin(&mut self, painter: &Painter, camera: Camera, seen: Vec2) {
        let witness = nothing(painter);
        if !self.witness.as_ref().is_some_and(|known| Arc::ptr_eq(known, &witness)) {
            self.kept.clear();
            self.measured.forget_lines();
        }
        self.witness = Some(witness);
        self.frame += 1;
        if self.frame.is_multiple_of(KEPT_FRAMES) {
            let frame = self.frame;
            self.kept.retain(|_, sizes| {
                sizes.retain(|kept| kept.used + KEPT_FRAMES >= frame);
                !sizes.is_empty()
            });
        }
        self.pace = match self.camera.replace(camera) {
            Some(before) if before.zoom != camera.zoom => {
                let factor = camera.zoom / before.zoom;
                if (1.0 / JUMP..=JUMP).contains(&factor) { Pace::Zooming } else { Pace::Rest }
            }
            Some(before) if before != camera => {
                let moved = camera.translation - before.translation;
                let far = moved.x.abs() > f64::from(seen.x) || moved.y.abs() > f64::from(seen.y);
                if far { Pace::Rest } else { Pace::Catching }
            }
            Some(_) if self.pending && self.resting < LONGEST_REST => {
                self.resting += 1;
                Pace::Catching
            }
            _ => Pace::Rest,
        };
        if self.pace != Pace::Catching || !self.pending {
            self.resting = 0;
        }
        self.pending = false;
        self.left = if self.pace == Pace::Rest { usize::MAX } else { BUDGET };
    }

    /// Whether something was not exact in the last frame.
    pub(super) fn is_pending(&self) -> bool {
        self.pending
    }

    /// Whether the zoom is changing.
    pub(super) fn is_zooming(&self) -> bool {
        self.pace == Pace::Zooming
    }

    /// A text: laid out anew, as it was laid out before, or without its words if there is no time for them in this frame.
    pub(super) fn lay(&mut self, painter: &Painter, wanted: &Wanted<'_>) -> Arc<Galley> {
        let key = wanted.key();
        let frame = self.frame;
        let (mut usable, mut near) = (false, false);
        if let Some(sizes) = self.kept.get_mut(&key) {
            if let Some(kept) = sizes.iter_mut().find(|kept| kept.is_exact(wanted)) {
                kept.used = frame;
                return Arc::clone(&kept.galley);
            }
            (usable, near) = nearest(sizes, wanted).map_or((false, false), |kept| kept.fits(wanted));
        }
        if self.pace == Pace::Rest || wanted.text.is_empty() {
            return self.lay_out(painter, key, wanted, wanted.font.size);
        }
        if self.pace == Pace::Catching {
            if self.left > 0 {
                return self.lay_out(painter, key, wanted, wanted.font.size);
            }
        } else if !near {
            // What has nothing to be painted with comes before what only would be sharper.
            let least = if usable { BUDGET / 2 } else { 0 };
            if self.left > least {
                self.lay_out(painter, key, wanted, rung(wanted.font.size));
                usable = true;
            }
        }
        self.pending = true;
        let kept = self.kept.get_mut(&key).and_then(|sizes| nearest(sizes, wanted)).filter(|_| usable);
        match (kept, &self.witness) {
            (Some(kept), Some(nothing)) => {
                kept.used = frame;
                kept.at_size(wanted.font.size, nothing)
            }
            _ => blank(painter, wanted),
        }
    }

    fn lay_out(&mut self, painter: &Painter, key: u64, wanted: &Wanted<'_>, size: f32) -> Arc<Galley> {
        let cost = wanted.text.chars().count() + EACH;
        self.left = self.left.saturating_sub(cost);
        self.laid_out += cost;
        let room = wanted.room * size / wanted.font.size;
        let galley = painter.layout_job(wanted.job(size, room));
        let kept = Kept { galley: Arc::clone(&galley), size, room, used: self.frame };
        let frame = self.frame;
        let sizes = self.kept.entry(key).or_default();
        let sizes_are_many = sizes.len() >= MOST_SIZES;
        // What was asked for in this frame or the one before stands in another size somewhere else.
        match sizes.iter_mut().min_by_key(|kept| kept.used) {
            Some(oldest) if oldest.used + 1 < frame || sizes_are_many => *oldest = kept,
            _ => sizes.push(kept),
        }
        galley
    }
}

/// Of the sizes in which a text was laid out, the nearest one that can be painted in the size that is wanted; else any.
fn nearest<'a>(sizes: &'a mut [Kept], wanted: &Wanted<'_>) -> Option<&'a mut Kept> {
    let off = |kept: &Kept| (!kept.fits(wanted).0, (wanted.font.size / kept.size).ln().abs());
    sizes.iter_mut().min_by(|a, b| {
        let ((unfit, far), (other_unfit, other_far)) = (off(a), off(b));
        unfit.cmp(&other_unfit).then(far.total_cmp(&other_far))
    })
}

impl Wanted<'_> {
    /// What a text is known by; its sizes are kept beside each other, so that one can stand in for another.
    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.text, &self.font.family, self.colour, self.rows.is_some()).hash(&mut hasher);
        hasher.finish()
    }

    fn job(&self, size: f32, room: f32) -> LayoutJob {
        let font = FontId::new(size, self.font.family.clone());
        if let Some(rows) = self.rows {
            let mut job = LayoutJob::simple(self.text.to_owned(), font, self.colour, room.max(1.0));
            job.wrap.max_rows = rows.max(1);
            job
        } else {
            let mut job = LayoutJob::simple_singleline(self.text.to_owned(), font, self.colour);
            job.wrap = TextWrapping::truncate_at_width(room.max(0.0));
            job
        }
    }

    /// Laid out without regard to room.
    pub(super) fn laid_out(&self, painter: &Painter) -> Arc<Galley> {
        painter.layout_job(self.job(self.font.size, self.room))
    }
}

impl Kept {
    /// Whether it is what would be laid out.
    fn is_exact(&self, wanted: &Wanted<'_>) -> bool {
        // The toolkit rounds the room as well.
        let same_room = self.room.round() == wanted.room.round();
        let whole = wanted.rows.is_none() && !self.galley.elided && self.galley.size().x < wanted.room.round() - 0.5;
        self.size == wanted.font.size && (whole || same_room && self.rows_fit(wanted))
    }

    fn rows_fit(&self, wanted: &Wanted<'_>) -> bool {
        wanted.rows.is_none_or(|rows| self.galley.job.wrap.max_rows == rows.max(1))
    }

    /// Whether it can be painted at another size, and whether nobody would see that it was not laid out for it.
    fn fits(&self, wanted: &Wanted<'_>) -> (bool, bool) {
        let scale = wanted.font.size / self.size;
        let near = (1.0 / NEAR..=NEAR).contains(&scale);
        if wanted.rows.is_none() && !self.galley.elided {
            let fits = self.galley.size().x * scale <= wanted.room * TOO_LONG;
            return (fits, fits && near);
        }
        // What has as many rows as it has breaks needs no room.
        let room = if wanted.room.is_finite() { self.room * scale / wanted.room } else { 1.0 };
        let fits = room <= TOO_LONG && self.rows_fit(wanted);
        (fits, fits && near && room >= 0.9)
    }

    /// The text at another size: the same glyphs, larger or smaller. Made of a text without words, since what is known of single glyphs
    /// is most of a text, and nobody asks for it here.
    fn at_size(&self, size: f32, nothing: &Galley) -> Arc<Galley> {
        let (scale, Some(empty)) = (size / self.size, nothing.rows.first()) else { return Arc::clone(&self.galley) };
        let mut galley = nothing.clone();
        galley.rows = self.galley.rows.iter().map(|row| scaled(row, scale, &empty.row)).collect();
        galley.job = Arc::clone(&self.galley.job);
        galley.rect = self.galley.rect * scale;
        galley.mesh_bounds = self.galley.mesh_bounds * scale;
        (galley.num_vertices, galley.num_indices) = (self.galley.num_vertices, self.galley.num_indices);
        Arc::new(galley)
    }
}

/// A row so many times as large.
fn scaled(placed: &PlacedRow, scale: f32, empty: &Row) -> PlacedRow {
    let mut row = empty.clone();
    row.size = placed.row.size * scale;
    let visuals = &placed.row.visuals;
    let larger = |vertex: &Vertex| Vertex { pos: (vertex.pos.to_vec2() * scale).to_pos2(), ..*vertex };
    row.visuals = RowVisuals {
        mesh: Mesh {
            indices: visuals.mesh.indices.clone(),
            vertices: visuals.mesh.vertices.iter().map(larger).collect(),
            texture_id: visuals.mesh.texture_id,
        },
        mesh_bounds: visuals.mesh_bounds * scale,
        glyph_index_start: visuals.glyph_index_start,
        glyph_vertex_range: visuals.glyph_vertex_range.clone(),
    };
    let pos = (placed.pos.to_vec2() * scale).to_pos2();
    PlacedRow { pos, row: Arc::new(row), ends_with_newline: placed.ends_with_newline }
}

/// The nearest one of few sizes, in points.
fn rung(size: f32) -> f32 {
    let step = (size / LEAST_TEXT).ln() / SIZE_STEP.ln();
    (LEAST_TEXT * SIZE_STEP.powf(step.round().max(0.0)) * 2.0).round() / 2.0
}

/// Room for a text without its words.
fn blank(painter: &Painter, wanted: &Wanted<'_>) -> Arc<Galley> {
    let size = wanted.font.size;
    let length = wanted.text.chars().count() as f32 * size * GLYPH_WIDTH;
    let mut galley = (*nothing(painter)).clone();
    galley.rows.clear();
    galley.rect = Rect::from_min_size(egui::Pos2::ZERO, vec2(length.min(wanted.room), size * 1.2));
    Arc::new(galley)
}

/// A text without words.
fn nothing(painter: &Painter) -> Arc<Galley> {
    painter.layout_no_wrap(String::new(), FontId::proportional(12.0), Color32::PLACEHOLDER)
}

#[cfg(test)]
mod tests {
    use egui::{CentralPanel, Context, Pos2, RawInput, Shape};

    use super::*;
    use crate::{
        project::{ComponentKind, Edit, Project},
        session::{Background, Session},
        ui::{
            View,
            canvas::{
                CanvasState, canvas_ui,
                scene::tests::{drawn, engine},
            },
            theme,
        },
    };

    /// A text that was painted: what, where, and how large.
    type Painted = (String, [i64; 4]);

    struct Window {
        ctx: Context,
        session: Session,
        state: CanvasState,
    }

    impl Window {
        fn new() -> Self {
            Self::of(drawn(400))
        }

        fn of(project: Project) -> Self {
            let ctx = Context::default();
            theme::install(&ctx);
            let mut session = Session::new(engine(), project, None);
            session.set_background(Background::Inline);
            let mut window = Self { ctx, session, state: CanvasState::default() };
            window.state.show_minimap = false;
            window.frame();
            window.frame();
            window
        }

        /// The texts of a frame, and whether another one was asked for.
        fn frame(&mut self) -> (Vec<Painted>, bool) {
            let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0)));
            let mut output = self.ctx.run_ui(RawInput { screen_rect, ..RawInput::default() }, |ui| {
                CentralPanel::no_frame().show(ui, |ui| {
                    let view = View { session: &self.session, animate: false };
                    canvas_ui(ui, &view, &mut self.state, &mut Vec::new());
                });
            });
            output.textures_delta.clear();
            let mut painted = Vec::new();
            for shape in std::mem::take(&mut output.shapes) {
                let Shape::Text(text) = shape.shape else { continue };
                let rect = Rect::from_min_size(text.pos, text.galley.size());
                let edges = [rect.left(), rect.top(), rect.right(), rect.bottom()];
                painted.push((text.galley.text().to_owned(), edges.map(|edge| (edge * 16.0).round() as i64)));
            }
            let again = output.viewport_output.values().any(|output| output.repaint_delay.is_zero());
            (painted, again)
        }

        fn zoom_to(&mut self, zoom: f64) {
            let factor = zoom / self.state.camera.zoom;
            self.state.camera.zoom_at(kurbo::Point::new(640.0, 400.0), factor);
        }

        fn glyphs(&self) -> usize {
            self.state.work().glyphs
        }

        fn placed(&self) -> usize {
            self.state.texts.borrow().measured.work
        }

        /// Frames until none more is asked for; gives the last one.
        fn settled(&mut self) -> Vec<Painted> {
            for _ in 0..LONGEST_REST + 4 {
                let (painted, again) = self.frame();
                if !again {
                    return painted;
                }
            }
            panic!("it is repainted for ever");
        }
    }

    #[test]
    fn no_frame_of_a_view_that_moves_lays_out_more_than_its_budget_and_at_rest_all_is_exact() {
        let mut window = Window::new();
        let most = BUDGET + 80;
        let (mut named, mut all) = (0, 0);
        for (from, to, steps) in [(0.06, 1.6, 40), (1.6, 0.21, 24), (0.21, 0.35, 6)] {
            window.zoom_to(from);
            window.settled();
            for step in 1..=steps {
                window.zoom_to(from * (to / from).powf(f64::from(step) / f64::from(steps)));
                let before = window.glyphs();
                let (painted, _) = window.frame();
                assert!(window.glyphs() - before <= most, "{} glyphs in a frame", window.glyphs() - before);
                all += painted.len();
                named += painted.iter().filter(|(text, _)| !text.is_empty()).count();
            }
            let moved = window.settled();
            let before = window.glyphs();
            assert_eq!(window.frame(), (moved.clone(), false));
            assert_eq!(window.glyphs(), before, "nothing is laid out at rest");
            let mut anew = Window::new();
            anew.state.camera = window.state.camera;
            assert_eq!(anew.settled(), moved, "at {to}");
        }
        assert!(named * 10 > all * 9, "{named} of {all} texts had their words");
    }

    #[test]
    fn a_pan_lays_out_what_comes_into_view_within_the_budget() {
        let mut window = Window::new();
        window.zoom_to(0.4);
        window.settled();
        for _ in 0..12 {
            window.state.camera.pan(kurbo::Vec2::new(-180.0, -60.0));
            let before = window.glyphs();
            window.frame();
            assert!(window.glyphs() - before <= BUDGET + 80);
        }
        let moved = window.settled();
        let mut anew = Window::new();
        anew.state.camera = window.state.camera;
        assert_eq!(anew.settled(), moved);
    }

    #[test]
    fn the_same_words_in_two_sizes_are_laid_out_once_each_and_names_are_placed_once_for_a_zoom() {
        let mut project = drawn(6);
        // On the card of a service and on that of a resource, which are written in different sizes.
        let ids: Vec<_> = project.components.keys().cloned().collect();
        for id in &ids {
            project.apply(&Edit::Rename(id.clone(), "Orders".to_owned()));
        }
        project.apply(&Edit::SetKind(ids[0].clone(), ComponentKind::WebApplication));
        project.apply(&Edit::SetKind(ids[1].clone(), ComponentKind::Redis));
        let mut window = Window::of(project);
        window.zoom_to(1.0);
        window.settled();
        let (glyphs, placed) = (window.glyphs(), window.placed());
        for _ in 0..3 {
            window.frame();
        }
        assert_eq!(window.glyphs(), glyphs, "nothing is laid out at rest");
        window.state.camera.pan(kurbo::Vec2::new(3.0, 2.0));
        window.settled();
        assert_eq!(window.placed(), placed, "a view that moves takes the names with it");
        window.zoom_to(0.9);
        window.settled();
        assert!(window.placed() > placed);
    }

    #[test]
    fn sizes_that_are_laid_out_while_the_zoom_changes_are_few_and_near() {
        let mut rungs: Vec<f32> = (50..=1200).map(|size| rung(size as f32 / 10.0)).collect();
        for (size, rung) in (50..=1200).map(|size| size as f32 / 10.0).zip(&rungs) {
            assert!(*rung >= LEAST_TEXT && (1.0 / NEAR..=NEAR).contains(&(size / rung)), "{rung} for {size}");
        }
        rungs.dedup();
        assert!(rungs.len() < 12, "{rungs:?}");
    }
}
