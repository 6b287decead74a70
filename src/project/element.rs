//! What is on the sheet: components, connections, boundaries and sticky notes.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use kurbo::{Point, Rect, Size};
use serde::{Deserialize, Serialize};

use super::{
    course::Course,
    id::{BoundaryId, ComponentId, ElementId, FrameworkId, NoteId, TraitId},
    kind::ComponentKind,
    value::TraitValue,
};
use crate::lang::t;

/// A box on the canvas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// What people call it.
    pub name: String,
    /// What it is.
    pub kind: ComponentKind,
    /// Upper left corner in world units; a file written by hand may leave it out, then the box is laid out on opening.
    #[serde(rename = "pos", default, skip_serializing_if = "Option::is_none", with = "optional_point")]
    pub pos_world: Option<Point>,
    /// What it must cope with, in the order it was tagged. A trait that is not here is unknown.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub traits: IndexMap<TraitId, TraitValue>,
    /// The person's own choice of framework, kept against the advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<FrameworkId>,
    /// Whether it is put off to later: drawn, but neither built nor estimated now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deferred: bool,
    /// Whether it is held where it is: the pointer and the layout leave it alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
}

impl Component {
    /// A component without traits.
    pub fn new(name: &str, kind: ComponentKind, pos_world: Option<Point>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            pos_world,
            traits: IndexMap::new(),
            pin: None,
            deferred: false,
            locked: false,
            notes: String::new(),
        }
    }

    /// The box in world units; a component without a place is at the origin.
    pub fn rect_world(&self) -> Rect {
        Rect::from_origin_size(self.pos_world.unwrap_or(Point::ORIGIN), card_size(self.kind))
    }
}

/// The size of a component's card in world units: services carry badges and chips, resources only a name.
pub fn card_size(kind: ComponentKind) -> Size {
    if kind.is_service() { Size::new(196.0, 80.0) } else { Size::new(160.0, 40.0) }
}

/// How a caller reaches a callee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Request and response.
    #[default]
    Http,
    /// A connection that stays open, both ways.
    #[serde(rename = "websocket")]
    WebSocket,
    /// Work handed over, done later.
    Queue,
    /// Events to whoever listens.
    #[serde(rename = "pubsub")]
    PubSub,
    /// Queries to a data store.
    Database,
    /// Both sides read and write the same tables through the same models.
    SharedTables,
}

impl Protocol {
    /// Every protocol, in the order of the menus.
    pub const ALL: [Self; 6] =
        [Self::Http, Self::WebSocket, Self::Queue, Self::PubSub, Self::Database, Self::SharedTables];

    /// How it is written for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::WebSocket => "WebSocket",
            Self::Queue => t("Queue"),
            Self::PubSub => "Pub/sub",
            Self::Database => t("Database"),
            Self::SharedTables => t("Shared tables"),
        }
    }

    /// Whether the caller cannot be without the callee: it works on the callee's own tables through the callee's models, so it is
    /// put off with it (assumption). Whoever only calls another can be built against its contract and wait for the rest.
    pub fn binds(self) -> bool {
        self == Self::SharedTables
    }

    /// What a new link to a component of this kind most likely is.
    pub fn likely_to(target: ComponentKind) -> Self {
        match target {
            ComponentKind::RelationalDatabase
            | ComponentKind::TimeSeriesDatabase
            | ComponentKind::ObjectStorage
            | ComponentKind::SearchEngine => Self::Database,
            ComponentKind::Redis => Self::PubSub,
            ComponentKind::MessageQueue => Self::Queue,
            _ => Self::Http,
        }
    }
}

/// A directed link from caller to callee.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// The caller.
    pub from: ComponentId,
    /// The callee.
    pub to: ComponentId,
    /// How the caller reaches the callee.
    #[serde(default)]
    pub protocol: Protocol,
    /// Calls for each request the caller serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls_per_request: Option<f64>,
    /// Time one call takes, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<f64>,
    /// A word or two on the line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// How it is drawn, where a person decided that.
    #[serde(default, skip_serializing_if = "Course::is_free")]
    pub course: Course,
}

