//! Any project, for properties that hold of all of them.

#![allow(dead_code)] // not every test file asks for everything

use std::sync::Arc;

use groundplan::project::{
    Assumptions, Baseline, BaselineEdit, BaselinePart, Boundary, Calendar, Component, ComponentId, ComponentKind,
    Confidence, Connection, Course, Currency, Deadline, ElementId, Grouping, LineKind, Machines, Means, NoteColour,
    Project, Protocol, Role, Scenario, ServerFigures, Side, Spread, StickyNote, TraitValue, Weekday,
};
use jiff::civil::Date;
use kurbo::{Point, Size};
use proptest::prelude::*;

fn point() -> impl Strategy<Value = Point> {
    (-1_000_000_000_i64..1_000_000_000, -1_000_000_000_i64..1_000_000_000)
        .prop_map(|(x, y)| Point::new(x as f64 / 100.0, y as f64 / 100.0))
}

fn size() -> impl Strategy<Value = Size> {
    (1_i64..1_000_000, 1_i64..1_000_000).prop_map(|(w, h)| Size::new(w as f64 / 100.0, h as f64 / 100.0))
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![(0_u32..100_000).prop_map(f64::from), 0.0..1e6, 1e14..1e300, -1e6..0.0, Just(1e-300)]
}

/// Any text, with many of the signs that a file is made of.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z \"\\\\\n\r\t{}():,/*#']{0,30}"]
}

fn trait_value() -> impl Strategy<Value = TraitValue> {
    prop_oneof![
        any::<bool>().prop_map(TraitValue::Flag),
        number().prop_map(TraitValue::Number),
        text().prop_map(TraitValue::Choice)
    ]
}

fn component() -> impl Strategy<Value = Component> {
    (
        text().prop_map(|name| format!("x{name}")),
        prop::sample::select(ComponentKind::ALL),
        prop::option::of(point()),
        prop::collection::vec(("[a-z-]{1,12}", trait_value()), 0..5),
        (prop::option::of("[a-z_]{1,12}"), any::<bool>(), any::<bool>()),
        text(),
    )
        .prop_map(|(name, kind, pos, traits, (pin, deferred, locked), notes)| {
            let mut component = Component::new(&name, kind, pos);
            component.traits = traits.into_iter().map(|(id, value)| (id.as_str().into(), value)).collect();
            component.pin = pin.map(|pin| pin.as_str().into());
            component.deferred = deferred;
            component.locked = locked;
            component.notes = notes;
            component
        })
}

fn date() -> impl Strategy<Value = Date> {
    (1900_i16..3_000, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| jiff::civil::date(year, month, day))
}

fn deadline() -> impl Strategy<Value = Deadline> {
    prop_oneof![(0.1..1e4).prop_map(Deadline::Weeks), date().prop_map(Deadline::Date)]
}

prop_compose! {
    fn currency()(
        code in "[A-Z]{2}X", symbol in "[€£a-z]{1,4}", per_usd in 1e-6..1e9, symbol_behind in any::<bool>(),
        grouping in prop::sample::select(Grouping::ALL.to_vec()),
    ) -> Currency {
        Currency { code, symbol, per_usd, symbol_behind, grouping }
    }
}

prop_compose! {
    fn calendar()(
        workdays in prop::collection::btree_set(prop::sample::select(Weekday::ALL.to_vec()), 1..7),
        holidays in prop::collection::btree_set(date(), 0..4),
    ) -> Calendar {
        Calendar { workdays, holidays }
    }
}

prop_compose! {
    fn machines()(
        utilisation in prop::option::of(0.1..0.9), usd_per_cpu_month in prop::option::of(0.0..1e3),
        servers in prop::collection::vec(("[a-z]{1,8}", 0.1..1e3, prop::option::of(0.0..1e3)), 0..3),
    ) -> Machines {
        let figures = |base_ms, call_ms| ServerFigures { base_ms: Some(base_ms), call_ms, ..ServerFigures::default() };
        let servers = servers.into_iter().map(|(id, base_ms, call_ms)| (id, figures(base_ms, call_ms))).collect();
        Machines { utilisation, usd_per_cpu_month, servers, ..Machines::default() }
    }
}

prop_compose! {
    fn assumptions()(
        figures in (1.0..1e6, 1.0..1_000.0, 0.0..10.0),
        confidence in prop::sample::select(Confidence::ALL.to_vec()),
        roles in prop::collection::vec(("[a-z]{1,8}", "x[a-z ]{0,8}", 1.0..1e6, 0.1..1e3), 0..3),
        communication_share in prop::option::of(0.0..1.0),
        start in prop::option::of(date()), calendar in calendar(), currency in currency(),
        target_budget_usd in prop::option::of(1.0..1e12), deadline in prop::option::of(deadline()),
        machines in machines(),
    ) -> Assumptions {
        let (rate_usd_per_person_week, team_size, contingency) = figures;
        let role = |(id, name, rate, share): (String, String, f64, f64)| (id.as_str().into(), Role::new(&name, rate, share));
        Assumptions {
            rate_usd_per_person_week, team_size, contingency, confidence, roles: roles.into_iter().map(role).collect(),
            communication_share, start, calendar, currency, target_budget_usd, deadline, machines,
        }
    }
}

