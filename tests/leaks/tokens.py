"""What is planted: words, numbers, dates and UIDs that stand nowhere else in the world, each remembered with its category."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

ROOT = "1.2.826.0.1.3680043.10.777"
"""Every UID of an export made here stands below it."""

SCRIPTS = {
    "ISO_IR 100": ("latin_1", "éèñåöüßçøæê"),
    "ISO_IR 101": ("iso8859_2", "łżščěřąęőű"),
    "ISO_IR 144": ("iso8859_5", "бвгджзклмнпрстуфхцчшыэюя"),
    "ISO_IR 126": ("iso8859_7", "αβγδεζηθικλμνξοπρστυφχψω"),
    "ISO_IR 138": ("iso8859_8", "אבגדהוזחטיכלמנסעפצקרשת"),
    "ISO_IR 127": ("iso8859_6", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    "ISO_IR 148": ("iso8859_9", "ğışçöü"),
    "ISO_IR 166": ("tis_620", "กขคงจฉชซญดตถทธนบปผพฟมยรลวสหอ"),
    "ISO_IR 13": ("shift_jis", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾏﾐﾑﾒﾓﾔﾕﾖ"),
    "ISO 2022 IR 87": ("iso2022_jp", "山田太郎鈴木花子佐藤高橋渡辺伊東中村加藤吉本松井清水"),
    "ISO 2022 IR 159": ("iso2022_jp_2", "あいうえおかきくけこさしすせそたちつてとなにぬねのまみむめも"),
    "ISO 2022 IR 149": ("euc_kr", "김희중홍길동박이최정강조윤장임한오서신권황안송류전문양손배백허남심노하곽성차주우구"),
    "ISO 2022 IR 58": ("gb2312", "王小东张伟李娜刘洋陈杰杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"),
    "GBK": ("gbk", "王小東張偉李娜劉洋陳傑楊趙黃週吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮於董蕭程曹袁鄧許傅沈曾彭呂"),
    "GB18030": ("gb18030", "㐀㐁㐂㐄㐅㐆㐇㐈㐉㐊㐌㐍㐎㐏王张李刘陈杨"),
    "ISO_IR 192": ("utf_8", "ĸŧđħŋæøþðƒəɓɗɣξщжю山あ김"),
}
"""Specific Character Set → Python's codec and letters to make a word of."""


@dataclass(frozen=True)
class Token:
    """One planted thing: any of `texts`, `raw` bytes or `number` seen again is a leak.

    `is_whole`: too short for a search in bytes, so only whole values of attributes and whole words of text files count.
    `is_kept`: by the default settings it stays, as dates do; it is counted apart.
    """

    category: str
    texts: tuple[str, ...] = ()
    raw: tuple[bytes, ...] = ()
    number: float | None = None
    is_whole: bool = False
    is_kept: bool = False

    @property
    def shown(self) -> str:
        return self.texts[0] if self.texts else repr(self.number if self.number is not None else self.raw[0])


class Mint:
    """Makes what is unique, from a seed, and keeps the list of what was planted."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.tokens: list[Token] = []
        self._known: set[str] = set()

    def remember(self, category: str, *texts: str, is_kept: bool = False, is_whole: bool = False) -> str:
        """List a token; its first text is given back."""
        self.tokens.append(Token(category, texts, is_kept=is_kept, is_whole=is_whole))
        return texts[0]

    def forget(self, *texts: str) -> None:
        """Take back what was not planted after all."""
        self.tokens = [token for token in self.tokens if not set(token.texts) & set(texts)]

    def remember_raw(self, category: str, raw: bytes, *texts: str) -> bytes:
        self.tokens.append(Token(category, texts, (raw,)))
        return raw

    def remember_number(self, category: str, number: float, *texts: str) -> None:
        self.tokens.append(Token(category, texts or (f"{number:g}",), number=number, is_whole=True))

    def word(self, category: str | None = None, syllables: int = 5) -> str:
        """Two letters a syllable, pronounceable, in no dictionary; remembered where a category is given."""
        made = self._new(
            lambda: "".join(self.chance.choice("bdfgklmnprstvz") + self.chance.choice("aeiou") for _ in range(syllables))
        )
        return self.remember(category, made) if category else made

    def name(self, category: str | None = None) -> str:
        """`Family^Given`; both are words by themselves."""
        family, given = self.word().title(), self.word(syllables=4).title()
        if category:
            self.remember(category, family, given)
        return f"{family}^{given}"

    def digits(self, count: int, category: str | None = None) -> str:
        made = self._new(lambda: str(self.chance.randrange(10 ** (count - 1), 10**count)))
        return self.remember(category, made) if category else made

    def decimal(self) -> str:
        """Up to 16 characters, as DS wants it."""
        return self._new(lambda: f"{self.chance.uniform(20, 90):.11f}")

    def uid(self, category: str | None = None) -> str:
        made = self._new(lambda: f"{ROOT}.{self.chance.randrange(10**17, 10**18)}")
        return self.remember(category, made) if category else made

    def date(self) -> str:
        """A day of the first half of the last century; 19 only at its beginning, lest another day stand in it and in a time."""
        draw, numbers = self.chance.randrange, [number for number in range(1, 50) if number != 19]
        return self._new(lambda: f"19{self.chance.choice(numbers):02d}{draw(1, 13):02d}{self.chance.choice(numbers[:27]):02d}")

    def time(self) -> str:
        draw = self.chance.randrange
        return self._new(lambda: f"{draw(10, 24):02d}{draw(60):02d}{draw(60):02d}.{draw(10**5, 10**6)}")

    def in_script(self, charset: str, letters: int = 9) -> str:
        alphabet = SCRIPTS[charset][1]
        return self._new(lambda: "".join(self.chance.choice(alphabet) for _ in range(letters)))

    def _new(self, draw: object) -> str:
        while True:
            made: str = draw()  # type: ignore[operator]
            if made not in self._known:
                self._known.add(made)
                return made


def categories(tokens: Iterable[Token]) -> dict[str, list[Token]]:
    """Tokens by category, in the order of planting."""
    found: dict[str, list[Token]] = {}
    for token in tokens:
        found.setdefault(token.category, []).append(token)
    return found
