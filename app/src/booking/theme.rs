//! The organisation's colour, made into one that can be read on light and on dark (P-05).

/// What WCAG asks between a text and what it stands on.
const READABLE: f64 = 4.5;
/// The surfaces of the light and the dark theme, about as `tokens.css` has them.
const LIGHT: Rgb = Rgb([255.0, 255.0, 255.0]);
const DARK: Rgb = Rgb([32.0, 33.0, 36.0]);
const WHITE: Rgb = Rgb([255.0; 3]);
const BLACK: Rgb = Rgb([0.0; 3]);

#[derive(Clone, Copy, PartialEq, Debug)]
struct Rgb([f64; 3]);

impl Rgb {
    /// `#rrggbb`.
    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let part = |shift: u32| f64::from((number >> shift) & 0xff);
        Some(Self([part(16), part(8), part(0)]))
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = part / 255.0;
            match part <= 0.04045 {
                true => part / 12.92,
                false => ((part + 0.055) / 1.055).powf(2.4),
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// So much of the way to `other`, of 1.
    fn towards(self, other: Self, way: f64) -> Self {
        let [r, g, b] = self.0;
        let [r2, g2, b2] = other.0;
        Self([r + (r2 - r) * way, g + (g2 - g) * way, b + (b2 - b) * way])
    }

    /// The colour nearest to this one that can be read on `surface`.
    fn readable_on(self, surface: Self) -> Self {
        let far = match surface.luminance() > 0.18 {
            true => BLACK,
            false => WHITE,
        };
        let shades = (0..=20_i32).map(|step| self.towards(far, f64::from(step) / 20.0).whole());
        let mut readable = shades.filter(|shade| shade.contrast(surface) >= READABLE);
        readable.next().unwrap_or(far)
    }

    /// Black or white, whichever can be read on it better.
    fn ink(self) -> Self {
        match self.contrast(WHITE) >= self.contrast(BLACK) {
            true => WHITE,
            false => BLACK,
        }
    }

    fn whole(self) -> Self {
        Self(self.0.map(f64::round))
    }

    fn css(self) -> String {
        let [red, green, blue] = self.whole().0;
        format!("rgb({red} {green} {blue})")
    }
}

/// The style sheet of an accent such as `#0a7b83`; empty for what is no colour. Nothing of the text
/// itself is written into it.
pub fn sheet(accent: &str) -> String {
    let Some(accent) = Rgb::read(accent) else {
        return String::new();
    };
    let (light, dark) = (accent.readable_on(LIGHT), accent.readable_on(DARK));
    let of =
        |make: fn(Rgb) -> Rgb| format!("light-dark({}, {})", make(light).css(), make(dark).css());
    let strong = format!(
        "light-dark({}, {})",
        light.towards(BLACK, 0.2).css(),
        dark.towards(WHITE, 0.2).css()
    );
    let soft = format!(
        "light-dark({}, {})",
        LIGHT.towards(light, 0.08).css(),
        DARK.towards(dark, 0.14).css()
    );
    format!(
        ":root{{--accent:{};--accent-ink:{};--accent-strong:{strong};--accent-soft:{soft}}}\n",
        of(|colour| colour),
        of(Rgb::ink),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    // P-05: whatever colour an organisation chooses, it can be read, and so can what stands on it.
    #[test]
    fn every_colour_becomes_one_that_can_be_read() {
        let parts = [0_u8, 51, 102, 128, 153, 204, 255];
        for red in parts {
            for green in parts {
                for blue in parts {
                    let accent = Rgb([red.into(), green.into(), blue.into()]);
                    for surface in [LIGHT, DARK] {
                        let shade = accent.readable_on(surface);
                        assert!(shade.contrast(surface) >= READABLE, "{accent:?}");
                        assert!(shade.contrast(shade.ink()) >= READABLE, "{accent:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is_in_the_light() {
        assert!(sheet("#0a5b63").contains("--accent:light-dark(rgb(10 91 99), "));
        assert_eq!(sheet(""), "");
        assert_eq!(sheet("#12345"), "");
        assert_eq!(sheet("#12345é"), "");
        assert_eq!(sheet("red;}body{"), "");
    }
}
