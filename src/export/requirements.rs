//! Requirements files: what a service installs, with pins that resolve together.

use super::ExportInput;
use crate::{
    assess::{Stack, StackPackage},
    project::ComponentId,
};

/// What the first line of a requirements file of ours starts with; such a file may be written over.
pub const REQUIREMENTS_MARK: &str = "# Groundplan: requirements of ";

/// The requirements file of one service; `None` if it is none.
pub fn requirements(input: &ExportInput, stack: &Stack, id: &ComponentId) -> Option<String> {
    let component = stack.components.get(id)?;
    let framework = input.playbook.framework_name(&component.framework);
    let name = one_line(&input.project.component_name(id));
    let mut text = format!("{REQUIREMENTS_MARK}{name} ({id}) on {framework}\n");
    let checked = component.packages.iter().map(|row| row.package.checked.as_str()).max().unwrap_or_default();
    text += &format!("# Versions that resolve together, checked {checked}.");
    let products: Vec<&str> =
        component.packages.iter().filter(|row| row.package.product).map(|row| row.package.name.as_str()).collect();
    if !products.is_empty() {
        text += &format!(" Beside the packages it needs {}.", products.join(", "));
    }
    text.push('\n');
    text += &lines(&component.packages.iter().collect::<Vec<_>>());
    Some(text)
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
    lines.iter().map(|(requirement, comment)| format!("{requirement:width$}  # {comment}\n")).collect()
}

fn comment(row: &StackPackage) -> String {
    let mut words = one_line(&row.package.purpose);
    let old: Vec<&str> = row.in_place_of.iter().map(|package| package.name.as_str()).collect();
    if !old.is_empty() {
        words += &format!("; in place of {}", old.join(", "));
    }
    if row.package.develop {
        words += "; for development";
    }
    words
}

/// Text that cannot end the comment it stands in.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
