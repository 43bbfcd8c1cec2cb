"""The colours and fonts of the window: Okabe–Ito in light and dark, every contrast computed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette

from newsdesk.model import ClaimState

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
OKABE_ITO = (BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE)
"""Eight colours told apart by every common kind of colour vision (Okabe and Ito, 2008)."""

TEXT_CONTRAST = 4.5
"""Least contrast of text with what lies under it (WCAG 2.2, success criterion 1.4.3)."""
MARK_CONTRAST = 3.0
"""Least contrast of a mark with the page (WCAG 2.2, success criterion 1.4.11)."""
TINT_OPACITY = 0.35
"""Most that a tint behind words may cover of the page."""
PALE_OPACITY = 0.14
WASH_OPACITY = 0.10

STATE_COLOURS = {
    ClaimState.UNREVIEWED: "#777777",
    ClaimState.IN_REVIEW: ORANGE,
    ClaimState.NEEDS_EVIDENCE: PURPLE,
    ClaimState.VERIFIED: GREEN,
    ClaimState.DISPUTED: VERMILION,
    ClaimState.UNVERIFIABLE: SKY,
    ClaimState.CORRECTED: BLUE,
    ClaimState.RETRACTED: "#8A0F45",
}


@dataclass(frozen=True)
class Theme:
    """One set of colours, each as #RRGGBB; what is derived from a label's colour is computed."""

    name: str
    dark: bool
    page: str
    text: str
    muted: str
    rule: str
    accent: str
    window: str
    field: str
    on_accent: str

    def mark(self, colour: str, ratio: float = TEXT_CONTRAST) -> str:
        """A colour for lines: `colour`, moved until its contrast with the page is `ratio`."""
        return toned(colour, self.page, ratio)

    def pale_mark(self, colour: str, extra: float = 0.0) -> str:
        """The same for a suggestion: as pale as a mark may be, or that much less."""
        return faded(colour, self.page, MARK_CONTRAST + 0.15 + extra)

    def tint(self, colour: str, opacity: float = TINT_OPACITY) -> str:
        """What `colour` laid over the page gives, opaque, with the text on it still readable.

        Opaque, so that any number of tints on one word is as readable as one.
        """
        base = toned(colour, self.page, 1.35)
        while opacity > 0.02:
            found = blend(base, self.page, opacity)
            if contrast(found, self.text) >= TEXT_CONTRAST + 0.5:
                return found
            opacity -= 0.02
        return self.page

    def state(self, state: ClaimState) -> str:
        """The base colour of a claim's state, before it is fitted to the page."""
        return STATE_COLOURS[state]

    @property
    def selection(self) -> QColor:
        """Laid over whatever is marked where the text is selected."""
        # In the dark a deep blue: a bright one would come too near to the text on a bright tint.
        colour = QColor("#14609A" if self.dark else self.accent)
        colour.setAlphaF(0.60 if self.dark else 0.24)
        return colour


LIGHT = Theme(
    name="light",
    dark=False,
    page="#FFFFFF",
    text="#1C1C1F",
    muted="#62656B",
    rule="#DADCE0",
    accent="#0069A3",
    window="#F4F5F6",
    field="#FFFFFF",
    on_accent="#FFFFFF",
)
DARK = Theme(
    name="dark",
    dark=True,
    page="#1B1D21",
    text="#E4E5E8",
    muted="#A0A4AB",
    rule="#3A3D43",
    accent="#6CBDF0",
    window="#24262B",
    field="#1B1D21",
    on_accent="#10222E",
)


def theme_for(palette: QPalette) -> Theme:
    """Light or dark, as the palette of the system is."""
    page = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    return DARK if page.lightness() < text.lightness() else LIGHT


