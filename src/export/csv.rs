//! The breakdown for a spreadsheet: one row a component, work item and phase.

use super::{ExportError, ExportInput};
use crate::{
    assess::{EstimateLine, round_to_cents},
    explain,
    lang::t,
    playbook::Phase,
    project::ComponentId,
    text::one_line,
};

const HEADER: [&str; 8] =
    ["component_id", "component", "work_item", "phase", "framework", "person_weeks", "weeks", "usd"];

/// A piece of a line of the breakdown that falls into one phase.
struct Row<'a> {
    line: &'a EstimateLine,
    phase: &'a Phase,
    share: f64,
}

/// Writes UTF-8 with a header. Each column of figures sums to the rounded total of the estimate exactly.
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let rows: Vec<Row> = input.assessment.estimate.breakdown.iter().flat_map(|line| phases_of(input, line)).collect();
    let person_weeks = hundredths(&rows, |line| line.person_weeks);
    let weeks = hundredths(&rows, |line| line.weeks);
    let usd = hundredths(&rows, |line| line.usd);
    let currency = input.money().currency();
    let code = currency.code.to_lowercase();
    // A spreadsheet that reads the file today finds the same columns; another currency stands behind them.
    let amounts = (code != "usd").then(|| hundredths(&rows, |line| currency.from_usd(line.usd)));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = currency_head(&code, &HEADER);
    writer.write_record(HEADER.into_iter().chain(amounts.as_ref().map(|_| head.as_str())))?;
    for (i, row) in rows.iter().enumerate() {
        let id = row.line.component.as_ref();
        let framework = id.and_then(|id| input.assessment.verdict.assignment.get(id));
        let work_item = input.playbook.work_items.get(&row.line.work_item);
        let cells = [
            text_cell(id.map_or("", ComponentId::as_str)),
            text_cell(&id.map_or_else(|| t(explain::OWN_WORK).to_owned(), |id| input.project.component_name(id))),
            text_cell(work_item.map_or(row.line.work_item.as_str(), |item| &item.label)),
            text_cell(&row.phase.label),
            text_cell(framework.map_or("", |framework| input.playbook.framework_name(framework))),
            decimal(person_weeks[i]),
            decimal(weeks[i]),
            decimal(usd[i]),
        ];
        writer.write_record(cells.into_iter().chain(amounts.iter().map(|amounts| decimal(amounts[i]))))?;
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.into_error().into()))
}

/// The head of a column in a currency: its code, unless another column is called so.
pub(super) fn currency_head(code: &str, known: &[&str]) -> String {
    text_cell(&if known.contains(&code) { format!("amount_{code}") } else { code.to_owned() })
}

/// A table as CSV: what looks like a number stays one, anything else is text that no spreadsheet takes for a formula.
pub fn csv_table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let cell = |text: String| if text.parse::<f64>().is_ok() { text } else { text_cell(&text) };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let write = || -> Result<(), csv::Error> {
        writer.write_record(header)?;
        rows.into_iter().try_for_each(|row| writer.write_record(row.into_iter().map(cell)))
    };
    // Memory takes everything, and a row of another length is a slip that the table shows by ending there.
    if let Err(error) = write() {
        log::error!("A table could not be written as CSV: {error}");
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A table as it is shown: heads as well may be what somebody called something.
pub fn shown_table<'a>(
    heads: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let heads: Vec<String> = heads.into_iter().map(text_cell).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let width = heads.len();
    csv_table(
        &heads,
        rows.into_iter().map(|mut row| {
            row.resize(width, String::new());
            row
        }),
    )
}

/// A table in CSV as text that pastes into cells: tabs between columns. No cell has a tab or a second line.
pub fn tab_separated(csv: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    let lines = reader.records().filter_map(Result::ok);
    let line = |record: csv::StringRecord| record.iter().collect::<Vec<_>>().join("\t") + "\n";
    lines.map(line).collect()
}

fn phases_of<'a>(input: &ExportInput<'a>, line: &'a EstimateLine) -> impl Iterator<Item = Row<'a>> {
    let phases = input.playbook.estimate.phases.iter().zip(&line.phases);
    phases.filter(|(_, share)| **share > 0.0).map(move |(phase, share)| Row { line, phase, share: *share })
}

/// A column in hundredths that sum to its rounded total.
fn hundredths(rows: &[Row], value: impl Fn(&EstimateLine) -> f64) -> Vec<i128> {
    let parts: Vec<f64> = rows.iter().map(|row| value(row.line) * row.share).collect();
    round_to_cents(&parts)
}

/// Two decimals, without a detour over binary fractions.
pub(super) fn decimal(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

/// Text that no spreadsheet takes for a formula: a quote in front, where its first character could start one. The same behind a semicolon,
/// at which spreadsheets of many countries begin another cell. Without what moves cursors and turns lines.
pub(super) fn text_cell(text: &str) -> String {
    let parts: Vec<String> = one_line(text).split(';').map(plain_cell).collect();
    parts.join(";")
}

fn plain_cell(text: &str) -> String {
    let is_blank = |character: char| {
        character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    };
    let dangerous = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if text.trim_start_matches(is_blank).starts_with(dangerous) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_goes_into_cells_and_no_cell_is_a_formula() {
        let csv =
            shown_table(["=Name", "Weeks, P50"], [vec!["a, b".to_owned(), "3.5".to_owned()], vec!["=1+1".to_owned()]]);
        assert_eq!(csv, "'=Name,\"Weeks, P50\"\n\"a, b\",3.5\n'=1+1,\n");
        assert_eq!(tab_separated(&csv), "'=Name\tWeeks, P50\na, b\t3.5\n'=1+1\t\n");
    }

    #[test]
    fn no_cell_is_a_formula_and_no_head_stands_twice() {
        assert_eq!(["=1+1", "a\u{1b}b\0", "\t=x", "x\u{202e}y"].map(text_cell), ["'=1+1", "a b ", "' =x", "xy"]);
        assert_eq!(["a;=1; b", "\u{feff}=1", "a; -b"].map(text_cell), ["a;'=1; b", "'\u{feff}=1", "a;' -b"]);
        assert_eq!(["eur", "weeks", "=1+1"].map(|code| currency_head(code, &HEADER)), ["eur", "amount_weeks", "'=1+1"]);
    }
}
