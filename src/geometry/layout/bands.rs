//! A drawing of many columns, or of high ones, in a shape that can be looked at: columns that are too high are taken apart into several
//! beside each other, and too many columns go into bands below each other, each read from left to right like a line of text.

use std::{collections::HashMap, ops::Range};

use kurbo::{Point, Size};

use super::{STEP_WORLD, columns::Columns, compact::compact, heights::apart, to_step};

/// Whatever the shape, a drawing no wider than this stays one band, and a column no higher than that stays one, in world units.
const WIDE_WORLD: f64 = 4_800.0;
const HIGH_WORLD: f64 = 1_800.0;
/// A drawing is one band while it is no more than so many times as wide as high.
const MOST_ASPECT: f64 = 3.0;
/// Bands are made until it is no more than so many times as wide as high.
const ASPECT: f64 = 1.8;
/// And while it takes no more than so many times the room that its boxes need.
const MOST_AREA: f64 = 2.5;
/// A band is made so many times as high at most for straighter lines.
const MOST_HIGHER: f64 = 1.6;
/// Free room between bands: for the links that lead from one to another.
const BAND_GAP_WORLD: f64 = 144.0;
/// Heights are multiples of this.
const FINE_STEP_WORLD: f64 = 4.0;

/// A column as it is put down.
pub(super) struct Strip {
    /// Its boxes, with the heights of their middles.
    boxes: Vec<(usize, f64)>,
    width: f64,
    /// The room behind it.
    pub(super) gap: f64,
    /// From the highest border to the lowest; nothing where it has no box.
    range: Option<(f64, f64)>,
}

impl Strip {
    fn new(boxes: Vec<(usize, f64)>, sizes: &[Size], gap: f64) -> Self {
        let width = boxes.iter().map(|(number, _)| sizes[*number].width).fold(0.0, f64::max);
        let ends = boxes.iter().map(|(number, middle)| (*middle, sizes[*number].height / 2.0));
        let ends = ends.map(|(middle, half)| (middle - half, middle + half));
        let range = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        Self { boxes, width, gap, range }
    }
}

/// The columns of a drawing; those higher than the whole should be are several. `gap` is the room behind a column, `beside` that between
/// the parts of one.
pub(super) fn strips(
    columns: &Columns,
    sizes: &[Size],
    middles: &[f64],
    (gap, beside): (impl Fn(&[usize]) -> f64, f64),
) -> Vec<Strip> {
    let area: f64 = sizes.iter().map(|size| (size.width + beside) * (size.height + beside / 2.0)).sum();
    let highest = HIGH_WORLD.max(area.sqrt());
    let heights: Vec<f64> = sizes.iter().map(|size| size.height).collect();
    let mut strips = Vec::with_capacity(columns.order.len());
    for column in &columns.order {
        let boxes: Vec<usize> = column.iter().copied().filter(|number| !columns.is_stand_in(*number)).collect();
        let placed = boxes.iter().map(|number| (*number, middles[*number])).collect();
        let strip = Strip::new(placed, sizes, gap(column));
        if strip.range.is_none_or(|(top, bottom)| bottom - top <= highest) {
            strips.push(strip);
            continue;
        }
        strips.extend(
            stacks(columns, &boxes, &heights, highest).into_iter().map(|stack| Strip::new(stack, sizes, beside)),
        );
        if let Some(last) = strips.last_mut() {
            last.gap = strip.gap;
        }
    }
    strips
}

/// The boxes of a column shoulder to shoulder, in as many stacks as it takes, all about one height.
fn stacks(columns: &Columns, boxes: &[usize], heights: &[f64], highest: f64) -> Vec<Vec<(usize, f64)>> {
    let mut offsets = Vec::with_capacity(boxes.len());
    let mut below = 0.0;
    for (place, number) in boxes.iter().enumerate() {
        if place > 0 {
            below += apart(columns, heights, boxes[place - 1], *number);
        }
        offsets.push(below);
    }
    let count = (below / highest).ceil().max(1.0);
    let each = (boxes.len() as f64 / count).ceil().max(1.0) as usize;
    let stack = |(numbers, offsets): (&[usize], &[f64])| {
        let (first, last) = (offsets.first().copied().unwrap_or(0.0), offsets.last().copied().unwrap_or(0.0));
        let top = ((first - last) / 2.0 / FINE_STEP_WORLD).floor() * FINE_STEP_WORLD;
        numbers.iter().zip(offsets).map(|(number, offset)| (*number, top + offset - first)).collect()
    };
    boxes.chunks(each).zip(offsets.chunks(each)).map(stack).collect()
}

/// Where all boxes go, by number: the upper left corner of the whole at the origin.
pub(super) fn put_down(columns: &Columns, strips: Vec<Strip>, sizes: &[Size]) -> Vec<Point> {
    let mut places = vec![Point::ORIGIN; sizes.len()];
    let mut top = 0.0;
    for band in bands(columns, strips, sizes) {
        let Some((high, low)) = range(&band) else { continue };
        let mut x = 0.0;
        for strip in &band {
            for (number, middle) in &strip.boxes {
                let inset = ((strip.width - sizes[*number].width) / 2.0 / STEP_WORLD).floor() * STEP_WORLD;
                places[*number] = Point::new(x + inset, top + middle - sizes[*number].height / 2.0 - high);
            }
            x = to_step(x + strip.width + strip.gap);
        }
        top = to_step(top + low - high + BAND_GAP_WORLD);
    }
    places
}

