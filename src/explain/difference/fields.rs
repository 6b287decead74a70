//! One field of a thing that is not the same, in words.

use serde_json::Value;

use super::{
    super::{assumption, causes, framework},
    component_name, excerpt, quoted,
};
use crate::{
    assess::TraitDifference,
    figures::{self, Money, deadline_in_field},
    lang::{t, tr},
    playbook::{Assumption, Playbook},
    project::{
        Assumptions, ComponentKind, Confidence, ElementId, FrameworkId, Project, Protocol, TraitId,
        difference::{Field, Thing},
    },
};

/// What the words are made with.
#[derive(Clone, Copy)]
pub(super) struct FieldWords<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) from: &'a Project,
    pub(super) to: &'a Project,
}

impl FieldWords<'_> {
    /// A field that is not the same; `None` if another one of the same thing says it already.
    pub(super) fn field(self, thing: &Thing, field: &Field) -> Option<String> {
        let path: Vec<&str> = field.path.iter().map(String::as_str).collect();
        let told = match thing {
            Thing::Plan => text(path.first()?, field),
            Thing::Assumptions => return self.assumption(&path, field),
            Thing::Element(ElementId::Component(_)) => self.component(&path, field),
            Thing::Element(ElementId::Connection(_)) => self.connection(&path, field),
            Thing::Element(ElementId::Boundary(_) | ElementId::Note(_)) | Thing::Finding(_) => {
                text(path.first()?, field)
            }
            Thing::Scenario(_) => self.scenario(&path, field),
            Thing::Baseline(_) => match path.as_slice() {
                ["name"] => text(t("name"), field),
                ["date"] => plain(t("date"), field),
                ["weeks"] => t("its weeks").to_owned(),
                ["budget_usd"] => t("its budget").to_owned(),
                ["parts"] => t("its parts").to_owned(),
                ["edits"] => t("its edits").to_owned(),
                path => plain(&path.join(" "), field),
            },
        };
        Some(told)
    }

    fn component(self, path: &[&str], field: &Field) -> String {
        match path {
            ["kind"] => {
                let label = |value: &Option<Value>| {
                    let slug = as_text(value.as_ref());
                    ComponentKind::from_slug(&slug).map_or(slug, |kind| kind.label().to_owned())
                };
                format!("{} → {}", label(&field.from), label(&field.to))
            }
            ["traits", id] => {
                let value = |value: &Option<Value>| serde_json::from_value(value.clone()?).ok();
                let trait_id = TraitId::new(id);
                let words = causes::Words { playbook: self.playbook, money: self.money() };
                words.of_trait(&TraitDifference { trait_id, from: value(&field.from), to: value(&field.to) })
            }
            ["pin"] => self.pin("", field),
            ["deferred"] => put_off(field).to_owned(),
            [key @ ("name" | "notes")] => text(key, field),
            path => plain(&path.join(" "), field),
        }
    }

    fn connection(self, path: &[&str], field: &Field) -> String {
        match path {
            [end @ ("from" | "to")] => {
                let name = |value: &Option<Value>| {
                    component_name(self.from, self.to, &as_text(value.as_ref()).as_str().into())
                };
                let way = if *end == "from" { t("comes from") } else { t("leads to") };
                tr!("{way} {0}, not {1}", name(&field.to), name(&field.from), way)
            }
            ["protocol"] => {
                let label = |value: &Option<Value>| {
                    let known = value.clone().and_then(|value| serde_json::from_value::<Protocol>(value).ok());
                    known.unwrap_or_default().label()
                };
                format!("{} → {}", label(&field.from), label(&field.to))
            }
            ["calls_per_request"] => plain(t("calls a request"), field),
            ["latency_ms"] => plain(t("milliseconds a call"), field),
            ["label"] => text(t("label"), field),
            path => plain(&path.join(" "), field),
        }
    }

    fn scenario(self, path: &[&str], field: &Field) -> String {
        let name = |id: &&str| component_name(self.from, self.to, &(*id).into());
        match path {
            ["name"] => text(t("name"), field),
            ["pins", id] => self.pin(&name(id), field),
            ["deferred", id] => format!("{} {}", name(id), put_off(field)),
            ["means", "roles"] => t("another rate card").to_owned(),
            ["means", key] => self.of_engine(key, field),
            path => plain(&path.join(" "), field),
        }
    }

    fn pin(self, whose: &str, field: &Field) -> String {
        let name = |value: &Option<Value>| {
            value.as_ref().map(|value| framework_name(self.playbook, value.as_str().unwrap_or_default()))
        };
        let told = match (name(&field.from), name(&field.to)) {
            (None, Some(to)) => tr!("pinned to {to}", to),
            (Some(from), None) => tr!("no longer pinned to {from}", from),
            (from, to) => tr!("pinned to {0}, not {1}", to.unwrap_or_default(), from.unwrap_or_default()),
        };
        if whose.is_empty() { told } else { format!("{whose} {told}") }
    }

    fn money(&self) -> Money<'_> {
        Money::of(self.to)
    }

    fn assumption(self, path: &[&str], field: &Field) -> Option<String> {
        let (old, new) = (&self.from.assumptions, &self.to.assumptions);
        let both = |label: &str, of: &dyn Fn(&Assumptions) -> String| format!("{label} {} → {}", of(old), of(new));
        let or_none = |words: Option<String>| words.unwrap_or_else(|| t("none").to_owned());
        Some(match path {
            ["confidence"] => both(t("figures shown at"), &|one| Confidence::label(one.confidence).to_owned()),
            ["roles", id] => {
                let role = self.role_name(id);
                match (&field.from, &field.to) {
                    (None, _) => tr!("role {role} new", role),
                    (_, None) => tr!("role {role} gone", role),
                    _ => tr!("role {role} changed", role),
                }
            }
            ["roles", id, key] => self.role(id, key, field)?,
            ["start"] => both(t("first day"), &|one| or_none(one.start.map(figures::date))),
            ["deadline"] => both(t("deadline"), &|one| {
                or_none(one.deadline.map(|deadline| deadline_in_field(deadline, one.timetable().as_ref())))
            }),
            ["target_budget_usd"] => both(t("budget to hold"), &|one| {
                or_none(one.target_budget_usd.map(|usd| Money::new(&one.currency).full(usd)))
            }),
            ["currency"] => {
                let other_code = old.currency.code != new.currency.code;
                let rate = |one: &Assumptions| tr!("{} a dollar", figures::rate(one.currency.per_usd));
                match (other_code, old.currency.per_usd != new.currency.per_usd) {
                    (true, _) => both(t("currency"), &|one| excerpt(&one.currency.code)),
                    (false, true) => both(t("currency"), &rate),
                    (false, false) => t("money is written another way").to_owned(),
                }
            }
            ["calendar", "workdays", day] => {
                format!("{day} {}", if field.to.is_some() { t("worked") } else { t("free") })
            }
            ["calendar", "holidays", day] => {
                format!("{day} {}", if field.to.is_some() { t("a holiday") } else { t("no holiday") })
            }
            [key] => self.of_engine(key, field),
            path => plain(&path.join(" "), field),
        })
    }

    /// What people call a role of the rate card.
    fn role_name(self, id: &str) -> String {
        let role = [self.to, self.from].into_iter().find_map(|of| of.assumptions.roles.get(id));
        role.map_or_else(|| id.to_owned(), |role| excerpt(&role.name))
    }

    /// A field of a role: its coming and going is told by its name, all else by itself.
    fn role(self, id: &str, key: &str, field: &Field) -> Option<String> {
        let is_in = |of: &Project| of.assumptions.roles.contains_key(id);
        let name = self.role_name(id);
        match (is_in(self.from), is_in(self.to), key) {
            (false, _, "name") => Some(tr!("role {name} new", name)),
            (_, false, "name") => Some(tr!("role {name} gone", name)),
            (true, true, "name") => Some(text(t("role"), field)),
            (true, true, "rate_usd_per_person_week") => {
                let rate = |value: &Option<Value>| self.money().full(as_number(value.as_ref()).unwrap_or_default());
                Some(tr!("{name} {0} → {1} a person-week", rate(&field.from), rate(&field.to), name))
            }
            (true, true, key) => Some(plain(&tr!("{key} of {name}", key, name), field)),
            _ => None,
        }
    }

    /// Rate, team, contingency and the time lost to agreement.
    fn of_engine(self, key: &str, field: &Field) -> String {
        let one = match key {
            "rate_usd_per_person_week" => Assumption::Rate,
            "team_size" => Assumption::TeamSize,
            "contingency" => Assumption::Contingency,
            "communication_share" => Assumption::CommunicationShare,
            key => return plain(key, field),
        };
        let said = |value: &Option<Value>| {
            as_number(value.as_ref())
                .map_or_else(|| t("as usual").to_owned(), |value| assumption(self.money(), one, value))
        };
        format!("{} {} → {}", causes::in_sentence(one.label()), said(&field.from), said(&field.to))
    }
}

