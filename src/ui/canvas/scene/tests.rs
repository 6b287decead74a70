use std::sync::{Arc, Mutex};

use kurbo::{Point, Rect, Size, Vec2};

use super::*;
use crate::{
    assess::{Engine, Perspective},
    project::{Boundary, ComponentKind, Edit, LineKind, Protocol, StickyNote},
    session::{Action, Background, Handed, Session},
    storage,
};

pub(in crate::ui::canvas) fn engine() -> Arc<Engine> {
    Arc::new(storage::load_engine(None).unwrap())
}

/// Components in rows, each linked to the next and to one in the row below; some frames, some notes.
pub(in crate::ui::canvas) fn drawn(count: usize) -> Project {
    let mut project = Project::new("Drawn");
    let columns = (count as f64).sqrt().ceil() as usize;
    for index in 0..count {
        let at = Point::new((index % columns) as f64 * 280.0, (index / columns) as f64 * 150.0);
        let kind = ComponentKind::ALL[index % ComponentKind::ALL.len()];
        let component = Component::new(&format!("Component {index}"), kind, Some(at));
        project.components.insert(id(index), Arc::new(component));
    }
    for index in 0..count * 3 / 2 {
        let (from, to) = (index % count, (index % count + 1 + (index / count) * columns) % count);
        let link = Connection::new(id(from), id(to), Protocol::Http);
        project.connections.insert(format!("l{index}").as_str().into(), Arc::new(link));
    }
    for index in 0..count / 10 {
        let corner = (index as f64 * 400.0 - 20.0, index as f64 * 160.0 - 20.0);
        let frame = Boundary::new(&format!("Frame {index}"), Rect::from_origin_size(corner, (600.0, 330.0)));
        project.apply(&Edit::PutBoundary(format!("b{index}").as_str().into(), frame));
        let note = StickyNote::new("Note", Rect::from_origin_size(corner, (120.0, 80.0)));
        project.apply(&Edit::PutNote(format!("n{index}").as_str().into(), note));
    }
    project
}

fn id(index: usize) -> ComponentId {
    ComponentId::new(&format!("c{index}"))
}

fn refreshed(mut scene: Scene, session: &Session) -> Scene {
    scene.refresh(session, &Perspective::Framework, true);
    while scene.is_behind() {
        scene.refresh(session, &Perspective::Framework, true);
    }
    scene
}

/// What a scene that followed has to have in common with one that was made anew.
fn assert_same(scene: &Scene, session: &Session, what: &str) {
    let anew = refreshed(Scene::default(), session);
    assert_eq!(scene.cards, anew.cards, "{what}");
    let measure = |link: &Link| [Some(Size::new(40.0 + link.connection.label.len() as f64, 18.0)), None];
    for index in 0..scene.links.len() {
        let stands = [scene, &anew].map(|scene| scene.words_stand(index, &measure));
        assert_eq!(stands[0], stands[1], "the words of {index}, {what}");
    }
    assert_eq!(scene.frames, anew.frames, "{what}");
    assert_eq!(scene.bounds_world, anew.bounds_world, "{what}");
    assert_eq!(scene.colouring, anew.colouring, "{what}");
    let grounds = |scene: &Scene| scene.grounds.as_ref().map(|grounds| grounds.zones(8));
    assert_eq!(grounds(scene), grounds(&anew), "{what}");
    let far = Rect::new(-1e6, -1e6, 1e6, 1e6);
    for area in [far, Rect::new(100.0, 100.0, 900.0, 500.0), Rect::new(-400.0, -300.0, 0.0, 0.0)] {
        assert_eq!(scene.card_positions(area), anew.card_positions(area), "{what}");
        assert_eq!(scene.note_positions(area), anew.note_positions(area), "{what}");
        assert_eq!(scene.index.frames.query(area), anew.index.frames.query(area), "{what}");
        assert_eq!(scene.link_positions(area), anew.link_positions(area), "{what}");
    }
    assert_eq!(scene.links, anew.links, "{what}");
    for index in 0..anew.links.len() {
        assert_eq!(scene.hops_world(index, far), anew.hops_world(index, far), "{what}: hops of {index}");
    }
}

/// Numbers that look random and are the same in every run.
pub(in crate::ui::canvas) struct Dice(pub u64);