/// The columns of each band: one band as it was laid out, or as few as it takes for the whole not to be much wider than high.
fn bands(columns: &Columns, strips: Vec<Strip>, sizes: &[Size]) -> Vec<Vec<Strip>> {
    let wide = width(&strips);
    let high = range(&strips).map_or(0.0, |(high, low)| low - high);
    let needed: f64 = sizes.iter().map(|size| (size.width + BAND_GAP_WORLD) * (size.height + BAND_GAP_WORLD)).sum();
    let low = high <= HIGH_WORLD || wide * high <= MOST_AREA * needed;
    if low && (wide <= WIDE_WORLD || wide <= MOST_ASPECT * high) {
        return vec![strips];
    }
    // Heights that suit the whole drift far apart along a line that is folded.
    let heights: Vec<f64> = sizes.iter().map(|size| size.height).collect();
    let strips: Vec<Strip> = strips
        .into_iter()
        .filter(|strip| !strip.boxes.is_empty())
        .map(|strip| {
            let boxes: Vec<usize> = strip.boxes.iter().map(|(number, _)| *number).collect();
            let stack = stacks(columns, &boxes, &heights, f64::INFINITY).into_iter().next().unwrap_or_default();
            Strip::new(stack, sizes, strip.gap)
        })
        .collect();
    let mut count = 1;
    let mut cuts = folded(&strips, wide);
    let all = width(&strips);
    while count < strips.len() && is_wide(&strips, &cuts) {
        count += 1 + count / 8;
        cuts = folded(&strips, all / count as f64);
    }
    let mut left = strips.into_iter();
    cuts.iter().map(|cut| straightened(columns, left.by_ref().take(cut.len()).collect(), &heights, sizes)).collect()
}

/// The places of the columns of each band, none wider than this, but for a column that is.
fn folded(strips: &[Strip], most_world: f64) -> Vec<Range<usize>> {
    let mut bands = Vec::new();
    let (mut from, mut length) = (0, 0.0);
    for (place, strip) in strips.iter().enumerate() {
        if place > from && length + strip.width > most_world {
            bands.push(from..place);
            (from, length) = (place, 0.0);
        }
        length += strip.width + strip.gap;
    }
    bands.push(from..strips.len());
    bands
}

/// Whether these bands are too wide for how high they are together.
fn is_wide(strips: &[Strip], cuts: &[Range<usize>]) -> bool {
    let bands = || cuts.iter().map(|cut| &strips[cut.clone()]);
    let wide = bands().map(width).fold(0.0, f64::max);
    let high: f64 = bands().filter_map(range).map(|(high, low)| low - high + BAND_GAP_WORLD).sum();
    wide > ASPECT * (high - BAND_GAP_WORLD)
}

/// A band with its boxes as near to the heights of their neighbours in it as that makes it little higher.
fn straightened(columns: &Columns, band: Vec<Strip>, heights: &[f64], sizes: &[Size]) -> Vec<Strip> {
    let numbers: Vec<usize> = band.iter().flat_map(|strip| strip.boxes.iter().map(|(number, _)| *number)).collect();
    let local: HashMap<usize, usize> = numbers.iter().enumerate().map(|(place, number)| (*number, place)).collect();
    let within = |of: &[Vec<usize>]| -> Vec<Vec<usize>> {
        numbers
            .iter()
            .map(|number| of[*number].iter().filter_map(|other| local.get(other).copied()).collect())
            .collect()
    };
    let mut place = 0..numbers.len();
    let part = Columns {
        boxes: numbers.len(),
        order: band.iter().map(|strip| place.by_ref().take(strip.boxes.len()).collect()).collect(),
        before: within(&columns.before),
        after: within(&columns.after),
    };
    let own: Vec<f64> = numbers.iter().map(|number| heights[*number]).collect();
    let middles = compact(&part, &own);
    let on_the_grid = |middle: f64| (middle / FINE_STEP_WORLD).floor() * FINE_STEP_WORLD;
    let straight: Vec<Strip> = band
        .iter()
        .zip(&part.order)
        .map(|(strip, order)| {
            let boxes =
                strip.boxes.iter().zip(order).map(|((number, _), place)| (*number, on_the_grid(middles[*place])));
            Strip::new(boxes.collect(), sizes, strip.gap)
        })
        .collect();
    let high = |band: &[Strip]| range(band).map_or(0.0, |(high, low)| low - high);
    if high(&straight) <= MOST_HIGHER * high(&band) { straight } else { band }
}

fn width(band: &[Strip]) -> f64 {
    let all: f64 = band.iter().map(|strip| strip.width + strip.gap).sum();
    all - band.last().map_or(0.0, |last| last.gap)
}

/// From the highest border of a band to the lowest.
fn range(band: &[Strip]) -> Option<(f64, f64)> {
    band.iter().filter_map(|strip| strip.range).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}
