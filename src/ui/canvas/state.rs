//! What the canvas remembers between frames: the camera and the gesture in flight. Nothing of the document.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
};

use egui::{Pos2, Rect, Vec2};
use kurbo::Point;

use super::{
    convert::from_rect,
    gesture::Gesture,
    glide::Glide,
    scene::{Scene, SceneWork},
};
use crate::{
    assess::Perspective,
    geometry::{camera::Camera, grid::touches, walk},
    project::{ComponentId, ComponentKind, Edit, ElementId, Project, card_size},
    session::{CanvasRequest, Session, StepId},
    ui::View,
};

/// Free room around what is fitted into the view, in points.
pub(super) const FIT_PADDING: f64 = 56.0;
/// Free room around what is to be seen, in points: that of a ring and a little more.
const SEEN_PADDING: f32 = 16.0;
/// One step of the zoom commands.
const ZOOM_STEP: f64 = 1.25;

/// A change that is not made yet: what hangs at the pointer would do it if it were let go.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Under which condition: `if dropped here`.
    pub words: &'static str,
    /// The change, without what costs nothing and moves with the pointer.
    pub edits: Vec<Edit>,
}

/// The canvas between frames.
#[expect(clippy::struct_excessive_bools, reason = "switches of the view that do not depend on each other")]
pub struct CanvasState {
    /// Which part of the sheet is seen.
    pub camera: Camera,
    /// Whether the overview is shown in the corner.
    pub show_minimap: bool,
    /// Whether the wheel zooms the sheet instead of moving it.
    pub wheel_zooms: bool,
    /// Whether the drawing is shown alone, without buttons and overview, and as large as it goes.
    pub alone: bool,
    /// What the cards are coloured by.
    pub perspective: Perspective,
    /// Whether the frameworks' grounds and what crosses between them are marked.
    pub show_seam: bool,
    /// The services that a proposal would put off: they stand back and say so.
    pub proposed: BTreeSet<ComponentId>,
    /// What is chosen from while the perspective is being chosen.
    pub(super) colour_by: super::colour_by::ColourBy,
    pub(super) scene: Scene,
    pub(super) gesture: Gesture,
    /// Something was changed by the gesture in flight; if the session knows of none, somebody else ended it.
    pub(super) in_flight: bool,
    /// Since when something has been dragged at the border, in the input's seconds.
    pub(super) at_border_since: Option<f64>,
    /// Where the view was before a drag at the border moved it.
    pub(super) before_scroll: Option<Camera>,
    /// Where on the sheet the pointer is, or was last before it was busy elsewhere.
    pub(super) pointer_world: Option<Point>,
    /// The list of components that can be added at a place, while it is open.
    pub(super) quick_add: Option<super::quick_add::QuickAdd>,
    /// The words of a connection, while they are written.
    pub(super) editing: Option<super::label::Editing>,
    /// What is under the pointer.
    pub(super) hovered: Option<ElementId>,
    /// What the pointer was at when a drag ended, until it leaves that.
    pub(super) hushed: Option<ElementId>,
    /// Where the canvas is on the screen.
    pub(super) viewport: Rect,
    pub(super) menu: super::menu::Entries,
    pub(super) meshes: super::far::Meshes,
    /// The search.
    pub(super) find: super::find::Find,
    /// The overview as it was drawn last.
    pub(super) overview: Option<super::overlay::Overview>,
    /// Where the context menu opens in this frame, if a key asked for it.
    pub(super) menu_at: Option<Pos2>,
    /// Where the context menu is, if a key opened it; else it is where the pointer was.
    pub(super) menu_anchor: Option<Pos2>,
    /// The keyboard goes to the first row of the context menu in this frame.
    pub(super) menu_focus: bool,
    /// What the nodes say of the project as a whole.
    pub(super) known: super::describe::Known,
    /// The keyboard.
    pub(super) focus: super::focus::Focus,
    /// The overview, while it is held.
    pub(super) minimap: Option<super::overlay::Held>,
    /// Where the overview is in this frame; nothing if it is not shown.
    pub(super) minimap_rect: Rect,
    /// Where the legend is.
    pub(super) legend: Option<super::legend::Placed>,
    /// What waits for the pointer or for a place.
    pub(super) tools: super::frames::Tools,
    /// What letting go now would do, while something hangs at the pointer.
    pub(super) offer: Option<Offer>,
    /// What glides to its place.
    pub(super) glide: Glide,
    /// For some steps, the view on the side of them where the project is not.
    kept_views: HashMap<StepId, Camera>,
    /// The texts that are laid out.
    pub(super) texts: RefCell<super::texts::Texts>,
    requests: Vec<CanvasRequest>,
    /// The camera that showed everything, and the canvas it did so in. Until the person looks elsewhere, a window or a panel
    /// that changes its size does not push the drawing out of view.
    pub(super) fitted: Option<Fitted>,
    /// The view before the drawing was shown alone.
    before_alone: Option<(Camera, Option<Fitted>)>,
}