impl Dice {
    pub(in crate::ui::canvas) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn vector(&mut self) -> Vec2 {
        Vec2::new(self.below(900) as f64 - 450.0, self.below(700) as f64 - 350.0)
    }
}

pub(in crate::ui::canvas) fn some_action(dice: &mut Dice, project: &Project) -> Vec<Action> {
    let component = |dice: &mut Dice| project.components.get_index(dice.below(project.components.len())).unwrap().0;
    let moved = ElementId::Component(component(dice).clone());
    let edit = |edit: Edit| vec![Action::edit("Change", vec![edit])];
    match dice.below(10) {
        0..=2 => {
            let with = ElementId::Component(component(dice).clone());
            let edits = vec![Edit::Move([moved, with].into(), dice.vector())];
            vec![Action::Gesture { name: "Move".to_owned(), edits }]
        }
        3 => vec![Action::CommitGesture],
        4 => edit(Edit::Place(component(dice).clone(), dice.vector().to_point())),
        5 => {
            let at = dice.below(project.connections.len());
            let (id, link) = project.connections.get_index(at).unwrap();
            let mut course = link.course.clone();
            course.line = if course.line == LineKind::Straight { LineKind::Orthogonal } else { LineKind::Straight };
            edit(Edit::SetCourse(id.clone(), course))
        }
        6 => {
            let corner = dice.vector().to_point();
            let frame = Boundary::new("Frame", Rect::from_origin_size(corner, (500.0, 300.0)));
            edit(Edit::PutBoundary(format!("b{}", dice.below(5)).as_str().into(), frame))
        }
        7 => edit(Edit::Move([ElementId::Note("n0".into()), ElementId::Boundary("b1".into())].into(), dice.vector())),
        8 if project.components.len() > 20 => edit(Edit::Remove([moved].into())),
        8 => edit(Edit::Rename(component(dice).clone(), "Other".to_owned())),
        _ => vec![Action::CancelGesture],
    }
}

#[test]
fn a_scene_that_followed_every_change_is_the_scene_of_the_project_as_it_stands() {
    let mut session = Session::new(engine(), drawn(40), None);
    let mut scene = refreshed(Scene::default(), &session);
    let mut dice = Dice(5);
    for step in 0..250 {
        let actions = some_action(&mut dice, session.project());
        let what = format!("step {step}: {actions:?}");
        for action in actions {
            session.apply(action);
        }
        scene = refreshed(scene, &session);
        assert_same(&scene, &session, &what);
        if step % 9 == 0 {
            session.undo();
            scene = refreshed(scene, &session);
            assert_same(&scene, &session, &format!("undo after {step}"));
        }
    }
    assert!(scene.work.cards > 50, "it followed, and was not made anew each time: {:?}", scene.work);
}

#[test]
fn what_a_drag_costs_does_not_grow_with_the_plan() {
    let mut costs = Vec::new();
    for count in [100, 900] {
        let mut session = Session::new(engine(), drawn(count), None);
        let mut scene = refreshed(Scene::default(), &session);
        let before = scene.work;
        let moved = ElementId::Component(id(count / 2));
        for x in 1..=20 {
            let edits = vec![Edit::Move([moved.clone()].into(), Vec2::new(f64::from(x), 0.0))];
            session.apply(Action::Gesture { name: "Move".to_owned(), edits });
            scene = refreshed(scene, &session);
        }
        assert_eq!(scene.work.made, before.made);
        assert_eq!(scene.work.cards, before.cards + 20);
        costs.push(scene.work.links - before.links);
    }
    assert!(costs[1] <= costs[0] + 40, "lines that followed twenty steps: {costs:?}");
}

#[test]
fn a_frame_in_which_nothing_changed_does_nothing() {
    let session = Session::new(engine(), drawn(40), None);
    let scene = refreshed(Scene::default(), &session);
    let (version, work) = (scene.version, scene.work);
    let scene = refreshed(scene, &session);
    assert_eq!((scene.version, scene.work), (version, work));
}