prop_compose! {
    fn baseline()(
        name in "x[a-z ]{0,8}", date in prop::option::of(date()), figures in (0.0..1e4, 0.0..2.0, 0.0..1e9, 0.0..2.0),
        parts in prop::collection::vec((text(), 0.0..1e4, 0.0..1e9), 0..3),
        edits in prop::collection::vec((text(), -1e3..1e3, -1e6..1e6), 0..3),
    ) -> Baseline {
        let spread = |median, log_sd| Spread { median, log_sd };
        let part = |(name, weeks, usd)| BaselinePart { component: None, name, framework: None, weeks, usd };
        let edit = |(name, weeks, usd)| BaselineEdit { name, weeks, usd };
        Baseline {
            name, date, weeks: spread(figures.0, figures.1), budget_usd: spread(figures.2, figures.3),
            parts: parts.into_iter().map(part).collect(), edits: edits.into_iter().map(edit).collect(),
        }
    }
}

prop_compose! {
    fn course()(
        line in prop::sample::select(LineKind::ALL.to_vec()),
        from_side in prop::option::of(prop::sample::select(Side::ALL.to_vec())),
        to_side in prop::option::of(prop::sample::select(Side::ALL.to_vec())),
        via in prop::collection::vec(point(), 0..4), label_at in prop::option::of(0.0..=1.0),
    ) -> Course {
        Course { line, from_side, to_side, via, label_at }
    }
}

type Link = (prop::sample::Index, prop::sample::Index, Protocol, Option<f64>, Option<f64>, String, Course);

fn link() -> impl Strategy<Value = Link> {
    (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        prop::sample::select(Protocol::ALL.to_vec()),
        prop::option::of(0.0..1e6),
        prop::option::of(0.0..1e9),
        text(),
        prop_oneof![Just(Course::default()), course()],
    )
}

prop_compose! {
    /// Any project that is sound as a document.
    pub fn project()(
        name in text(), notes in text(), assumptions in assumptions(),
        components in prop::collection::vec(component(), 0..6),
        links in prop::collection::vec(link(), 0..6),
        boundaries in prop::collection::vec((text(), point(), size(), any::<bool>(), any::<bool>()), 0..3),
        sticky_notes in prop::collection::vec((text(), point(), size(), any::<bool>()), 0..3),
        scenarios in prop::collection::vec(("x[a-z ]{0,8}", prop::option::of(assumptions())), 0..2),
        baselines in prop::collection::vec(baseline(), 0..2),
    ) -> Project {
        let mut project = Project { name, notes, assumptions, ..Project::default() };
        for component in components {
            let id = project.new_component_id(&component.name);
            project.components.insert(id, Arc::new(component));
        }
        let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
        for (from, to, protocol, calls_per_request, latency_ms, label, course) in links {
            if ids.is_empty() {
                break;
            }
            let (from, to) = (from.get(&ids).clone(), to.get(&ids).clone());
            let id = project.new_connection_id(&from, &to);
            project.connections.insert(id, Arc::new(Connection { calls_per_request, latency_ms, label, course, ..Connection::new(from, to, protocol) }));
        }
        for (name, pos_world, size_world, folded, locked) in boundaries {
            // The first one that is folded stands for every component.
            let folded = (folded && project.boundaries.values().all(|other| other.folded.is_none()))
                .then(|| project.components.keys().cloned().map(ElementId::Component).collect());
            let id = project.new_boundary_id(&name);
            project.boundaries.insert(id, Arc::new(Boundary { name, pos_world, size_world, folded, locked }));
        }
        for (text, pos_world, size_world, locked) in sticky_notes {
            let (id, colour) = (project.new_note_id(), NoteColour::ALL[text.len() % NoteColour::ALL.len()]);
            project.sticky_notes.insert(id, Arc::new(StickyNote { text, pos_world, size_world, colour, locked }));
        }
        for (name, assumptions) in scenarios {
            let means = assumptions.as_ref().map(Means::of).unwrap_or_default();
            let scenario = Scenario { means, ..Scenario::of(&project, &name) };
            project.scenarios.insert(project.new_scenario_id(&name), Arc::new(scenario));
        }
        for baseline in baselines {
            project.baselines.insert(project.new_baseline_id(&baseline.name), Arc::new(baseline));
        }
        project
    }
}