/// How everything was shown.
#[derive(Clone, Copy)]
pub(super) struct Fitted {
    pub camera: Camera,
    pub viewport: Rect,
    pub covered: (Vec2, [bool; 2]),
}

impl Default for CanvasState {
    fn default() -> Self {
        Self {
            camera: Camera::default(),
            show_minimap: true,
            wheel_zooms: false,
            alone: false,
            perspective: Perspective::default(),
            show_seam: true,
            proposed: BTreeSet::new(),
            colour_by: super::colour_by::ColourBy::default(),
            scene: Scene::default(),
            gesture: Gesture::default(),
            in_flight: false,
            at_border_since: None,
            before_scroll: None,
            pointer_world: None,
            quick_add: None,
            editing: None,
            hovered: None,
            hushed: None,
            viewport: Rect::ZERO,
            menu: super::menu::Entries::default(),
            meshes: super::far::Meshes::default(),
            find: super::find::Find::default(),
            overview: None,
            menu_at: None,
            menu_anchor: None,
            menu_focus: false,
            known: super::describe::Known::default(),
            focus: super::focus::Focus::default(),
            minimap: None,
            minimap_rect: Rect::NOTHING,
            legend: None,
            tools: super::frames::Tools::default(),
            offer: None,
            glide: Glide::default(),
            kept_views: HashMap::new(),
            texts: RefCell::default(),
            requests: Vec::new(),
            fitted: None,
            before_alone: None,
        }
    }
}

impl CanvasState {
    /// Asks for a change of the view; carried out in the next frame, when the size of the canvas is known.
    pub fn request(&mut self, request: CanvasRequest) {
        self.requests.push(request);
    }

    /// Forgets everything about the project that was shown; the next one is fitted into the view.
    pub fn reset(&mut self) {
        *self = Self {
            show_minimap: self.show_minimap,
            wheel_zooms: self.wheel_zooms,
            alone: self.alone,
            perspective: std::mem::take(&mut self.perspective),
            show_seam: self.show_seam,
            viewport: self.viewport,
            ..Self::default()
        };
    }

    /// The canvas's place on the screen in the last frame.
    pub fn viewport(&self) -> Rect {
        self.viewport
    }

    /// What letting go now would do; nothing while nothing hangs at the pointer.
    pub fn offer(&self) -> Option<&Offer> {
        self.offer.as_ref()
    }

    /// The part of the sheet that is painted: a little more than is seen, for what reaches beyond its own place.
    pub(super) fn painted_world(&self) -> kurbo::Rect {
        self.camera.visible_world(from_rect(self.viewport.expand(16.0)))
    }

    /// Whether connections are straight lines because their routes are still being worked out.
    pub fn is_routing(&self) -> bool {
        self.scene.is_routing()
    }

    /// Whether text is not yet laid out for the size it is shown in, or words of connections have no place yet.
    pub fn is_catching_up(&self) -> bool {
        self.texts.borrow().is_pending() || self.scene.words_are_pending()
    }

    /// What keeping the sheet up to date has taken so far.
    pub fn work(&self) -> SceneWork {
        SceneWork {
            bundles: self.meshes.work(),
            glyphs: self.texts.borrow().laid_out,
            looks: self.scene.words_looked(),
            ..self.scene.work
        }
    }

    /// Whether a drag is under way.
    pub fn in_gesture(&self) -> bool {
        !matches!(self.gesture, Gesture::Idle)
    }

    /// Whether the next drag draws a boundary: Esc is for that.
    pub fn waits_for_boundary(&self) -> bool {
        self.tools.draws_frame()
    }

    /// Whether a boundary is to be drawn or is being drawn: the pointer is for nothing else.
    pub(super) fn draws_boundary(&self) -> bool {
        self.tools.draws_frame() || matches!(self.gesture, Gesture::Drawing(_))
    }

