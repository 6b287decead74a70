//! The list of components that can be added at a place: opened by a double click on the empty sheet, by a key, or by a
//! connection that is dropped where nothing is. What is chosen is added in one step, connected if it comes from somewhere.

mod list;

use egui::{Align2, Area, Key, Modifiers, Order, Rect, Ui, pos2, vec2};
use kurbo::{Point, Size};

use super::{
    CanvasState,
    convert::{to_pos, to_rect},
    drop,
    gesture::{self, End},
    links, paint,
    pen::Pen,
    scene::Scene,
    state::Offer,
};
use crate::{
    geometry::route,
    lang::{t, tr},
    project::{
        ComponentId, ComponentKind, Connection, ConnectionId, Course, Edit, ElementId, Project, Protocol, Side,
        card_size,
    },
    session::{Action, Select},
    ui::{Actions, View, theme::Tokens},
};

/// Size of the list, in points.
const SIZE: egui::Vec2 = vec2(300.0, 380.0);
/// Between what would be added and the list, in points.
const GAP: f32 = 16.0;

/// What the new component will be connected by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    /// A new connection from a component, drawn from the handle on this side.
    New { from: ComponentId, side: Side },
    /// One that is there, by one of its ends.
    Moved { id: ConnectionId, end: End },
}

impl Origin {
    /// The component at the other end; `None` if it, or the connection, is gone.
    fn component<'a>(&'a self, project: &'a Project) -> Option<&'a ComponentId> {
        let id = match self {
            Self::New { from, .. } => from,
            Self::Moved { id, end: End::To } => &project.connections.get(id)?.from,
            Self::Moved { id, end: End::From } => &project.connections.get(id)?.to,
        };
        project.components.contains_key(id).then_some(id)
    }

    /// The connection with the new component at its end.
    fn connection(
        &self,
        project: &Project,
        (new, rect): (&ComponentId, kurbo::Rect),
        kind: ComponentKind,
    ) -> Option<(ConnectionId, Connection)> {
        match self {
            Self::New { from, side } => {
                let from_world = project.components.get(from)?.rect_world();
                let link = Connection::new(from.clone(), new.clone(), Protocol::likely_to(kind));
                let from_side = gesture::kept_side(*side, from_world, rect);
                let link = Connection { course: Course { from_side, ..Course::default() }, ..link };
                Some((project.new_connection_id(from, new), link))
            }
            Self::Moved { id, end } => {
                let mut link = (**project.connections.get(id)?).clone();
                match end {
                    End::From => (link.from, link.course.from_side) = (new.clone(), None),
                    End::To => (link.to, link.course.to_side) = (new.clone(), None),
                }
                Some((id.clone(), link))
            }
        }
    }
}

/// The list while it is open.
pub(super) struct QuickAdd {
    at_world: Point,
    origin: Option<Origin>,
    search: String,
    /// The kinds that fit what is searched for, best first.
    found: Vec<ComponentKind>,
    /// The row that Enter would add.
    chosen: usize,
    /// The field has had the cursor.
    begun: bool,
}

impl QuickAdd {
    /// Opens it at a place.
    pub(super) fn at(at_world: Point, origin: Option<Origin>) -> Self {
        Self { at_world, origin, search: String::new(), found: ComponentKind::ALL.to_vec(), chosen: 0, begun: false }
    }

    fn kind(&self) -> Option<ComponentKind> {
        self.found.get(self.chosen).copied()
    }

    /// Where a component would stand: with its near side at the place, if it is connected; around the place otherwise.
    fn rect_world(&self, project: &Project, size: Size) -> kurbo::Rect {
        let corner = match self.source_world(project) {
            None => self.at_world - size.to_vec2() / 2.0,
            Some(from) => {
                let arrive = route::sides(from, kurbo::Rect::from_points(self.at_world, self.at_world)).1;
                let card = kurbo::Rect::from_origin_size(Point::ORIGIN, size);
                self.at_world - arrive.middle(card).to_vec2()
            }
        };
        kurbo::Rect::from_origin_size((corner.x.round(), corner.y.round()), size)
    }

    fn source_world(&self, project: &Project) -> Option<kurbo::Rect> {
        let other = self.origin.as_ref()?.component(project)?;
        Some(project.components.get(other)?.rect_world())
    }

    /// The connection that hangs on what will be chosen.
    pub(super) fn moved(&self) -> Option<&ConnectionId> {
        match self.origin.as_ref()? {
            Origin::Moved { id, .. } => Some(id),
            Origin::New { .. } => None,
        }
    }

    /// The line to what would be added at a place.
    fn line_world(&self, project: &Project, scene: &Scene, card: kurbo::Rect) -> Option<Vec<Point>> {
        let from = self.source_world(project)?;
        Some(match self.origin.as_ref()? {
            Origin::New { side, .. } => scene.draft_world([from, card], [gesture::kept_side(*side, from, card), None]),
            Origin::Moved { id, end } => {
                let course = &project.connections.get(id)?.course;
                match end {
                    End::From => scene.draft_world([card, from], [None, course.to_side]),
                    End::To => scene.draft_world([from, card], [course.from_side, None]),
                }
            }
        })
    }

    /// What adding a component of this kind does: the edits, its name, and what they add.
    fn edits(&self, project: &Project, kind: ComponentKind) -> (Vec<Edit>, String, ComponentId) {
        let rect = self.rect_world(project, card_size(kind));
        let (id, component) = drop::new(project, kind, Some(rect.origin()));
        let name = component.name.clone();
        let mut edits = vec![Edit::PutComponent(id.clone(), component)];
        let link = self.origin.as_ref().and_then(|origin| origin.connection(project, (&id, rect), kind));
        edits.extend(link.map(|(id, link)| Edit::PutConnection(id, link)));
        (edits, name, id)
    }

