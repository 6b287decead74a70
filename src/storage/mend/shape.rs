//! What a project's text is made of: which fields stand in which brackets. What nobody knows here is read as it stands.

use std::{collections::HashMap, sync::LazyLock};

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
    /// One of the above, or nothing: RON itself writes it as `Some(...)`, and it is read so.
    Maybe(&'static Shape),
    /// Whatever stands there.
    Unknown,
}

use Shape::{Call, Fields, List, Map, Maybe, Plain, Point, Text, Trait, Unknown};

impl Shape {
    /// The bracket that it begins with; `None` for what needs none.
    pub(super) fn bracket(&self) -> Option<u8> {
        match self {
            Fields(_) | Point => Some(b'('),
            Map(_) => Some(b'{'),
            List(_) => Some(b'['),
            Maybe(inner) => inner.bracket(),
            Text | Plain | Trait | Call | Unknown => None,
        }
    }

    /// The place and shape of a field.
    pub(super) fn field(&self, name: &str) -> Option<(usize, &'static Self)> {
        let Fields(fields) = self else { return None };
        let (place, (_, shape)) = fields.iter().enumerate().find(|(_, (known, _))| *known == name)?;
        Some((place, if let Maybe(inner) = shape { inner } else { shape }))
    }

    /// The shape of what stands in it without a name.
    pub(super) fn inner(&self) -> &'static Self {
        match self {
            Map(inner) | List(inner) => inner,
            Point => &Plain,
            Maybe(inner) => inner.inner(),
            Fields(_) | Text | Plain | Trait | Call | Unknown => &Unknown,
        }
    }

    /// Whether values stand in it without a key.
    pub(super) fn holds_values(&self) -> bool {
        matches!(self, List(_) | Point | Call | Unknown)
    }
}

/// The names of all fields, each with whether its value may be missing wherever there is such a field.
static NAMES: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    collect(&PROJECT, &mut names);
    names
});

/// Whether some entry, or the project, has a field of this name.
pub(super) fn is_field_name(name: &str) -> bool {
    NAMES.contains_key(name)
}

/// Whether whatever has a field of this name has text in it.
pub(super) fn is_text_name(name: &str) -> bool {
    fn has(shape: &'static Shape, name: &str) -> bool {
        match shape {
            Fields(fields) => fields
                .iter()
                .any(|(field, inner)| *field == name && matches!(inner, Text | Maybe(Text)) || has(inner, name)),
            Map(inner) | List(inner) | Maybe(inner) => has(inner, name),
            _ => false,
        }
    }
    has(&PROJECT, name)
}

/// Whether whatever has a field of this name is read with a `Some(...)` around its value.
pub(super) fn may_be_missing(name: &str) -> bool {
    NAMES.get(name).copied().unwrap_or_default()
}

fn collect(shape: &'static Shape, names: &mut HashMap<&'static str, bool>) {
    match shape {
        Fields(fields) => {
            for (name, inner) in *fields {
                *names.entry(name).or_insert(true) &= matches!(inner, Maybe(_));
                collect(inner, names);
            }
        }
        Map(inner) | List(inner) | Maybe(inner) => collect(inner, names),
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
    ("pos", &Maybe(&Point)),
    ("traits", &Map(&Trait)),
    ("pin", &Maybe(&Text)),
    ("deferred", &Plain),
    ("locked", &Plain),
    ("notes", &Text),
]);

static CONNECTION: Shape = Fields(&[
    ("from", &Text),
    ("to", &Text),
    ("protocol", &Plain),
    ("calls_per_request", &Maybe(&Plain)),
    ("latency_ms", &Maybe(&Plain)),
    ("label", &Text),
    ("course", &COURSE),
]);

static COURSE: Shape = Fields(&[
    ("line", &Plain),
    ("from_side", &Maybe(&Plain)),
    ("to_side", &Maybe(&Plain)),
    ("via", &List(&Point)),
    ("label_at", &Maybe(&Plain)),
]);

static BOUNDARY: Shape =
    Fields(&[("name", &Text), ("pos", &Point), ("size", &Point), ("folded", &Maybe(&FOLDED)), ("locked", &Plain)]);

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
    ("rate_usd_per_person_week", &Maybe(&Plain)),
    ("team_size", &Maybe(&Plain)),
    ("contingency", &Maybe(&Plain)),
    ("roles", &Maybe(&Map(&ROLE))),
    ("communication_share", &Maybe(&Plain)),
]);

static ROLE: Shape = Fields(&[("name", &Text), ("rate_usd_per_person_week", &Plain), ("share", &Plain)]);

static ASSUMPTIONS: Shape = Fields(&[
    ("rate_usd_per_person_week", &Plain),
    ("team_size", &Plain),
    ("contingency", &Plain),
    ("confidence", &Plain),
    ("roles", &Map(&ROLE)),
    ("communication_share", &Maybe(&Plain)),
    ("start", &Maybe(&Text)),
    ("calendar", &Fields(&[("workdays", &List(&Plain)), ("holidays", &List(&Text))])),
    ("currency", &CURRENCY),
    ("target_budget_usd", &Maybe(&Plain)),
    ("deadline", &Maybe(&Call)),
    ("machines", &MACHINES),
]);

