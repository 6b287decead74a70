//! An id with a slip leads to the thing it plainly means; one that may mean two things, or another one of a row, leads nowhere.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use crate::common::slips;
use groundplan::{project::ComponentId, storage::read_what_can_be};
use slips::{NONE, hold, no_check, with};

const PLAN: &str = r#"(format: 2, name: "P",
components: {
    "web-application": (name: "Web", kind: web_application),
    "service-1": (name: "One", kind: worker),
    "service-2": (name: "Two", kind: worker),
    "cart": (name: "Cart", kind: worker),
    "card": (name: "Card", kind: worker),
},
connections: {"a": (from: "FROM", to: "service-1")},
boundaries: {"all": (name: "All", pos: (0, 0), size: (100, 100), folded: (components: ["MEMBER"]))},
scenarios: {"s": (name: "S", pins: {"PIN": "django"}, deferred: ["DEFERRED"])},
)"#;

#[test]
fn a_slip_in_what_leads_to_a_thing_loses_nothing() {
    let to = |damaged: &str| with(&[("to: \"shop\"", damaged)]);
    hold(vec![
        (to("to: \"sho\""), NONE, &["\"sho\" leads nowhere; it is read as \"shop\" in connections > web-to-shop > to"]),
        (to("to: \"shopp\""), NONE, &["\"shopp\" leads nowhere"]),
        (to("to: \"shpo\""), NONE, &["\"shpo\" leads nowhere"]),
        (to("to: \"sh/op\""), NONE, &["\"sh/op\" leads nowhere"]),
        (to("to: \"shock\""), &["-connections > web-to-shop"], &["names a component that is not there: \"shock\""]),
    ]);
}

#[test]
fn a_slip_in_an_id_itself_parts_it_from_nothing() {
    hold(vec![
        (with(&[("\"shop\": (", "\"sh/op\": (")]), NONE, &["\"sh/op\" cannot be an id; it is kept as \"shop\""]),
        (with(&[("\"shop\": (", "\"Shop\": (")]), NONE, &["\"Shop\" cannot be an id; it is kept as \"shop\""]),
        (with(&[("\"db\": (", "\"d*/b\": (")]), NONE, &["\"d*/b\" cannot be an id; it is kept as \"db\""]),
    ]);
}

/// What each id that leads somewhere is read as in a plan with some that are alike.
#[test]
fn only_what_is_plainly_meant_is_taken() {
    for (written, meant) in [
        ("web-applicat/ion", Some("web-application")),
        ("webapplication", Some("web-application")),
        ("web-aplication", Some("web-application")),
        ("web-appplication", Some("web-application")),
        ("web-applicatiom", Some("web-application")),
        // Numbers tell one from the next, and of two that are as near nobody knows.
        ("service-3", None),
        ("service-11", None),
        ("service-", None),
        ("carx", None),
        ("mail", None),
    ] {
        let text = ["FROM", "MEMBER", "PIN", "DEFERRED"]
            .iter()
            .fold(PLAN.to_owned(), |text, hole| text.replace(hole, written));
        let repaired = read_what_can_be(text.as_bytes(), &no_check).unwrap();
        let project = repaired.project;
        let from = project.connections.values().next().map(|link| link.from.as_str().to_owned());
        assert_eq!(from.as_deref(), meant, "{written}: {:#?}", repaired.notes);
        let scenario = project.scenarios.values().next().unwrap();
        assert_eq!(scenario.pins.keys().next().map(ComponentId::as_str), meant, "{written}");
        assert_eq!(scenario.deferred.iter().next().map(ComponentId::as_str), meant, "{written}");
        let told = repaired.notes.iter().filter(|note| note.message.contains("leads nowhere; it is read as")).count();
        assert_eq!(told > 0, meant.is_some(), "{written}: {:#?}", repaired.notes);
    }
}
