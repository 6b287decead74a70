//! The rules that the playbook holds as data.

use super::{Subject, fixes, flow, found};
use crate::{
    assess::{
        evaluate::{Site, TraitAt},
        tables::RuleAt,
        types::Finding,
    },
    playbook::{Condition, Rule, RuleSubject},
    text::number,
};

/// A rule is said from this strength on.
const LEAST_STRENGTH: f64 = 0.5;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let services: Vec<usize> = subject.graph.services().collect();
    let sites: Vec<Site<'_, '_>> = services.iter().map(|position| subject.site(*position)).collect();
    let somewhere =
        |condition: &Condition<TraitAt>| sites.iter().any(|site| site.strength(condition) >= LEAST_STRENGTH);
    for (rule, at) in subject.playbook.rules.values().zip(&subject.tables.rules) {
        let holds = |site: &Site<'_, '_>| site.strength(&at.when) >= LEAST_STRENGTH;
        let met: Vec<usize> =
            services.iter().zip(&sites).filter(|(_, site)| holds(site)).map(|(position, _)| *position).collect();
        // Looking at every service again is worth it only where there is something to say.
        let excused =
            || at.given.as_ref().is_some_and(|given| !somewhere(given)) || at.unless.as_ref().is_some_and(somewhere);
        if met.is_empty() || excused() {
            continue;
        }
        match (rule.of, rule.together) {
            (RuleSubject::SharedDependency, _) => {
                findings.extend(
                    flow::shared_dependencies(subject, &met)
                        .into_iter()
                        .map(|(position, waiting)| shared(subject, rule, position, &waiting)),
                );
            }
            (RuleSubject::Service, Some(least)) if met.len() >= least => {
                findings.push(together(subject, rule, at, &met));
            }
            (RuleSubject::Service, Some(_)) => {}
            (RuleSubject::Service, None) => {
                findings.extend(met.iter().map(|position| single(subject, rule, at, *position)));
            }
        }
    }
}

fn single(subject: &Subject<'_>, rule: &Rule, at: &RuleAt, position: usize) -> Finding {
    let site = subject.site(position);
    let message = message(subject, rule, at, &[position]);
    let mend = |(fix, amount): (_, &Option<_>)| {
        let offer = fixes::of_rule(subject, fix, amount.as_ref(), position, site)?;
        match rule.shows {
            Some(measure) => fixes::measured(subject, measure, fix, position, offer),
            None => Some(offer),
        }
    };
    let fixes: Vec<_> = rule.fixes.iter().zip(&at.fixes).filter_map(mend).collect();
    found(rule.id.as_str(), rule.severity, message, vec![subject.element(position)])
        .because(&rule.why, &rule.paragraphs)
        .mended_by(fixes)
}

fn together(subject: &Subject<'_>, rule: &Rule, at: &RuleAt, positions: &[usize]) -> Finding {
    let elements = positions.iter().map(|position| subject.element(*position)).collect();
    found(rule.id.as_str(), rule.severity, message(subject, rule, at, positions), elements)
        .because(&rule.why, &rule.paragraphs)
}

fn shared(subject: &Subject<'_>, rule: &Rule, position: usize, waiting: &[usize]) -> Finding {
    let message = fill(&rule.message, |hole| match hole {
        "" => waiting.len().to_string(),
        "framework" => framework(subject, position),
        _ => subject.name(position).to_owned(),
    });
    found(rule.id.as_str(), rule.severity, message, vec![subject.element(position)])
        .because(&rule.why, &rule.paragraphs)
        .also(waiting.iter().map(|position| subject.element(*position)))
}

fn framework(subject: &Subject<'_>, position: usize) -> String {
    let known = subject.framework(position).and_then(|id| subject.playbook.frameworks.get(id));
    known.map(|framework| framework.short_name.clone()).unwrap_or_default()
}

fn message(subject: &Subject<'_>, rule: &Rule, at: &RuleAt, positions: &[usize]) -> String {
    let Some(first) = positions.first().copied() else { return rule.message.clone() };
    let site = subject.site(first);
    fill(&rule.message, |hole| match hole {
        "" => site.first_value(&at.when).unwrap_or_default(),
        "name" => subject.names(positions),
        "framework" => framework(subject, first),
        figure => {
            let amount = figure.parse().ok().and_then(|figure: usize| at.values.get(figure));
            amount.map(|amount| number(site.amount(amount))).unwrap_or_default()
        }
    })
}

/// The template with its holes filled, once: a name with brackets in it stays a name.
fn fill(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut pieces = template.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once('}') {
            Some((hole, rest)) => {
                text.push_str(&value(hole));
                text.push_str(rest);
            }
            None => text.push_str(piece),
        }
    }
    text
}
