//! Sticky notes are of a paper that people choose: kept in files, in pictures, and told in differences.

use groundplan::{
    export::{ExportInput, format},
    palette::LIGHT,
    project::{Edit, NoteColour, Project, StickyNote, difference::Changes},
    storage::{from_text, to_text},
};
use kurbo::Rect;

use crate::common::session::{bytes, component, engine, last_step, note, run, select, session_of};

fn two_notes() -> Project {
    let mut project = Project::new("Notes");
    for (id, x) in [("one", 0.0), ("two", 300.0)] {
        let rect = Rect::from_origin_size((x, 0.0), (192.0, 96.0));
        project.apply(&Edit::PutNote(id.into(), StickyNote::new("Ask", rect)));
    }
    project
}

#[test]
fn the_selected_notes_get_the_next_paper_together_as_one_step() {
    let mut session = session_of(two_notes());
    let papers = |session: &groundplan::session::Session| -> Vec<NoteColour> {
        session.project().sticky_notes.values().map(|note| note.colour).collect()
    };
    let first = bytes(&session);
    assert!(!first.contains("colour"), "what nobody chose is not written");
    select(&mut session, &[note("two")]);
    run(&mut session, "note.colour");
    assert_eq!(papers(&session), [NoteColour::Yellow, NoteColour::Rose]);
    assert_eq!(last_step(&session), "Change the colour of a note");
    select(&mut session, &[note("one"), note("two")]);
    run(&mut session, "note.colour");
    assert_eq!(papers(&session), [NoteColour::Rose; 2], "they go on together from the first");
    for _ in 0..3 {
        run(&mut session, "note.colour");
    }
    assert_eq!(bytes(&session), first, "and behind the last comes the first");
    select(&mut session, &[component("nobody")]);
    assert!(session.selection().is_empty());
    run(&mut session, "note.colour");
    assert_eq!(bytes(&session), first);
}

#[test]
fn a_paper_is_kept_in_files_and_a_wrong_one_is_told() {
    let mut project = two_notes();
    for (id, colour) in [("one", NoteColour::Blue), ("two", NoteColour::Grey)] {
        let note = StickyNote { colour, ..(*project.sticky_notes[id]).clone() };
        project.apply(&Edit::PutNote(id.into(), note));
    }
    let text = to_text(&project).unwrap();
    assert!(text.contains("colour: blue") && text.contains("colour: grey"), "{text}");
    assert_eq!(from_text(&text).unwrap(), project);
    let problem = from_text(&text.replace("colour: blue", "colour: mauve")).unwrap_err().to_string();
    assert!(problem.contains("mauve"), "{problem}");
}

#[test]
fn a_picture_has_the_paper_and_a_difference_tells_of_it_as_of_the_drawing() {
    let before = two_notes();
    let mut after = before.clone();
    let rose = StickyNote { colour: NoteColour::Rose, ..(*before.sticky_notes["one"]).clone() };
    after.apply(&Edit::PutNote("one".into(), rose));
    let assessment = engine().assess(&after);
    let svg = (format("svg").unwrap().write)(&ExportInput::new(&after, &assessment, &engine().playbook)).unwrap();
    let svg = String::from_utf8(svg).unwrap();
    for paper in [LIGHT.paper("rose"), LIGHT.paper("yellow")] {
        assert!(svg.contains(&format!("fill=\"{}\"", paper.surface)), "{svg}");
    }
    let changes = Changes::between(&before, &after);
    assert!(changes.is_drawing_only() && changes.list.len() == 1, "{changes:?}");
}