def qpalette(theme: Theme) -> QPalette:
    """The theme as the palette of an application or a widget."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.field,
        roles.AlternateBase: blend(theme.text, theme.field, 0.04),
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: blend(theme.text, theme.window, 0.05),
        roles.ButtonText: theme.text,
        roles.BrightText: theme.text,
        roles.ToolTipBase: theme.window,
        roles.ToolTipText: theme.text,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Accent: theme.accent,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.Light: blend("#FFFFFF", theme.window, 0.5 if not theme.dark else 0.12),
        roles.Midlight: blend("#FFFFFF", theme.window, 0.3 if not theme.dark else 0.08),
        roles.Mid: theme.rule,
        roles.Dark: blend("#000000", theme.window, 0.3),
        roles.Shadow: blend("#000000", theme.window, 0.6),
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText, roles.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(theme.rule))
    return palette


SERIF = ("Georgia", "Charter", "Noto Serif", "Source Serif 4", "DejaVu Serif", "Times New Roman")
SANS = ("Segoe UI", "SF Pro Text", "Inter", "Noto Sans", "Cantarell", "DejaVu Sans", "Arial")
READING_SCALE = 1.3
"""Text to be read all day is larger than the text of the window around it."""


def reading_font(kind: str = "serif", percent: int = 100) -> QFont:
    """The font of the article: `kind` is "serif" or "sans"; size relative to the application's."""
    font = QFont()
    base = QGuiApplication.font().pointSizeF()
    if base <= 0:  # set in pixels
        base = QGuiApplication.font().pixelSize() * 0.75
    font.setFamilies(list(SANS if kind == "sans" else SERIF))
    font.setStyleHint(QFont.StyleHint.SansSerif if kind == "sans" else QFont.StyleHint.Serif)
    font.setPointSizeF(max(4.0, base * READING_SCALE * percent / 100))
    # Fractional positions keep the words' spacing the same at every zoom.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


_SAMPLE = "The council said on Tuesday that it had read the report and would answer in June. "


def measure(font: QFont, characters: int) -> float:
    """Width in pixels of a line of `characters` letters of ordinary prose."""
    return QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * characters


# ------------------------------------------------------------------ colour arithmetic


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of #RRGGBB, 0 to 1."""
    number = int(colour[1:7], 16)
    return (number >> 16) / 255, (number >> 8 & 255) / 255, (number & 255) / 255


def _written(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{min(255, max(0, round(c * 255))):02X}" for c in rgb)


def _linear(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _encoded(c: float) -> float:
    return 12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(c) for c in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blend(over: str, under: str, opacity: float) -> str:
    """What is seen where `over` lies on `under` with this opacity, 0 to 1."""
    pairs = zip(channels(over), channels(under), strict=True)
    red, green, blue = (a * opacity + b * (1 - opacity) for a, b in pairs)
    return _written((red, green, blue))


def _oklab(colour: str) -> tuple[float, float, float]:
    """Lightness and the two opponent axes of a colour (Ottosson 2020, "OKLab")."""
    r, g, b = (_linear(c) for c in channels(colour))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(light: float, a: float, b: float) -> tuple[float, float, float]:
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def lightness(colour: str) -> float:
    """Perceived lightness, 0 to 1 (OKLab)."""
    return _oklab(colour)[0]


def at_lightness(colour: str, light: float) -> str:
    """The same hue at another lightness (0 to 1, OKLab), with as much of its chroma as fits."""
    _, a, b = _oklab(colour)
    keep = 1.0
    while keep > 0.01:
        rgb = _from_oklab(light, a * keep, b * keep)
        if all(-0.0005 <= c <= 1.0005 for c in rgb):
            break
        keep *= 0.94
    red, green, blue = (_encoded(min(1.0, max(0.0, c))) for c in rgb)
    return _written((red, green, blue))


@lru_cache(maxsize=4096)
def toned(colour: str, page: str, ratio: float) -> str:
    """`colour` where its contrast with `page` is enough, or the nearest lightness that is."""
    if contrast(colour, page) >= ratio:
        return colour
    return _at_contrast(colour, page, ratio)


@lru_cache(maxsize=4096)
def faded(colour: str, page: str, ratio: float) -> str:
    """The hue of `colour` at the lightness where its contrast with `page` is just `ratio`."""
    return _at_contrast(colour, page, ratio)


def _at_contrast(colour: str, page: str, ratio: float) -> str:
    start = _oklab(page)[0]
    far = 0.0 if luminance(page) > 0.18 else 1.0
    near, enough = start, far
    for _ in range(24):
        middle = (near + enough) / 2
        if contrast(at_lightness(colour, middle), page) >= ratio:
            enough = middle
        else:
            near = middle
    return at_lightness(colour, enough)