fn framework_name(playbook: &Playbook, id: &str) -> String {
    framework(playbook, &FrameworkId::new(id)).to_owned()
}

fn put_off(field: &Field) -> &'static str {
    if field.to.is_some() { t("put off to later") } else { t("taken in again") }
}

fn as_text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn as_number(value: Option<&Value>) -> Option<f64> {
    value.and_then(Value::as_f64)
}

/// What is drawn another way: `moved to (40, 80)`, `course label_at 0.5 → 0.2`.
pub(super) fn drawn(field: &Field) -> String {
    let pair = |value: &Option<Value>| match value.as_ref().and_then(Value::as_array).map(Vec::as_slice) {
        Some([a, b]) => format!("({a}, {b})"),
        _ => t("nowhere").to_owned(),
    };
    match field.path.first().map(String::as_str) {
        Some("pos") => tr!("moved to {}", pair(&field.to)),
        Some("size") => tr!("resized to {}", pair(&field.to)),
        Some("locked") => if field.to.is_some() { t("locked") } else { t("let go of") }.to_owned(),
        Some("folded") if field.path.len() == 1 => {
            if field.to.is_some() { t("folded") } else { t("unfolded") }.to_owned()
        }
        _ => plain(&field.path.join(" "), field),
    }
}

/// A text that is not the same: `name "Shop" → "Store"`, `notes written`.
fn text(label: &str, field: &Field) -> String {
    let shown = |value: &Option<Value>| quoted(&as_text(value.as_ref()));
    match (&field.from, &field.to) {
        (None, Some(_)) => format!("{label} {}", shown(&field.to)),
        (Some(_), None) => tr!("{label} {} taken away", shown(&field.from), label),
        // What differs further behind than is shown would read as the same.
        (Some(from), Some(to)) if shown(&field.from) == shown(&field.to) => {
            let (from, to) = (as_text(Some(from)), as_text(Some(to)));
            let [from, to] = from_difference(&from, &to).map(|text| quoted(&text));
            format!("{label} {from} → {to}")
        }
        _ => format!("{label} {} → {}", shown(&field.from), shown(&field.to)),
    }
}

/// Two texts from shortly before where they differ, behind an ellipsis.
fn from_difference(from: &str, to: &str) -> [String; 2] {
    let same: usize =
        from.chars().zip(to.chars()).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum();
    let begin = from[..same].char_indices().rev().nth(LETTERS_BEFORE).map_or(0, |(at, _)| at);
    [from, to].map(|text| format!("…{}", text[begin..].trim_start()))
}

/// How much of what is the same is shown before what is not.
const LETTERS_BEFORE: usize = 15;

/// Anything at all: `calls a request 1 → 2`.
pub(super) fn plain(label: &str, field: &Field) -> String {
    let shown = |value: &Option<Value>| match value {
        None => t("unknown").to_owned(),
        Some(Value::String(text)) => excerpt(text),
        Some(Value::Bool(flag)) => if *flag { t("yes") } else { t("no") }.to_owned(),
        Some(Value::Number(number)) => number.as_f64().map_or_else(|| number.to_string(), figures::number),
        Some(other) => excerpt(&other.to_string()),
    };
    format!("{label} {} → {}", shown(&field.from), shown(&field.to))
}
