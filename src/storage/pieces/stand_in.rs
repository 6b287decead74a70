//! What stands in for a field that an entry cannot be without, so that the rest of the entry is kept.

use ron::error::SpannedError;

use super::{StandIns, piece::Piece};
use crate::{
    lang::{t, tr},
    project::{Assumptions, ComponentKind},
    ron_text::{Open, item_at, open_at},
    text::nearest,
};

/// Something that lacks a field: a piece, or something in it.
pub(super) struct Lacking {
    /// The keys that lead to it in the piece; none for the piece itself.
    pub way: Vec<String>,
    /// Its opening bracket.
    pub bracket: usize,
    /// Where the reader noticed: its closing one.
    pub end: usize,
}

impl Lacking {
    pub(super) fn of(text: &str, error: &SpannedError) -> Option<Self> {
        let (end, Open { container, bracket, .. }) = open_at(text, error);
        Some(Self { way: container, bracket: bracket?.1, end })
    }
}

/// A value in the place of one that is lost.
pub(super) struct StandIn {
    /// As it is written in a file.
    pub value: String,
    /// How it is told; nothing where it is only there to look on.
    pub told: String,
    /// Whether the field is listed as left out even where nothing of it was there: nobody could tell the value from one that was written.
    pub listed: bool,
}

impl StandIn {
    /// An id for a name.
    fn name(id: &str) -> Self {
        Self { value: format!("{id:?}"), told: t("it is named by its id").to_owned(), listed: false }
    }

    fn value(value: String) -> Self {
        Self { told: tr!("{value} stands in for it", value), value, listed: true }
    }

    fn to_look_on(value: String) -> Self {
        Self { value, told: String::new(), listed: true }
    }
}

/// What stands in for a field of what lacks it; `None` if nothing can, and it goes with the field.
pub(super) fn stand_in(piece: &Piece<'_>, field: &str, lacking: &Lacking) -> Option<StandIn> {
    match piece.stand_ins {
        StandIns::None => None,
        StandIns::ToLookOn => to_look_on(piece, field).filter(|_| lacking.way.is_empty()),
        StandIns::Names => match lacking.way.as_slice() {
            [] => of_entry(piece, field),
            [.., list, id] if list == "roles" => of_role(piece, field, id),
            [list] if piece.list == Some("baselines") && (list == "parts" || list == "edits") => match field {
                "name" => Some(StandIn::value(t("\"(no name)\"").to_owned())),
                "weeks" | "usd" => Some(StandIn::value("0".to_owned())),
                _ => None,
            },
            _ => None,
        },
    }
}

fn to_look_on(piece: &Piece<'_>, field: &str) -> Option<StandIn> {
    let value = match field {
        _ if piece.list != Some("components") => return None,
        "name" => format!("{:?}", piece.key),
        "kind" => kind_meant(piece).unwrap_or(ComponentKind::Worker.slug()).to_owned(),
        _ => return None,
    };
    Some(StandIn::to_look_on(value))
}

fn of_entry(piece: &Piece<'_>, field: &str) -> Option<StandIn> {
    match (piece.list?, field) {
        (_, "name") => Some(StandIn::name(&piece.key)),
        ("components", "kind") => kind_meant(piece).map(|kind| StandIn {
            told: tr!("it is taken for `{kind}`", kind),
            value: kind.to_owned(),
            listed: true,
        }),
        ("boundaries" | "sticky_notes", "pos") => Some(StandIn::value("(0, 0)".to_owned())),
        // As they are drawn if nobody says how large.
        ("boundaries", "size") => Some(StandIn::value("(312, 216)".to_owned())),
        ("sticky_notes", "size") => Some(StandIn::value("(192, 96)".to_owned())),
        _ => None,
    }
}

fn of_role(piece: &Piece<'_>, field: &str, id: &str) -> Option<StandIn> {
    match field {
        "name" => Some(StandIn::name(id)),
        "share" => Some(StandIn::value("1".to_owned())),
        "rate_usd_per_person_week" => Some(StandIn::value(rate_of_all(&piece.text).to_string())),
        _ => None,
    }
}

/// What a person-week costs where no role says otherwise.
fn rate_of_all(assumptions: &str) -> f64 {
    let item = item_at(assumptions, &["rate_usd_per_person_week".to_owned()]);
    let written = item.and_then(|item| assumptions.get(item)).and_then(|item| item.split_once(':'));
    let rate = written.and_then(|(_, rate)| rate.trim().trim_end_matches(',').trim().parse::<f64>().ok());
    rate.filter(|rate| rate.is_finite() && *rate >= 1.0)
        .unwrap_or_else(|| Assumptions::default().rate_usd_per_person_week)
}

/// The kind that is nearest to what stood there.
fn kind_meant(piece: &Piece<'_>) -> Option<&'static str> {
    let kinds = ComponentKind::ALL.iter().map(|kind| kind.slug());
    piece.kind.as_deref().and_then(|kind| nearest(kind, kinds))
}
