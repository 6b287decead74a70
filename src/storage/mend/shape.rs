//! What a project's text is made of: which fields stand in which brackets. What nobody knows here is read as it stands.

use std::{collections::HashSet, sync::LazyLock};

/// What a value looks like.
pub(super) enum Shape {
    /// `(name: ..., kind: ...)`.
    Fields(&'static [(&'static str, &'static Shape)]),
    /// `{"id": ...}`.
    Map(&'static Shape),
    /// `[..., ...]`.
    List(&'static Shape),
    /// `(1, 2)`.
    Point,
    /// Text in quotes.
    Text,
    /// A number or a name without quotes.
    Plain,
    /// `true`, a number or text in quotes.
    Trait,
    /// `weeks(20)`.
    Call,
    /// Whatever stands there.
    Unknown,
}

use Shape::{Call, Fields, List, Map, Plain, Point, Text, Trait, Unknown};

impl Shape {
    /// The bracket that it begins with; `None` for what needs none.
    pub(super) fn bracket(&self) -> Option<u8> {
        match self {
            Fields(_) | Point => Some(b'('),
            Map(_) => Some(b'{'),
            List(_) => Some(b'['),
            Text | Plain | Trait | Call | Unknown => None,
        }
    }

    /// The place and shape of a field.
    pub(super) fn field(&self, name: &str) -> Option<(usize, &'static Self)> {
        let Fields(fields) = self else { return None };
        fields.iter().position(|(known, _)| *known == name).map(|place| (place, fields[place].1))
    }

    /// The shape of what stands in it without a name.
    pub(super) fn inner(&self) -> &'static Self {
        match self {
            Map(inner) | List(inner) => inner,
            Point => &Plain,
            Fields(_) | Text | Plain | Trait | Call | Unknown => &Unknown,
        }
    }

    /// Whether values stand in it without a key.
    pub(super) fn holds_values(&self) -> bool {
        matches!(self, List(_) | Point | Call | Unknown)
    }
}

/// Whether some entry, or the project, has a field of this name.
pub(super) fn is_field_name(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let mut names = HashSet::new();
        collect(&PROJECT, &mut names);
        names
    });
    NAMES.contains(name)
}

fn collect(shape: &'static Shape, names: &mut HashSet<&'static str>) {
    match shape {
        Fields(fields) => {
            for (name, inner) in *fields {
                names.insert(name);
                collect(inner, names);
            }
        }
        Map(inner) | List(inner) => collect(inner, names),
        Point | Text | Plain | Trait | Call | Unknown => {}
    }
}

/// The whole of a project.
pub(super) static PROJECT: Shape = Fields(&[
    ("format", &Plain),
    ("name", &Text),
    ("notes", &Text),
    ("assumptions", &ASSUMPTIONS),
    ("components", &Map(&COMPONENT)),
    ("connections", &Map(&CONNECTION)),
    ("boundaries", &Map(&BOUNDARY)),
    ("sticky_notes", &Map(&STICKY_NOTE)),
    ("suppressed", &Map(&Text)),
    ("scenarios", &Map(&SCENARIO)),
    ("baselines", &Map(&BASELINE)),
]);

static COMPONENT: Shape = Fields(&[
    ("name", &Text),
    ("kind", &Plain),
    ("pos", &Point),
    ("traits", &Map(&Trait)),
    ("pin", &Text),
    ("deferred", &Plain),
    ("locked", &Plain),
    ("notes", &Text),
]);

static CONNECTION: Shape = Fields(&[
    ("from", &Text),
    ("to", &Text),
    ("protocol", &Plain),
    ("calls_per_request", &Plain),
    ("latency_ms", &Plain),
    ("label", &Text),
    ("course", &COURSE),
]);

static COURSE: Shape = Fields(&[
    ("line", &Plain),
    ("from_side", &Plain),
    ("to_side", &Plain),
    ("via", &List(&Point)),
    ("label_at", &Plain),
]);

static BOUNDARY: Shape =
    Fields(&[("name", &Text), ("pos", &Point), ("size", &Point), ("folded", &FOLDED), ("locked", &Plain)]);

static FOLDED: Shape =
    Fields(&[("components", &List(&Text)), ("boundaries", &List(&Text)), ("sticky_notes", &List(&Text))]);

static STICKY_NOTE: Shape =
    Fields(&[("text", &Text), ("pos", &Point), ("size", &Point), ("colour", &Plain), ("locked", &Plain)]);

static SCENARIO: Shape = Fields(&[
    ("name", &Text),
    ("pins", &Map(&Text)),
    ("deferred", &List(&Text)),
    ("means", &MEANS),
    // As format 1 had it.
    ("assumptions", &ASSUMPTIONS),
]);

static MEANS: Shape = Fields(&[
    ("rate_usd_per_person_week", &Plain),
    ("team_size", &Plain),
    ("contingency", &Plain),
    ("roles", &Map(&ROLE)),
    ("communication_share", &Plain),
]);

static ROLE: Shape = Fields(&[("name", &Text), ("rate_usd_per_person_week", &Plain), ("share", &Plain)]);

static ASSUMPTIONS: Shape = Fields(&[
    ("rate_usd_per_person_week", &Plain),
    ("team_size", &Plain),
    ("contingency", &Plain),
    ("confidence", &Plain),
    ("roles", &Map(&ROLE)),
    ("communication_share", &Plain),
    ("start", &Text),
    ("calendar", &Fields(&[("workdays", &List(&Plain)), ("holidays", &List(&Text))])),
    ("currency", &CURRENCY),
    ("target_budget_usd", &Plain),
    ("deadline", &Call),
    ("machines", &MACHINES),
]);

static MACHINES: Shape = Fields(&[
    ("utilisation", &Plain),
    ("round_trip_ms", &Plain),
    ("usd_per_cpu_month", &Plain),
    ("usd_per_gb_month", &Plain),
    ("servers", &Map(&SERVER)),
]);

static SERVER: Shape = Fields(&[
    ("base_ms", &Plain),
    ("validation_ms", &Plain),
    ("read_ms", &Plain),
    ("insert_ms", &Plain),
    ("call_ms", &Plain),
    ("mb_per_process", &Plain),
    ("threads", &Plain),
]);

static CURRENCY: Shape =
    Fields(&[("code", &Text), ("symbol", &Text), ("per_usd", &Plain), ("symbol_behind", &Plain), ("grouping", &Plain)]);

static BASELINE: Shape = Fields(&[
    ("name", &Text),
    ("date", &Text),
    ("weeks", &SPREAD),
    ("budget_usd", &SPREAD),
    ("parts", &List(&PART)),
    ("edits", &List(&PART)),
]);

static SPREAD: Shape = Fields(&[("median", &Plain), ("log_sd", &Plain)]);

static PART: Shape =
    Fields(&[("component", &Text), ("name", &Text), ("framework", &Text), ("weeks", &Plain), ("usd", &Plain)]);

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::ron_text::walk;

    #[test]
    fn every_key_that_files_have_is_in_the_table() {
        let text = include_str!("../../../tests/corpus/projects/all-keys.ron");
        let mut count = 0;
        walk(text, usize::MAX, |key| {
            let shape = key.path.iter().try_fold(&PROJECT, |mut shape, name| {
                while let List(inner) = shape {
                    shape = inner;
                }
                if matches!(shape, Map(_)) { Some(shape.inner()) } else { shape.field(name).map(|(_, inner)| inner) }
            });
            assert!(shape.is_some(), "{}", key.path.join(" > "));
            count += 1;
            ControlFlow::Continue(())
        });
        assert!(count > 100, "{count}");
    }
}
