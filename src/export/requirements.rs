//! Requirements files: what a service installs, with pins that resolve together.

use super::ExportInput;
use crate::{
    assess::{Stack, StackPackage},
    lang::{t, tr},
    project::ComponentId,
    text::one_line,
};

/// What the first line of a requirements file of ours starts with, in every language: such a file may be written over, whoever wrote it.
pub const REQUIREMENTS_MARK: &str = "# Groundplan: requirements of ";

/// The requirements file of one service; `None` if it is none.
pub fn requirements(input: &ExportInput, stack: &Stack, id: &ComponentId) -> Option<String> {
    let component = stack.components.get(id)?;
    let framework = input.playbook.framework_name(&component.framework);
    let name = one_line(&input.project.component_name(id));
    let checked = component.packages.iter().map(|row| row.package.checked.as_str()).max().unwrap_or_default();
    let products: Vec<&str> =
        component.packages.iter().filter(|row| row.package.product).map(|row| row.package.name.as_str()).collect();
    let beside = match products.as_slice() {
        [] => String::new(),
        products => tr!(" Beside the packages it needs {}.", products.join(", ")),
    };
    let resolved = tr!("Versions that resolve together, checked {checked}.", checked);
    let lines = lines(&component.packages.iter().collect::<Vec<_>>());
    Some(format!("{REQUIREMENTS_MARK}{name} ({id}) on {framework}\n# {resolved}{beside}\n{lines}"))
}

/// The packages of the whole system, each once, for one environment that runs every service.
pub fn all_requirements(stack: &Stack) -> String {
    lines(&stack.system.iter().map(|row| &row.entry).collect::<Vec<_>>())
}

fn lines(rows: &[&StackPackage]) -> String {
    let rows = rows.iter().filter(|row| !row.package.product);
    let mut lines: Vec<(String, String)> = rows.map(|row| (row.package.requirement(), comment(row))).collect();
    lines.sort_by_key(|(requirement, _)| requirement.to_lowercase());
    let width = lines.iter().map(|(requirement, _)| requirement.len()).max().unwrap_or(0);
    let padded = |(requirement, comment): &(String, String)| format!("{requirement:width$}  # {comment}");
    let mut text = lines.iter().map(padded).collect::<Vec<_>>().join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn comment(row: &StackPackage) -> String {
    let old: Vec<&str> = row.in_place_of.iter().map(|package| package.name.as_str()).collect();
    let instead = if old.is_empty() { String::new() } else { tr!("; in place of {}", old.join(", ")) };
    let develop = if row.package.develop { t("; for development") } else { "" };
    format!("{}{instead}{develop}", one_line(&row.package.purpose))
}