    /// Whether something may be said of an element under the pointer: not while the pointer is busy, and after a drag not before it has
    /// left what it was let go at.
    pub(super) fn may_tell_of(&self, element: &ElementId) -> bool {
        !self.in_gesture() && !self.draws_boundary() && self.hushed.as_ref() != Some(element)
    }

    /// Whether a name or a text is written on the sheet.
    pub fn is_editing(&self) -> bool {
        self.tools.is_editing()
    }

    /// What the canvas has of the keyboard, as of the last frame.
    pub fn keyboard(&self) -> super::Held {
        self.focus.held
    }

    /// Whether the ring is shown around an element.
    pub fn is_ringed(&self) -> bool {
        self.focus.ring && self.focus.element().is_some()
    }

    /// Whether the search is open.
    pub fn is_finding(&self) -> bool {
        self.find.is_open()
    }

    /// The point of the sheet at a place of the screen.
    pub fn world_at(&self, pos_screen: Pos2) -> Point {
        self.camera.world_from_screen(super::convert::to_point(pos_screen))
    }

    /// Brings the state up to date before a frame: the scene, the first fit, what was asked for.
    pub(super) fn prepare(&mut self, view: &View<'_>, viewport: Rect) {
        self.viewport = viewport;
        self.scene.refresh(view.session, &self.perspective, self.show_seam);
        self.follow_presentation();
        let stale = match self.fitted {
            None => true,
            // An emptied sheet keeps its camera: undo brings the drawing back to where it was seen.
            Some(fitted) => {
                let empty = self.scene.bounds_world.is_none();
                let same = fitted.viewport == viewport && fitted.covered == self.covered();
                fitted.camera == self.camera && !same && !self.in_gesture() && !empty
            }
        };
        if stale && viewport.width() > 1.0 && viewport.height() > 1.0 {
            self.fit_all();
        }
        for request in std::mem::take(&mut self.requests) {
            self.carry_out(&request, view);
        }
    }

    /// A presentation shows all of the drawing, and is left for the view that was there before.
    fn follow_presentation(&mut self) {
        match (self.alone, self.before_alone.take()) {
            (true, None) if self.fitted.is_some() => {
                self.before_alone = Some((self.camera, self.fitted));
                self.fitted = None;
            }
            (true, kept) => self.before_alone = kept,
            (false, Some((camera, fitted))) => (self.camera, self.fitted) = (camera, fitted),
            (false, None) => {}
        }
    }

    /// Carries what glides on by one frame. Nothing glides under the hand of a person, and nothing where nothing is to move by itself.
    pub(super) fn glide_on(&mut self, ui: &egui::Ui, view: &View<'_>) {
        if !view.animate || ui.style().animation_time <= 0.0 || self.in_gesture() {
            self.glide = Glide::default();
        }
        self.glide.step(ui);
    }

