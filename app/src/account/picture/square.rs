//! An uploaded picture made into one of ours: decoded within limits, cropped, and encoded anew.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, overlay};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The width and height of a stored picture in pixels.
const SIDE: u32 = 300;
/// The most pixels that a picture may have on one side.
const MOST: u32 = 12_000;
/// The most bytes that a decoded picture may take: 50 megapixels with transparency.
const DECODED: u64 = 200_000_000;
/// The quality of the stored JPEG, of 100.
const QUALITY: u8 = 85;

/// One at a time: each may take [`DECODED`] bytes.
static PLACE: Semaphore = Semaphore::const_new(1);

/// The most that a logo measures in pixels: twice as much as it is shown, for sharp screens.
const LOGO: (u32, u32) = (480, 160);

/// Not a PNG, JPEG or WebP picture, or one that is too large.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NotAPicture;

/// The JPEG of an upload, made away from the async threads.
pub(super) async fn square(upload: Vec<u8>) -> Result<Vec<u8>, NotAPicture> {
    anew(upload, jpeg).await
}

/// The PNG of an uploaded logo, whole and no larger than it is shown; made away from the async threads.
pub(crate) async fn logo(upload: Vec<u8>) -> Result<Vec<u8>, NotAPicture> {
    anew(upload, png).await
}

async fn anew(
    upload: Vec<u8>,
    encode: fn(&[u8]) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, NotAPicture> {
    let place = PLACE.acquire().await.map_err(|_| NotAPicture)?;
    let work = tokio::task::spawn_blocking(move || {
        let _place = place;
        encode(&upload)
    });
    work.await.ok().flatten().ok_or(NotAPicture)
}

/// Nothing of the upload but its pixels comes out: no metadata, and no second file inside it.
fn jpeg(upload: &[u8]) -> Option<Vec<u8>> {
    let image = decoded(upload)?;
    let side = image.width().min(image.height());
    let (left, top) = ((image.width() - side) / 2, (image.height() - side) / 2);
    let small =
        image
            .crop_imm(left, top, side, side)
            .resize_exact(SIDE, SIDE, FilterType::CatmullRom);
    let mut on_white = RgbaImage::from_pixel(SIDE, SIDE, Rgba([255; 4]));
    overlay(&mut on_white, &small.to_rgba8(), 0, 0);
    let rgb = DynamicImage::from(on_white).to_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(&rgb)
        .ok()?;
    Some(jpeg)
}

fn png(upload: &[u8]) -> Option<Vec<u8>> {
    let image = decoded(upload)?;
    let small = match image.width() > LOGO.0 || image.height() > LOGO.1 {
        true => image.resize(LOGO.0, LOGO.1, FilterType::CatmullRom),
        false => image,
    };
    let mut png = Cursor::new(Vec::new());
    let plain = DynamicImage::from(small.to_rgba8());
    plain.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(png.into_inner())
}

/// The pixels, the right way up; the size is checked before anything is decoded.
fn decoded(upload: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(upload))
        .with_guessed_format()
        .ok()?;
    let taken = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];
    reader.format().filter(|format| taken.contains(format))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST);
    limits.max_image_height = Some(MOST);
    limits.max_alloc = Some(2 * DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.total_bytes() > DECODED {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(orientation);
    Some(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("encodes");
        bytes.into_inner()
    }

    // Specification, section 9: PNG, JPEG or WebP, cropped to 300 × 300 and encoded anew.
    #[test]
    fn a_picture_becomes_a_square_jpeg() {
        let wide = DynamicImage::new_rgb8(640, 400);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let jpeg = jpeg(&encoded(&wide, format)).expect("is a picture");
            let read =
                image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).expect("is a JPEG");
            assert_eq!((read.width(), read.height()), (SIDE, SIDE), "{format:?}");
        }
    }

    #[test]
    fn what_is_transparent_becomes_white() {
        let nothing = DynamicImage::new_rgba8(20, 20);
        let jpeg = jpeg(&encoded(&nothing, ImageFormat::Png)).expect("is a picture");
        let read = image::load_from_memory(&jpeg)
            .expect("is a picture")
            .to_rgb8();
        assert!(
            read.pixels()
                .all(|pixel| pixel.0.iter().all(|value| *value > 250))
        );
    }

    // P-05: a logo keeps its shape and what is transparent, and is no larger than it is shown.
    #[test]
    fn a_logo_becomes_a_small_png() {
        let wide = DynamicImage::new_rgba8(2_000, 500);
        let png = png(&encoded(&wide, ImageFormat::Png)).expect("is a picture");
        let read = image::load_from_memory_with_format(&png, ImageFormat::Png).expect("is a PNG");
        assert_eq!((read.width(), read.height()), (480, 120));
        assert_eq!(
            super::png(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            None
        );
    }

    // Section 10, case 22: an SVG as picture; and what hides behind the pixels does not come out.
    #[test]
    fn other_files_are_refused_and_nothing_rides_along() {
        assert_eq!(
            jpeg(b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"),
            None
        );
        assert_eq!(jpeg(b"GIF89a"), None);
        assert_eq!(jpeg(b""), None);
        let mut polyglot = encoded(&DynamicImage::new_rgb8(30, 30), ImageFormat::Png);
        polyglot.extend(b"<script>alert(1)</script>");
        let out = jpeg(&polyglot).expect("is a picture");
        assert!(!out.windows(7).any(|window| window == b"<script"));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        // The header of a PNG that says 60,000 × 60,000.
        let mut bomb = encoded(&DynamicImage::new_rgb8(1, 1), ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(jpeg(&bomb), None);
    }
}