#[test]
fn lines_are_straight_until_the_routes_come_from_the_background() {
    let waiting: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let queue = Arc::clone(&waiting);
    let mut session = Session::new(engine(), drawn(1_600), None);
    session.set_background(Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work))));
    let mut scene = refreshed(Scene::default(), &session);
    assert!(scene.is_routing());
    assert!(scene.links.iter().all(|link| link.points.len() == 2));
    // What moves meanwhile takes its lines along.
    session.apply(Action::edit("Move", vec![Edit::Place(id(30), Point::new(5_000.0, 9_000.0))]));
    scene = refreshed(scene, &session);
    let ends = |link: &&Link| link.connection.from == id(30);
    let link = scene.links.iter().find(ends).unwrap();
    assert!(session.project().components[&id(30)].rect_world().inflate(0.1, 0.1).contains(link.points[0]));
    assert!(scene.is_routing());
    waiting.lock().unwrap().drain(..).for_each(|work| work());
    scene = refreshed(scene, &session);
    assert!(!scene.is_routing());
    let mut inline = Session::new(engine(), (**session.project()).clone(), None);
    inline.set_background(Background::Inline);
    let anew = refreshed(Scene::default(), &inline);
    assert_eq!(scene.links.len(), anew.links.len());
    for (link, other) in scene.links.iter().zip(&anew.links) {
        assert_eq!(link.points, other.points, "{}", link.id);
    }
    let version = scene.version;
    assert_eq!(refreshed(scene, &session).version, version, "nothing goes on once they are there");
}

fn words_of(scene: &Scene) -> Vec<Option<crate::geometry::route::Stand>> {
    let measure = |_: &Link| [Some(Size::new(60.0, 18.0)), Some(Size::new(30.0, 18.0))];
    (0..scene.links.len()).map(|index| scene.words_stand(index, &measure)).collect()
}

/// A scene of which all words are known, found frame by frame.
fn worded(session: &Session) -> Scene {
    let scene = refreshed(Scene::default(), session);
    loop {
        scene.begin_words();
        words_of(&scene);
        if !scene.words_are_pending() {
            return scene;
        }
    }
}

#[test]
fn words_stay_where_they_are_while_a_note_or_a_frame_far_from_them_is_dragged() {
    let mut project = drawn(400);
    let far = Rect::new(-3_000.0, -3_000.0, -2_700.0, -2_800.0);
    project.apply(&Edit::PutNote("far".into(), StickyNote::new("Far", far)));
    project.apply(&Edit::PutBoundary("far".into(), Boundary::new("Far", far)));
    for element in [ElementId::Note("far".into()), ElementId::Boundary("far".into())] {
        let mut session = Session::new(engine(), project.clone(), None);
        session.set_background(Background::Inline);
        let mut scene = worded(&session);
        let (there, looked) = (words_of(&scene), scene.words_looked());
        assert!(there.iter().flatten().count() > 300, "there are more than a frame finds");
        for step in 1..=5 {
            let edits = vec![Edit::Move([element.clone()].into(), Vec2::new(f64::from(step) * 10.0, 4.0))];
            session.apply(Action::Gesture { name: "Move".to_owned(), edits });
            scene.refresh(&session, &Perspective::Framework, true);
            scene.begin_words();
            assert_eq!(words_of(&scene), there, "{element:?}, step {step}");
        }
        assert_eq!(scene.words_looked(), looked, "nothing was looked for again");
    }
}

#[test]
fn what_changes_has_the_words_near_it_looked_for_again_and_no_others() {
    let mut session = Session::new(engine(), drawn(900), None);
    session.set_background(Background::Inline);
    let mut scene = worded(&session);
    let all = scene.words_looked();
    let moved = ElementId::Component(id(450));
    session.apply(Action::edit("Move", vec![Edit::Move([moved].into(), Vec2::new(20.0, 10.0))]));
    scene = refreshed(scene, &session);
    let followed = loop {
        scene.begin_words();
        let stands = words_of(&scene);
        if !scene.words_are_pending() {
            break stands;
        }
    };
    let again = scene.words_looked() - all;
    assert!(again > 0 && again < all / 4, "{again} looks after {all}");
    assert_eq!(followed, words_of(&worded(&session)));
    // An assessment that is another one doubts all of them, and until they are found again they stand where they stood.
    let edit = Edit::SetTrait(id(0), "tables".into(), Some(crate::project::TraitValue::Number(900.0)));
    session.apply(Action::edit("Set", vec![edit]));
    scene = refreshed(scene, &session);
    scene.begin_words();
    assert_eq!(words_of(&scene), followed);
}