    fn carry_out(&mut self, request: &CanvasRequest, view: &View<'_>) {
        let session = view.session;
        let viewport = from_rect(self.viewport);
        let middle = viewport.center();
        match request {
            CanvasRequest::ZoomIn => self.camera.zoom_at(middle, ZOOM_STEP),
            CanvasRequest::ZoomOut => self.camera.zoom_at(middle, 1.0 / ZOOM_STEP),
            CanvasRequest::ZoomActual => self.camera.zoom_at(middle, 1.0 / self.camera.zoom),
            CanvasRequest::ZoomTo(zoom) => self.camera.zoom_at(middle, zoom / self.camera.zoom),
            CanvasRequest::FitAll => self.fit_all(),
            CanvasRequest::TakeKeyboard => self.focus.want(),
            CanvasRequest::ContextMenu => self.menu_at = Some(self.menu_place(session)),
            CanvasRequest::ChooseTrait => self.colour_by.open(),
            CanvasRequest::QuickAdd => {
                let wanted = self.pointer_world.unwrap_or_else(|| self.camera.world_from_screen(middle));
                // As large as the largest card, so that whichever is chosen covers nothing.
                let size = card_size(ComponentKind::WebApplication);
                let corner = super::drop::free_place(self, session.project(), wanted - size.to_vec2() / 2.0, size);
                let at_world = corner + size.to_vec2() / 2.0;
                self.quick_add = Some(super::quick_add::QuickAdd::at(at_world, None));
            }
            CanvasRequest::EditLabel(id) => self.editing = super::label::Editing::begin(view, id),
            CanvasRequest::DrawBoundary => self.tools.draw_frame(),
            CanvasRequest::AddNote => self.tools.add_note(),
            CanvasRequest::EditInPlace(element) => self.tools.edit(session.project(), element),
            CanvasRequest::Find => self.find.open(self.camera, session),
            CanvasRequest::FindNext(forward) => self.find.step(*forward, self.camera, session),
            CanvasRequest::Glide(before) => self.glide = Glide::between(before, session.project()),
            CanvasRequest::KeepView(step) => drop(self.kept_views.insert(*step, self.camera)),
            CanvasRequest::ReturnView(step) => {
                self.kept_views.entry(*step).and_modify(|kept| std::mem::swap(kept, &mut self.camera));
            }
            CanvasRequest::FitSelection
            | CanvasRequest::CentreSelection
            | CanvasRequest::SeeSelection
            | CanvasRequest::MeetSelection => {
                let rects = session.selection().iter().filter_map(|element| self.rect_of(session.project(), element));
                let most = if *request == CanvasRequest::FitSelection { 2.0 } else { self.camera.zoom };
                let seen = self.camera.visible_world(viewport);
                let moves = |rect: &kurbo::Rect| match request {
                    CanvasRequest::SeeSelection => !self.is_clear(*rect),
                    CanvasRequest::MeetSelection => !touches(*rect, seen),
                    _ => true,
                };
                let all = rects.reduce(|a, b| a.union(b)).filter(moves);
                if let (Some(rect), CanvasRequest::SeeSelection) = (all, request) {
                    self.bring_into_view(rect);
                } else if let Some(rect) = all {
                    self.camera = Camera::fit(rect, viewport, FIT_PADDING, most);
                }
            }
            CanvasRequest::Centre(element) => {
                if let Some(rect) = self.rect_of(session.project(), element) {
                    let closest = Camera::fit(rect, viewport, FIT_PADDING, self.camera.zoom);
                    self.camera = closest;
                }
            }
        }
    }

    /// Whether all of a part of the sheet is seen, with a little room around it, and nothing lies over it.
    pub(super) fn is_clear(&self, rect_world: kurbo::Rect) -> bool {
        let rect = super::convert::to_rect(self.camera.rect_screen(rect_world));
        let mut room = self.viewport.shrink(SEEN_PADDING);
        // The buttons lie above.
        room.min.y += 28.0;
        let over = self.legend.map(super::legend::Placed::rect).into_iter().chain([self.minimap_rect]);
        room.contains_rect(rect) && over.into_iter().all(|over| !over.intersects(rect))
    }

    /// Where the context menu of the selection opens by key: under it, or in the middle of what is seen.
    fn menu_place(&self, session: &Session) -> Pos2 {
        let rects = session.selection().iter().filter_map(|element| self.rect_of(session.project(), element));
        let rect = rects.reduce(|a, b| a.union(b));
        // Below it, so that it can still be seen.
        let below = rect.map(|rect| super::convert::to_rect(self.camera.rect_screen(rect)).left_bottom());
        below.filter(|at| self.viewport.contains(*at)).unwrap_or(self.viewport.center())
    }

    /// What makes another camera show everything: what lies over the sheet, and whether that is shown alone.
    pub(super) fn covered(&self) -> (Vec2, [bool; 2]) {
        (super::legend::size(self), [self.alone, self.show_minimap])
    }

    /// What encloses an element, or the folded boundary that is seen in its place, in world units.
    pub(super) fn rect_of(&self, project: &Project, element: &ElementId) -> Option<kurbo::Rect> {
        let seen_as = |element: &ElementId| self.scene.hidden.get(element).map(|id| ElementId::Boundary(id.clone()));
        if let Some(seen) = seen_as(element) {
            return walk::rect_world(project, &seen);
        }
        match element {
            ElementId::Connection(id) if self.scene.is_within_a_box(project, id) => {
                let from = project.connections.get(id).map(|link| ElementId::Component(link.from.clone()))?;
                walk::rect_world(project, &seen_as(&from)?)
            }
            ElementId::Connection(id) => {
                let at = project.connections.get_index_of(id)?;
                self.scene.links.get(at).map(|link| link.area_world)
            }
            _ => walk::rect_world(project, element),
        }
    }
}