impl Connection {
    /// A link without figures.
    pub fn new(from: ComponentId, to: ComponentId, protocol: Protocol) -> Self {
        Self {
            from,
            to,
            protocol,
            calls_per_request: None,
            latency_ms: None,
            label: String::new(),
            course: Course::default(),
        }
    }
}

/// A named frame around components: a team, a deployable, a network zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boundary {
    /// What the frame is.
    pub name: String,
    /// Upper left corner in world units.
    #[serde(rename = "pos", with = "point")]
    pub pos_world: Point,
    /// Width and height in world units, unfolded.
    #[serde(rename = "size", with = "size")]
    pub size_world: Size,
    /// What it stands for while it is folded to one box; `None` while it is a frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folded: Option<Folded>,
    /// Whether it is held where it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
}

/// The size of a boundary's box while it is folded, in world units.
pub const FOLDED_SIZE: Size = Size::new(196.0, 80.0);

impl Boundary {
    /// An open frame.
    pub fn new(name: &str, rect_world: Rect) -> Self {
        Self {
            name: name.to_owned(),
            pos_world: rect_world.origin(),
            size_world: rect_world.size(),
            folded: None,
            locked: false,
        }
    }

    /// What is seen of it in world units: the frame, or the box it is folded to.
    pub fn rect_world(&self) -> Rect {
        let size = if self.folded.is_some() { FOLDED_SIZE } else { self.size_world };
        Rect::from_origin_size(self.pos_world, size)
    }

    /// The frame it is, or would be if it were unfolded, in world units.
    pub fn frame_world(&self) -> Rect {
        Rect::from_origin_size(self.pos_world, self.size_world)
    }
}

/// What a folded boundary stands for: elements that are in the document and in the estimate, but not drawn. A list and not a
/// place, since other things may stand where the frame was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Folded {
    /// Components in it.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub components: BTreeSet<ComponentId>,
    /// Boundaries in it, folded themselves or not.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub boundaries: BTreeSet<BoundaryId>,
    /// Sticky notes in it.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub sticky_notes: BTreeSet<NoteId>,
}

impl Folded {
    /// Everything in it.
    pub fn elements(&self) -> impl Iterator<Item = ElementId> {
        let components = self.components.iter().cloned().map(ElementId::Component);
        let boundaries = self.boundaries.iter().cloned().map(ElementId::Boundary);
        components.chain(boundaries).chain(self.sticky_notes.iter().cloned().map(ElementId::Note))
    }

    /// Whether it stands for an element.
    pub fn holds(&self, element: &ElementId) -> bool {
        match element {
            ElementId::Component(id) => self.components.contains(id),
            ElementId::Boundary(id) => self.boundaries.contains(id),
            ElementId::Note(id) => self.sticky_notes.contains(id),
            ElementId::Connection(_) => false,
        }
    }
}

impl FromIterator<ElementId> for Folded {
    fn from_iter<T: IntoIterator<Item = ElementId>>(elements: T) -> Self {
        let mut folded = Self::default();
        for element in elements {
            match element {
                ElementId::Component(id) => drop(folded.components.insert(id)),
                ElementId::Boundary(id) => drop(folded.boundaries.insert(id)),
                ElementId::Note(id) => drop(folded.sticky_notes.insert(id)),
                ElementId::Connection(_) => {}
            }
        }
        folded
    }
}

/// The paper of a sticky note. Colours that stand for frameworks are none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteColour {
    /// The usual one.
    #[default]
    Yellow,
    /// Rose.
    Rose,
    /// Blue.
    Blue,
    /// Grey.
    Grey,
}

impl NoteColour {
    /// All of them, in the order in which they follow each other.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Rose, Self::Blue, Self::Grey];