static MACHINES: Shape = Fields(&[
    ("utilisation", &Maybe(&Plain)),
    ("round_trip_ms", &Maybe(&Plain)),
    ("usd_per_cpu_month", &Maybe(&Plain)),
    ("usd_per_gb_month", &Maybe(&Plain)),
    ("servers", &Map(&SERVER)),
]);

static SERVER: Shape = Fields(&[
    ("base_ms", &Maybe(&Plain)),
    ("validation_ms", &Maybe(&Plain)),
    ("read_ms", &Maybe(&Plain)),
    ("insert_ms", &Maybe(&Plain)),
    ("call_ms", &Maybe(&Plain)),
    ("mb_per_process", &Maybe(&Plain)),
    ("threads", &Maybe(&Plain)),
]);

static CURRENCY: Shape = Fields(&[
    ("code", &Text),
    ("symbol", &Maybe(&Text)),
    ("per_usd", &Plain),
    ("symbol_behind", &Maybe(&Plain)),
    ("grouping", &Maybe(&Plain)),
]);

static BASELINE: Shape = Fields(&[
    ("name", &Text),
    ("date", &Maybe(&Text)),
    ("weeks", &SPREAD),
    ("budget_usd", &SPREAD),
    ("parts", &List(&PART)),
    ("edits", &List(&PART)),
]);

static SPREAD: Shape = Fields(&[("median", &Plain), ("log_sd", &Plain)]);

static PART: Shape = Fields(&[
    ("component", &Maybe(&Text)),
    ("name", &Text),
    ("framework", &Maybe(&Text)),
    ("weeks", &Plain),
    ("usd", &Plain),
]);

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, ops::ControlFlow};

    use super::*;
    use crate::{
        ron_text::{Token, Tokens, walk},
        storage::from_text,
    };

    const TEXTS: [&str; 2] = [
        include_str!("../../../tests/corpus/projects/all-keys.ron"),
        r#"(format: 2, name: "What the other one lacks",
            assumptions: (machines: (round_trip_ms: 0.5, usd_per_gb_month: 4, servers: {"a": (validation_ms: 0.1, read_ms: 0.2,
                insert_ms: 0.3, mb_per_process: 90, threads: 4)})),
            boundaries: {"b": (name: "B", pos: (0, 0), size: (9, 9), folded: (boundaries: []))},
            scenarios: {"s": (name: "S", means: (rate_usd_per_person_week: 5000, contingency: 0.2, communication_share: 0.1))})"#,
    ];

    /// The shape of what a path leads to, as it stands in the table.
    fn shape_of(path: &[String]) -> Option<&'static Shape> {
        path.iter().try_fold(&PROJECT, |mut shape, name| {
            while let List(inner) | Maybe(inner) = shape {
                shape = inner;
            }
            match shape {
                Fields(fields) => fields.iter().find(|(known, _)| known == name).map(|(_, inner)| *inner),
                Map(inner) => Some(*inner),
                _ => None,
            }
        })
    }

    /// Calls a function for each field of the texts with its path, its text and where its key stands.
    fn each_field(mut each: impl FnMut(&[String], &str, usize)) {
        for text in TEXTS {
            walk(text, usize::MAX, |key| {
                let outer = shape_of(&key.path[..key.path.len() - 1]);
                if !matches!(outer, Some(Map(_) | Maybe(Map(_)))) {
                    each(key.path, text, key.offset);
                }
                ControlFlow::Continue(())
            });
        }
    }

    #[test]
    fn every_key_that_files_have_is_in_the_table() {
        let (mut found, mut unknown) = (HashSet::new(), Vec::new());
        each_field(|path, _, _| {
            found.extend(path.last().cloned());
            unknown.extend(shape_of(path).is_none().then(|| path.join(" > ")));
        });
        let missing: Vec<_> = NAMES.keys().filter(|name| !found.contains(**name)).collect();
        assert!(unknown.is_empty() && missing.is_empty(), "{unknown:?} {missing:?}");
    }

    #[test]
    fn what_may_be_missing_is_what_is_read_with_some_around_it() {
        let mut wrong = Vec::new();
        each_field(|path, text, offset| {
            let behind: Vec<(usize, Token<'_>)> = Tokens::from(text, offset).skip(2).collect();
            let (mut depth, start) = (0, behind[0].0);
            let end = behind.iter().find(|(_, token)| match token {
                Token::Comma => depth == 0,
                Token::Open(_) => {
                    depth += 1;
                    false
                }
                Token::Close(_) if depth == 0 => true,
                Token::Close(_) => {
                    depth -= 1;
                    false
                }
                _ => false,
            });
            let end = end.unwrap().0;
            let text = format!("{}Some({}){}", &text[..start], &text[start..end], &text[end..]);
            let is_read = from_text(&text).is_ok();
            if is_read != matches!(shape_of(path), Some(Maybe(_))) {
                wrong.push(format!("{}: {is_read}", path.join(" > ")));
            }
        });
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
