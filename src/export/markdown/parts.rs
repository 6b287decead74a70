//! The stack in the report.

use super::text::{Report, escape};
use crate::{
    assess::{self, SystemPackage},
    export::{ExportInput, alternatives_in_words, glue_in_words, replaced_in_words},
    lang::{lower, t},
};

/// Every package once, and what each framework would leave to assemble.
pub(super) fn stack(input: &ExportInput, report: &mut Report) {
    let stack = assess::stack(input.playbook, input.project, input.assessment);
    if stack.system.is_empty() {
        return;
    }
    report.heading(t("Stack"));
    let titles = [t("Package"), t("Version"), t("For"), t("Services"), "¶", t("Status today")];
    report.table(&titles, stack.system.iter().map(|row| cells(input, row)));
    report.line(t(
        "What each framework would leave to assemble for the tagged traits, if every service were built on it:",
    ));
    report.list(stack.glue.iter().map(|glue| {
        let name = escape(input.playbook.framework_name(&glue.framework));
        format!("{name}: {}", escape(&glue_in_words(input.playbook, glue)))
    }));
}

fn cells(input: &ExportInput, row: &SystemPackage) -> Vec<String> {
    let package = &row.entry.package;
    let version = match (package.product, package.version.as_str()) {
        (true, _) => t("product"),
        (false, "") => t("not pinned"),
        (false, version) => version,
    };
    let services: Vec<String> = row.components.iter().map(|id| escape(&input.project.component_name(id))).collect();
    let paragraphs: Vec<String> = package.paragraphs.iter().map(ToString::to_string).collect();
    let status = format!("{}, {}", lower(package.status.label()), package.checked);
    let more = [replaced_in_words(&row.entry), alternatives_in_words(&row.entry)];
    let status =
        more.into_iter().filter(|words| !words.is_empty()).fold(status, |all, words| format!("{all}; {words}"));
    vec![
        escape(&package.name),
        escape(version),
        escape(&package.purpose),
        services.join(", "),
        paragraphs.join(", "),
        escape(&status),
    ]
}