    /// What Enter would add, for its price.
    pub(super) fn offer(&self, project: &Project) -> Option<Offer> {
        let (edits, ..) = self.edits(project, self.kind()?);
        Some(Offer { words: t("if added"), edits })
    }

    fn add(&self, project: &Project, kind: ComponentKind, actions: &mut Actions) {
        let (edits, name, id) = self.edits(project, kind);
        let step = match &self.origin {
            Some(Origin::New { from, .. }) => tr!("Add {name}, connected from {}", project.component_name(from), name),
            Some(Origin::Moved { id, .. }) => {
                tr!("Attach {} to new {name}", project.name_of(&ElementId::Connection(id.clone())), name)
            }
            None => tr!("Add {name}", name),
        };
        actions.push(Action::edit(step, edits));
        actions.push(Action::Select(Select::Only(vec![ElementId::Component(id)])));
    }
}

/// Shows the list while it is open, and what it would add.
pub(super) fn quick_add_ui(ui: &Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let Some(mut open) = state.quick_add.take() else { return };
    let project = view.session.project();
    let gone = open.origin.as_ref().is_some_and(|origin| origin.component(project).is_none());
    // Before the field sees them: the arrows walk the list, not the text.
    let key = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if gone || key(Key::Escape) {
        ui.request_repaint();
        return;
    }
    let step = isize::from(key(Key::ArrowDown)) - isize::from(key(Key::ArrowUp));
    let enter = key(Key::Enter);
    let pressed = ui.input(|input| input.pointer.any_pressed().then(|| input.pointer.interact_pos()).flatten());
    // The press that opened it, in a frame that has all of a click, is not one beside it.
    let was_shown = open.begun;
    preview(ui, state, &open, project);
    let wish = match &open.origin {
        Some(Origin::New { from, .. }) => Some(tr!("Connect {} to...", project.component_name(from))),
        Some(Origin::Moved { id, .. }) => {
            Some(tr!("Attach {} to...", project.name_of(&ElementId::Connection(id.clone()))))
        }
        None => None,
    };
    let at = place(state, &open, project);
    let area = Area::new(ui.scope_id().with("quick add")).order(Order::Foreground).fixed_pos(at);
    let shown = area
        .pivot(Align2::LEFT_TOP)
        .constrain_to(state.viewport)
        .show(ui.ctx(), |ui| list::list_ui(ui, &view.session.engine().playbook, &mut open, wish.as_deref(), step));
    let chosen = shown.inner.or_else(|| open.kind().filter(|_| enter));
    let elsewhere = pressed.is_some_and(|pos| was_shown && !shown.response.rect.contains(pos));
    match chosen {
        Some(kind) => {
            open.add(project, kind, actions);
            // It may have been asked for at the border.
            state.bring_into_view(open.rect_world(project, card_size(kind)));
        }
        None if elsewhere => {}
        None => state.quick_add = Some(open),
    }
}

/// Beside what would be added, on the side where it covers least of that, of where its connection comes from and of the way between;
/// as large as the largest kind, so that the list stays where it is.
fn place(state: &CanvasState, open: &QuickAdd, project: &Project) -> egui::Pos2 {
    let on_screen = |rect_world: kurbo::Rect| to_rect(state.camera.rect_screen(rect_world));
    let card = on_screen(open.rect_world(project, card_size(ComponentKind::WebApplication)));
    let from = open.source_world(project).map(on_screen);
    // Where all of the list has room, or the field would move as the list gets shorter.
    let room = state.viewport.shrink(4.0);
    let last = (room.max - SIZE).max(room.min);
    let [right, left] = [card.right() + GAP, card.left() - GAP - SIZE.x];
    let away = if from.is_some_and(|from| from.center().x > card.center().x) { [left, right] } else { [right, left] };
    let top = card.top() - 8.0;
    let beside = away.into_iter().chain([last.x, room.left()]).map(|x| pos2(x, top));
    let above_and_below = [card.bottom() + GAP, card.top() - GAP - SIZE.y].map(|y| pos2(card.left(), y));
    let covers = |at: egui::Pos2| {
        let list = Rect::from_min_size(at, SIZE);
        let over = |rect: Rect| if list.intersects(rect) { list.intersect(rect).area() } else { 0.0 };
        over(card) * 4.0 + from.map_or(0.0, |from| over(from) * 2.0 + over(from.union(card)))
    };
    let places = beside.chain(above_and_below).map(|at| at.clamp(room.min, last));
    // The first of equals.
    places.reduce(|best, at| if covers(at) < covers(best) { at } else { best }).unwrap_or(room.min)
}

/// The card that would be added, and the line to it.
fn preview(ui: &Ui, state: &CanvasState, open: &QuickAdd, project: &Project) {
    let painter = ui.painter_at(state.viewport);
    let mut pen = Pen::new(&painter, Tokens::of(ui), state.camera.zoom);
    let size = card_size(open.kind().unwrap_or(ComponentKind::WebApplication));
    let card = open.rect_world(project, size);
    if let Some(points) = open.line_world(project, &state.scene, card) {
        let look = links::Look { colour: pen.tokens.accent.ink, width: 2.0, dashed: false };
        links::paint(&mut pen, &state.camera, &links::Way::plain(&points), look);
    }
    if let Some(kind) = open.kind() {
        paint::ghost(&mut pen, &state.camera, kind, card.origin());
    } else {
        let at = to_pos(state.camera.screen_from_world(open.at_world));
        let stroke = egui::Stroke::new(1.5, pen.tokens.accent.ink);
        pen.add(egui::Shape::circle_stroke(at, 4.0, stroke));
    }
    pen.finish();
}
