//! The drawing in pixels, made of the one in vectors, with the faces of this program only: the same on every machine.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{IntSize, Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::{ExportError, ExportInput, svg};
use crate::{
    lang::{t, tr},
    project::Project,
};

/// Pixels for each world unit: sharp on screens with twice the points, and in print.
pub const SCALE: f64 = 2.0;
/// Most pixels that a picture is wide or high; other programs refuse larger ones.
pub const MOST_PIXELS_A_SIDE: u32 = 8_000;
/// Most pixels of a picture altogether: four bytes each are needed while it is made.
const MOST_PIXELS: f64 = 40e6;

/// A drawing in pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, line by line; nothing shines through.
    pub rgba: Vec<u8>,
    /// Whether it had to be smaller than asked for.
    pub reduced: bool,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", tr!("Picture {0} x {1}", self.width, self.height))
    }
}

/// Writes the drawing as PNG.
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let (pixels, _) = drawn(&svg::drawing(input))?;
    pixels.encode_png().map_err(|error| ExportError::Picture(error.to_string()))
}

/// Pixels that stand on a screen already, as PNG: red, green, blue and opacity of each, nothing shining through.
pub fn png([width, height]: [usize; 2], rgba: Vec<u8>) -> Result<Vec<u8>, ExportError> {
    let fault = || ExportError::Picture(t("it has no pixels").to_owned());
    let side = |length: usize| u32::try_from(length).ok();
    let size = side(width).zip(side(height)).and_then(|(width, height)| IntSize::from_wh(width, height));
    let pixels = Pixmap::from_vec(rgba, size.ok_or_else(fault)?).ok_or_else(fault)?;
    pixels.encode_png().map_err(|error| ExportError::Picture(error.to_string()))
}

/// The drawing in pixels: of everything with its title and legend, or of a part by itself.
pub fn picture(input: &ExportInput, part: Option<&Project>) -> Result<Picture, ExportError> {
    let text = part.map_or_else(|| svg::drawing(input), |part| svg::part(input, part));
    let (pixels, reduced) = drawn(&text)?;
    Ok(Picture { width: pixels.width(), height: pixels.height(), rgba: pixels.take(), reduced })
}

/// The drawing in pixels, and whether it had to be made smaller.
fn drawn(text: &str) -> Result<(Pixmap, bool), ExportError> {
    let fault = |error: &dyn std::fmt::Display| ExportError::Picture(error.to_string());
    let options = Options { font_family: "Inter".to_owned(), fontdb: Arc::clone(&FACES), ..Options::default() };
    let tree = Tree::from_str(text, &options).map_err(|error| fault(&error))?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = scale(width, height);
    let pixels = |length: f64| ((length * scale).ceil() as u32).clamp(1, MOST_PIXELS_A_SIDE);
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or_else(|| fault(&t("there is no room for it")))?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixmap.as_mut());
    Ok((pixmap, scale < SCALE))
}

/// Pixels for each world unit of a drawing of this size.
fn scale(width: f64, height: f64) -> f64 {
    let side = f64::from(MOST_PIXELS_A_SIDE) / width.max(height).max(1.0);
    let area = (MOST_PIXELS / (width * height).max(1.0)).sqrt();
    SCALE.min(side).min(area)
}

/// The faces that drawings are written in.
static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut faces = Database::new();
    faces.load_font_data(include_bytes!("../../assets/fonts/Inter-Regular.ttf").to_vec());
    faces.load_font_data(include_bytes!("../../assets/fonts/Inter-SemiBold.ttf").to_vec());
    faces.set_sans_serif_family("Inter");
    Arc::new(faces)
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_picture_is_larger_than_other_programs_take() {
        assert_eq!(scale(1_000.0, 500.0), SCALE);
        for (width, height) in [(100_000.0, 10.0), (50_000.0, 50_000.0), (5_000.0, 3_900.0)] {
            let scale = scale(width, height);
            let pixels = (width * scale, height * scale);
            assert!(pixels.0 <= 8_000.0 + 1e-6 && pixels.1 <= 8_000.0 + 1e-6, "{pixels:?}");
            assert!(pixels.0 * pixels.1 <= MOST_PIXELS + 1.0, "{pixels:?}");
        }
    }
}
