//! The grammar of findings' keys: `RULE:ELEMENT+ELEMENT:SUBJECT`. A component is named by its id alone, anything else with its sort before it
//! (`connection=shop-to-db`); elements stand in the order of the alphabet, so that the order of the document does not matter.

use super::{
    id::{BoundaryId, ConnectionId, ElementId, FindingKey, NoteId},
    validate::MAX_KEY_BYTES,
};

impl FindingKey {
    /// The key of a finding of a rule, about these elements, and what else tells it from others of its rule.
    pub(crate) fn of(rule: &str, elements: &[ElementId], subject: &str) -> Self {
        let mut text = rule.to_owned();
        for more in [in_order(elements.iter().map(written)).as_str(), subject] {
            if !more.is_empty() {
                text.push(':');
                text.push_str(more);
            }
        }
        if text.len() > MAX_KEY_BYTES || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            text = format!("{rule}:{:016x}", fingerprint(&text));
        }
        Self::new(&text)
    }

    /// The same key where some elements have other ids.
    pub(crate) fn with_other_ids(&self, other: impl Fn(&ElementId) -> Option<ElementId>) -> Self {
        let mut parts: Vec<&str> = self.as_str().splitn(3, ':').collect();
        let Some(about) = parts.get_mut(1) else { return self.clone() };
        let elements =
            about.split('+').map(|text| other(&read(text)).as_ref().map_or_else(|| text.to_owned(), written));
        let about_others = in_order(elements);
        *about = &about_others;
        Self::new(&parts.join(":"))
    }
}

/// What stands before an id of some sort, and the element that it names.
type Sort = (&'static str, fn(&str) -> ElementId);

/// How keys tell what an id names.
const SORTS: [Sort; 3] = [
    ("connection=", |id| ElementId::Connection(ConnectionId::from(id))),
    ("boundary=", |id| ElementId::Boundary(BoundaryId::from(id))),
    ("note=", |id| ElementId::Note(NoteId::from(id))),
];

fn written(element: &ElementId) -> String {
    let id = element.as_str();
    let sort = SORTS.iter().find(|(_, named)| named(id) == *element).map_or("", |(sort, _)| sort);
    format!("{sort}{id}")
}

fn read(text: &str) -> ElementId {
    let sorted = SORTS.iter().find_map(|(sort, named)| text.strip_prefix(sort).map(named));
    sorted.unwrap_or_else(|| ElementId::Component(text.into()))
}

fn in_order(elements: impl Iterator<Item = String>) -> String {
    let mut elements: Vec<String> = elements.collect();
    elements.sort_unstable();
    elements.join("+")
}

/// FNV-1a: the same on every machine and with every version of the standard library.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(id: &str) -> ElementId {
        ElementId::Component(id.into())
    }

    #[test]
    fn keys_do_not_depend_on_order_and_stay_short() {
        let (one, other) = ([component("b"), component("a")], [component("a"), component("b")]);
        let key = FindingKey::of;
        assert_eq!(key("circle", &one, "").as_str(), "circle:a+b");
        assert_eq!(key("circle", &one, ""), key("circle", &other, ""));
        let link = ElementId::Connection("a-to-b".into());
        assert_eq!(key("seam", &[link], "x").as_str(), "seam:connection=a-to-b:x");
        let many: Vec<ElementId> = (0..500).map(|i| component(&format!("service-{i}"))).collect();
        let (long, longer) = (key("circle", &many[1..], ""), key("circle", &many, ""));
        assert!(long.as_str().len() < MAX_KEY_BYTES && long != longer);
    }

    #[test]
    fn a_key_follows_the_ids_of_what_it_is_about() {
        let elements = [component("b"), ElementId::Connection("b".into()), ElementId::Note("b".into())];
        let key = FindingKey::of("rule", &elements, "b:c");
        assert_eq!(key.as_str(), "rule:b+connection=b+note=b:b:c");
        let of_components = key.with_other_ids(|element| (*element == component("b")).then(|| component("z")));
        assert_eq!(of_components.as_str(), "rule:connection=b+note=b+z:b:c");
        let of_notes = key.with_other_ids(|element| (*element == elements[2]).then(|| ElementId::Note("a".into())));
        assert_eq!(of_notes.as_str(), "rule:b+connection=b+note=a:b:c");
        assert_eq!(FindingKey::new("rule").with_other_ids(|_| Some(component("z"))).as_str(), "rule");
    }
}