    /// How it is written for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yellow => t("Yellow"),
            Self::Rose => t("Rose"),
            Self::Blue => t("Blue"),
            Self::Grey => t("Grey"),
        }
    }

    /// The name by which the palette knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Rose => "rose",
            Self::Blue => "blue",
            Self::Grey => "grey",
        }
    }

    /// Whether nobody chose it.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The one after it; behind the last one comes the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|colour| *colour == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// A sticky note on the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StickyNote {
    /// What it says.
    pub text: String,
    /// Upper left corner in world units.
    #[serde(rename = "pos", with = "point")]
    pub pos_world: Point,
    /// Width and height in world units.
    #[serde(rename = "size", with = "size")]
    pub size_world: Size,
    /// The colour of its paper.
    #[serde(default, skip_serializing_if = "NoteColour::is_usual")]
    pub colour: NoteColour,
    /// Whether it is held where it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
}

impl StickyNote {
    /// A note that can be moved.
    pub fn new(text: &str, rect_world: Rect) -> Self {
        Self {
            text: text.to_owned(),
            pos_world: rect_world.origin(),
            size_world: rect_world.size(),
            colour: NoteColour::default(),
            locked: false,
        }
    }

    /// The note in world units.
    pub fn rect_world(&self) -> Rect {
        Rect::from_origin_size(self.pos_world, self.size_world)
    }
}

/// A number with at most two decimals, whole numbers without a point: positions that diff well.
struct Rounded(f64);

impl Serialize for Rounded {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::value::serialize_number((self.0 * 100.0).round() / 100.0, serializer)
    }
}

fn finite<E: serde::de::Error>((x, y): (f64, f64)) -> Result<(f64, f64), E> {
    if x.is_finite() && y.is_finite() && x.abs() <= 1e7 && y.abs() <= 1e7 {
        Ok((x, y))
    } else {
        Err(E::custom(t("coordinates must be finite and within ±10,000,000")))
    }
}

mod point {
    use super::{Deserialize, Point, Rounded, Serialize, finite};

    pub(super) fn serialize<S: serde::Serializer>(point: &Point, serializer: S) -> Result<S::Ok, S::Error> {
        (Rounded(point.x), Rounded(point.y)).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Point, D::Error> {
        finite(Deserialize::deserialize(deserializer)?).map(Point::from)
    }
}

mod size {
    use super::{Deserialize, Rounded, Serialize, Size, finite};

    pub(super) fn serialize<S: serde::Serializer>(size: &Size, serializer: S) -> Result<S::Ok, S::Error> {
        (Rounded(size.width), Rounded(size.height)).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Size, D::Error> {
        finite(Deserialize::deserialize(deserializer)?).map(Size::from)
    }
}

mod optional_point {
    use super::{Deserialize, Point, Rounded, Serialize, finite};

    #[expect(clippy::ref_option, reason = "serde's `with` hands over a reference")]
    pub(super) fn serialize<S: serde::Serializer>(point: &Option<Point>, serializer: S) -> Result<S::Ok, S::Error> {
        point.map(|p| (Rounded(p.x), Rounded(p.y))).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Point>, D::Error> {
        Option::<(f64, f64)>::deserialize(deserializer)?.map(|pair| finite(pair).map(Point::from)).transpose()
    }
}

pub(super) mod points {
    use super::{Deserialize, Point, Rounded, Serialize, finite};

    pub(in crate::project) fn serialize<S: serde::Serializer>(
        points: &[Point],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let pairs: Vec<(Rounded, Rounded)> = points.iter().map(|p| (Rounded(p.x), Rounded(p.y))).collect();
        pairs.serialize(serializer)
    }

    pub(in crate::project) fn deserialize<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Point>, D::Error> {
        let pairs = Vec::<(f64, f64)>::deserialize(deserializer)?;
        pairs.into_iter().map(|pair| finite(pair).map(Point::from)).collect()
    }
}
